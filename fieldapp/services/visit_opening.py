"""A visit on its first day: the appointment and the empty visit that it is for, of whatever kind."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from fieldapp.domain.appointment import AppointmentKind, SlotKind
from fieldapp.domain.zone import zone_of
from fieldapp.records.account import Account
from fieldapp.records.appointment import Appointment
from fieldapp.records.building import Building
from fieldapp.records.dwelling import Dwelling
from fieldapp.records.visit import Visit
from fieldapp.services.identifier import new_id
from fieldapp.services.scheduling import AnotherLandlord, number_of

USUAL_LENGTH = timedelta(minutes=45)
PREFIXES = {
    AppointmentKind.SALES_VISIT: "V",
    AppointmentKind.ACCEPTANCE: "R",
    AppointmentKind.VACANT_CHECK: "L",
    AppointmentKind.ADDENDUM: "A",
}


def open_visit(
    session: Session,
    dwelling: Dwelling,
    kind: AppointmentKind,
    agent: Account,
    starts_at: datetime,
    *,
    length: timedelta = USUAL_LENGTH,
    slot: SlotKind = SlotKind.INDIVIDUAL,
    note: str = "",
) -> tuple[Appointment, Visit]:
    """Write an appointment and its visit, numbered by the dwelling's day, in the caller's transaction.

    Raises `AnotherLandlord` when the agent is not of the dwelling's landlord.
    """
    if dwelling.landlord_id != agent.landlord_id:
        raise AnotherLandlord(dwelling.id)
    house = session.get_one(Building, dwelling.building_id)
    appointment = Appointment(
        id=new_id(),
        landlord_id=dwelling.landlord_id,
        agency_id=house.agency_id,
        agent_id=agent.id,
        dwelling_id=dwelling.id,
        kind=kind,
        starts_at=starts_at,
        ends_at=starts_at + length,
        note=note,
    )
    session.add(appointment)
    session.flush()
    visit = Visit(
        id=new_id(),
        landlord_id=appointment.landlord_id,
        agency_id=appointment.agency_id,
        agent_id=agent.id,
        appointment_id=appointment.id,
        dwelling_id=dwelling.id,
        slot=slot,
        number=number_of(PREFIXES[kind], starts_at, zone_of(house.postcode)),
    )
    session.add(visit)
    session.flush()
    return appointment, visit
