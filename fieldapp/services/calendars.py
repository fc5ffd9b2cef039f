"""The agents' calendars for other programs: a secret address each, that can be taken back."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event
from sqlalchemy import select

from fieldapp.extensions import db
from fieldapp.records.account import Account
from fieldapp.records.appointment import Appointment
from fieldapp.records.building import Building
from fieldapp.records.calendar_link import CalendarLink
from fieldapp.records.dwelling import Dwelling
from fieldapp.services import audit
from fieldapp.services.booking import NotHere
from fieldapp.services.identifier import new_id
from fieldapp.services.scope import Scope

KEPT = timedelta(days=30)
"""How far back a calendar goes."""

PRODUCT = "-//fieldapp//calendar//FR"
HOST = "fieldapp.invalid"
"""Completes the identifiers of the events; no address of anything."""


@dataclass(frozen=True, slots=True)
class Agenda:
    """An agent and whether a calendar address works."""

    agent_id: str
    agent: str
    link_id: str | None
    since: datetime | None


def agendas(scope: Scope) -> list[Agenda]:
    """Every agent with the address that works, if any."""
    found = (
        select(Account.id, Account.name, CalendarLink.id.label("link_id"), CalendarLink.created_at)
        .outerjoin(CalendarLink, (CalendarLink.agent_id == Account.id) & CalendarLink.revoked_at.is_(None))
        .where(Account.role == "agent", Account.active, *scope.of(Account.landlord_id))
        .order_by(Account.name, CalendarLink.created_at)
    )
    if scope.agency_id is not None:
        found = found.where(Account.agency_id == scope.agency_id)
    return [Agenda(*row) for row in db.session.execute(found)]


def make_link(scope: Scope, agent_id: str, account_id: str) -> str:
    """Give a new secret for an agent's calendar, known from now on by its hash alone; the one before stops working."""
    session = db.session()
    agent = session.scalar(
        select(Account)
        .where(Account.id == agent_id, Account.role == "agent", *scope.of(Account.landlord_id))
        .with_for_update()
    )
    if agent is None or scope.agency_id not in {None, agent.agency_id}:
        raise NotHere(agent_id)
    now = datetime.now(UTC)
    for link in session.scalars(
        select(CalendarLink).where(CalendarLink.agent_id == agent_id, CalendarLink.revoked_at.is_(None))
    ):
        link.revoked_at = now
    secret = secrets.token_urlsafe(32)
    session.add(
        CalendarLink(
            id=new_id(),
            landlord_id=scope.landlord_id,
            agent_id=agent_id,
            secret_sha256=_hash(secret),
            created_by=account_id,
            created_at=now,
        )
    )
    audit.record(session, f"account:{account_id}", "calendar.made", "account", agent_id, scope.landlord_id)
    session.commit()
    return secret


def revoke(scope: Scope, link_id: str, account_id: str) -> None:
    """Stop an address from working; raises `NotHere`."""
    session = db.session()
    link = session.scalar(
        select(CalendarLink).where(CalendarLink.id == link_id, *scope.of(CalendarLink.landlord_id)).with_for_update()
    )
    if link is None:
        raise NotHere(link_id)
    link.revoked_at = link.revoked_at or datetime.now(UTC)
    audit.record(session, f"account:{account_id}", "calendar.revoked", "account", link.agent_id, scope.landlord_id)
    session.commit()


def calendar(secret: str) -> bytes:
    """The calendar behind a secret, in iCalendar (RFC 5545): when and where, and no name. Raises `NotHere`."""
    link = db.session.scalar(
        select(CalendarLink).where(CalendarLink.secret_sha256 == _hash(secret), CalendarLink.revoked_at.is_(None))
    )
    if link is None:
        raise NotHere("calendar")
    rows = db.session.execute(
        select(Appointment, Dwelling.detail, Building.street, Building.postcode, Building.town)
        .join(Dwelling, Dwelling.id == Appointment.dwelling_id)
        .join(Building, Building.id == Dwelling.building_id)
        .where(Appointment.agent_id == link.agent_id, Appointment.starts_at >= datetime.now(UTC) - KEPT)
        .order_by(Appointment.starts_at)
    )
    whole = Calendar()
    whole.add("prodid", PRODUCT)
    whole.add("version", "2.0")
    now = datetime.now(UTC)
    for appointment, detail, street, postcode, town in rows:
        event = Event()
        event.add("uid", f"{appointment.id}@{HOST}")
        event.add("dtstamp", now)
        event.add("dtstart", appointment.starts_at)
        event.add("dtend", appointment.ends_at)
        event.add("summary", f"{street}, {detail}" if detail else street)
        event.add("location", f"{street}, {postcode} {town}")
        event.add("class", "PRIVATE")
        event.add("status", "CANCELLED" if appointment.state == "cancelled" else "CONFIRMED")
        whole.add_component(event)
    return bytes(whole.to_ical())


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
