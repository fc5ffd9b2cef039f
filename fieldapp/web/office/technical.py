"""Technical visits: the slot that an agent is given for an acceptance of works or the check of a vacant dwelling."""

from datetime import timedelta

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms import RadioField, StringField
from wtforms.validators import InputRequired, Length

from fieldapp.domain.appointment import AppointmentKind
from fieldapp.services import dwelling_record, technical
from fieldapp.services.booking import AgentBusy, InThePast, NotHere
from fieldapp.services.dwelling_record import DwellingRecord
from fieldapp.web import moments
from fieldapp.web.access import roles
from fieldapp.web.letting_words import PURPOSES
from fieldapp.web.office.blueprint import DECIDERS, pages
from fieldapp.web.office.letting_forms import choices
from fieldapp.web.office.lettings import today
from fieldapp.web.office.person import reader, scope
from fieldapp.web.office.private_words import warn_of
from fieldapp.web.office.slot_form import SlotForm
from fieldapp.web.words import later as _l

OFFERED = (AppointmentKind.ACCEPTANCE, AppointmentKind.VACANT_CHECK)


class TechnicalForm(SlotForm):
    """What the agent comes for, and when."""

    kind = RadioField(_l("Rendez-vous"), validators=[InputRequired(_l("Choisissez le rendez-vous."))])
    note = StringField(_l("Note pour l’agent"), validators=[Length(max=300, message=_l("300 caractères au plus."))])


@pages.get("/dwellings/<uuid:dwelling_id>/technical")
@roles(*DECIDERS)
def new_technical(dwelling_id: object) -> str:
    """The empty slot."""
    return _page(_opened(str(dwelling_id)), _form(empty=True))


@pages.post("/dwellings/<uuid:dwelling_id>/technical")
@roles(*DECIDERS)
def book_technical(dwelling_id: object) -> Response | tuple[str, int]:
    """Give the slot, or say why it cannot be given."""
    record, form = _opened(str(dwelling_id)), _form()
    if not form.accepted():
        return _page(record, form), 400
    kind, note = AppointmentKind(form.kind.data), (form.note.data or "").strip()
    try:
        visit_id = technical.book(scope(), str(dwelling_id), kind, form.slot(record.zone), note, reader().account_id)
    except NotHere:
        abort(404)
    except (InThePast, AgentBusy) as error:
        form.say(error, record.zone)
        return _page(record, form), 400
    warn_of(note)
    flash(_("Le rendez-vous est donné. L’agent le recevra avec sa journée."), "safe")
    return redirect(url_for("office.visit", visit_id=visit_id))


def _opened(dwelling_id: str) -> DwellingRecord:
    try:
        record = dwelling_record.open_dwelling(scope(), dwelling_id)
    except NotHere:
        abort(404)
    moments.stand_in(record.zone)
    return record


def _form(*, empty: bool = False) -> TechnicalForm:
    form = TechnicalForm(formdata=None, day=today() + timedelta(days=1)) if empty else TechnicalForm()
    form.offer_agents()
    form.kind.choices = choices((kind.value, PURPOSES[kind.value]) for kind in OFFERED)
    return form


def _page(record: DwellingRecord, form: TechnicalForm) -> str:
    return render_template("office/technical_new.html", record=record, form=form)
