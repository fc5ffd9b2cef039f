"""Appointments for inventories as the office gives them: planned, moved, cancelled, and whether the lease is furnished."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from fieldapp.domain.appointment import AppointmentKind, AppointmentState
from fieldapp.domain.inventory import InventoryState
from fieldapp.domain.zone import zone_of
from fieldapp.extensions import db
from fieldapp.records.account import Account
from fieldapp.records.appointment import Appointment
from fieldapp.records.building import Building
from fieldapp.records.dwelling import Dwelling
from fieldapp.records.inventory import Inventory
from fieldapp.records.tenancy import Tenancy
from fieldapp.services import audit, standing
from fieldapp.services.booking import NotHere, NotMovable, Slot, free_agent
from fieldapp.services.register.tenancies import own_tenancies
from fieldapp.services.scheduling import hand_to, refresh_context, schedule
from fieldapp.services.scope import Scope


class AlreadyPlanned(ValueError):
    """The tenancy has an appointment of this kind that is still to come, from `starts_at`."""

    def __init__(self, starts_at: datetime) -> None:
        super().__init__(starts_at.isoformat())
        self.starts_at = starts_at


@dataclass(frozen=True, slots=True)
class Planned:
    """The appointment of an inventory; `movable` until it is begun or cancelled."""

    appointment_id: str
    inventory_id: str
    tenancy_id: str
    kind: str
    agent_id: str
    agent: str
    starts_at: datetime
    ends_at: datetime
    zone: str
    note: str
    begun: bool
    cancelled: bool
    cancel_reason: str

    @property
    def movable(self) -> bool:
        """Whether it can still be moved or cancelled."""
        return not self.begun and not self.cancelled


def plan(scope: Scope, tenancy_id: str, kind: AppointmentKind, slot: Slot, note: str, account_id: str) -> str:
    """Plan an appointment with its inventory and give the inventory's id: one transaction.

    Raises `NotHere`, `AlreadyPlanned`, `InThePast` and `AgentBusy`; nothing is written then.
    """
    session = db.session()
    tenancy = _tenancy(session, scope, tenancy_id)
    waiting = _appointments().where(
        Appointment.tenancy_id == tenancy.id,
        Appointment.kind == kind,
        Appointment.state == AppointmentState.PLANNED,
        Inventory.state == InventoryState.PLANNED,
    )
    if found := session.execute(waiting).first():
        raise AlreadyPlanned(found.Appointment.starts_at)
    agent = free_agent(session, scope, slot)
    dwelling = session.get_one(Dwelling, tenancy.dwelling_id)
    appointment = schedule(session, kind, dwelling, tenancy, agent, slot.starts_at, length=slot.length, note=note)
    inventory_id = appointment.inventory_made
    _note(session, scope, "inventory.planned", inventory_id, account_id)
    session.commit()
    return inventory_id


def move(scope: Scope, inventory_id: str, slot: Slot, account_id: str) -> None:
    """Give another time or another agent; raises `NotHere`, `NotMovable`, `InThePast` and `AgentBusy`."""
    session = db.session()
    move_in(session, scope, inventory_id, slot)
    _note(session, scope, "inventory.moved", inventory_id, account_id)
    session.commit()


def move_in(session: Session, scope: Scope, inventory_id: str, slot: Slot) -> None:
    """The same in the caller's transaction."""
    inventory, appointment = _movable(session, scope, inventory_id)
    agent = free_agent(session, scope, slot, besides=appointment.id)
    appointment.starts_at, appointment.ends_at = slot.starts_at, slot.starts_at + slot.length
    if agent.id != appointment.agent_id:
        hand_to(session, appointment, inventory, agent)
    standing.judge_in(session, [inventory_id])


def cancel(scope: Scope, inventory_id: str, reason: str, account_id: str) -> None:
    """Cancel and say why; the day of the tablet loses it. Raises `NotHere` and `NotMovable`.

    The inventory's row stays: what a tablet without a network began meanwhile is received as if nothing had been cancelled.
    """
    session = db.session()
    cancel_in(session, scope, inventory_id, reason)
    _note(session, scope, "inventory.cancelled", inventory_id, account_id)
    session.commit()


