"""Tenancies with the people on the lease, as other systems see and keep them."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from fieldapp.domain.tenancy import euros
from fieldapp.records.dwelling import Dwelling
from fieldapp.records.tenancy import Tenancy, TenancyParty
from fieldapp.services.identifier import new_id
from fieldapp.services.register.noun import Json, Noun, UnknownReference, day, reference
from fieldapp.services.register.stock import of_own_dwellings, own_dwellings
from fieldapp.services.scope import Scope

ASIDE = 1000
"""Added to the places of parties while they change places: a place is unique at every moment."""


def own_tenancies(scope: Scope) -> tuple[ColumnElement[bool], ...]:
    """The tenancies of the dwellings in scope."""
    return of_own_dwellings(Tenancy, scope)


def _tenancies(session: Session, rows: Sequence[Tenancy]) -> list[Json]:
    people: dict[str, list[Json]] = {row.id: [] for row in rows}
    parties = session.scalars(
        select(TenancyParty).where(TenancyParty.tenancy_id.in_(people)).order_by(TenancyParty.position)
    )
    for party in parties:
        people[party.tenancy_id].append(
            {
                "id": party.id,
                "name": party.name,
                "quality": party.quality,
                "domicile": party.domicile,
                "email": party.email,
                "phone": party.phone,
            }
        )
    return [
        {
            "id": row.id,
            "dwelling_id": row.dwelling_id,
            "reference": row.reference,
            "lease_kind": row.lease_kind,
            "lease_signed_on": day(row.lease_signed_on),
            "starts_on": day(row.starts_on),
            "rent": euros(row.rent),
            "charges": euros(row.charges),
            "deposit": euros(row.deposit),
            "parties": people[row.id],
        }
        for row in rows
    ]


def _write(session: Session, scope: Scope, row: Tenancy | None, values: Json, _actor: str) -> Tenancy:
    if "dwelling_id" in values:
        reference(session, Dwelling, "dwelling_id", values["dwelling_id"], *own_dwellings(scope))
    kept = row or Tenancy(id=new_id(), landlord_id=scope.landlord_id)
    for name, value in values.items():
        if name != "parties":
            setattr(kept, name, value)
    session.add(kept)
    session.flush()
    if "parties" in values:
        _write_parties(session, kept, values["parties"])
    return kept


def _write_parties(session: Session, tenancy: Tenancy, wanted: Sequence[Json]) -> None:
    """The people in their order; who is named by id keeps it, because inventories know people by their id."""
    there = {row.id: row for row in session.scalars(select(TenancyParty).where(TenancyParty.tenancy_id == tenancy.id))}
    named = [party["id"] for party in wanted if party.get("id")]
    if len(set(named)) < len(named) or not set(named) <= there.keys():
        raise UnknownReference("parties")
    session.execute(delete(TenancyParty).where(TenancyParty.id.in_(there.keys() - set(named))))
    for place, party_id in enumerate(named):
        there[party_id].position = ASIDE + place
    session.flush()
    for place, party in enumerate(wanted, 1):
        known = there.get(party.get("id") or "")
        row = known or TenancyParty(id=new_id(), landlord_id=tenancy.landlord_id, tenancy_id=tenancy.id)
        for name in ("name", "quality", "domicile", "email", "phone"):
            setattr(row, name, party[name])
        row.position = place
        session.add(row)
    session.flush()


TENANCIES = Noun(
    "tenancy",
    Tenancy,
    own_tenancies,
    _tenancies,
    Tenancy.id,
    {"dwelling_id": Tenancy.dwelling_id, "reference": Tenancy.reference},
    _write,
    personal=True,
)
