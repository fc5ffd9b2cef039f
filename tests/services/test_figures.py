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


def visited(
    estate: Estate, many: int, result: str, reason: str | None = None, *, agency: str = "north", day: date = DAY
) -> Slot:
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
                day=day,
                month=f"{day:%Y-%m}",
                result=result,
                principal_reason=reason,
            )
            for candidate, proposal in zip(slot.candidates, slot.proposals, strict=True)
        )
        db.session.commit()
    return slot


def counted(estate: Estate, agency: str | None = None, month: int | None = 11, today: date = DAY) -> Figures:
    with estate.app.app_context():
        asked = Asked(2026, month, today, estate.agencies[agency] if agency else None)
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
    assert counted(estate, month=10).total.expected == 0
    assert counted(estate, month=None).total.expected == 18


def test_groups_too_small_to_be_shown_are_counted_together_or_not_at_all(estate: Estate) -> None:
    visited(estate, 9, "refuses", "noise")
    visited(estate, 3, "refuses", "rent")
    visited(estate, 2, "refuses", "deposit", agency="south")
    found = counted(estate)
    # Whoever knows the whole could subtract: the larger agency gives up its name with the smaller one, and with its own
    # name what it alone was told.
    assert found.reasons == ((None, 14),)
    assert [(line.label, line.expected) for line in found.agencies] == [(None, 14)]
    assert not counted(estate, "south").enough
    assert not counted(estate, "north").enough


def test_a_month_is_not_told_when_the_year_less_it_would_point_at_somebody(estate: Estate) -> None:
    visited(estate, 9, "refuses", "noise")
    visited(estate, 8, "accepts", day=date(2026, 9, 14))
    visited(estate, 1, "refuses", "rent", day=date(2026, 10, 5))
    year = counted(estate, month=None)
    assert year.total.expected == 18
    # September goes with October: nine people, of whom nobody can say more.
    assert [(line.label, line.expected) for line in year.months] == [("2026-11", 9), (None, 9)]
    assert [counted(estate, month=month).enough for month in (9, 10, 11)] == [False, False, True]


def test_a_reason_told_for_the_year_is_not_told_for_the_months_that_would_give_another_away(estate: Estate) -> None:
    visited(estate, 7, "refuses", "noise")
    visited(estate, 6, "accepts", day=date(2026, 10, 5))
    visited(estate, 2, "refuses", "noise", day=date(2026, 10, 5))
    assert counted(estate, month=None).reasons == (("noise", 9),)
    november = counted(estate)
    assert (november.total.expected, november.reasons) == (7, ())


def test_a_colleague_of_one_agency_is_told_no_more_than_the_whole_landlord(estate: Estate) -> None:
    visited(estate, 9, "refuses", "noise")
    visited(estate, 2, "accepts", agency="south")
    with estate.app.app_context():
        found = figures(Scope(estate.landlord_id, estate.agencies["north"]), Asked(2026, 11, DAY))
        other = Asked(2026, 11, DAY, estate.agencies["south"])
        assert not figures(Scope(estate.landlord_id, estate.agencies["north"]), other).enough
    assert not found.enough


def test_what_is_empty_is_counted_until_today_and_not_to_the_end_of_the_year() -> None:
    assert Asked(2026, None, DAY).last == DAY
    assert Asked(2025, None, DAY).last == date(2025, 12, 31)
    assert Asked(2026, 2, DAY).last == date(2026, 2, 28)


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
        found = counted(estate, agency, today=last)
        assert (found.attributions, found.days_to_signature) == (leases, days)
    assert counted(estate, today=last).proposals == 9
    assert counted(estate, today=DAY + timedelta(days=2)).days_to_signature is None
