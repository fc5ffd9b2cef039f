"""The week of the agents: looked at by agency, appointments moved within it, absences noted."""

from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms import HiddenField, SelectField
from wtforms.validators import InputRequired, ValidationError

from fieldapp.domain.week import DAYS, monday_of
from fieldapp.services import absences, attributions, booking, diary, notices
from fieldapp.services.booking import AgentAbsent, AgentBusy, InThePast, NotHere, NotMovable
from fieldapp.services.lettable import NotLettable
from fieldapp.web.access import roles
from fieldapp.web.form import Form
from fieldapp.web.office.blueprint import DECIDERS, READERS, pages
from fieldapp.web.office.import_form import DayField
from fieldapp.web.office.letting_forms import choices
from fieldapp.web.office.lettings import today
from fieldapp.web.office.person import reader, scope
from fieldapp.web.words import later as _l


class MoveForm(Form):
    """An appointment let go in another cell; `back` is the week that was looked at."""

    appointment = HiddenField()
    agent = HiddenField()
    day = HiddenField()
    back = HiddenField()
    agency = HiddenField()


class AbsenceForm(Form):
    """An agent and the days without him."""

    agent = SelectField(_l("Agent"), validators=[InputRequired(_l("Choisissez l’agent."))])
    first = DayField(_l("Premier jour"), validators=[InputRequired(_l("Donnez le jour."))])
    last = DayField(_l("Dernier jour"), validators=[InputRequired(_l("Donnez le jour."))])

    def validate_last(self, field: DayField) -> None:
        """The last day is not before the first, nor years after it."""
        if field.data is None or self.first.data is None:
            return
        if field.data < self.first.data:
            raise ValidationError(_("Le dernier jour est avant le premier."))
        if field.data - self.first.data > timedelta(days=400):
            raise ValidationError(_("C’est plus d’un an : vérifiez l’année."))


@pages.get("/planning")
@roles(*READERS)
def planning() -> str:
    """A week: `?from=2026-11-23&agency=`."""
    return _page(_day(request.args.get("from")), request.args.get("agency") or None)


@pages.post("/planning/move")
@roles(*DECIDERS)
def move_in_week() -> Response:
    """Give an appointment to another agent or day, and say what came of it on the week."""
    form = MoveForm()
    if not form.accepted():
        abort(400)
    try:
        day = date.fromisoformat(form.day.data or "")
        name = diary.move(scope(), form.appointment.data or "", form.agent.data or "", day, reader().account_id)
    except NotHere:
        abort(404)
    except ValueError as error:
        flash(_refusal(error), "stop")
    else:
        flash(
            _(
                "Le rendez-vous est donné à %(agent)s le %(day)s. Prévenez les personnes attendues.",
                agent=name,
                day=f"{day:%d/%m/%Y}",
            ),
            "safe",
        )
    return _back(form.back.data, form.agency.data)


@pages.post("/planning/absences")
@roles(*DECIDERS)
def note_absence() -> Response | tuple[str, int]:
    """Note that an agent is away."""
    form = _absence_form()
    if not form.accepted():
        return _page(_day(request.args.get("from")), None, form), 400
    try:
        absences.note(scope(), form.agent.data, _given(form.first), _given(form.last), reader().account_id)
    except absences.UnknownAbsence:
        abort(404)
    flash(_("L’absence est notée : aucun rendez-vous n’est plus donné ces jours-là."), "safe")
    return _back(_given(form.first).isoformat(), None)


@pages.post("/planning/absences/<uuid:absence_id>/remove")
@roles(*DECIDERS)
def take_absence_back(absence_id: object) -> Response:
    """The agent is there after all."""
    try:
        absences.take_back(scope(), str(absence_id), reader().account_id)
    except absences.UnknownAbsence:
        abort(404)
    flash(_("L’absence est retirée."), "safe")
    return _back(request.args.get("from"), None)


def _refusal(error: ValueError) -> str:
    match error:
        case NotMovable():
            return _("Ce rendez-vous a commencé, ou il est annulé : il ne se déplace plus.")
        case InThePast():
            return _("Ce jour est passé à cette heure : choisissez-en un qui vient.")
        case AgentAbsent():
            return _("Cet agent est absent ce jour-là : choisissez un autre jour ou un autre agent.")
        case AgentBusy():
            begins, ends = (moment.astimezone(ZoneInfo("UTC")) for moment in error.others[0])
            minutes = int((ends - begins).total_seconds()) // 60
            return _(
                "Cet agent a déjà un rendez-vous de %(minutes)s minutes à cette heure : choisissez un autre jour ou un autre agent.",
                minutes=minutes,
            )
        case NotLettable():
            return _("La loi ne permettra plus de louer ce logement ce jour-là : déplacez la visite depuis sa page.")
        case _:
            return _("Ce n’est pas un jour : recommencez.")


def _page(day: date, agency_id: str | None, form: AbsenceForm | None = None) -> str:
    week = diary.week_of(scope(), monday_of(day), agency_id)
    first = week.days[0]
    return render_template(
        "office/planning.html",
        week=week,
        before=first - timedelta(days=DAYS),
        after=first + timedelta(days=DAYS),
        today=today(),
        wanted=notices.wanted(scope(), today()),
        attributed=attributions.waiting(scope(), today()),
        form=form or _absence_form(empty=True),
        moving=MoveForm(formdata=None, back=first.isoformat(), agency=week.agency_id or ""),
        decides=reader().role in DECIDERS,
    )


def _absence_form(*, empty: bool = False) -> AbsenceForm:
    form = AbsenceForm(formdata=None, first=today(), last=today()) if empty else AbsenceForm()
    form.agent.choices = choices(booking.agents_of(scope()), _("Choisissez"))
    return form


def _given(field: DayField) -> date:
    if field.data is None:
        raise AssertionError("the form asks for it")
    found: date = field.data
    return found


def _day(text: str | None) -> date:
    """The day asked for; this one for anything that is none, or too near the ends of the calendar."""
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return today()
    return day if 1900 <= day.year <= 9000 else today()


def _back(day: str | None, agency: str | None) -> Response:
    asked: dict[str, Any] = {"from": _day(day).isoformat(), "agency": agency or None}
    return redirect(url_for("office.planning", **asked))
