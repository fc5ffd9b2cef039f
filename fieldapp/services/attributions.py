"""What an accepted proposal asks for: the lease that it becomes, and with the lease its entry."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select

from fieldapp.domain.dwelling import DwellingKind
from fieldapp.domain.party import Quality
from fieldapp.domain.proposal import ProposalState
from fieldapp.domain.tenancy import LeaseKind
from fieldapp.extensions import db
from fieldapp.records.building import Building
from fieldapp.records.candidate import Candidate
from fieldapp.records.dwelling import Dwelling
from fieldapp.records.dwelling_sheet import DwellingSheet
from fieldapp.records.proposal import Proposal
from fieldapp.records.tenancy import Tenancy, TenancyParty
from fieldapp.services import audit
from fieldapp.services.booking import NotHere
from fieldapp.services.identifier import new_id
from fieldapp.services.scope import Scope

LATE = timedelta(days=180)
"""How long after its acceptance a proposal without a lease is still shown."""

MOST = 60
Accepted = Select[Proposal, Candidate, Dwelling, Building, DwellingSheet, date]
LEASES = {
    DwellingKind.GARAGE: LeaseKind.GARAGE,
    DwellingKind.COMMERCIAL: LeaseKind.COMMERCIAL,
    DwellingKind.FOYER_ROOM: LeaseKind.FOYER,
}
"""The kind of lease that the kind of premises asks for; an ordinary one for the others."""


class ReferenceTaken(ValueError):
    """Another lease of this landlord has this reference."""


class BeforeTheAnswer(ValueError):
    """The lease would begin before the proposal was accepted, on `day`."""

    def __init__(self, day: date) -> None:
        super().__init__(day.isoformat())
        self.day = day


@dataclass(frozen=True, slots=True)
class Attribution:
    """An accepted proposal without a lease: `day` is when the dwelling is free, amounts in cents as its sheet says them."""

    proposal_id: str
    dwelling_id: str
    dwelling: str
    street: str
    detail: str
    name: str
    agreed_on: date
    day: date
    rent: int
    charges: int
    deposit: int


@dataclass(frozen=True, slots=True)
class NewLease:
    """What the office says of the lease; `second` is another tenant on it, or empty. Amounts in cents."""

    reference: str
    signed_on: date
    starts_on: date
    rent: int
    charges: int
    deposit: int
    furnished: bool
    second: str


def waiting(scope: Scope, today: date) -> list[Attribution]:
    """The accepted proposals whose dwelling has no lease since; one query, the most pressing first."""
    wanted = _accepted(scope).where(_agreed_on() >= today - LATE).limit(MOST)
    found = [_attribution(row, today) for row in db.session.execute(wanted)]
    return sorted(found, key=lambda one: (one.day, one.street, one.dwelling))


def open_attribution(scope: Scope, proposal_id: str, today: date) -> Attribution:
    """One of them; raises `NotHere`."""
    row = db.session.execute(_accepted(scope).where(Proposal.id == proposal_id)).one_or_none()
    if row is None:
        raise NotHere(proposal_id)
    return _attribution(row, today)


def draw_up(scope: Scope, proposal_id: str, said: NewLease, account_id: str) -> str:
    """Write the lease with its tenants and give its id: the proposal is signed then. One transaction.

    Raises `NotHere`, `ReferenceTaken` and `BeforeTheAnswer`; nothing is written then.
    """
    session = db.session()
    row = session.execute(
        _accepted(scope).where(Proposal.id == proposal_id).with_for_update(of=(Proposal, Dwelling))
    ).one_or_none()
    if row is None:
        session.rollback()
        raise NotHere(proposal_id)
    proposal, candidate, dwelling = row.Proposal, row.Candidate, row.Dwelling
    if said.starts_on < row.agreed_on:
        session.rollback()
        raise BeforeTheAnswer(row.agreed_on)
    taken = exists().where(Tenancy.landlord_id == scope.landlord_id, Tenancy.reference == said.reference)
    if session.scalar(select(taken)):
        session.rollback()
        raise ReferenceTaken(said.reference)
    lease = Tenancy(
        id=new_id(),
        landlord_id=scope.landlord_id,
        dwelling_id=dwelling.id,
        reference=said.reference,
        lease_kind=LEASES.get(DwellingKind(dwelling.kind), LeaseKind.DWELLING),
        lease_signed_on=said.signed_on,
        starts_on=said.starts_on,
        rent=said.rent,
        charges=said.charges,
        deposit=said.deposit,
        furnished=said.furnished,
    )
    session.add(lease)
    session.flush()
    own = {"landlord_id": scope.landlord_id, "tenancy_id": lease.id}
    reached = {"email": candidate.email, "phone": candidate.phone}
    session.add(TenancyParty(id=new_id(), name=candidate.name, quality=Quality.TENANT, position=1, **reached, **own))
    if said.second:
        session.add(TenancyParty(id=new_id(), name=said.second, quality=Quality.CO_TENANT, position=2, **own))
    actor = f"account:{account_id}"
    if proposal.state != ProposalState.SIGNED:
        proposal.state, proposal.signed_on = ProposalState.SIGNED, said.signed_on
        audit.record(session, actor, "proposal.signed", "proposal", proposal_id, scope.landlord_id)
    lease_id = lease.id
    audit.record(session, actor, "tenancy.drawn_up", "tenancy", lease_id, scope.landlord_id)
    session.commit()
    return lease_id


def _agreed_on() -> ColumnElement[date]:
    return func.coalesce(Proposal.answered_on, Proposal.signed_on)


def _accepted(scope: Scope) -> Accepted:
    states = [ProposalState.ACCEPTED.value, ProposalState.SIGNED.value]
    let = exists().where(Tenancy.dwelling_id == Proposal.dwelling_id, Tenancy.starts_on >= _agreed_on())
    return (
        select(Proposal, Candidate, Dwelling, Building, DwellingSheet, _agreed_on().label("agreed_on"))
        .join(Candidate, Candidate.id == Proposal.candidate_id)
        .join(Dwelling, Dwelling.id == Proposal.dwelling_id)
        .join(Building, Building.id == Dwelling.building_id)
        .outerjoin(DwellingSheet, DwellingSheet.dwelling_id == Dwelling.id)
        .where(
            Proposal.state.in_(states),
            Candidate.erased_at.is_(None),
            ~let,
            *scope.of(Building.landlord_id, Building.agency_id),
        )
        .order_by(_agreed_on())
    )


def _attribution(row: Any, today: date) -> Attribution:
    sheet = row.DwellingSheet
    free = sheet.available_on if sheet is not None else None
    return Attribution(
        proposal_id=row.Proposal.id,
        dwelling_id=row.Dwelling.id,
        dwelling=row.Dwelling.reference,
        street=row.Building.street,
        detail=row.Dwelling.detail,
        name=row.Candidate.name,
        agreed_on=row.agreed_on,
        day=max(free or today, row.agreed_on, today),
        rent=sheet.rent if sheet is not None else 0,
        charges=sheet.charges if sheet is not None else 0,
        deposit=sheet.deposit if sheet is not None else 0,
    )
