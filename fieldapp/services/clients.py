"""The other systems that may ask: their tokens, made once, shown once, taken back at any time."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, select

from fieldapp.extensions import db
from fieldapp.records.api_token import ApiToken
from fieldapp.records.landlord import Landlord
from fieldapp.records.sqlite import reading, writing
from fieldapp.services import audit
from fieldapp.services.identifier import new_id
from fieldapp.services.scope import Scope

PREFIX = "fieldapp_"
"""Makes a token that leaked into a file easy to find."""

SEEN_EVERY = timedelta(minutes=5)
SCOPES = ("read", "write")


class UnknownToken(LookupError):
    """No such token in this scope."""


class NoLandlord(LookupError):
    """There is no landlord yet, or several: say which."""


@dataclass(frozen=True, slots=True)
class Client:
    """Another system that asks, and whose things it may see; `scope` is `read` or `write`."""

    id: str
    name: str
    landlord_id: str
    agency_id: str | None
    scope: str

    @property
    def actor(self) -> str:
        """How the journal names it."""
        return f"client:{self.id}"

    @property
    def sees(self) -> Scope:
        """Whose things it may see."""
        return Scope(self.landlord_id, self.agency_id)

    def may(self, scope: str) -> bool:
        """Whether its token is good for this."""
        return self.scope == "write" or scope == "read"


@dataclass(frozen=True, slots=True)
class Listed:
    """A token as the office sees it: never the token itself."""

    id: str
    name: str
    scope: str
    created_at: datetime
    used_at: datetime | None
    revoked_at: datetime | None


def give(scope: Scope, name: str, what: str, account_id: str | None = None) -> str:
    """Make a token for another system and give it, the only time that it is shown."""
    token = PREFIX + secrets.token_urlsafe(32)
    session = db.session()
    row = ApiToken(
        id=new_id(),
        landlord_id=scope.landlord_id,
        agency_id=scope.agency_id,
        name=name,
        scope=what,
        token_sha256=_hash(token),
        created_at=datetime.now(UTC),
        created_by=account_id,
    )
    session.add(row)
    session.flush()
    actor = f"account:{account_id}" if account_id else "server"
    audit.record(session, actor, "client.token_given", "client", row.id, scope.landlord_id, scope=what)
    session.commit()
    return token


def only_landlord() -> str:
    """The landlord of an installation that has one; raises `NoLandlord`."""
    found = db.session.scalars(select(Landlord.id).limit(2)).all()
    if len(found) != 1:
        raise NoLandlord
    return found[0]


def listed(scope: Scope) -> tuple[Listed, ...]:
    """The tokens in scope, living ones first."""
    rows = db.session.scalars(
        select(ApiToken).where(*_own(scope)).order_by(ApiToken.revoked_at.is_not(None), ApiToken.name, ApiToken.id)
    )
    return tuple(Listed(row.id, row.name, row.scope, row.created_at, row.used_at, row.revoked_at) for row in rows)


def revoke(scope: Scope, token_id: str, account_id: str) -> None:
    """Make a token worthless; raises `UnknownToken`."""
    session = db.session()
    row = session.scalars(select(ApiToken).where(ApiToken.id == token_id, *_own(scope))).one_or_none()
    if row is None:
        raise UnknownToken(token_id)
    if row.revoked_at is None:
        row.revoked_at = datetime.now(UTC)
        audit.record(session, f"account:{account_id}", "client.token_revoked", "client", row.id, row.landlord_id)
    session.commit()


def client_of(token: str) -> Client | None:
    """The system with this token; None when there is none, or it was taken back."""
    session = db.session()
    with reading():
        row = session.scalars(
            select(ApiToken).where(ApiToken.token_sha256 == _hash(token), ApiToken.revoked_at.is_(None))
        ).one_or_none()
        client = None if row is None else Client(row.id, row.name, row.landlord_id, row.agency_id, row.scope)
        stale = row is not None and (row.used_at is None or datetime.now(UTC) - row.used_at > SEEN_EVERY)
        session.rollback()
    if client is not None and stale:
        with writing():
            session.get_one(ApiToken, client.id).used_at = datetime.now(UTC)
            session.commit()
    return client


def _own(scope: Scope) -> tuple[ColumnElement[bool], ...]:
    own = ApiToken.landlord_id == scope.landlord_id
    return (own,) if scope.agency_id is None else (own, ApiToken.agency_id == scope.agency_id)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