def cancel_in(session: Session, scope: Scope, inventory_id: str, reason: str) -> None:
    """The same in the caller's transaction."""
    _, appointment = _movable(session, scope, inventory_id)
    appointment.state, appointment.cancel_reason = AppointmentState.CANCELLED, reason
    standing.judge_in(session, [inventory_id])


def furnish(scope: Scope, tenancy_id: str, account_id: str, *, furnished: bool) -> None:
    """Say whether the dwelling is let furnished; inventories not yet begun are told. Raises `NotHere`."""
    session = db.session()
    tenancy = _tenancy(session, scope, tenancy_id)
    if tenancy.furnished == furnished:
        session.rollback()
        return
    tenancy.furnished = furnished
    session.flush()
    not_begun = select(Inventory).where(
        Inventory.tenancy_id == tenancy.id,
        Inventory.state == InventoryState.PLANNED,
        Inventory.appointment_id.is_not(None),
    )
    for inventory in session.scalars(not_begun.with_for_update()).all():
        refresh_context(session, inventory, session.get_one(Account, inventory.agent_id))
    actor = f"account:{account_id}"
    audit.record(session, actor, "tenancy.furnished", "tenancy", tenancy_id, scope.landlord_id, furnished=furnished)
    session.commit()


def appointment_of(scope: Scope, inventory_id: str) -> Planned:
    """The appointment at which an inventory is made; raises `NotHere`."""
    found = db.session.execute(_appointments().where(Inventory.id == inventory_id, *scope.conditions())).one_or_none()
    if found is None:
        raise NotHere(inventory_id)
    return _read(*found)


def is_cancelled(inventory_id: str) -> bool:
    """Whether the appointment of an inventory was cancelled."""
    state = select(Appointment.state).where(Appointment.inventory_id == inventory_id)
    return db.session.scalar(state) == AppointmentState.CANCELLED


def appointments_of(scope: Scope, tenancy_id: str) -> list[Planned]:
    """Every appointment of a tenancy, the latest first."""
    rows = db.session.execute(
        _appointments()
        .where(Appointment.tenancy_id == tenancy_id, *scope.conditions())
        .order_by(Appointment.starts_at.desc())
    )
    return [_read(*row) for row in rows]


def _appointments() -> Select[*tuple[Any, ...]]:
    return (
        select(Appointment, Inventory.state.label("how_far"), Account.name, Building.postcode)
        .join(Inventory, Inventory.id == Appointment.inventory_id)
        .join(Account, Account.id == Appointment.agent_id)
        .join(Dwelling, Dwelling.id == Appointment.dwelling_id)
        .join(Building, Building.id == Dwelling.building_id)
    )


def _read(row: Appointment, how_far: str, agent: str, postcode: str) -> Planned:
    return Planned(
        appointment_id=row.id,
        inventory_id=row.inventory_made,
        tenancy_id=row.tenancy_id or "",
        kind=row.kind,
        agent_id=row.agent_id,
        agent=agent,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        zone=zone_of(postcode),
        note=row.note,
        begun=how_far != InventoryState.PLANNED,
        cancelled=row.state == AppointmentState.CANCELLED,
        cancel_reason=row.cancel_reason,
    )


def _tenancy(session: Session, scope: Scope, tenancy_id: str) -> Tenancy:
    """The tenancy, held until the transaction ends: two people do not plan the same thing at once."""
    found = session.scalar(select(Tenancy).where(Tenancy.id == tenancy_id, *own_tenancies(scope)).with_for_update())
    if found is None:
        raise NotHere(tenancy_id)
    return found


def _movable(session: Session, scope: Scope, inventory_id: str) -> tuple[Inventory, Appointment]:
    """The inventory, held so that no tablet begins it meanwhile, with its appointment."""
    inventory = session.scalar(
        select(Inventory).where(Inventory.id == inventory_id, *scope.conditions()).with_for_update()
    )
    if inventory is None:
        raise NotHere(inventory_id)
    appointment = session.get(Appointment, inventory.appointment_id) if inventory.appointment_id else None
    if (
        appointment is None
        or inventory.state != InventoryState.PLANNED
        or appointment.state != AppointmentState.PLANNED
    ):
        raise NotMovable(inventory_id)
    return inventory, appointment


def _note(session: Session, scope: Scope, action: str, inventory_id: str, account_id: str) -> None:
    audit.record(session, f"account:{account_id}", action, "inventory", inventory_id, scope.landlord_id)
