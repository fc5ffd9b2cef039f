"""Writing into the journal, within the transaction of what is journalled: both are kept, or neither."""

from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from fieldapp.records.audit_entry import AuditEntry
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

    `actor` is `account:<id>`, `device:<id>`, `link:<id>` or `server`; `facts` are codes, counts and hashes.
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


def _refuse_personal(facts: Mapping[str, Fact]) -> None:
    for name, fact in facts.items():
        if isinstance(fact, str) and "@" in fact:
            raise PersonalFact(name)
