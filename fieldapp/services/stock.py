"""The dwelling sheet as values: rows of the stock read into what the trade speaks of."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.address import Address
from fieldapp.domain.agency import Agency
from fieldapp.domain.building import Building
from fieldapp.domain.context import Agent, Surroundings
from fieldapp.domain.dwelling import Dwelling, DwellingKind, Energy, EnergyClass, Heating, Scope
from fieldapp.domain.landlord import Colours, Landlord, LandlordKind
from fieldapp.domain.meter import MeterKind
from fieldapp.domain.tenancy import LeaseKind, Tenancy
from fieldapp.records import agency, building, dwelling, landlord, meter, tenancy
from fieldapp.records.account import Account


def surroundings(
    session: Session, sheet: dwelling.Dwelling, lease: tenancy.Tenancy | None, staff: Account
) -> Surroundings:
    """Whose dwelling this is, where it stands, under which lease if any, and who comes."""
    owner = session.get_one(landlord.Landlord, sheet.landlord_id)
    house = session.get_one(building.Building, sheet.building_id)
    office = session.get_one(agency.Agency, house.agency_id)
    kinds = session.scalars(
        select(meter.Meter.meter_kind).where(meter.Meter.dwelling_id == sheet.id).order_by(meter.Meter.position)
    )
    return Surroundings(
        landlord=_landlord(owner),
        agency=Agency(office.id, office.name, _address(office), office.phone),
        agent=agent_value(staff),
        building=Building(house.id, house.reference, house.name, _address(house)),
        dwelling=_dwelling(sheet, tuple(MeterKind(kind) for kind in kinds)),
        tenancy=None if lease is None else _tenancy(lease),
        demonstration=owner.demonstration,
    )


def agent_value(staff: Account) -> Agent:
    """Who comes."""
    return Agent(staff.id, staff.name, staff.quality, staff.mandate, staff.domicile)


def _address(row: landlord.Landlord | agency.Agency | building.Building) -> Address:
    return Address(row.street, row.postcode, row.town)


def _landlord(row: landlord.Landlord) -> Landlord:
    return Landlord(
        id=row.id,
        name=row.name,
        kind=LandlordKind(row.kind),
        seat=_address(row),
        siren=row.siren,
        phone=row.phone,
        email=row.email,
        colours=Colours(row.brand, row.signal),
    )


def _dwelling(row: dwelling.Dwelling, meters: tuple[MeterKind, ...]) -> Dwelling:
    return Dwelling(
        id=row.id,
        reference=row.reference,
        kind=DwellingKind(row.kind),
        type=row.type,
        area=row.area,
        detail=row.detail,
        annexes=row.annexes,
        heating=Heating(Scope(row.heating_scope), Energy(row.heating_energy), Scope(row.hot_water_scope)),
        energy_class=_energy_class(row),
        meters=meters,
    )


def _energy_class(row: dwelling.Dwelling) -> EnergyClass | None:
    if row.dpe_class is None or row.dpe_date is None:
        return None
    return EnergyClass(row.dpe_class, row.dpe_number or "", row.dpe_date, row.dpe_cost_low or 0, row.dpe_cost_high or 0)


def _tenancy(row: tenancy.Tenancy) -> Tenancy:
    return Tenancy(
        id=row.id,
        reference=row.reference,
        lease_kind=LeaseKind(row.lease_kind),
        signed_on=row.lease_signed_on,
        starts_on=row.starts_on,
        rent=row.rent,
        charges=row.charges,
        deposit=row.deposit,
        furnished=row.furnished,
    )
