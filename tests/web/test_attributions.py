"""A candidate accepted a dwelling: the planning asks for the lease and the entry until both are there."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from fieldapp.domain.proposal import ProposalState
from fieldapp.extensions import db
from fieldapp.records.proposal import Proposal
from fieldapp.records.tenancy import Tenancy, TenancyParty
from fieldapp.services import proposing
from fieldapp.services.scope import Scope
from tests.fieldwork.estate import Estate
from tests.fieldwork.office import Browser, colleague
from tests.fieldwork.visits import Slot, plan_slot

PLANNING = "/office/planning"
TODAY = datetime.now(UTC).date()
LEASE = {
    "reference": "L-4711",
    "signed_on": TODAY.isoformat(),
    "starts_on": (TODAY + timedelta(days=20)).isoformat(),
    "rent": "386,40",
    "charges": "91,20",
    "deposit": "386,40",
    "second": "",
}


@pytest.fixture
def own(quick_estate: Estate) -> Browser:
    return colleague(quick_estate)


def attributed(estate: Estate, on: date = TODAY) -> tuple[Slot, str]:
    """A candidate who accepted in writing: the visit, and the address of the lease to prepare."""
    slot = plan_slot(estate, "Alex Essai", notified_on=on - timedelta(days=2))
    with estate.app.app_context():
        proposing.end(Scope(estate.landlord_id), slot.proposals[0], ProposalState.ACCEPTED, on, estate.agents["nadia"])
    return slot, f"/office/lettings/{slot.dwelling_id}/proposals/{slot.proposals[0]}/lease"


def test_an_accepted_proposal_asks_for_its_lease_then_for_its_entry(quick_estate: Estate, own: Browser) -> None:
    slot, page = attributed(quick_estate)
    assert page in own.text(PLANNING)
    assert page in own.text(f"/office/lettings/{slot.dwelling_id}")
    assert 'value="386,40"' in own.text(page)
    answer = own.send(page, page, **LEASE)
    with quick_estate.app.app_context():
        lease = db.session.scalars(select(Tenancy).where(Tenancy.reference == "L-4711")).one()
        (tenant,) = db.session.scalars(select(TenancyParty).where(TenancyParty.tenancy_id == lease.id))
        assert (lease.dwelling_id, lease.rent, lease.charges) == (slot.dwelling_id, 38640, 9120)
        assert (tenant.name, tenant.quality, tenant.phone) == ("Alex Essai", "tenant", "06 39 98 00 01")
        assert db.session.get_one(Proposal, slot.proposals[0]).state == "signed"
        planned = f"/office/tenancies/{lease.id}/appointment"
    assert answer.headers["Location"] == f"{planned}?kind=move_in&day={LEASE['starts_on']}"
    text = own.text(PLANNING)
    assert page not in text
    assert planned in text
    assert own.get(page).status_code == 404
    slot_of = {"kind": "move_in", "day": LEASE["starts_on"], "at": "09:00", "minutes": "60", "note": ""}
    own.send(planned, planned, agent=quick_estate.agents["nadia"], **slot_of)
    assert planned not in own.text(PLANNING)


@pytest.mark.parametrize(
    ("changes", "said"),
    (
        ({"reference": ""}, "Écrivez la référence."),
        ({"rent": ""}, "Écrivez le montant, ou 0."),
        ({"starts_on": (TODAY - timedelta(days=9)).isoformat()}, "jour de l’accord"),
        ({"deposit": "beaucoup"}, "Ce n’est pas un montant"),
    ),
)
def test_a_lease_that_cannot_be_is_refused_at_its_field(
    quick_estate: Estate, own: Browser, changes: dict[str, str], said: str
) -> None:
    _slot, page = attributed(quick_estate)
    answer = own.send(page, page, **{**LEASE, **changes})
    assert (answer.status_code, said in answer.text) == (400, True)
    with quick_estate.app.app_context():
        assert db.session.scalar(select(Tenancy.id).where(Tenancy.reference == LEASE["reference"])) is None


def test_a_reference_is_given_once_and_another_agency_sees_nothing(quick_estate: Estate, own: Browser) -> None:
    flat = quick_estate.plan()
    _slot, page = attributed(quick_estate)
    with quick_estate.app.app_context():
        taken = db.session.get_one(Tenancy, flat.ids["tenancy"]).reference
    answer = own.send(page, page, **{**LEASE, "reference": taken})
    assert (answer.status_code, "Un autre bail a cette référence." in answer.text) == (400, True)
    south = colleague(quick_estate, agency="south")
    assert page not in south.text(PLANNING)
    assert south.get(page).status_code == 404
