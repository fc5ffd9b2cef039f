"""The messages about one appointment: what was written to whom, and writing to those who are expected."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import InputRequired

from fieldapp.domain.message import Channel, Purpose, Topic
from fieldapp.services import convoking, mail
from fieldapp.services.booking import NotHere
from fieldapp.services.convoking import Meeting, NoAddress
from fieldapp.web import moments
from fieldapp.web.access import roles
from fieldapp.web.form import Form
from fieldapp.web.language import LANGUAGES
from fieldapp.web.office.blueprint import DECIDERS, READERS, pages
from fieldapp.web.office.letting_forms import choices
from fieldapp.web.office.person import reader, scope
from fieldapp.web.wording import MAIL_CHANNELS, MAIL_PURPOSES
from fieldapp.web.words import later as _l


class TellForm(Form):
    """To whom, what, by which way."""

    person = SelectField(_l("À qui"))
    purpose = RadioField(
        _l("Quoi"),
        choices=[SelectChoice(one.value, MAIL_PURPOSES[one]) for one in convoking.PURPOSES],
        validators=[InputRequired(_l("Choisissez ce que dit le message."))],
    )
    channel = RadioField(
        _l("Par quel moyen"),
        choices=[SelectChoice(one.value, MAIL_CHANNELS[one]) for one in convoking.CHANNELS],
        validators=[InputRequired(_l("Choisissez le moyen."))],
    )
    language = SelectField(_l("En quelle langue"))


@pages.get("/appointments/<uuid:appointment_id>/messages")
@roles(*READERS)
def appointment_messages(appointment_id: object) -> str:
    """Every message about it, the newest first."""
    return _page(_meeting(appointment_id))


@pages.post("/appointments/<uuid:appointment_id>/messages")
@roles(*DECIDERS)
def tell(appointment_id: object) -> Response | tuple[str, int]:
    """Write to one of those who are expected, or to all of them."""
    meets = _meeting(appointment_id)
    form = _form(meets)
    if not form.accepted():
        return _page(meets, form), 400
    channel, purpose = Channel(form.channel.data), Purpose(form.purpose.data)
    chosen = [one for one in meets.people if form.person.data in {"", one.id}]
    without = []
    for person in chosen:
        try:
            convoking.tell(
                scope(), meets.id, person.id, channel, purpose, form.language.data or None, reader().account_id
            )
        except NoAddress:
            without.append(person.name)
    missing = _missing(channel, without) if without else ""
    if len(without) == len(chosen):
        form.channel.errors = [missing]
        return _page(meets, form), 400
    flash(_("Le message est dans la boîte d’envoi."), "safe")
    if missing:
        flash(missing, "stop")
    return redirect(url_for("office.appointment_messages", appointment_id=appointment_id))


def _missing(channel: Channel, names: list[str]) -> str:
    said = ", ".join(names)
    if channel is Channel.EMAIL:
        return _("Pas d’adresse e-mail connue : %(names)s.", names=said)
    if channel is Channel.LETTER:
        return _("Pas d’adresse postale connue : %(names)s.", names=said)
    return _("Pas de téléphone portable connu : %(names)s.", names=said)


def _meeting(appointment_id: object) -> Meeting:
    try:
        meets = convoking.meeting(scope(), str(appointment_id))
    except NotHere:
        abort(404)
    moments.stand_in(meets.zone)
    return meets


def _form(meets: Meeting, *, empty: bool = False) -> TellForm:
    usual = Purpose.CANCELLATION if meets.cancelled else Purpose.CONVOCATION
    form = TellForm(formdata=None, purpose=usual.value, channel=Channel.EMAIL.value) if empty else TellForm()
    form.person.choices = choices(((one.id, one.name) for one in meets.people), _("Toutes les personnes attendues"))
    form.language.choices = choices(LANGUAGES.items(), _("Celle de la personne"))
    return form


def _page(meets: Meeting, form: TellForm | None = None) -> str:
    return render_template(
        "office/appointment_messages.html",
        meeting=meets,
        names={one.id: one.name for one in meets.people},
        messages=mail.about(scope(), Topic.APPOINTMENT, meets.id),
        form=form or _form(meets, empty=True),
        servers={one.value: mail.carried(one) for one in convoking.CHANNELS},
        decides=reader().role in DECIDERS,
    )
