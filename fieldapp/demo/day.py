"""Each day's thirteen appointments: six for either agent, other dwellings on even and on odd days; some leave or soon will, some look.

The second agent ends the day with an acceptance of works.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fieldapp.demo.estate import (
    AWAY,
    GIVING_NOTICE,
    HOMES,
    HOUSES,
    NEVER_LOOKED_AT,
    SEALED_F3,
    TODAY_F3,
    UNDER_WORKS,
    Home,
)
from fieldapp.demo.identity import stable_id
from fieldapp.demo.people import SECOND_AGENT, TENANTS, Tenant
from fieldapp.demo.shown import SHOWN
from fieldapp.demo.stocking import LANDLORD, account_id, dwelling_id
from fieldapp.demo.visiting import show
from fieldapp.domain.appointment import AppointmentKind
from fieldapp.domain.party import Quality
from fieldapp.domain.tenancy import LeaseKind
from fieldapp.domain.zone import PARIS
from fieldapp.records.account import Account
from fieldapp.records.appointment import Appointment
from fieldapp.records.dwelling import Dwelling
from fieldapp.records.tenancy import Tenancy, TenancyParty
from fieldapp.services import technical
from fieldapp.services.scheduling import schedule

LET_FOR = timedelta(days=2557)
"""Seven years, for those who leave without an entry."""
AGENT_OF = {"tisserands": "agent1", "quais": "agent2"}
HOURS = (time(8, 30), time(9, 45), time(11, 0), time(14, 0), time(15, 15), time(16, 30))
LAST_HOUR = time(17, 30)
NOTES = {
    SEALED_F3: "Entrée signée ; un badge est peut-être perdu.",
    TODAY_F3: "Attestation d’assurance à voir avant les clés.",
    "0417-A-021": "Fiche incomplète : revêtements à relever sur place.",
    "0640-112": "Mobilier à compter avec le locataire.",
    "0108-C1": "Remise des clés avec le rideau métallique.",
}


def has_day(session: Session, day: date) -> bool:
    """Whether this day's appointments are there."""
    begins = datetime.combine(day, time(), ZoneInfo(PARIS))
    ends = datetime.combine(day + timedelta(days=1), time(), ZoneInfo(PARIS))
    found = session.scalar(
        select(func.count())
        .select_from(Appointment)
        .where(Appointment.landlord_id == LANDLORD, Appointment.starts_at >= begins, Appointment.starts_at < ends)
    )
    return bool(found)


def add_day(session: Session, day: date) -> None:
    """Plan this day's appointments with their tenancies, in the caller's transaction."""
    for agency, login in AGENT_OF.items():
        agent = session.get_one(Account, account_id(login))
        for hour, home in zip(HOURS, homes_of(agency, day), strict=True):
            if home.reference in SHOWN:
                show(session, home, agent, datetime.combine(day, hour, ZoneInfo(PARIS)))
                continue
            schedule(
                session,
                _purpose(home),
                session.get_one(Dwelling, dwelling_id(home.reference)),
                _lease(session, home, day),
                agent,
                datetime.combine(day, hour, ZoneInfo(PARIS)),
                note=NOTES.get(home.reference, ""),
            )
    works = session.get_one(Dwelling, dwelling_id(UNDER_WORKS))
    agent = session.get_one(Account, account_id(SECOND_AGENT))
    technical.plan(session, works, AppointmentKind.ACCEPTANCE, agent, datetime.combine(day, LAST_HOUR, ZoneInfo(PARIS)))


def _purpose(home: Home) -> AppointmentKind:
    if home.reference in GIVING_NOTICE:
        return AppointmentKind.PRE_EXIT
    leaves = home.reference == SEALED_F3 or home.reference in NEVER_LOOKED_AT
    return AppointmentKind.MOVE_OUT if leaves else AppointmentKind.MOVE_IN


def _lease(session: Session, home: Home, day: date) -> Tenancy:
    """The lease of who comes or goes; the household of the sealed flat has had one since its entry."""
    if home.reference == SEALED_F3:
        return session.scalars(select(Tenancy).where(Tenancy.dwelling_id == dwelling_id(SEALED_F3))).one()
    starts_on = day - LET_FOR if home.reference in NEVER_LOOKED_AT | GIVING_NOTICE else day
    return add_tenancy(session, home, starts_on, _tenant(home, day))


def add_tenancy(session: Session, home: Home, starts_on: date, tenant: Tenant) -> Tenancy:
    """Add a lease of this dwelling from this day, with everybody on it, in the caller's transaction."""
    lease = Tenancy(
        id=stable_id("tenancy", home.reference, starts_on.isoformat()),
        landlord_id=LANDLORD,
        dwelling_id=dwelling_id(home.reference),
        reference=f"L{starts_on:%y%m%d}-{home.reference}",
        lease_kind=home.lease,
        lease_signed_on=starts_on - timedelta(days=6),
        starts_on=starts_on,
        rent=home.rent,
        charges=home.charges,
        furnished=home.lease is LeaseKind.FOYER,
        deposit=home.rent * (3 if home.lease is LeaseKind.COMMERCIAL else 1),
    )
    session.add(lease)
    session.flush()
    session.add_all(_parties(lease, tenant))
    session.flush()
    return lease


def _parties(lease: Tenancy, tenant: Tenant) -> Iterator[TenancyParty]:
    for position, name in enumerate(tenant.names, 1):
        yield TenancyParty(
            id=stable_id("party", lease.reference, str(position)),
            landlord_id=LANDLORD,
            tenancy_id=lease.id,
            name=name,
            quality=Quality.TENANT if position == 1 else Quality.CO_TENANT,
            domicile=tenant.domicile,
            email=tenant.email(position),
            phone=tenant.phone if position == 1 else "",
            position=position,
            spouse_id=None if position == 1 or not tenant.bond else stable_id("party", lease.reference, "1"),
            bond=None if position == 1 else tenant.bond,
        )


def homes_of(agency: str, day: date) -> list[Home]:
    """The dwellings that this agency's agent visits on this day, in the order of the visits."""
    houses = {house.code for house in HOUSES if house.agency == agency}
    parity = day.toordinal() % 2
    return [
        home
        for home in HOMES
        if home.house in houses
        and home.reference not in AWAY
        and (home.day == parity or home.reference in {TODAY_F3, SEALED_F3})
    ]


def _tenant(home: Home, day: date) -> Tenant:
    return TENANTS[(HOMES.index(home) * 5 + day.toordinal() // 2) % len(TENANTS)]
