"""A dwelling stands empty from its sealed exit to its next sealed entry, and why: a tenant is awaited, or works are."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.inventory import InventoryKind
from fieldapp.domain.vacancy import VacancyKind
from fieldapp.domain.works import INSIDE, SETTLED
from fieldapp.domain.zone import zone_of
from fieldapp.records.building import Building
from fieldapp.records.dwelling import Dwelling
from fieldapp.records.dwelling_sheet import DwellingSheet
from fieldapp.records.inventory import Inventory
from fieldapp.records.tenancy import Tenancy
from fieldapp.records.vacancy import Vacancy
from fieldapp.records.works_request import WorksRequest
from fieldapp.services.identifier import new_id
from sync import moment

NEXT_DAY = timedelta(days=1)


def follow_in(session: Session, row: Inventory, record: Mapping[str, Any]) -> None:
    """Open or close what a sealed inventory opens or closes, in the caller's transaction; again, it changes nothing.

    The day counts on which the keys changed hands, or else the day of the inventory; without either nobody came or went.
    """
    at = record["keys_handed_at"] or record["established_at"]
    if at is None:
        return
    _alone(session, row.dwelling_id)
    day = moment.read(at).astimezone(ZoneInfo(record["zone"])).date()
    if row.kind == InventoryKind.MOVE_OUT:
        _open(session, row, day + NEXT_DAY, record["zone"])
    elif row.kind == InventoryKind.MOVE_IN:
        for vacancy in _vacancies(session, row.dwelling_id):
            if vacancy.ends_on is None and vacancy.starts_on <= day:
                _end(session, vacancy, day)


def turn_in(session: Session, dwelling_id: str) -> None:
    """Bring an empty dwelling to the kind that its works requests make it, from today, in the caller's transaction."""
    _alone(session, dwelling_id)
    open_ones = [vacancy for vacancy in _vacancies(session, dwelling_id) if vacancy.ends_on is None]
    if not open_ones:
        return
    vacancy, kind, today = open_ones[-1], _kind(session, dwelling_id), _today(session, dwelling_id)
    if vacancy.kind == kind:
        return
    if vacancy.starts_on >= today:
        vacancy.kind = kind
    else:
        vacancy.ends_on = today
        session.add(_vacancy(vacancy.landlord_id, dwelling_id, kind, today, None, vacancy.monthly))
    session.flush()


def _open(session: Session, row: Inventory, starts_on: date, zone: str) -> None:
    """A stretch from this day to the entry that is sealed already, or open; none where one is known for these days."""
    ends_on = _next_entry(session, row, zone)
    if ends_on is not None and ends_on <= starts_on:
        return
    for known in _vacancies(session, row.dwelling_id):
        if known.starts_on < (ends_on or date.max) and starts_on < (known.ends_on or date.max):
            return
    kind = _kind(session, row.dwelling_id)
    monthly = _monthly(session, row)
    session.add(_vacancy(row.landlord_id, row.dwelling_id, kind, starts_on, ends_on, monthly))
    session.flush()


def _end(session: Session, vacancy: Vacancy, day: date) -> None:
    if vacancy.starts_on < day:
        vacancy.ends_on = day
    else:
        session.delete(vacancy)
    session.flush()


def _next_entry(session: Session, row: Inventory, zone: str) -> date | None:
    """The day of the entry that followed, where the network brought it here before the exit."""
    found = select(Inventory.closed_at).where(
        Inventory.dwelling_id == row.dwelling_id,
        Inventory.kind == InventoryKind.MOVE_IN,
        Inventory.sealed_at.is_not(None),
        Inventory.closed_at >= row.closed_at,
    )
    closed_at = session.scalar(found.order_by(Inventory.closed_at).limit(1))
    return None if closed_at is None else closed_at.astimezone(ZoneInfo(zone)).date()


def _kind(session: Session, dwelling_id: str) -> VacancyKind:
    settled = [state.value for state in SETTLED]
    inside = WorksRequest.place.is_(None) | (WorksRequest.place == INSIDE)
    waiting = select(WorksRequest.id).where(
        WorksRequest.dwelling_id == dwelling_id, WorksRequest.state.not_in(settled), inside
    )
    return VacancyKind.COMMERCIAL if session.scalar(waiting.limit(1)) is None else VacancyKind.TECHNICAL


def _monthly(session: Session, row: Inventory) -> int:
    """What the dwelling is offered for, or what the tenant who left paid."""
    priced = session.get(DwellingSheet, row.dwelling_id) or session.get_one(Tenancy, row.tenancy_id)
    return priced.rent + priced.charges


def _vacancies(session: Session, dwelling_id: str) -> list[Vacancy]:
    found = select(Vacancy).where(Vacancy.dwelling_id == dwelling_id).order_by(Vacancy.starts_on, Vacancy.id)
    return list(session.scalars(found))


def _vacancy(
    landlord_id: str, dwelling_id: str, kind: VacancyKind, starts_on: date, ends_on: date | None, monthly: int
) -> Vacancy:
    return Vacancy(
        id=new_id(),
        landlord_id=landlord_id,
        dwelling_id=dwelling_id,
        kind=kind,
        starts_on=starts_on,
        ends_on=ends_on,
        monthly=monthly,
    )


def _today(session: Session, dwelling_id: str) -> date:
    postcode = select(Building.postcode).join(Dwelling, Dwelling.building_id == Building.id)
    zone = zone_of(session.scalars(postcode.where(Dwelling.id == dwelling_id)).one())
    return datetime.now(UTC).astimezone(ZoneInfo(zone)).date()


def _alone(session: Session, dwelling_id: str) -> None:
    """One dwelling's vacancies are written by one transaction at a time."""
    session.execute(select(Dwelling.id).where(Dwelling.id == dwelling_id).with_for_update())
