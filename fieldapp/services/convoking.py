"""Asking people to come to an appointment, reminding them of it, or telling them that it is cancelled."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask_babel import force_locale
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.appointment import VISITS, AppointmentKind, AppointmentState
from fieldapp.domain.dwelling import Scope as Heated
from fieldapp.domain.message import Channel, Purpose, Topic
from fieldapp.domain.preparing import to_prepare
from fieldapp.domain.telephone import mobile
from fieldapp.domain.zone import zone_of
from fieldapp.extensions import db
from fieldapp.records.addendum import Addendum
from fieldapp.records.agency import Agency
from fieldapp.records.appointment import Appointment
from fieldapp.records.appointment_candidate import AppointmentCandidate
from fieldapp.records.building import Building
from fieldapp.records.candidate import Candidate
from fieldapp.records.dwelling import Dwelling
from fieldapp.records.inventory import Inventory
from fieldapp.records.landlord import Landlord
from fieldapp.records.tenancy import TenancyParty
from fieldapp.records.visit import Visit
from fieldapp.services import audit, jobs, letters, mail
from fieldapp.services.booking import NotHere
from fieldapp.services.convocation_words import Invitation, body_of, short_of, subject_of
from fieldapp.services.scope import Scope

REMINDED_BEFORE = timedelta(days=2)
"""How long before an appointment who was convoked by e-mail or text message is reminded (P)."""

PURPOSES = (Purpose.CONVOCATION, Purpose.REMINDER, Purpose.CANCELLATION)
CHANNELS = (Channel.EMAIL, Channel.TEXT, Channel.LETTER)


class NoAddress(ValueError):
    """This person has no address for this channel."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is expected; `phone` only when a text message reaches it."""

    id: str
    name: str
    email: str
    phone: str
    language: str
    post: tuple[str, ...] = ()
    """The lines of the postal address."""

    def address(self, channel: Channel) -> str:
        """Where a message goes; empty when it cannot."""
        return {Channel.EMAIL: self.email, Channel.TEXT: self.phone, Channel.LETTER: ", ".join(self.post)}[channel]


@dataclass(frozen=True, slots=True)
class Meeting:
    """An appointment with those who are expected there; `about` is its inventory or visit."""

    id: str
    kind: str
    about: str
    starts_at: datetime
    ends_at: datetime
    zone: str
    street: str
    postcode: str
    town: str
    detail: str
    phone: str
    landlord: str
    own_boiler: bool
    cancelled: bool
    people: tuple[Person, ...]


def meeting(scope: Scope, appointment_id: str) -> Meeting:
    """The appointment and who is expected; raises `NotHere`."""
    return _read(db.session(), scope, appointment_id)[0]


def tell(
    scope: Scope,
    appointment_id: str,
    person_id: str,
    channel: Channel,
    purpose: Purpose,
    language: str | None,
    account_id: str,
) -> None:
    """Write to one person, in `language` or the person's own; after a convocation a reminder follows by itself.

    Raises `NotHere` for the appointment or the person, and `NoAddress`.
    """
    session = db.session()
    found, row = _read(session, scope, appointment_id)
    person = next((one for one in found.people if one.id == person_id), None)
    if person is None:
        raise NotHere(person_id)
    _write_in(session, row, found, person, channel, purpose, language or person.language, account_id)
    if purpose is Purpose.CONVOCATION and channel is not Channel.LETTER:
        _remind_in(session, row, person_id, channel, language)
    actor, kind = f"account:{account_id}", "visit" if found.kind in VISITS else "inventory"
    audit.record(
        session, actor, f"appointment.{purpose.value}", kind, found.about, scope.landlord_id, channel=channel.value
    )
    session.commit()


def remind(appointment_id: str, person_id: str, channel: str, language: str | None) -> None:
    """Job: remind somebody of an appointment that still stands; one that was moved is waited for anew."""
    session = db.session()
    row = session.get(Appointment, appointment_id)
    now = datetime.now(UTC)
    if row is None or row.state != AppointmentState.PLANNED or row.starts_at <= now:
        session.rollback()
        return
    if row.starts_at - REMINDED_BEFORE > now:
        _remind_in(session, row, person_id, Channel(channel), language)
        session.commit()
        return
    found, _ = _read(session, Scope(row.landlord_id), appointment_id)
    person = next((one for one in found.people if one.id == person_id), None)
    if person is not None and person.address(Channel(channel)):
        _write_in(session, row, found, person, Channel(channel), Purpose.REMINDER, language or person.language, None)
    session.commit()


def _remind_in(session: Session, row: Appointment, person_id: str, channel: Channel, language: str | None) -> None:
    when = row.starts_at - REMINDED_BEFORE
    if when <= datetime.now(UTC):
        return
    args = {"appointment_id": row.id, "person_id": person_id, "channel": channel.value, "language": language}
    key = f"remind:{row.id}:{person_id}:{channel.value}:{when:%Y%m%d%H%M}"
    jobs.enqueue(session, "remind", args, key=key, run_at=when)


