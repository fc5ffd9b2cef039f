"""Writing into the journal, within the transaction of what is journalled: both are kept, or neither."""

from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from fieldapp.extensions import db
from fieldapp.records.audit_entry import AuditEntry
from fieldapp.records.sqlite import writing
from fieldapp.services.identifier import new_id

Fact = str | int | bool | None


class PersonalFact(ValueError):
    """A fact that looks like an e-mail address: the journal outlives the people in it, so it names nobody."""


def record(
    session: Session,
    actor: str,
    action: str,
    subject_kind: str,
    subject_id: str,
    landlord_id: str | None = None,
    **facts: Fact,
) -> None:
    """Add one entry to the caller's transaction.

    `actor` is `account:<id>`, `device:<id>`, `client:<id>`, `link:<id>` or `server`; `facts` are codes, counts and hashes.
    Raises `PersonalFact`.
    """
    _refuse_personal(facts)
    session.add(
        AuditEntry(
            id=new_id(),
            at=datetime.now(UTC),
            landlord_id=landlord_id,
            actor=actor,
            action=action,
            subject_kind=subject_kind,
            subject_id=subject_id,
            facts=dict(facts),
        )
    )


def note_read(actor: str, action: str, subject_kind: str, subject_id: str, landlord_id: str, **facts: Fact) -> None:
    """Note that somebody's data was read or taken along, in a transaction of its own: the one that reads stays a reader.

    `action` ends in `.read`, `.listed` or `.exported`. Call it when everything was read: open rows are let go.
    """
    session = db.session()
    session.rollback()
    with writing():
        record(session, actor, action, subject_kind, subject_id, landlord_id, **facts)
        session.commit()


def _refuse_personal(facts: Mapping[str, Fact]) -> None:
    for name, fact in facts.items():
        if isinstance(fact, str) and "@" in fact:
            raise PersonalFact(name)
