"""A landlord of two agencies with three agents, and as many studio flats to be let as a test asks for."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache

from flask import Flask
from sqlalchemy import select

from fieldapp.domain.appointment import AppointmentKind
from fieldapp.domain.landlord import LandlordKind
from fieldapp.extensions import db
from fieldapp.records.account import Account
from fieldapp.records.agency import Agency
from fieldapp.records.base import Base
from fieldapp.records.building import Building
from fieldapp.records.dwelling import Dwelling
from fieldapp.records.element import Element
from fieldapp.records.equipment import Equipment
from fieldapp.records.key import Key
from fieldapp.records.landlord import Landlord
from fieldapp.records.meter import Meter
from fieldapp.records.room import Room
from fieldapp.records.tenancy import Tenancy, TenancyParty
from fieldapp.services.accounts import hash_password
from fieldapp.services.identifier import new_id
from fieldapp.services.scheduling import schedule

PASSWORD = "correct horse battery staple"
AGENTS = {"nadia": "north", "paul": "north", "sonia": "south"}
"""Agent to agency; e-mail addresses are `<name>@estate.example`."""

ADDRESS = {"street": "1 rue des Essais", "postcode": "29000", "town": "Quimper"}


@cache
def _password_hash() -> str:
    return hash_password(PASSWORD)


@dataclass
class Flat:
    """A planned inventory of a studio: ids by what they are (`room`, `floor`, `wall`, `ceiling`, `meter`, `key`…)."""

    root_id: str
    ids: dict[str, str]


@dataclass
class Estate:
    """The landlord in a database; every method is one transaction."""

    app: Flask
    landlord_id: str = ""
    agencies: dict[str, str] = field(default_factory=dict)
    agents: dict[str, str] = field(default_factory=dict)
    building_id: str = ""

    @classmethod
    def build(cls, app: Flask, name: str = "Habitat des Essais") -> "Estate":
        """Write landlord, agencies and accounts into an empty or another landlord's database."""
        estate = cls(app, landlord_id=new_id(), building_id=new_id())
        domain = "estate.example" if name == "Habitat des Essais" else f"{estate.landlord_id}.example"
        with app.app_context():
            _add(
                Landlord(
                    id=estate.landlord_id,
                    name=name,
                    kind=LandlordKind.OPH,
                    siren="123456789",
                    phone="02 00 00 00 00",
                    email=f"contact@{domain}",
                    brand="#003366",
                    signal="#cc3300",
                    **ADDRESS,
                )
            )
            for agency in sorted(set(AGENTS.values())):
                estate.agencies[agency] = new_id()
                identity = {"id": estate.agencies[agency], "landlord_id": estate.landlord_id}
                _add(Agency(name=f"Agence {agency}", phone="02 00 00 00 01", **identity, **ADDRESS))
            for agent, agency in AGENTS.items():
                estate.agents[agent] = estate.new_account(f"{agent}@{domain}", agent.title(), "agent", agency)
            estate.new_account(f"reviewer@{domain}", "Rita", "reviewer", None)
            _add(
                Building(
                    id=estate.building_id,
                    landlord_id=estate.landlord_id,
                    agency_id=estate.agencies["north"],
                    reference="B1",
                    name="Résidence",
                    **ADDRESS,
                )
            )
            db.session.commit()
        return estate

    def plan(self, agent: str = "nadia", starts_at: datetime | None = None) -> Flat:
        """Plan a move-in at a new studio with one tenant; materials are on the sheet, nothing else is filled in."""
        names = ("dwelling", "room", "floor", "wall", "ceiling", "meter", "key", "detector", "tenancy", "tenant")
        ids = {name: new_id() for name in names}
        with self.app.app_context():
            self._write_sheet(ids)
            account = db.session.get_one(Account, self.agents[agent])
            dwelling = db.session.get_one(Dwelling, ids["dwelling"])
            tenancy = db.session.get_one(Tenancy, ids["tenancy"])
            # In an hour: the day of the pack is today's, except for the last hour of the day, which tests do not need.
            begins = starts_at or datetime.now(UTC) + timedelta(minutes=1)
            appointment = schedule(db.session(), AppointmentKind.MOVE_IN, dwelling, tenancy, account, begins)
            db.session.commit()
            return Flat(appointment.inventory_made, {**ids, "agent": account.id})

    def stand_at(self, postcode: str, *agencies: str) -> None:
        """Let the building, and these agencies with it, stand at another postcode."""
        with self.app.app_context():
            db.session.get_one(Building, self.building_id).postcode = postcode
            for agency in agencies:
                db.session.get_one(Agency, self.agencies[agency]).postcode = postcode
            db.session.commit()

    def plan_exit(self, flat: Flat, agent: str = "nadia", kind: AppointmentKind = AppointmentKind.MOVE_OUT) -> Flat:
        """Plan the move-out, or the visit before it, of the tenancy of an earlier inventory; the same ids, another root."""
        with self.app.app_context():
            account = db.session.get_one(Account, self.agents[agent])
            dwelling = db.session.get_one(Dwelling, flat.ids["dwelling"])
            tenancy = db.session.get_one(Tenancy, flat.ids["tenancy"])
            begins = datetime.now(UTC) + timedelta(minutes=1)
            appointment = schedule(db.session(), kind, dwelling, tenancy, account, begins)
            db.session.commit()
            return Flat(appointment.inventory_made, flat.ids)

    def let_again(self, flat: Flat) -> str:
        """Add a lease of the same dwelling for somebody else; gives the tenancy's id. Needs an application context."""
        before = db.session.get_one(Tenancy, flat.ids["tenancy"])
        lease = Tenancy(
            id=new_id(),
            landlord_id=self.landlord_id,
            dwelling_id=before.dwelling_id,
            reference=new_id()[-12:],
            lease_kind=before.lease_kind,
            lease_signed_on=date(2028, 6, 20),
            starts_on=date(2028, 6, 30),
            rent=before.rent,
            charges=before.charges,
            deposit=before.deposit,
        )
        _add(
            lease,
            TenancyParty(
                id=new_id(),
                tenancy_id=lease.id,
                landlord_id=self.landlord_id,
                name="Dominique Suivant",
                quality="tenant",
                domicile="",
                position=1,
            ),
        )
        return lease.id

    def new_account(self, email: str, name: str, role: str, agency: str | None) -> str:
        """Add somebody, and give the account's id. Needs an application context, and a commit."""
        identifier = new_id()
        _add(
            Account(
                id=identifier,
                landlord_id=self.landlord_id,
                agency_id=self.agencies[agency] if agency else None,
                email=email,
                name=name,
                role=role,
                password_hash=_password_hash(),
                quality="Chargée de gestion locative",
                mandate="",
                domicile=f"{ADDRESS['street']}, {ADDRESS['postcode']} {ADDRESS['town']}",
                created_at=datetime.now(UTC),
            )
        )
        return identifier

    def _write_sheet(self, ids: dict[str, str]) -> None:
        own = {"landlord_id": self.landlord_id}
        _add(
            Dwelling(
                id=ids["dwelling"],
                building_id=self.building_id,
                reference=ids["dwelling"][-12:],
                kind="apartment",
                type="T1",
                area=2850,
                heating_scope="collective",
                heating_energy="district",
                hot_water_scope="collective",
                **own,
            ),
            Room(
                id=ids["room"], dwelling_id=ids["dwelling"], room_kind="living_room", label="Séjour", position=1, **own
            ),
        )
        for position, (kind, material) in enumerate(
            (("floor", "Parquet"), ("wall", "Peinture"), ("ceiling", "Peinture")), 1
        ):
            element = {"id": ids[kind], "room_id": ids["room"], "element_kind": _element_code(kind), "label": ""}
            _add(Element(**element, material=material, position=position, **own))
        there = {"dwelling_id": ids["dwelling"], "position": 1, **own}
        _add(
            Meter(id=ids["meter"], meter_kind="cold_water", label="Eau froide", serial="EF-1", **there),
            Key(id=ids["key"], key_kind="key", label="Clé", destination="Porte palière", quantity=2, **there),
            Equipment(id=ids["detector"], equipment_kind="smoke_detector", label="Détecteur", place="Entrée", **there),
            Tenancy(
                id=ids["tenancy"],
                dwelling_id=ids["dwelling"],
                reference=ids["tenancy"][-12:],
                lease_kind="dwelling",
                lease_signed_on=date(2026, 11, 2),
                starts_on=date(2026, 11, 21),
                rent=41237,
                charges=6000,
                deposit=41237,
                **own,
            ),
            TenancyParty(
                id=ids["tenant"],
                tenancy_id=ids["tenancy"],
                name="Camille Essai",
                quality="tenant",
                domicile="2 rue d’Avant, 29000 Quimper",
                position=1,
                **own,
            ),
        )


def _element_code(surface: str) -> str:
    from fieldapp.domain import catalogue

    return next(str(row["code"]) for row in catalogue.load()["elements"] if row.get("surface") == surface)


def _add(*rows: Base) -> None:
    for row in rows:
        db.session.add(row)
        db.session.flush()


def account_of(agent_id: str) -> Account:
    """The account row; needs an application context."""
    return db.session.scalars(select(Account).where(Account.id == agent_id)).one()
