"""The links by which a password is chosen: made, read once, worthless afterwards."""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from fieldapp.extensions import db
from fieldapp.records.account import Account
from fieldapp.records.password_link import PasswordLink
from fieldapp.services import accounts, attempts, audit
from fieldapp.services.attempts import Limit
from fieldapp.services.identifier import new_id
from fieldapp.services.installation import config

INVITATION_LIVES = timedelta(days=7)
RESET_LIVES = timedelta(hours=1)
FEWEST_CHARACTERS = 12
GUESSES = Limit("password_link:address", 30, timedelta(minutes=15))
NO_PASSWORD = "!"  # noqa: S105 - what no password hashes to
"""The hash of an account whose person has not chosen a password yet."""


class DeadPasswordLink(LookupError):
    """The link was never made, has expired, was used or replaced: its bearer is told the same."""


class TooShort(ValueError):
    """A password of fewer characters than `FEWEST_CHARACTERS`."""


class TooObvious(ValueError):
    """A password that is made of the person's own name or address."""


@dataclass(frozen=True, slots=True)
class Invited:
    """Whose password a link lets choose; `first` when there was none before."""

    name: str
    email: str
    first: bool


def new_in(session: Session, account: Account, lives: timedelta) -> PasswordLink:
    """Add a link to the caller's transaction; the earlier ones of this account are worthless from now on."""
    now = datetime.now(UTC)
    _use_up(session, account.id, now)
    link_id = new_id()
    row = PasswordLink(
        id=link_id,
        landlord_id=account.landlord_id,
        account_id=account.id,
        token_sha256=_hashed(token_of(link_id)),
        created_at=now,
        expires_at=now + lives,
    )
    session.add(row)
    return row


def open_link(token: str) -> Invited:
    """Whose link this is; raises `DeadPasswordLink`."""
    account = _living(db.session(), token)[1]
    return Invited(account.name, account.email, account.password_hash == NO_PASSWORD)


def choose(token: str, password: str) -> None:
    """Set the password; the link, the others and every sign-in with the former password are worthless from now on.

    Raises `TooShort`, `TooObvious` and `DeadPasswordLink`.
    """
    if len(password) < FEWEST_CHARACTERS:
        raise TooShort
    session = db.session()
    account = _living(session, token)[1]
    if _obvious(password, account):
        raise TooObvious
    account_id = account.id
    session.rollback()
    hashed = accounts.hash_password(password)  # slow: no transaction stays open meanwhile
    link, account = _living(session, token, lock=True)
    account.password_hash = hashed
    _use_up(session, account_id, datetime.now(UTC))
    actor = f"account:{account_id}"
    audit.record(session, actor, "account.password_set", "account", account_id, link.landlord_id)
    attempts_key = account.email
    session.commit()
    attempts.forget(accounts.BY_ACCOUNT, attempts_key)


def token_of(link_id: str) -> str:
    """The secret of a link: made again whenever it is sent, so that it is stored nowhere."""
    digest = hmac.new(config().secret_key.encode(), b"password link " + link_id.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def path_of(link_id: str) -> str:
    """The address of a link on this server."""
    return f"/office/password/{token_of(link_id)}"


def _living(session: Session, token: str, *, lock: bool = False) -> tuple[PasswordLink, Account]:
    wanted = select(PasswordLink).where(PasswordLink.token_sha256 == _hashed(token))
    row = session.scalars(wanted.with_for_update() if lock else wanted).one_or_none()
    account = None if row is None else session.get(Account, row.account_id)
    if row is None or account is None or row.used_at is not None or row.expires_at <= datetime.now(UTC):
        raise DeadPasswordLink
    if not account.active:
        raise DeadPasswordLink
    return row, account


def _use_up(session: Session, account_id: str, now: datetime) -> None:
    session.execute(
        update(PasswordLink)
        .where(PasswordLink.account_id == account_id, PasswordLink.used_at.is_(None))
        .values(used_at=now)
    )


def _obvious(password: str, account: Account) -> bool:
    """Whether little is left of it without the person's own words and repetitions."""
    rest = password.lower()
    for word in (account.email, account.email.partition("@")[0], *account.name.lower().split()):
        rest = rest.replace(word, "") if len(word) > 2 else rest
    return len(set(rest)) < 5


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
