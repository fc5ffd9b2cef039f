"""One lease of the central record: its people, money and days."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select

from fieldapp.extensions import db
from fieldapp.records.dwelling import Dwelling
from fieldapp.records.record_value import RecordValue
from fieldapp.records.tenancy import Tenancy, TenancyParty
from fieldapp.services.booking import NotHere
from fieldapp.services.record_history import Values, values_in
from fieldapp.services.register.tenancies import own_tenancies
from fieldapp.services.scope import Scope


@dataclass(frozen=True, slots=True)
class TenancyRecord:
    """A lease with the dwelling's heating; `values` is what holds today, by entity and field."""

    tenancy: Tenancy
    dwelling: Dwelling
    parties: Sequence[TenancyParty]
    values: Values


def open_tenancy(scope: Scope, tenancy_id: str) -> TenancyRecord:
    """Read one lease in scope, in three queries; raises `NotHere`."""
    session = db.session()
    found = session.execute(
        select(Tenancy, Dwelling)
        .join(Dwelling, Dwelling.id == Tenancy.dwelling_id)
        .where(Tenancy.id == tenancy_id, *own_tenancies(scope))
    ).one_or_none()
    if found is None:
        raise NotHere(tenancy_id)
    tenancy, dwelling = found
    parties = session.scalars(
        select(TenancyParty).where(TenancyParty.tenancy_id == tenancy_id).order_by(TenancyParty.position)
    ).all()
    people = [tenancy_id, *(party.id for party in parties)]
    mine = or_(*(RecordValue.entity_id == one for one in people))
    return TenancyRecord(tenancy, dwelling, parties, values_in(session, RecordValue.dwelling_id == dwelling.id, mine))
