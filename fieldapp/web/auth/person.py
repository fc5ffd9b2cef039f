"""The account behind a session, as the pages see it."""

import hashlib
from dataclasses import dataclass
from typing import cast

from flask_login import current_user

from fieldapp.extensions import login
from fieldapp.records.account import Account
from fieldapp.services import office_sessions


@dataclass(frozen=True, slots=True)
class Person:
    """Who is signed in: a value, so that showing a name asks the database nothing more.

    Who lacks the second factor that the landlord demands is let into the page that sets it, and no other.
    The properties without a reason of ours are what Flask-Login asks of anybody.
    """

    account_id: str
    landlord_id: str
    agency_id: str | None
    name: str
    role: str
    language: str
    seal: str
    session_id: str
    lacks_second_factor: bool = False
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False

    def get_id(self) -> str:
        """What the session keeps: a new password ends every session that was opened with the old one."""
        return f"{self.account_id}.{self.seal}.{self.session_id}"

    @property
    def actor(self) -> str:
        """How the journal names this person."""
        return f"account:{self.account_id}"


def person(account: Account, session_id: str, *, lacks_second_factor: bool = False) -> Person:
    """The value of an account that is signed in."""
    seal = hashlib.sha256(account.password_hash.encode()).hexdigest()[:16]
    return Person(
        account.id,
        account.landlord_id,
        account.agency_id,
        account.name,
        account.role,
        account.language,
        seal,
        session_id,
        lacks_second_factor,
    )


def signed_in() -> Person | None:
    """Who is signed in, or nobody."""
    found = current_user._get_current_object()  # noqa: SLF001 - the way out of a LocalProxy
    return cast("Person", found) if found.is_authenticated else None


def load(kept: str) -> Person | None:
    """The person of a session, unless it was ended, the account was closed or its password changed since."""
    account_id, _, rest = kept.partition(".")
    seal, _, session_id = rest.partition(".")
    known = office_sessions.account_and_lack(session_id, account_id)
    if known is None:
        return None
    found = person(known[0], session_id, lacks_second_factor=known[1])
    return found if found.seal == seal else None


login.user_loader(load)
