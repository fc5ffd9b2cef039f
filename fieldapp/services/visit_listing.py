"""The visits as the office reads them: the list of a stretch of days, and one with what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from fieldapp.domain.visit import TECHNICAL_DOCUMENTS
from fieldapp.domain.zone import zone_of
from fieldapp.extensions import db
from fieldapp.records.account import Account
from fieldapp.records.appointment import Appointment
from fieldapp.records.appointment_candidate import AppointmentCandidate
from fieldapp.records.building import Building
from fieldapp.records.candidate import Candidate
from fieldapp.records.dwelling import Dwelling
from fieldapp.records.proposal import Proposal
from fieldapp.records.visit import Visit
from fieldapp.records.visit_document import VisitDocument
from fieldapp.records.visit_outcome import VisitOutcome
from fieldapp.records.works_request import WorksRequest
from fieldapp.services import addendum_points
from fieldapp.services.addendum_points import Amended
from fieldapp.services.booking import NotHere
from fieldapp.services.scope import Scope
from fieldapp.services.snapshot import state_of

WEEK = timedelta(days=7)
NAMELESS = "–"


@dataclass(frozen=True, slots=True)
class Listed:
    """A visit in the list: what for, where, when, by whom, with how many candidates."""

    id: str
    appointment_id: str
    purpose: str
    number: str
    state: str
    cancelled: bool
    cancel_reason: str
    slot: str
    starts_at: datetime
    ends_at: datetime
    zone: str
    kind: str
    type: str
    street: str
    detail: str
    town: str
    dwelling_id: str
    agent_id: str
    agent: str
    expected: int
    note: str


@dataclass(frozen=True, slots=True)
class Guest:
    """A candidate who was expected, with what came of it; `said` are the fields of the attendance."""

    id: str
    name: str
    phone: str
    unique_number: str
    rank: int | None
    state: str | None
    reply_by: date | None
    dalo: bool
    result: str | None
    said: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class VisitFile:
    """One visit with everything that its page shows; `found` is the body of the technical document that was accepted last, `amended` what an addendum is about."""

    visit: Listed
    guests: tuple[Guest, ...]
    works: tuple[WorksRequest, ...]
    found: Mapping[str, Any] | None
    amended: Amended | None
    ended: Mapping[str, Any] | None
    keys_back_at: str | None
    received: bool
    documents: tuple[VisitDocument, ...]


def visits_between(scope: Scope, first: date, days: int, zone: str, agent_id: str | None = None) -> list[Listed]:
    """The visits of these days, in their order; cancelled ones among them."""
    clock = ZoneInfo(zone)
    begins = datetime.combine(first, time(), clock)
    ends = datetime.combine(first + timedelta(days=days), time(), clock)
    narrowed = [Appointment.starts_at >= begins, Appointment.starts_at < ends]
    if agent_id:
        narrowed.append(Appointment.agent_id == agent_id)
    return _listed(scope, *narrowed)


def open_visit(scope: Scope, visit_id: str) -> VisitFile:
    """One visit; raises `NotHere`."""
    found = _listed(scope, Visit.id == visit_id)
    if not found:
        raise NotHere(visit_id)
    entities = state_of(visit_id)["entities"]
    root = entities.get(visit_id, {"fields": {}})["fields"]
    works = select(WorksRequest).where(WorksRequest.visit_id == visit_id).order_by(WorksRequest.raised_at)
    signed = select(VisitDocument).where(VisitDocument.visit_id == visit_id).order_by(VisitDocument.accepted_at)
    documents = tuple(db.session.scalars(signed))
    header = db.session.get_one(Visit, visit_id)
    return VisitFile(
        visit=found[0],
        guests=tuple(_guests(header, entities)),
        works=tuple(db.session.scalars(works)),
        found=_found(documents, entities),
        amended=addendum_points.amended(root, documents, entities),
        ended=root.get("ended"),
        keys_back_at=root.get("keys_back_at"),
        received=header.received_at is not None,
        documents=documents,
    )


def sealed_document(scope: Scope, visit_id: str, document_id: str) -> tuple[str, str]:
    """The number and the hash of a slip's or answer's sealed file; raises `NotHere`."""
    found = db.session.execute(
        select(VisitDocument.number, VisitDocument.report_sha256)
        .join(Visit, Visit.id == VisitDocument.visit_id)
        .where(
            VisitDocument.id == document_id,
            VisitDocument.visit_id == visit_id,
            VisitDocument.report_sha256.is_not(None),
            VisitDocument.erased_at.is_(None),
            *scope.of(Visit.landlord_id, Visit.agency_id),
        )
    ).one_or_none()
    if found is None:
        raise NotHere(document_id)
    return str(found[0]), str(found[1])


def _found(documents: Sequence[VisitDocument], entities: Mapping[str, Any]) -> Mapping[str, Any] | None:
    technical = [one.id for one in documents if one.kind in TECHNICAL_DOCUMENTS]
    body: Mapping[str, Any] | None = entities[technical[-1]]["fields"]["body"] if technical else None
    return body


def _guests(visit: Visit, entities: Mapping[str, Any]) -> list[Guest]:
    rows = db.session.execute(
        select(AppointmentCandidate, Candidate, Proposal, VisitOutcome.result)
        .join(Candidate, Candidate.id == AppointmentCandidate.candidate_id)
        .outerjoin(Proposal, Proposal.id == AppointmentCandidate.proposal_id)
        .outerjoin(VisitOutcome, (VisitOutcome.visit_id == visit.id) & (VisitOutcome.candidate_id == Candidate.id))
        .where(AppointmentCandidate.appointment_id == visit.appointment_id)
        .order_by(AppointmentCandidate.position)
    )
    return [_guest(candidate, proposal, result, entities) for _, candidate, proposal, result in rows]


def _guest(candidate: Candidate, proposal: Proposal | None, result: str | None, entities: Mapping[str, Any]) -> Guest:
    said = entities.get(candidate.id, {"fields": {}})["fields"]
    return Guest(
        id=candidate.id,
        name=candidate.name or NAMELESS,
        phone=candidate.phone,
        unique_number=candidate.unique_number,
        rank=proposal.rank if proposal else None,
        state=proposal.state if proposal else None,
        reply_by=proposal.reply_by if proposal else None,
        dalo=proposal.dalo if proposal else False,
        result=result,
        said=said,
    )


def _listed(scope: Scope, *narrowed: Any) -> list[Listed]:
    expected = (
        select(AppointmentCandidate.appointment_id, func.count().label("many"))
        .group_by(AppointmentCandidate.appointment_id)
        .subquery()
    )
    rows = db.session.execute(
        select(Visit, Appointment, Dwelling, Building, Account.name, func.coalesce(expected.c.many, 0))
        .join(Appointment, Appointment.id == Visit.appointment_id)
        .join(Dwelling, Dwelling.id == Visit.dwelling_id)
        .join(Building, Building.id == Dwelling.building_id)
        .join(Account, Account.id == Visit.agent_id)
        .outerjoin(expected, expected.c.appointment_id == Appointment.id)
        .where(
            *scope.of(Visit.landlord_id, Visit.agency_id),
            *narrowed,
        )
        .order_by(Appointment.starts_at, Visit.id)
    )
    return [
        Listed(
            id=visit.id,
            appointment_id=appointment.id,
            purpose=appointment.kind,
            number=visit.number,
            state=visit.state,
            cancelled=appointment.state == "cancelled",
            cancel_reason=appointment.cancel_reason,
            slot=visit.slot,
            starts_at=appointment.starts_at,
            ends_at=appointment.ends_at,
            zone=zone_of(building.postcode),
            kind=dwelling.kind,
            type=dwelling.type,
            street=building.street,
            detail=dwelling.detail,
            town=building.town,
            dwelling_id=dwelling.id,
            agent_id=visit.agent_id,
            agent=agent,
            expected=many,
            note=appointment.note,
        )
        for visit, appointment, dwelling, building, agent, many in rows
    ]
