"""A tablet becomes an agent's: it gives its public key and gets a token, once, online."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, select
from sqlalchemy.orm import Session

from fieldapp.domain.account import Role
from fieldapp.extensions import db
from fieldapp.records.account import Account
from fieldapp.records.device import Device
from fieldapp.records.landlord import Landlord
from fieldapp.records.sqlite import reading
from fieldapp.services import accounts, audit
from fieldapp.services.identifier import new_id
from fieldapp.services.scope import Scope
from fieldapp.services.signature import public_key_of
from fieldapp.services.tablet import Tablet

MOST_NAME_CHARACTERS = 120

_BY_TOKEN = (
    select(Device.id, Device.account_id, Device.landlord_id, Device.public_key, Account.agency_id)
    .join(Account, Account.id == Device.account_id)
    .where(Device.token_sha256 == bindparam("token"), Device.revoked_at.is_(None), Account.active.is_(True))
)


class NotAnAgent(Exception):
    """The account is good, but works in the office: it has no day on a tablet."""


class UnknownDevice(LookupError):
    """No such tablet in this scope."""


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A tablet as the office lists it."""

    id: str
    account_id: str
    name: str
    agent: str
    enrolled_at: datetime
    seen_at: datetime | None
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class Enrolled:
    """What a tablet keeps of its enrolment; the token is in no other place than this answer."""

    device_id: str
    token: str
    actor: dict[str, str]
    landlord: dict[str, Any]


def enrol(email: str, password: str, address: str, device_name: str, public_key: Any) -> Enrolled:
    """Enrol a tablet, or take the same one back with a fresh token: same account and same key are the same device.

    So an agent whose token was revoked or lost goes on with the operations that wait on the tablet. `public_key` is a JWK.
    Raises `BadCredentials`, `TooManyAttempts`, `NotAnAgent` and `BadKey`.
    """
    key = public_key_of(public_key)
    account = accounts.authenticate(email, password, address)
    if account.role != Role.AGENT or account.agency_id is None:
        raise NotAnAgent
    session = db.session()
    enrolled = enrol_in(session, account, device_name, key)
    session.commit()
    return enrolled


def enrol_in(session: Session, account: Account, device_name: str, public_key: str) -> Enrolled:
    """The same in the caller's transaction, for an agent whose password was checked; `public_key` is canonical JSON."""
    now = datetime.now(UTC)
    token = secrets.token_urlsafe(32)
    thumbprint = hashlib.sha256(public_key.encode()).hexdigest()  # RFC 7638: the canonical form of the four members
    device = session.scalars(
        select(Device).where(Device.account_id == account.id, Device.key_thumbprint == thumbprint)
    ).one_or_none()
    if device is None:
        device = Device(
            id=new_id(),
            landlord_id=account.landlord_id,
            account_id=account.id,
            public_key=public_key,
            key_thumbprint=thumbprint,
            enrolled_at=now,
            ahead=[],
        )
        session.add(device)
    device.name = device_name.strip()[:MOST_NAME_CHARACTERS]
    device.token_sha256, device.seen_at, device.revoked_at = _hash(token), now, None
    session.flush()
    audit.record(session, f"account:{account.id}", "device.enrolled", "device", device.id, account.landlord_id)
    actor = {"id": account.id, "name": account.name, "role": account.role, "agency_id": account.agency_id or ""}
    return Enrolled(device.id, token, actor, _landlord(session.get_one(Landlord, account.landlord_id)))


def revoke(session: Session, device: Device, actor: str) -> None:
    """Make a tablet's token worthless, in the caller's transaction; what it already sent stays."""
    device.revoked_at = device.revoked_at or datetime.now(UTC)
    audit.record(session, actor, "device.revoked", "device", device.id, device.landlord_id)


def devices_of(scope: Scope) -> tuple[Enrolment, ...]:
    """The tablets of the agents in scope, those that still have access first."""
    rows = db.session.execute(
        select(Device, Account.name)
        .join(Account, Account.id == Device.account_id)
        .where(*_in_scope(scope))
        .order_by(Device.revoked_at.is_not(None), Account.name, Device.name, Device.id)
    )
    return tuple(
        Enrolment(
            device.id, device.account_id, device.name, agent, device.enrolled_at, device.seen_at, device.revoked_at
        )
        for device, agent in rows
    )


def revoke_in_scope(scope: Scope, device_id: str, account_id: str) -> None:
    """Make a lost tablet's token worthless; raises `UnknownDevice`."""
    session = db.session()
    device = session.scalars(
        select(Device).join(Account, Account.id == Device.account_id).where(Device.id == device_id, *_in_scope(scope))
    ).one_or_none()
    if device is None:
        raise UnknownDevice(device_id)
    if device.revoked_at is None:
        revoke(session, device, f"account:{account_id}")
    session.commit()


def _in_scope(scope: Scope) -> tuple[ColumnElement[bool], ...]:
    own = Device.landlord_id == scope.landlord_id
    return (own,) if scope.agency_id is None else (own, Account.agency_id == scope.agency_id)


def tablet_of(token: str) -> Tablet | None:
    """The tablet with this token; None when there is none, it was revoked, or its agent no longer works here."""
    session = db.session()
    with reading():
        row = session.connection().execute(_BY_TOKEN, {"token": _hash(token)}).one_or_none()
        # A slow body is read next: no transaction may stay open meanwhile.
        session.rollback()
    if row is None:
        return None
    device_id, account_id, landlord_id, public_key, agency_id = row
    return None if agency_id is None else Tablet(device_id, account_id, agency_id, landlord_id, public_key)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _landlord(landlord: Landlord) -> dict[str, Any]:
    return {
        "id": landlord.id,
        "name": landlord.name,
        "phone": landlord.phone,
        "email": landlord.email,
        "colours": {"brand": landlord.brand, "signal": landlord.signal},
        "demonstration": landlord.demonstration,
    }
