"""What a visit came to reaches the central record: outcomes for the figures, defects and requests for the works list."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from fieldapp.domain import catalogue
from fieldapp.domain.local_day import moment
from fieldapp.domain.visit import End, Outcome, Presence
from fieldapp.domain.visit_result import result_of
from fieldapp.domain.works import WorksSource, WorksState
from fieldapp.domain.zone import zone_of
from fieldapp.records.appointment import Appointment
from fieldapp.records.appointment_candidate import AppointmentCandidate
from fieldapp.records.building import Building
from fieldapp.records.dwelling import Dwelling
from fieldapp.records.dwelling_sheet import DwellingSheet
from fieldapp.records.visit import Visit
from fieldapp.records.visit_outcome import VisitOutcome, VisitReason
from fieldapp.records.works_request import WorksRequest
from fieldapp.services import vacating, visit_follow_ups
from fieldapp.services.field_writing import Batch
from fieldapp.services.header import Header
from fieldapp.services.identifier import new_id

Fields = Mapping[str, Any]

REPORTED = {"snag": WorksSource.SNAG, "request": WorksSource.REQUEST}


def keep(session: Session, batch: Batch, row: Header) -> None:
    """Write what follows from this batch, in the caller's transaction."""
    touched = {batch.kinds[root, entity] for root, entity, _ in batch.touched if root == row.id}
    if touched & REPORTED.keys():
        batch.read_kinds(row.id, tuple(REPORTED))
        _keep_works(session, batch, row)
    if touched & {"visit", "attendance"}:
        batch.read_kinds(row.id, ("visit", "attendance"))
        _keep_outcomes(session, batch, row)
    if touched & set(visit_follow_ups.KINDS):
        visit_follow_ups.keep(session, batch, row)


def _keep_outcomes(session: Session, batch: Batch, row: Header) -> None:
    """One outcome a candidate, written anew as often as the visit changes after its end; none before."""
    outcomes = select(VisitOutcome.id).where(VisitOutcome.visit_id == row.id)
    session.execute(delete(VisitReason).where(VisitReason.outcome_id.in_(outcomes)))
    session.execute(delete(VisitOutcome).where(VisitOutcome.visit_id == row.id))
    root = batch.entities(row.id, "visit").get(row.id, {})
    ended = root.get("ended")
    if ended is None:
        return
    visit, appointment, dwelling, building = session.execute(
        select(Visit, Appointment, Dwelling, Building)
        .join(Appointment, Appointment.id == Visit.appointment_id)
        .join(Dwelling, Dwelling.id == Visit.dwelling_id)
        .join(Building, Building.id == Dwelling.building_id)
        .where(Visit.id == row.id)
    ).one()
    day = appointment.starts_at.astimezone(ZoneInfo(zone_of(building.postcode))).date()
    attendances = batch.entities(row.id, "attendance")
    expected = select(AppointmentCandidate).where(AppointmentCandidate.appointment_id == appointment.id)
    for guest in session.scalars(expected.order_by(AppointmentCandidate.position)).all():
        said = attendances.get(guest.candidate_id, {})
        result = result_of(_code(Presence, said, "presence"), _code(Outcome, said, "outcome"), End(ended["end"]))
        if result is None:
            continue
        outcome = VisitOutcome(
            id=new_id(),
            landlord_id=visit.landlord_id,
            agency_id=visit.agency_id,
            building_id=building.id,
            dwelling_id=dwelling.id,
            visit_id=visit.id,
            candidate_id=guest.candidate_id,
            proposal_id=guest.proposal_id,
            day=day,
            month=f"{day:%Y-%m}",
            result=result,
            principal_reason=said.get("principal"),
        )
        session.add(outcome)
        session.flush()
        session.add_all(VisitReason(outcome_id=outcome.id, reason=code) for code in set(said.get("reasons") or ()))
    session.flush()


def _keep_works(session: Session, batch: Batch, row: Header) -> None:
    visit = session.get_one(Visit, row.id)
    dwelling = session.get_one(Dwelling, visit.dwelling_id)
    for kind, source in REPORTED.items():
        for entity_id, said in batch.entities(row.id, kind).items():
            known = session.get(WorksRequest, entity_id)
            if known is None and not said.get("deleted"):
                known = WorksRequest(
                    id=entity_id,
                    landlord_id=visit.landlord_id,
                    agency_id=visit.agency_id,
                    building_id=dwelling.building_id,
                    dwelling_id=dwelling.id if kind == "snag" else None,
                    visit_id=visit.id,
                    source=source,
                    raised_by=visit.agent_id,
                    raised_at=moment(said.get("at")) or datetime.now(UTC),
                )
                session.add(known)
            if known is not None:
                _describe(session, known, said, dwelling)
    session.flush()
    vacating.turn_in(session, dwelling.id)


def _describe(session: Session, request: WorksRequest, said: Fields, dwelling: Dwelling) -> None:
    """Bring a request to what the tablet says of it; how far the works are is the office's."""
    request.place, request.room_kind = said.get("place"), said.get("room_kind")
    request.element_kind, request.problem = said.get("element_kind"), said.get("problem") or said.get("topic")
    request.where, request.text = said.get("where") or "", said.get("note") or ""
    request.urgent = said.get("urgent") is True
    if said.get("deleted") and request.state == WorksState.NEW:
        request.state = WorksState.DROPPED
    contradicted = _contradicted(request.problem)
    if contradicted and not said.get("deleted"):
        sheet = session.get(DwellingSheet, dwelling.id)
        if sheet is not None:
            sheet.contradicted = contradicted


def _contradicted(problem: str | None) -> str | None:
    """What of the dwelling sheet a defect says to be wrong: `step_free`, `lift`, `sheet`."""
    for row in catalogue.load_visits()["snag_kinds"]:
        if row["code"] == problem:
            found: str | None = row.get("contradicts")
            return found
    return None


def _code(kind: Any, said: Fields, name: str) -> Any:
    return kind(said[name]) if said.get(name) else None
