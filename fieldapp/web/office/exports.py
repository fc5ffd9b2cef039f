"""Taking tables along: the list of them, one as a file, and the schema that the JSON keeps."""

from datetime import date, timedelta
from typing import IO, cast

from flask import abort, flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from fieldapp.domain.local_day import day
from fieldapp.reports.workbook import TooManyRows
from fieldapp.services import exporting
from fieldapp.services.extracts import EXTRACTS
from fieldapp.web.access import roles
from fieldapp.web.office.blueprint import KEEPERS, pages
from fieldapp.web.office.figures import XLSX
from fieldapp.web.office.lettings import today
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

STOCK = {
    "consumption": _l("Consommations de tous les compteurs, entre les deux jours"),
    "readings": _l("Tous les relevés de tous les compteurs"),
    "condition": _l("État du parc à la fin, élément par élément"),
    "condition_by_kind": _l("État du parc à la fin, par immeuble et par sorte d’élément"),
}
"""What is put together for the whole stock: for the charges, the energy diagnosis and the maintenance plan."""


@pages.get("/exports")
@roles(*KEEPERS)
def export_list() -> str:
    """Every table that this person may take along; `?from=&to=` for what meters counted."""
    there = exporting.tables(scope())
    return render_template(
        "office/exports.html",
        first=[(name, words) for name, words in FIRST.items() if name in there],
        others=[name for name in there if name not in FIRST],
        days=_days(),
        extracts=[(name, STOCK[name]) for name in EXTRACTS],
        forms=tuple(TYPES),
    )


@pages.get(f"/exports/stock/<any({', '.join(EXTRACTS)}):name>.<any(csv, xlsx, json):form>")
@roles(*KEEPERS)
def export_extract(name: str, form: str) -> Response:
    """One table of the whole stock: `?from=&to=`, by default the year until today."""
    try:
        file = exporting.extract(scope(), reader().account_id, name, cast("exporting.Form", form), _days())
    except TooManyRows:
        flash(_("Cette table est trop longue pour un classeur : prenez-la en CSV."), "stop")
        return redirect(url_for("office.export_list"))
    return _sent(file, name, form)


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
    return _sent(file, name, form)


def _days() -> tuple[date, date]:
    last = day(request.args.get("to")) or today()
    first = day(request.args.get("from")) or last - timedelta(days=365)
    return min(first, last), max(first, last)


def _sent(file: IO[bytes], name: str, form: str) -> Response:
    response = send_file(file, mimetype=TYPES[form], as_attachment=True, download_name=f"{name}.{form}", max_age=0)
    response.headers["Cache-Control"] = "private, no-store"
    return response
