"""The works list: what visits brought, who has it, how far it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Select, select

from fieldapp.domain import catalogue
from fieldapp.domain.works import SETTLED, Trade, WorksState, trade_of
from fieldapp.extensions import db
from fieldapp.records.building import Building
from fieldapp.records.dwelling import Dwelling
from fieldapp.records.works_request import WorksRequest
from fieldapp.services import audit, vacating, works_photos
from fieldapp.services.booking import NotHere
from fieldapp.services.scope import Scope
from fieldapp.services.works_photos import WorksPhoto

MOST = 200

Placed = Select[WorksRequest, str, str, str, str]
"""Requests with the names and streets of their buildings, and the references and places of their dwellings."""


@dataclass(frozen=True, slots=True)
class Work:
    """A request with where it is."""

    request: WorksRequest
    building: str
    street: str
    reference: str
    detail: str
    photos: tuple[WorksPhoto, ...]

    @property
    def trade(self) -> Trade:
        """What the office said, else the trade of the element."""
        said = self.request.trade
        return Trade(said) if said else trade_of(self.request.element_kind, catalogue.load())

    @property
    def place(self) -> tuple[str, str, str]:
        """The building, then the dwelling; the common parts have none."""
        return self.building, self.reference, self.detail


@dataclass(frozen=True, slots=True)
class Settling:
    """What the office says of a request; `trade` None for that of the element, `cost` in cents, None while unknown."""

    state: WorksState
    routed_to: str
    note: str
    trade: Trade | None = None
    cost: int | None = None


def total(found: Iterable[Work]) -> int:
    """The known costs together, in cents."""
    return sum(work.request.cost or 0 for work in found)


def listed(scope: Scope, *, settled: bool = False, most: int | None = MOST) -> list[Work]:
    """The requests that wait, urgent ones first, or those that are settled, the latest first; all of them without `most`."""
    states = [state.value for state in SETTLED]
    kept = WorksRequest.state.in_(states) if settled else WorksRequest.state.not_in(states)
    order = (WorksRequest.settled_at.desc(),) if settled else (WorksRequest.urgent.desc(), WorksRequest.raised_at)
    return _works(_placed().where(kept, *_own(scope)).order_by(*order).limit(most))


def opened(scope: Scope, request_id: str) -> Work:
    """One request; raises `NotHere`."""
    found = _works(_placed().where(WorksRequest.id == request_id, *_own(scope)))
    if not found:
        raise NotHere(request_id)
    return found[0]


def settle(scope: Scope, request_id: str, said: Settling, account_id: str) -> None:
    """Say who has a request, how far it is and what it costs; raises `NotHere`."""
    session = db.session()
    request = session.scalar(select(WorksRequest).where(WorksRequest.id == request_id, *_own(scope)).with_for_update())
    if request is None:
        raise NotHere(request_id)
    request.state, request.routed_to, request.note = said.state, said.routed_to, said.note
    request.trade, request.cost = said.trade, said.cost
    request.settled_at = datetime.now(UTC) if said.state in SETTLED else None
    if request.dwelling_id is not None:
        session.flush()
        vacating.turn_in(session, request.dwelling_id)
    audit.record(
        session, f"account:{account_id}", f"works.{said.state}", "works_request", request_id, scope.landlord_id
    )
    session.commit()


def _own(scope: Scope) -> tuple[ColumnElement[bool], ...]:
    return scope.of(WorksRequest.landlord_id, WorksRequest.agency_id)


def _placed() -> Placed:
    return (
        select(WorksRequest, Building.name, Building.street, Dwelling.reference, Dwelling.detail)
        .join(Building, Building.id == WorksRequest.building_id)
        .outerjoin(Dwelling, Dwelling.id == WorksRequest.dwelling_id)
    )


def _works(wanted: Placed) -> list[Work]:
    rows = db.session.execute(wanted).all()
    photos = works_photos.of([row for row, *_ in rows])
    return [
        Work(row, building, street, reference or "", detail or "", photos[row.id])
        for row, building, street, reference, detail in rows
    ]
