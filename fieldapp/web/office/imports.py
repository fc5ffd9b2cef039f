"""Importing the landlord's files: which there are, one that was brought, what it would change, and writing it."""

from flask import Response as FlaskResponse
from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from fieldapp.domain import catalogue, covering_words
from fieldapp.domain.import_tables import TABLES
from fieldapp.domain.wording import Wording
from fieldapp.domain_words import in_language
from fieldapp.records.import_run import ImportRun
from fieldapp.services.importing import patterns, runs
from fieldapp.services.importing.carrying import NotForAgencies
from fieldapp.services.importing.tally import loaded
from fieldapp.services.importing.targets import TARGETS
from fieldapp.web.access import roles
from fieldapp.web.language import current
from fieldapp.web.office.blueprint import KEEPERS, pages
from fieldapp.web.office.figures import XLSX
from fieldapp.web.office.file_form import BringFile
from fieldapp.web.office.person import reader, scope
from fieldapp.web.size import body_up_to

KINDS = "any(" + ", ".join(TABLES) + ")"
BUSY = ("reading", "writing")


@pages.get("/imports")
@roles(*KEEPERS)
def import_list() -> str:
    """What can be imported, in the order that an empty installation wants, and the last imports."""
    return render_template("office/imports.html", tables=_tables(), runs=runs.recent(scope()), every=TABLES)


@pages.get(f"/imports/<{KINDS}:kind>")
@roles(*KEEPERS)
def new_import(kind: str) -> str:
    """The columns of a file, its patterns, and where to give it."""
    return _asked(kind, BringFile())


@pages.post(f"/imports/<{KINDS}:kind>")
@roles(*KEEPERS)
@body_up_to(runs.MOST_BYTES + 100_000)
def bring_import(kind: str) -> Response | tuple[str, int]:
    """Take a file and read it; nothing is written yet."""
    form = BringFile()
    accepted = form.accepted()
    given = form.file.data
    if not accepted or not given or not given.filename:
        form.file.errors = [_("Choisissez le fichier à importer.")]
        return _asked(kind, form), 400
    try:
        run_id = runs.bring(scope(), reader().account_id, kind, given.stream)
    except NotForAgencies:
        abort(403)
    except runs.Nothing:
        form.file.errors = [_("Le fichier est vide : exportez de nouveau le tableau avec sa ligne de titres.")]
        return _asked(kind, form), 400
    except runs.TooHeavy:
        form.file.errors = [_("Ce fichier est trop lourd : 100 Mo au plus. Partagez-le en plusieurs.")]
        return _asked(kind, form), 400
    return redirect(url_for("office.import_run", run_id=run_id))


@pages.get(f"/imports/<{KINDS}:kind>.<any(csv, xlsx):suffix>")
@roles(*KEEPERS)
def import_pattern(kind: str, suffix: str) -> Response:
    """The empty file to fill in."""
    data = patterns.pattern(TABLES[kind], suffix, _)
    response = FlaskResponse(data, mimetype="text/csv" if suffix == "csv" else XLSX)
    response.headers["Content-Disposition"] = f"attachment; filename={kind}.{suffix}"
    return response


@pages.get("/imports/runs/<uuid:run_id>")
@roles(*KEEPERS)
def import_run(run_id: object) -> str:
    """How far an import is, what is wrong, or what it would change."""
    run = _run(run_id)
    return render_template(
        "office/import_run.html",
        run=run,
        table=TABLES[run.kind],
        titles={column.name: column.title for column in TABLES[run.kind].columns},
        faults_found=[loaded(fault) for fault in run.faults],
        notes=[covering_words.sentence(note, in_language(current()), _words()) for note in run.notes],
        busy=run.state in BUSY,
    )


@pages.get("/imports/runs/<uuid:run_id>/progress")
@roles(*KEEPERS)
def import_progress(run_id: object) -> dict[str, object]:
    """How many lines of how many are read or written; asked by the page while it is open."""
    run = _run(run_id)
    return {"busy": run.state in BUSY, "read": run.rows_read, "total": run.rows_total}


@pages.post("/imports/runs/<uuid:run_id>/write")
@roles(*KEEPERS)
def write_import(run_id: object) -> Response:
    """Write what was shown."""
    try:
        runs.confirm(scope(), str(run_id))
    except runs.UnknownRun:
        abort(404)
    except runs.NotReady:
        flash(_("Cet import a déjà été confirmé ou abandonné : voici où il en est."), "stop")
    return redirect(url_for("office.import_run", run_id=run_id))


@pages.post("/imports/runs/<uuid:run_id>/drop")
@roles(*KEEPERS)
def drop_import(run_id: object) -> Response:
    """Throw the file away."""
    try:
        runs.drop(scope(), str(run_id))
    except runs.UnknownRun:
        abort(404)
    except runs.NotReady:
        flash(_("Cet import a déjà été confirmé ou abandonné : voici où il en est."), "stop")
        return redirect(url_for("office.import_run", run_id=run_id))
    flash(_("Le fichier est effacé, rien n’est importé."), "safe")
    return redirect(url_for("office.import_list"))


def _words() -> Wording:
    return Wording(catalogue.load(), current())


def _tables() -> list[object]:
    whole = reader().agency_id is None
    return [table for code, table in TABLES.items() if whole or not TARGETS[code].landlord_wide]


def _asked(kind: str, form: BringFile) -> str:
    table = TABLES[kind]
    return render_template(
        "office/import_new.html", table=table, form=form, holds={c.name: patterns.holds(c, _) for c in table.columns}
    )


def _run(run_id: object) -> ImportRun:
    try:
        return runs.run_of(scope(), str(run_id))
    except runs.UnknownRun:
        abort(404)
