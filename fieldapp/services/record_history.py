"""What the central record says today of one thing or of a whole dwelling, and how it came to say it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from fieldapp.domain.record_fields import FIELDS, Subject
from fieldapp.extensions import db
from fieldapp.records.account import Account
from fieldapp.records.inventory import Inventory
from fieldapp.records.record_value import RecordValue
from fieldapp.records.visit_document import VisitDocument
from fieldapp.services import audit
from fieldapp.services.booking import NotHere
from fieldapp.services.record_keeping import place_of
from fieldapp.services.scope import Scope

Values = Mapping[str, Mapping[str, Any]]
"""Entity to field to value."""


@dataclass(frozen=True, slots=True)
class Said:
    """One value with its source: an inventory or a visit by id and number, or who corrected it and why."""

    value: Any
    since: datetime
    inventory_id: str | None
    visit_id: str | None
    number: str
    corrected_by: str
    reason: str


@dataclass(frozen=True, slots=True)
class History:
    """The values of one field, the latest first; `dwelling_id` is where it belongs."""

    subject: Subject
    entity_id: str
    field: str
    dwelling_id: str
    values: tuple[Said, ...]


def values_in(session: Session, *narrowed: ColumnElement[bool]) -> Values:
    """What holds today, in one query."""
    rows = session.execute(
        select(RecordValue.entity_id, RecordValue.field, RecordValue.value)
        .where(*narrowed)
        .order_by(RecordValue.since, RecordValue.written_at, RecordValue.id)
    )
    return _latest((entity_id, field, value) for entity_id, field, value in rows)


def _latest(rows: Iterable[tuple[str, str, str]]) -> Values:
    found: dict[str, dict[str, Any]] = {}
    for entity_id, field, value in rows:
        found.setdefault(entity_id, {})[field] = value
    return {
        entity_id: {field: json.loads(value) for field, value in fields.items()} for entity_id, fields in found.items()
    }


def history(scope: Scope, subject: Subject, entity_id: str, field: str, actor: str) -> History:
    """Where each value of a field came from; a person's is noted in the journal. Raises `NotHere`."""
    dwelling_id = place_of(scope, subject, entity_id)
    if field not in FIELDS[subject]:
        raise NotHere(field)
    rows = db.session.execute(
        select(RecordValue, Inventory.number, VisitDocument.number, VisitDocument.visit_id, Account.name)
        .outerjoin(Inventory, Inventory.id == RecordValue.inventory_id)
        .outerjoin(VisitDocument, VisitDocument.id == RecordValue.document_id)
        .outerjoin(Account, Account.id == RecordValue.account_id)
        .where(RecordValue.entity_id == entity_id, RecordValue.field == field)
        .order_by(RecordValue.since.desc(), RecordValue.written_at.desc(), RecordValue.id.desc())
    ).all()
    values = tuple(
        Said(
            json.loads(row.value),
            row.since,
            row.inventory_id,
            visit_id,
            number or document or "",
            name or "",
            row.reason,
        )
        for row, number, document, visit_id, name in rows
    )
    if subject is Subject.PARTY:
        audit.note_read(actor, "history.read", subject, entity_id, scope.landlord_id, field=field)
    return History(subject, entity_id, field, dwelling_id, values)
