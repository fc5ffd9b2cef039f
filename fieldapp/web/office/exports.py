"""Taking tables along: the list of them, one as a file, and the schema that the JSON keeps."""

from typing import cast

from flask import abort, flash, redirect, render_template, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from fieldapp.reports.workbook import TooManyRows
from fieldapp.services import exporting
from fieldapp.web.access import roles
from fieldapp.web.office.blueprint import KEEPERS, pages
from fieldapp.web.office.figures import XLSX
from fieldapp.web.office.person import reader, scope
from fieldapp.web.words import later as _l

TYPES = {"csv": "text/csv", "xlsx": XLSX, "json": "application/json"}
FIRST = {
    "agency": _l("Agences"),
    "building": _l("Immeubles"),
    "dwelling": _l("Logements"),
    "room": _l("Pièces"),
    "element": _l("Éléments"),
    "meter": _l("Compteurs"),
    "meter_reading": _l("Relevés de compteurs"),
    "key": _l("Clés"),
    "equipment": _l("Équipements"),
    "tenancy": _l("Baux"),
    "tenancy_party": _l("Occupants"),
    "candidate": _l("Candidats"),
    "proposal": _l("Propositions"),
    "appointment": _l("Rendez-vous"),
    "inventory": _l("États des lieux"),
    "visit": _l("Visites"),
    "works_request": _l("Demandes de travaux"),
    "settlement": _l("Décomptes"),
    "audit_entry": _l("Journal de la maison"),
}
"""What people ask for first, in their words; the other tables keep the names that docs/database.md explains."""


@pages.get("/exports")
@roles(*KEEPERS)
def export_list() -> str:
    """Every table that this person may take along."""
    there = exporting.tables(scope())
    return render_template(
        "office/exports.html",
        first=[(name, words) for name, words in FIRST.items() if name in there],
        others=[name for name in there if name not in FIRST],
        forms=tuple(TYPES),
    )


@pages.get("/exports/schema.json")
@roles(*KEEPERS)
def export_schema() -> dict[str, object]:
    """The published JSON Schema."""
    return exporting.schema(scope())


@pages.get("/exports/<name>.<any(csv, xlsx, json):form>")
@roles(*KEEPERS)
def export_table(name: str, form: str) -> Response:
    """One table."""
    try:
        file = exporting.export(scope(), reader().account_id, name, cast("exporting.Form", form))
    except exporting.UnknownTable:
        abort(404)
    except TooManyRows:
        flash(_("Cette table est trop longue pour un classeur : prenez-la en CSV."), "stop")
        return redirect(url_for("office.export_list"))
    response = send_file(file, mimetype=TYPES[form], as_attachment=True, download_name=f"{name}.{form}", max_age=0)
    response.headers["Cache-Control"] = "private, no-store"
    return response