def _write_in(
    session: Session,
    row: Appointment,
    found: Meeting,
    person: Person,
    channel: Channel,
    purpose: Purpose,
    language: str,
    account_id: str | None,
) -> None:
    to = person.address(channel)
    if not to:
        raise NoAddress(person.id)
    prepare = (
        () if purpose is Purpose.CANCELLATION else to_prepare(AppointmentKind(found.kind), own_boiler=found.own_boiler)
    )
    said = Invitation(
        kind=found.kind,
        purpose=purpose,
        name=person.name,
        starts_at=found.starts_at,
        zone=found.zone,
        place=", ".join(part for part in (found.street, found.detail, f"{found.postcode} {found.town}") if part),
        prepare=prepare,
        phone=found.phone,
        landlord=found.landlord,
        language=language,
    )
    with force_locale(language):
        subject, body = subject_of(said), short_of(said) if channel is Channel.TEXT else body_of(said)
    draft = mail.Draft(
        landlord_id=row.landlord_id,
        agency_id=row.agency_id,
        purpose=purpose,
        to=to,
        language=language,
        subject=subject,
        body=body,
        topic=Topic.APPOINTMENT,
        topic_id=row.id,
        recipient_id=person.id,
        account_id=account_id,
        channel=channel,
    )
    mail_id = mail.write_in(session, draft)
    if channel is Channel.LETTER:
        with force_locale(language):
            letters.prepare_in(session, mail_id, row, said, person.post)


def _read(session: Session, scope: Scope, appointment_id: str) -> tuple[Meeting, Appointment]:
    found = session.execute(
        select(Appointment, Dwelling, Building, Agency.phone, Landlord.name, Visit.id)
        .join(Dwelling, Dwelling.id == Appointment.dwelling_id)
        .join(Building, Building.id == Dwelling.building_id)
        .join(Agency, Agency.id == Appointment.agency_id)
        .join(Landlord, Landlord.id == Appointment.landlord_id)
        .outerjoin(Visit, Visit.appointment_id == Appointment.id)
        .where(Appointment.id == appointment_id, *scope.of(Appointment.landlord_id, Appointment.agency_id))
    ).one_or_none()
    if found is None:
        raise NotHere(appointment_id)
    row, dwelling, house, phone, landlord, visit_id = found
    here = (house.street, dwelling.detail, f"{house.postcode} {house.town}")
    meets = Meeting(
        id=row.id,
        kind=row.kind,
        about=row.inventory_id or visit_id,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        zone=zone_of(house.postcode),
        street=house.street,
        postcode=house.postcode,
        town=house.town,
        detail=dwelling.detail,
        phone=phone,
        landlord=landlord,
        own_boiler=dwelling.heating_scope == Heated.INDIVIDUAL and dwelling.heating_energy != "electricity",
        cancelled=row.state == AppointmentState.CANCELLED,
        people=_people(session, row, here),
    )
    return meets, row


def _people(session: Session, row: Appointment, here: tuple[str, ...]) -> tuple[Person, ...]:
    tenancy_id = row.tenancy_id or _amended(session, row)
    if tenancy_id is not None:
        parties = session.scalars(
            select(TenancyParty).where(TenancyParty.tenancy_id == tenancy_id).order_by(TenancyParty.position)
        )
        # Who leaves lives in the dwelling; who enters, where the lease says.
        stays = row.kind in {AppointmentKind.MOVE_OUT, AppointmentKind.PRE_EXIT, AppointmentKind.ADDENDUM}
        return tuple(
            _person(one.id, one.name, one.email, one.phone, one.language, here if stays else (one.domicile,))
            for one in parties
        )
    candidates = session.scalars(
        select(Candidate)
        .join(AppointmentCandidate, AppointmentCandidate.candidate_id == Candidate.id)
        .where(AppointmentCandidate.appointment_id == row.id, Candidate.erased_at.is_(None))
        .order_by(AppointmentCandidate.position)
    )
    return tuple(_person(one.id, one.name, one.email, one.phone, one.language) for one in candidates)


def _amended(session: Session, row: Appointment) -> str | None:
    """The lease whose inventory an addendum completes; None for other visits."""
    if row.kind != AppointmentKind.ADDENDUM:
        return None
    tenancy_id: str | None = session.scalar(
        select(Inventory.tenancy_id)
        .join(Addendum, Addendum.inventory_id == Inventory.id)
        .join(Visit, Visit.id == Addendum.visit_id)
        .where(Visit.appointment_id == row.id)
    )
    return tenancy_id


def _person(person_id: str, name: str, email: str, phone: str, language: str, post: tuple[str, ...] = ()) -> Person:
    known = language if language in {"fr", "en"} else "fr"
    reached = email.strip() if mail.usable(email) else ""
    return Person(person_id, name, reached, mobile(phone) or "", known, tuple(line for line in post if line))
