"""The visits: the days, a slot to give, one visit, moving and cancelling it."""

from datetime import date, timedelta

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from fieldapp.domain import catalogue
from fieldapp.domain.appointment import SlotKind
from fieldapp.domain.local_day import long_day
from fieldapp.domain.wording import Wording
from fieldapp.services import booking, visit_follow_ups, visit_listing
from fieldapp.services.booking import AgentBusy, InThePast, NobodyComes, NotHere, NotMovable
from fieldapp.services.lettable import NoSheet, NotLettable
from fieldapp.services.lettings import LettingFile
from fieldapp.services.staff_clock import staff_zone
from fieldapp.services.visit_listing import VisitFile
from fieldapp.web import moments
from fieldapp.web.access import roles
from fieldapp.web.language import current
from fieldapp.web.office.blueprint import DECIDERS, READERS, pages
from fieldapp.web.office.letting_forms import Reason, choices
from fieldapp.web.office.lettings import opened, today
from fieldapp.web.office.person import reader, scope
from fieldapp.web.office.private_words import warn_of
from fieldapp.web.office.slot_form import SlotForm, slot_values
from fieldapp.web.office.visit_forms import BookVisit

DAYS = 7


@pages.get("/visits/")
@roles(*READERS)
def visit_list() -> str:
    """A week of visits: `?from=2026-11-23&agent=`."""
    first, agent = _day(request.args.get("from")), request.args.get("agent") or None
    person = reader()
    zone = staff_zone(person.landlord_id, person.agency_id)
    return render_template(
        "office/visits.html",
        visits=visit_listing.visits_between(scope(), first, DAYS, zone, agent),
        first=first,
        last=first + timedelta(days=DAYS - 1),
        before=first - timedelta(days=DAYS),
        after=first + timedelta(days=DAYS),
        agents=booking.agents_of(scope()),
        agent=agent,
        follow_ups=visit_follow_ups.waiting(scope()),
    )


@pages.get("/visits/<uuid:visit_id>")
@roles(*READERS)
def visit(visit_id: object) -> str:
    """One visit: who is expected, what came of it."""
    return _visit_page(_opened(str(visit_id)))


@pages.get("/lettings/<uuid:dwelling_id>/visit")
@roles(*DECIDERS)
def new_visit(dwelling_id: object) -> str:
    """The empty slot, with everybody who waits for this dwelling ticked."""
    file = opened(str(dwelling_id))
    form = _book_form(file, empty=True)
    form.candidates.data = [one.candidate_id for one in file.letting.standings if one.turn or one.state == "offered"]
    return _book_page(file, form)


@pages.post("/lettings/<uuid:dwelling_id>/visit")
@roles(*DECIDERS)
def book_visit(dwelling_id: object) -> Response | tuple[str, int]:
    """Give the slot, or say why it cannot be given."""
    file = opened(str(dwelling_id))
    form = _book_form(file)
    if not form.accepted():
        return _book_page(file, form), 400
    chosen = list(form.candidates.data or [])
    kind = SlotKind.GROUP if len(chosen) > 1 else SlotKind.INDIVIDUAL
    note = (form.note.data or "").strip()
    try:
        visit_id = booking.book(
            scope(),
            str(dwelling_id),
            chosen,
            form.slot(file.letting.zone),
            kind,
            note,
            reader().account_id,
            all_the_same=(form.all_the_same.data or "").strip(),
        )
    except NotHere:
        abort(404)
    except NobodyComes:
        form.candidates.errors = [_("Cochez au moins une personne.")]
        return _book_page(file, form), 400
    except (InThePast, AgentBusy) as error:
        form.say(error, file.letting.zone)
        return _book_page(file, form), 400
    except NotLettable as error:
        form.all_the_same.errors = [_stopped(error)]
        return _book_page(file, form), 400
    except NoSheet:
        form.all_the_same.errors = [_("Préparez d’abord la fiche du logement : la raison y est notée.")]
        return _book_page(file, form), 400
    warn_of(note, form.all_the_same.data)
    flash(_("La visite est prévue. L’agent la recevra avec sa journée."), "safe")
    return redirect(url_for("office.visit", visit_id=visit_id))


