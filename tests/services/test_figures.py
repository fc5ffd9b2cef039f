"""The figures of visits: what each narrowing counts, and that no figure points at a person."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import update

from fieldapp.extensions import db
from fieldapp.records.proposal import Proposal
from fieldapp.records.visit_outcome import VisitOutcome
from fieldapp.services.figures import Asked, Figures, figures
from fieldapp.services.identifier import new_id
from fieldapp.services.scope import Scope
from tests.fieldwork.estate import Estate
from tests.fieldwork.visits import Slot, plan_slot

DAY = date(2026, 11, 23)


def visited(estate: Estate, many: int, result: str, reason: str | None = None, *, agency: str = "north") -> Slot:
    """So many candidates at one visit, all with the same result."""
    slot = plan_slot(estate, *(f"Personne {number}" for number in range(many)), starts_at=datetime.now(UTC))
    with estate.app.app_context():
        db.session.add_all(
            VisitOutcome(
                id=new_id(),
                landlord_id=estate.landlord_id,
                agency_id=estate.agencies[agency],
                building_id=estate.building_id,
                dwelling_id=slot.dwelling_id,
                visit_id=slot.root_id,
                candidate_id=candidate,
                proposal_id=proposal,
                day=DAY,
                month="2026-11",
                result=result,
                principal_reason=reason,
            )
            for candidate, proposal in zip(slot.candidates, slot.proposals, strict=True)
        )
        db.session.commit()
    return slot


def counted(estate: Estate, agency: str | None = None, first: date = DAY, last: date = DAY) -> Figures:
    with estate.app.app_context():
        asked = Asked(first, last, estate.agencies[agency] if agency else None)
        return figures(Scope(estate.landlord_id), asked)


def test_what_is_asked_for_is_counted_and_nothing_else(estate: Estate) -> None:
    visited(estate, 7, "refuses", "noise")
    visited(estate, 6, "accepts")
    visited(estate, 5, "absent_unexcused", agency="south")
    everything = counted(estate)
    assert (everything.total.expected, everything.total.came) == (18, 13)
    assert (everything.total.refused, everything.total.missed) == (7, 5)
    assert {line.label: line.expected for line in everything.agencies} == {"Agence north": 13, "Agence south": 5}
    assert everything.reasons == (("noise", 7),)
    assert [line.label for line in everything.months] == ["2026-11"]
    south = counted(estate, "south")
    assert (south.total.expected, south.total.refused, south.total.missed) == (5, 0, 5)
    assert counted(estate, first=DAY + timedelta(days=1), last=DAY + timedelta(days=9)).total.expected == 0


def test_groups_too_small_to_be_shown_are_counted_together_or_not_at_all(estate: Estate) -> None:
    visited(estate, 9, "refuses", "noise")
    visited(estate, 3, "refuses", "rent")
    visited(estate, 2, "refuses", "deposit", agency="south")
    found = counted(estate)
    assert found.reasons == (("noise", 9), (None, 5))
    # Whoever knows the whole could subtract: the larger agency gives up its name with the smaller one.
    assert [(line.label, line.expected) for line in found.agencies] == [(None, 14)]
    assert not counted(estate, "south").enough


def test_offers_leases_and_the_days_between_are_those_of_this_time(estate: Estate) -> None:
    slots = [visited(estate, 5, "accepts"), visited(estate, 4, "accepts")]
    with estate.app.app_context():
        for number, proposal in enumerate(proposal for slot in slots for proposal in slot.proposals):
            values = {"state": "signed", "signed_on": DAY + timedelta(days=number), "notified_on": DAY}
            moved = update(Proposal).where(Proposal.id == proposal).values(reply_by=DAY, **values)
            db.session.execute(moved)
        db.session.commit()
    last = DAY + timedelta(days=6)
    for agency, leases, days in ((None, 7, 3), ("north", 7, 3), ("south", 0, None)):
        found = counted(estate, agency, last=last)
        assert (found.attributions, found.days_to_signature) == (leases, days)
    assert counted(estate, last=last).proposals == 9
    assert counted(estate, last=DAY + timedelta(days=2)).days_to_signature is None
