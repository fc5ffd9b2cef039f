"""The leases: looked for, one with its appointments, an inventory planned for it, and whether it is furnished."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms import BooleanField, SelectField, StringField
from wtforms.validators import InputRequired, Length

from fieldapp.domain import catalogue
from fieldapp.domain.appointment import AppointmentKind
from fieldapp.domain.wording import Wording
from fieldapp.services import leases, notices, planning, tenancy_record
from fieldapp.services.booking import AgentBusy, InThePast, NotHere
from fieldapp.services.leases import Lease
from fieldapp.services.planning import AlreadyPlanned
from fieldapp.web import moments
from fieldapp.web.access import roles
from fieldapp.web.form import Form
from fieldapp.web.language import current
from fieldapp.web.office.blueprint import DECIDERS, READERS, pages
from fieldapp.web.office.letting_forms import choices
from fieldapp.web.office.lettings import today
from fieldapp.web.office.person import reader, scope
from fieldapp.web.office.private_words import warn_of
from fieldapp.web.office.slot_form import SlotForm
from fieldapp.web.wording import KINDS
from fieldapp.web.words import later as _l

MOST_LETTERS = 120


class Search(Form):
    """Which leases; sent in the body, since it may be a name."""

    words = StringField(_l("Adresse, référence ou nom"), render_kw={"autocomplete": "off", "maxlength": MOST_LETTERS})


class PlanInventory(SlotForm):
    """An inventory to be made: which one, and the slot."""

    kind = SelectField(_l("Quoi"), validators=[InputRequired(_l("Choisissez l’état des lieux ou la visite."))])
    note = StringField(
        _l("Pour l’agent"),
        validators=[Length(max=300, message=_l("Trois cents caractères au plus."))],
        render_kw={"autocomplete": "off"},
    )


class Furnished(Form):
    """Whether the dwelling is let furnished."""

    furnished = BooleanField(_l("Logement loué meublé"))


@pages.get("/tenancies/")
@roles(*READERS)
def tenancy_list() -> str:
    """The newest leases."""
    return _list_page(Search(formdata=None))


@pages.post("/tenancies/")
@roles(*READERS)
def find_tenancies() -> str:
    """The leases that were asked for; the words stay out of the address, which is kept in more places than they may be."""
    form = Search()
    form.words.data = (form.words.data or "").strip()[:MOST_LETTERS]
    return _list_page(form)


@pages.get("/tenancies/<uuid:tenancy_id>")
@roles(*READERS)
def tenancy(tenancy_id: object) -> str:
    """One lease with its appointments."""
    lease = _opened(str(tenancy_id))
    return render_template(
        "office/tenancy.html",
        lease=lease,
        record=tenancy_record.open_tenancy(scope(), lease.id),
        words=Wording(catalogue.load(), current()),
        appointments=planning.appointments_of(scope(), lease.id),
        furnished=Furnished(formdata=None, furnished=lease.furnished),
        notice=notices.notice_of(lease.id),
        comes_from=notices.comes_from(lease.id),
        decides=reader().role in DECIDERS,
    )


@pages.post("/tenancies/<uuid:tenancy_id>/furnished")
@roles(*DECIDERS)
def furnish_tenancy(tenancy_id: object) -> Response:
    """Say whether it is furnished."""
    form = Furnished()
    if not form.accepted():
        abort(400)
    try:
        planning.furnish(scope(), str(tenancy_id), reader().account_id, furnished=bool(form.furnished.data))
    except NotHere:
        abort(404)
    flash(
        _("C’est noté : les prochains états des lieux comptent le mobilier.")
        if form.furnished.data
        else _("C’est noté : le logement est loué vide."),
        "safe",
    )
    return redirect(url_for("office.tenancy", tenancy_id=tenancy_id))


@pages.get("/tenancies/<uuid:tenancy_id>/appointment")
@roles(*DECIDERS)
def new_appointment(tenancy_id: object) -> str:
    """The empty form, for tomorrow; `?kind=` chooses what, `?day=` when."""
    form = PlanInventory(formdata=None, day=_asked_day(), minutes=60, kind=request.args.get("kind") or "")
    return _plan_page(_opened(str(tenancy_id)), form)


@pages.post("/tenancies/<uuid:tenancy_id>/appointment")
@roles(*DECIDERS)
def plan_appointment(tenancy_id: object) -> Response | tuple[str, int]:
    """Plan it, or say at the field why it cannot be."""
    lease, form = _opened(str(tenancy_id)), PlanInventory()
    _offer(form)
    if not form.accepted():
        return _plan_page(lease, form), 400
    note = (form.note.data or "").strip()
    kind = AppointmentKind(form.kind.data)
    try:
        inventory_id = planning.plan(scope(), lease.id, kind, form.slot(lease.zone), note, reader().account_id)
    except NotHere:
        abort(404)
    except (InThePast, AgentBusy) as error:
        form.say(error, lease.zone)
        return _plan_page(lease, form), 400
    except AlreadyPlanned as error:
        begins = error.starts_at.astimezone(ZoneInfo(lease.zone))
        form.kind.errors = [
            _(
                "C’est déjà prévu pour ce bail, le %(day)s à %(hour)s : déplacez ou annulez ce rendez-vous.",
                day=f"{begins:%d/%m/%Y}",
                hour=f"{begins:%H:%M}",
            )
        ]
        return _plan_page(lease, form), 400
    warn_of(note)
    flash(_("Le rendez-vous est donné. L’agent le recevra avec sa journée."), "safe")
    return redirect(url_for("office.appointment", inventory_id=inventory_id))


def _opened(tenancy_id: str) -> Lease:
    try:
        lease = leases.open_lease(scope(), tenancy_id)
    except NotHere:
        abort(404)
    moments.stand_in(lease.zone)
    return lease


def _asked_day() -> date:
    """The day in the address when it is one that comes, else tomorrow."""
    tomorrow = today() + timedelta(days=1)
    try:
        return max(date.fromisoformat(request.args.get("day") or ""), tomorrow)
    except ValueError:
        return tomorrow


def _offer(form: PlanInventory) -> None:
    form.offer_agents()
    form.kind.choices = choices(KINDS.items(), _("Choisissez"))


def _list_page(form: Search) -> str:
    return render_template("office/tenancies.html", found=leases.search(scope(), form.words.data or ""), form=form)


def _plan_page(lease: Lease, form: PlanInventory) -> str:
    _offer(form)
    return render_template("office/appointment_new.html", lease=lease, form=form)
