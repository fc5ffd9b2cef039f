"""What a visit leaves to the office: kept as it arrives, listed, and closed by who did it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from fieldapp.domain.follow_up import FollowUpKind, FollowUpState
from fieldapp.domain.local_day import moment
from fieldapp.extensions import db
from fieldapp.records.account import Account
from fieldapp.records.building import Building
from fieldapp.records.candidate import Candidate
from fieldapp.records.dwelling import Dwelling
from fieldapp.records.visit import Visit
from fieldapp.records.visit_document import VisitDocument
from fieldapp.records.visit_follow_up import VisitFollowUp
from fieldapp.services import audit, visit_documents
from fieldapp.services.field_writing import Batch
from fieldapp.services.header import Header
from fieldapp.services.scope import Scope

KINDS = ("question", "handover")
MOST = 200


class UnknownFollowUp(LookupError):
    """No such follow-up in what the person may see."""


class AlreadyDone(Exception):
    """Somebody else closed it before, or the tablet took it back."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One thing to do, with whom it is for, about which dwelling and, for a copy, the sealed document."""

    row: VisitFollowUp
    visit_number: str
    place: str
    name: str
    phone: str
    document_number: str | None
    sealed: bool
    done_by: str


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A follow-up as the tablet tells it; `open` says that it is still wanted."""

    id: str
    kind: FollowUpKind
    candidate_id: str | None
    document_id: str | None
    topic: str | None
    text: str
    at: datetime
    open: bool


def keep(session: Session, batch: Batch, row: Header) -> None:
    """Write what follows from questions and promised copies, in the caller's transaction.

    What the office has done stays done, whatever the tablet says later.
    """
    batch.read_kinds(row.id, KINDS)
    now = datetime.now(UTC)
    told = (
        *_questions(batch.entities(row.id, "question"), now),
        *_copies(batch.entities(row.id, "handover"), now),
    )
    for wanted in told:
        known = session.get(VisitFollowUp, wanted.id)
        if known is None and wanted.open:
            known = VisitFollowUp(
                id=wanted.id,
                landlord_id=row.landlord_id,
                agency_id=row.agency_id,
                visit_id=row.id,
                kind=wanted.kind,
                document_id=wanted.document_id,
                raised_at=wanted.at,
            )
            session.add(known)
        if known is not None and known.state != FollowUpState.DONE:
            _describe(session, known, wanted)
    session.flush()


def listed(scope: Scope, *, done: bool = False) -> list[FollowUp]:
    """What waits, the oldest first, or what was done, the latest first."""
    state = FollowUpState.DONE if done else FollowUpState.OPEN
    order = VisitFollowUp.done_at.desc() if done else VisitFollowUp.raised_at
    return [_told(found) for found in _rows(scope, order, VisitFollowUp.state == state)]


def of_visit(scope: Scope, visit_id: str) -> list[FollowUp]:
    """What one visit left, done or not."""
    kept = VisitFollowUp.state != FollowUpState.DROPPED
    return [_told(found) for found in _rows(scope, VisitFollowUp.raised_at, VisitFollowUp.visit_id == visit_id, kept)]


def waiting(scope: Scope) -> int:
    """How many wait."""
    own = scope.of(VisitFollowUp.landlord_id, VisitFollowUp.agency_id)
    counted = select(func.count()).select_from(VisitFollowUp).where(VisitFollowUp.state == FollowUpState.OPEN, *own)
    return db.session.scalar(counted) or 0


def close(scope: Scope, follow_up_id: str, answer: str, account_id: str) -> None:
    """Note that a question was answered, or a copy posted; raises `UnknownFollowUp` and `AlreadyDone`."""
    session = db.session()
    row = session.scalar(
        select(VisitFollowUp)
        .where(VisitFollowUp.id == follow_up_id, *scope.of(VisitFollowUp.landlord_id, VisitFollowUp.agency_id))
        .with_for_update()
    )
    if row is None:
        raise UnknownFollowUp(follow_up_id)
    if row.state != FollowUpState.OPEN:
        session.rollback()
        raise AlreadyDone(follow_up_id)
    row.state, row.answer, row.done_at, row.done_by = FollowUpState.DONE, answer, datetime.now(UTC), account_id
    action = "visit.copy_posted" if row.kind == FollowUpKind.COPY else "visit.question_answered"
    audit.record(session, f"account:{account_id}", action, "visit", row.visit_id, row.landlord_id, follow_up=row.id)
    session.commit()


def _questions(entities: Mapping[str, Mapping[str, Any]], now: datetime) -> Iterator[_Wanted]:
    for entity_id, said in entities.items():
        body = said.get("body")
        if body is not None:
            left = said.get("follow") == "office" and not said.get("deleted")
            yield _Wanted(
                entity_id, FollowUpKind.QUESTION, body["candidate_id"], None, body["topic"], body["text"], now, left
            )


def _copies(entities: Mapping[str, Mapping[str, Any]], now: datetime) -> Iterator[_Wanted]:
    """One a document and person at most: the first promise; none once a copy is in that person's hands."""
    bodies = {entity_id: said["body"] for entity_id, said in entities.items() if said.get("body")}
    held = {(body["document_id"], body["party_id"]) for body in bodies.values() if body["done"]}
    promised: set[tuple[str, str]] = set()
    for entity_id, body in sorted(bodies.items(), key=lambda pair: str(pair[1]["at"])):
        copy = (body["document_id"], body["party_id"])
        if body["channel"] == "post" and not body["done"]:
            first = copy not in promised
            promised.add(copy)
            at = moment(body["at"]) or now
            wanted = first and copy not in held
            yield _Wanted(entity_id, FollowUpKind.COPY, body["party_id"], body["document_id"], None, "", at, wanted)


def _describe(session: Session, row: VisitFollowUp, wanted: _Wanted) -> None:
    known = wanted.candidate_id is not None and visit_documents.expects(session, row.visit_id, wanted.candidate_id)
    row.candidate_id = wanted.candidate_id if known else None
    row.topic, row.text = wanted.topic, wanted.text
    row.state = FollowUpState.OPEN if wanted.open else FollowUpState.DROPPED


def _rows(scope: Scope, order: Any, *narrowed: ColumnElement[bool]) -> list[tuple[Any, ...]]:
    return [
        tuple(found)
        for found in db.session.execute(
            select(
                VisitFollowUp, Visit.number, Building.street, Dwelling.detail, Candidate, VisitDocument, Account.name
            )
            .join(Visit, Visit.id == VisitFollowUp.visit_id)
            .join(Dwelling, Dwelling.id == Visit.dwelling_id)
            .join(Building, Building.id == Dwelling.building_id)
            .outerjoin(Candidate, Candidate.id == VisitFollowUp.candidate_id)
            .outerjoin(VisitDocument, VisitDocument.id == VisitFollowUp.document_id)
            .outerjoin(Account, Account.id == VisitFollowUp.done_by)
            .where(*scope.of(VisitFollowUp.landlord_id, VisitFollowUp.agency_id), *narrowed)
            .order_by(order, VisitFollowUp.id)
            .limit(MOST)
        )
    ]


def _told(found: tuple[Any, ...]) -> FollowUp:
    row, number, street, detail, candidate, document, who = found
    return FollowUp(
        row=row,
        visit_number=number,
        place=", ".join(part for part in (street, detail) if part),
        name=candidate.name if candidate else "",
        phone=candidate.phone if candidate else "",
        document_number=document.number if document else None,
        sealed=document is not None and document.report_sha256 is not None and document.erased_at is None,
        done_by=who or "",
    )