@pages.post("/visits/<uuid:visit_id>/move")
@roles(*DECIDERS)
def move_visit(visit_id: object) -> Response | tuple[str, int]:
    """Give it another slot."""
    file = _opened(str(visit_id))
    form = _move_form(file)
    if not form.accepted():
        return _visit_page(file, moving=form), 400
    try:
        booking.move(scope(), str(visit_id), form.slot(file.visit.zone), reader().account_id)
    except NotHere:
        abort(404)
    except NotMovable:
        flash(_("Cette visite a commencé ou est terminée : elle ne se déplace plus."), "stop")
    except (InThePast, AgentBusy) as error:
        form.say(error, file.visit.zone)
        return _visit_page(file, moving=form), 400
    except NotLettable as error:
        form.day.errors = [_stopped(error)]
        return _visit_page(file, moving=form), 400
    else:
        flash(_("La visite est déplacée. Prévenez les personnes attendues."), "safe")
    return redirect(url_for("office.visit", visit_id=visit_id))


@pages.post("/visits/<uuid:visit_id>/cancel")
@roles(*DECIDERS)
def cancel_visit(visit_id: object) -> Response | tuple[str, int]:
    """Cancel it and say why."""
    form = Reason()
    if not form.accepted():
        return _visit_page(_opened(str(visit_id)), cancelling=form), 400
    try:
        booking.cancel(scope(), str(visit_id), (form.reason.data or "").strip(), reader().account_id)
    except NotHere:
        abort(404)
    except NotMovable:
        flash(_("Cette visite a commencé ou est terminée : elle ne s’annule plus."), "stop")
    else:
        warn_of(form.reason.data)
        flash(_("La visite est annulée. Prévenez les personnes attendues."), "safe")
    return redirect(url_for("office.visit", visit_id=visit_id))


def _stopped(error: NotLettable) -> str:
    last = long_day(error.ends_on, current())
    return _(
        "La classe %(letter)s ne permet plus de louer ce logement depuis le %(day)s : dites pourquoi il peut être loué tout de même.",
        letter=error.letter,
        day=last,
    )


def _opened(visit_id: str) -> VisitFile:
    try:
        file = visit_listing.open_visit(scope(), visit_id)
    except NotHere:
        abort(404)
    moments.stand_in(file.visit.zone)
    return file


def _book_form(file: LettingFile, *, empty: bool = False) -> BookVisit:
    form = BookVisit(formdata=None, day=today() + timedelta(days=1)) if empty else BookVisit()
    form.offer_agents()
    form.candidates.choices = choices(
        (one.candidate_id, one.name) for one in file.letting.standings if one.state in {"waiting", "offered"}
    )
    return form


def _move_form(file: VisitFile, *, empty: bool = False) -> SlotForm:
    visit = file.visit
    given = slot_values(visit.agent_id, visit.starts_at, visit.ends_at, visit.zone)
    form = SlotForm(formdata=None, **given) if empty else SlotForm()
    form.offer_agents()
    return form


def _book_page(file: LettingFile, form: BookVisit) -> str:
    return render_template("office/visit_new.html", file=file, form=form)


def _visit_page(file: VisitFile, moving: SlotForm | None = None, cancelling: Reason | None = None) -> str:
    return render_template(
        "office/visit.html",
        file=file,
        visit=file.visit,
        moving=moving or _move_form(file, empty=True),
        cancelling=cancelling or Reason(formdata=None),
        follow_ups=visit_follow_ups.of_visit(scope(), file.visit.id),
        opened=moving is not None or cancelling is not None,
        decides=reader().role in DECIDERS,
        words=Wording(catalogue.load_visits(), current()),
        elements=Wording(catalogue.load(), current()),
    )


def _day(text: str | None) -> date:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return today()
