"""The works list: what visits brought, who has it, how far it is."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select

from fieldapp.domain.works import SETTLED, WorksState
from fieldapp.extensions import db
from fieldapp.records.building import Building
from fieldapp.records.dwelling import Dwelling
from fieldapp.records.works_request import WorksRequest
from fieldapp.services import audit, vacating
from fieldapp.services.booking import NotHere
from fieldapp.services.scope import Scope

MOST = 200


@dataclass(frozen=True, slots=True)
class Work:
    """A request with where it is."""

    request: WorksRequest
    building: str
    street: str
    detail: str


def listed(scope: Scope, *, settled: bool = False) -> list[Work]:
    """The requests that wait, urgent ones first, or those that are settled, the latest first."""
    states = [state.value for state in SETTLED]
    kept = WorksRequest.state.in_(states) if settled else WorksRequest.state.not_in(states)
    order = (WorksRequest.settled_at.desc(),) if settled else (WorksRequest.urgent.desc(), WorksRequest.raised_at)
    rows = db.session.execute(
        select(WorksRequest, Building.name, Building.street, Dwelling.detail)
        .join(Building, Building.id == WorksRequest.building_id)
        .outerjoin(Dwelling, Dwelling.id == WorksRequest.dwelling_id)
        .where(kept, *scope.of(WorksRequest.landlord_id, WorksRequest.agency_id))
        .order_by(*order)
        .limit(MOST)
    )
    return [Work(request, building, street, detail or "") for request, building, street, detail in rows]


def settle(scope: Scope, request_id: str, state: WorksState, routed_to: str, note: str, account_id: str) -> None:
    """Say who has a request and how far it is; raises `NotHere`."""
    session = db.session()
    request = session.scalar(
        select(WorksRequest)
        .where(WorksRequest.id == request_id, *scope.of(WorksRequest.landlord_id, WorksRequest.agency_id))
        .with_for_update()
    )
    if request is None:
        raise NotHere(request_id)
    request.state, request.routed_to, request.note = state, routed_to, note
    request.settled_at = datetime.now(UTC) if state in SETTLED else None
    if request.dwelling_id is not None:
        session.flush()
        vacating.turn_in(session, request.dwelling_id)
    audit.record(session, f"account:{account_id}", f"works.{state}", "works_request", request_id, scope.landlord_id)
    session.commit()
