"""The words of convocations, reminders and cancellations, long for an e-mail and short for a text message."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from fieldapp.domain.local_day import long_day
from fieldapp.domain.message import Purpose
from fieldapp.domain.preparing import Preparation


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a message about an appointment says, and to whom."""

    kind: str
    purpose: Purpose
    name: str
    starts_at: datetime
    zone: str
    place: str
    prepare: tuple[Preparation, ...]
    phone: str
    landlord: str
    language: str


def subject_of(said: Invitation) -> str:
    """One line, without a name or an address: it is shown on locked screens."""
    what = _what(said.kind)
    match said.purpose:
        case Purpose.CANCELLATION:
            return _("Annulé : %(what)s", what=what)
        case Purpose.REMINDER:
            return _("Rappel : %(what)s", what=what)
        case _:
            return _("Votre rendez-vous : %(what)s", what=what)


def body_of(said: Invitation) -> str:
    """The whole message."""
    lines = [_("Bonjour %(name)s,", name=said.name), *opening_of(said)]
    if said.prepare:
        things = "\n".join(f"- {thing}" for thing in things_of(said))
        lines.append(_("Ce qu’il faut préparer :") + "\n" + things)
    return "\n\n".join((*lines, *closing_of(said), said.landlord))


def opening_of(said: Invitation) -> tuple[str, ...]:
    """When, what and where, a paragraph each."""
    day, hour = _when(said)
    if said.purpose is Purpose.CANCELLATION:
        said_first = _("Le rendez-vous du %(day)s à %(hour)s est annulé. Ne vous déplacez pas.", day=day, hour=hour)
    else:
        said_first = _("Nous vous attendons le %(day)s à %(hour)s.", day=day, hour=hour)
    return (
        said_first,
        _("Pour : %(what)s.", what=_what(said.kind)),
        _("Où : %(place)s.", place=said.place),
    )


def things_of(said: Invitation) -> tuple[str, ...]:
    """What to prepare."""
    return tuple(_thing(one) for one in said.prepare)


def closing_of(said: Invitation) -> tuple[str, ...]:
    """Whom to call."""
    if said.purpose is Purpose.CANCELLATION:
        return (_("Une question ? Appelez-nous au %(phone)s.", phone=said.phone),)
    return (_("Un empêchement ? Appelez-nous au %(phone)s, avant le rendez-vous.", phone=said.phone),)


def short_of(said: Invitation) -> str:
    """A text message: when, where, what to bring, whom to call."""
    day, hour = _when(said)
    if said.purpose is Purpose.CANCELLATION:
        return _(
            "%(landlord)s : le rendez-vous du %(day)s à %(hour)s est annulé. Tél. %(phone)s",
            landlord=said.landlord,
            day=day,
            hour=hour,
            phone=said.phone,
        )
    first = _(
        "%(landlord)s : %(what)s le %(day)s à %(hour)s, %(place)s.",
        landlord=said.landlord,
        what=_what(said.kind),
        day=day,
        hour=hour,
        place=said.place,
    )
    things = ", ".join(things_of(said))
    bring = _("À préparer : %(things)s.", things=things) if things else ""
    return " ".join(part for part in (first, bring, _("Tél. %(phone)s", phone=said.phone)) if part)


def _when(said: Invitation) -> tuple[str, str]:
    local = said.starts_at.astimezone(ZoneInfo(said.zone))
    hour = f"{local:%H:%M}" if said.language == "en" else f"{local.hour} h {local:%M}"
    return long_day(local.date(), said.language), hour


def _what(kind: str) -> str:
    return {
        "move_in": _("état des lieux d’entrée"),
        "move_out": _("état des lieux de sortie"),
        "pre_exit": _("visite conseil avant votre départ"),
        "sales_visit": _("visite d’un logement"),
        "acceptance": _("réception de travaux"),
        "vacant_check": _("contrôle de logement vacant"),
        "addendum": _("avenant à l’état des lieux"),
    }[kind]


def _thing(one: Preparation) -> str:
    return {
        Preparation.IDENTITY: _("une pièce d’identité"),
        Preparation.INSURANCE: _("l’attestation d’assurance du logement"),
        Preparation.KEYS: _("toutes les clés, badges et télécommandes"),
        Preparation.NEW_ADDRESS: _("votre nouvelle adresse"),
        Preparation.BOILER: _("l’attestation d’entretien de la chaudière"),
        Preparation.EMPTY: _("un logement vide et nettoyé"),
        Preparation.SOMEBODY_THERE: _("une personne présente pour ouvrir"),
        Preparation.QUESTIONS: _("vos questions sur ce qu’il faut réparer avant de partir"),
        Preparation.UNIQUE_NUMBER: _("votre numéro unique de demande"),
    }[one]
