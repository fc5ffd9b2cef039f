"""Planning a sales visit: an agent, a dwelling, who is expected, and what the tablet starts from."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.appointment import AppointmentKind, SlotKind
from fieldapp.domain.context import context_of
from fieldapp.records.account import Account
from fieldapp.records.appointment import Appointment
from fieldapp.records.appointment_candidate import AppointmentCandidate
from fieldapp.records.building import Building
from fieldapp.records.candidate import Candidate
from fieldapp.records.dwelling import Dwelling
from fieldapp.records.dwelling_sheet import DwellingSheet
from fieldapp.records.proposal import Proposal
from fieldapp.records.visit import Visit
from fieldapp.services.intake import write_server_ops
from fieldapp.services.scheduling import AnotherLandlord
from fieldapp.services.sheet import sheet_json
from fieldapp.services.stock import surroundings
from fieldapp.services.visit_opening import USUAL_LENGTH, open_visit


def plan_visit(
    session: Session,
    dwelling: Dwelling,
    candidates: Sequence[Candidate],
    agent: Account,
    starts_at: datetime,
    *,
    length: timedelta = USUAL_LENGTH,
    slot: SlotKind = SlotKind.INDIVIDUAL,
    note: str = "",
) -> Visit:
    """Plan a visit with its header and root entity, in the caller's transaction.

    A candidate who has a proposal for this dwelling comes with the latest. Raises `AnotherLandlord`.
    """
    if any(candidate.landlord_id != dwelling.landlord_id for candidate in candidates):
        raise AnotherLandlord(dwelling.id)
    appointment, visit = open_visit(
        session, dwelling, AppointmentKind.SALES_VISIT, agent, starts_at, length=length, slot=slot, note=note
    )
    expect(session, appointment, candidates)
    house = session.get_one(Building, dwelling.building_id)
    around = surroundings(session, dwelling, None, agent)
    sheet = session.get(DwellingSheet, dwelling.id)
    context = context_of(around) | _offered(sheet_json(dwelling, house, sheet, starts_at.date()))
    write_server_ops(
        session, visit.id, [(visit.id, "visit", "number", visit.number), (visit.id, "visit", "context", context)]
    )
    return visit


def _offered(sheet: Mapping[str, Any]) -> dict[str, Any]:
    """What the slip repeats of the dwelling's sheet: what it costs, when it is free, how one gets up, its climate class."""
    return {
        "costs": sheet["costs"],
        "offered": {
            "available_on": sheet["available_on"],
            "floor": sheet["floor"],
            "lift": sheet["lift"],
            "climate": sheet["dpe"]["climate"] if sheet["dpe"] else None,
        },
    }


def expect(session: Session, appointment: Appointment, candidates: Sequence[Candidate]) -> None:
    """Write who is expected, in this order, in the caller's transaction."""
    for position, candidate in enumerate(candidates, 1):
        latest = (
            select(Proposal.id)
            .where(Proposal.candidate_id == candidate.id, Proposal.dwelling_id == appointment.dwelling_id)
            .order_by(Proposal.created_at.desc())
            .limit(1)
        )
        session.add(
            AppointmentCandidate(
                appointment_id=appointment.id,
                candidate_id=candidate.id,
                proposal_id=session.scalar(latest),
                position=position,
            )
        )
    session.flush()
