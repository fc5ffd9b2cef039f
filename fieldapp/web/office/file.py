"""One inventory, in five views of the same snapshot."""

from flask import abort, render_template

from fieldapp.domain.inventory import InventoryState
from fieldapp.extensions import db
from fieldapp.services import addenda, audit, handover, journal, planning, queue, reviewing, verdicts
from fieldapp.services.case_file import File
from fieldapp.services.obstacle import obstacle_of
from fieldapp.web import moments
from fieldapp.web.access import roles
from fieldapp.web.language import current
from fieldapp.web.office.blueprint import DECIDERS, READERS, pages
from fieldapp.web.office.forms import DecideAlert, SendMail
from fieldapp.web.office.person import reader, scope
from fieldapp.web.security import public_url


@pages.get("/inventories/<uuid:inventory_id>")
@roles(*READERS)
def overview(inventory_id: object) -> str:
    """What presses, then everything that was noted."""
    return show_overview(str(inventory_id))


@pages.get("/inventories/<uuid:inventory_id>/photos")
@roles(*READERS)
def photos(inventory_id: object) -> str:
    """Every photograph, large."""
    file = opened(str(inventory_id))
    return render_template("office/photos.html", file=file, **frame(file))


@pages.get("/inventories/<uuid:inventory_id>/signatures")
@roles(*READERS)
def signatures(inventory_id: object) -> str:
    """What each party decided, wrote and drew."""
    file = opened(str(inventory_id))
    return render_template("office/signatures.html", file=file, **frame(file))


@pages.get("/inventories/<uuid:inventory_id>/copies")
@roles(*READERS)
def copies(inventory_id: object) -> str:
    """The sealed report, and who has a copy."""
    return show_copies(str(inventory_id))


@pages.get("/inventories/<uuid:inventory_id>/journal")
@roles(*READERS)
def history(inventory_id: object) -> str:
    """What was done to it, by whom and when."""
    file = opened(str(inventory_id))
    entries = journal.entries(scope(), file.id, file.people, file.sealed_at)
    names = {person.id: person.name for person in file.people}
    return render_template("office/journal.html", file=file, entries=entries, names=names, **frame(file))


def opened(inventory_id: str) -> File:
    """The inventory, its hours told where the dwelling stands; or a page that says that it does not exist."""
    try:
        file = reviewing.open_file(scope(), inventory_id, current())
    except reviewing.NotHere:
        abort(404)
    audit.note_read(reader().actor, "file.read", "inventory", file.id, file.landlord_id)
    moments.stand_in(file.record["zone"])
    return file


def show_overview(inventory_id: str, wrong: DecideAlert | None = None) -> str:
    """The first view; `wrong` is a decision that was sent without what it needs."""
    file = opened(inventory_id)
    form = wrong or DecideAlert(formdata=None)
    return render_template(
        "office/overview.html",
        file=file,
        form=form,
        obstacle=obstacle_of(db.session(), file.id),
        review=verdicts.standing_of(file.id),
        amended=addenda.of_inventory(file.id),
        **frame(file),
    )


def show_copies(inventory_id: str, wrong: SendMail | None = None, party_id: str | None = None) -> str:
    """The copies; `wrong` is the message to `party_id` that could not be sent."""
    file = opened(inventory_id)
    return render_template(
        "office/copies.html",
        file=file,
        links=handover.links_of(scope(), file.id),
        forms={
            person.id: wrong
            if wrong is not None and person.id == party_id
            else SendMail(formdata=None, email=person.email)
            for person in file.people
        },
        public_url=public_url,
        **frame(file),
    )


def frame(file: File) -> dict[str, object]:
    """What stands around each view: the files that press most, and whether this person decides."""
    return {
        "rail": queue.worst(scope()),
        "decides": reader().role in DECIDERS,
        "here": file.id,
        "called_off": file.state == InventoryState.PLANNED and planning.is_cancelled(file.id),
    }
