"""When an agent comes somewhere: the questions, and what is said at them when the slot cannot be given."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from wtforms import IntegerField, SelectField, TimeField
from wtforms.validators import InputRequired, NumberRange, ValidationError

from fieldapp.services import booking
from fieldapp.services.booking import AgentAbsent, AgentBusy, InThePast, Slot
from fieldapp.web.form import Form
from fieldapp.web.office.import_form import DayField
from fieldapp.web.office.letting_forms import choices
from fieldapp.web.office.person import scope
from fieldapp.web.words import later as _l

AHEAD = timedelta(days=730)
"""Further than this is a slip of the keyboard."""


class SlotForm(Form):
    """An agent, a day, an hour where the dwelling stands, how long."""

    agent = SelectField(_l("Agent"), validators=[InputRequired(_l("Choisissez l’agent."))])
    day = DayField(_l("Jour"), validators=[InputRequired(_l("Donnez le jour."))])
    at = TimeField(_l("Heure"), validators=[InputRequired(_l("Donnez l’heure."))], default=time(10))
    minutes = IntegerField(
        _l("Durée en minutes"), validators=[NumberRange(10, 480, _l("De 10 à 480 minutes."))], default=45
    )

    def validate_day(self, field: DayField) -> None:
        """A year is easily mistyped."""
        if field.data is not None and field.data - date.today() > AHEAD:  # noqa: DTZ011 - a day more or less is no matter
            raise ValidationError(_("C’est dans plus de deux ans : vérifiez l’année."))

    def offer_agents(self) -> None:
        """Offer everybody who may be given a slot."""
        self.agent.choices = choices(booking.agents_of(scope()), _("Choisissez"))

    def slot(self, zone: str) -> Slot:
        """The slot of an accepted form, its hour by the dwelling's clock."""
        day, at, minutes = self.day.data, self.at.data, self.minutes.data
        if day is None or at is None or minutes is None:
            raise AssertionError("the form asks for all three")
        return Slot(self.agent.data, datetime.combine(day, at, ZoneInfo(zone)), timedelta(minutes=minutes))

    def say(self, error: InThePast | AgentBusy, zone: str) -> None:
        """Say at the field what keeps the slot from being given."""
        if isinstance(error, InThePast):
            self.at.errors = [_("Cette heure est passée : choisissez-en une qui vient.")]
            return
        if isinstance(error, AgentAbsent):
            self.agent.errors = [
                _(
                    "Cet agent est absent du %(first)s au %(last)s : choisissez un autre jour ou un autre agent.",
                    first=f"{error.away.first_on:%d/%m/%Y}",
                    last=f"{error.away.last_on:%d/%m/%Y}",
                )
            ]
            return
        clock = ZoneInfo(zone)
        begins, ends = (moment.astimezone(clock) for moment in error.others[0])
        self.agent.errors = [
            _(
                "Cet agent a déjà un rendez-vous de %(begins)s à %(ends)s : choisissez une autre heure ou un autre agent.",
                begins=f"{begins:%H:%M}",
                ends=f"{ends:%H:%M}",
            )
        ]


def slot_values(agent_id: str, starts_at: datetime, ends_at: datetime, zone: str) -> dict[str, object]:
    """What a form says of a slot that was given already."""
    begins = starts_at.astimezone(ZoneInfo(zone))
    minutes = int((ends_at - starts_at).total_seconds()) // 60
    return {"agent": agent_id, "day": begins.date(), "at": begins.time(), "minutes": minutes}
