"""The wear grids: which there are, what a file would give, and importing it."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from fieldapp.domain.file_fault import BadFile, Fault
from fieldapp.domain.grid_file import COLUMNS, read_grid
from fieldapp.domain.wear_grid import WearGrid
from fieldapp.services import grids
from fieldapp.web.access import roles
from fieldapp.web.office.blueprint import PRICERS, READERS, pages
from fieldapp.web.office.grid_form import ImportGrid
from fieldapp.web.office.person import reader


@pages.get("/grids")
@roles(*READERS)
def grid_list() -> str:
    """Every grid of the landlord."""
    return render_template("office/grids.html", grids=grids.grids_of(reader().landlord_id), prices=may_price())


@pages.get("/grids/<uuid:grid_id>")
@roles(*READERS)
def grid(grid_id: object) -> str:
    """One grid with its curves."""
    try:
        found = grids.grid(reader().landlord_id, str(grid_id))
    except grids.UnknownGrid:
        abort(404)
    return render_template("office/grid.html", grid=found, prices=may_price())


@pages.get("/grids/new")
@roles(*PRICERS)
def new_grid() -> str:
    """The empty form."""
    return _asked(_form())


@pages.post("/grids/new")
@roles(*PRICERS)
def import_grid() -> Response | tuple[str, int] | str:
    """Look at the file, or import what was looked at."""
    form = _form()
    accepted, data = form.accepted(), form.table()
    said = form.said() if accepted else None
    try:
        read = None if data is None else WearGrid.of(read_grid(data))
    except BadFile as error:
        return _asked(form, faults=error.faults), 400
    if said is None or data is None:
        return _asked(form, read=read), 400
    if form.chosen or request.form.get("step") != "import":
        return _asked(form, read=read, ready=True)
    grid_id = grids.import_grid(reader().landlord_id, said, data, reader().account_id)
    flash(_("La grille est importée."), "safe")
    return redirect(url_for("office.grid", grid_id=grid_id))


@pages.post("/grids/<uuid:grid_id>/withdraw")
@roles(*PRICERS)
def withdraw_grid(grid_id: object) -> Response:
    """Take a grid away that nothing uses yet."""
    try:
        grids.withdraw_grid(reader().landlord_id, str(grid_id), reader().account_id)
    except grids.UnknownGrid:
        abort(404)
    except grids.GridInUse:
        flash(_("Cette grille est celle d’un locataire : elle reste."), "stop")
        return redirect(url_for("office.grid", grid_id=grid_id))
    flash(_("La grille est retirée."), "safe")
    return redirect(url_for("office.grid_list"))


def may_price() -> bool:
    """Whether this person imports grids and prices."""
    return reader().role in PRICERS


def _form() -> ImportGrid:
    form = ImportGrid()
    form.buildings.choices = grids.buildings_of(reader().landlord_id)
    return form


def _asked(
    form: ImportGrid, read: WearGrid | None = None, faults: tuple[Fault, ...] = (), *, ready: bool = False
) -> str:
    return render_template(
        "office/grid_new.html", form=form, read=read, faults_found=faults, ready=ready, columns=COLUMNS, prices=True
    )
