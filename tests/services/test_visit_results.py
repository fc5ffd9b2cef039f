"""After a visit: its outcomes are counted, what is to be repaired stands in the works list, and no figure names anybody."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from fieldapp.extensions import db
from fieldapp.records.dwelling_sheet import DwellingSheet
from fieldapp.records.vacancy import Vacancy
from fieldapp.records.visit import Visit
from fieldapp.records.visit_outcome import VisitOutcome, VisitReason
from fieldapp.records.works_request import WorksRequest
from fieldapp.services import works
from fieldapp.services.figures import Asked, figures
from fieldapp.services.identifier import new_id
from fieldapp.services.scope import Scope
from sync.tablet import Tablet
from tests.fieldwork.estate import Estate
from tests.fieldwork.slips import end
from tests.fieldwork.tablets import enrolled
from tests.fieldwork.visits import Slot, plan_slot

MADE = "2026-11-23T09:10:00.000Z"
TODAY = date(2026, 11, 23)


def at_the_dwelling(estate: Estate) -> Tablet:
    tablet = enrolled(estate)
    tablet.fetch_pack()
    return tablet


def say(tablet: Tablet, slot: Slot, place: int, **said: Any) -> None:
    for field, value in said.items():
        tablet.write(slot.root_id, slot.candidates[place], "attendance", field, value)


def outcomes(estate: Estate) -> dict[str, str]:
    with estate.app.app_context():
        return {row.candidate_id: row.result for row in db.session.scalars(select(VisitOutcome))}


def test_each_candidate_has_an_outcome_once_the_visit_has_ended(estate: Estate) -> None:
    slot = plan_slot(estate, "Alex Essai", "Dominique Essai", "Camille Essai")
    tablet = at_the_dwelling(estate)
    say(tablet, slot, 0, presence="present", outcome="accepts")
    say(tablet, slot, 1, presence="late", outcome="refuses", principal="rent", reasons=["rent", "noise"])
    say(tablet, slot, 2, presence="absent_unexcused")
    tablet.sync()
    assert outcomes(estate) == {}
    end(tablet, slot.root_id)
    tablet.sync()
    assert outcomes(estate) == dict(zip(slot.candidates, ("accepts", "refuses", "absent_unexcused"), strict=True))
    with estate.app.app_context():
        assert set(db.session.scalars(select(VisitReason.reason))) == {"rent", "noise"}
        assert db.session.get_one(Visit, slot.root_id).state == "done"


def test_an_outcome_that_is_corrected_afterwards_is_counted_once(estate: Estate) -> None:
    slot = plan_slot(estate, "Alex Essai")
    tablet = at_the_dwelling(estate)
    tablet.write(slot.root_id, new_id(), "question", "body", {"candidate_id": None, "topic": "cost", "text": ""})
    say(tablet, slot, 0, presence="present", outcome="interested")
    end(tablet, slot.root_id)
    say(tablet, slot, 0, outcome="refuses")
    tablet.sync()
    assert outcomes(estate) == {slot.candidates[0]: "refuses"}


def test_a_defect_becomes_a_works_request_and_marks_the_sheet_that_it_contradicts(estate: Estate) -> None:
    slot = plan_slot(estate)
    tablet = at_the_dwelling(estate)
    snag = new_id()
    for field, value in {
        "place": "common_parts",
        "problem": "steps",
        "urgent": True,
        "note": "Deux marches",
        "at": MADE,
    }.items():
        tablet.write(slot.root_id, snag, "snag", field, value)
    request = new_id()
    for field, value in {"topic": "lighting", "where": "Palier", "note": "", "at": MADE}.items():
        tablet.write(slot.root_id, request, "request", field, value)
    tablet.sync()
    with estate.app.app_context():
        scope = Scope(estate.landlord_id, None)
        first, second = works.listed(scope)
        assert (first.request.id, first.request.problem, first.request.urgent) == (snag, "steps", True)
        assert (second.request.source, second.request.problem, second.request.where) == (
            "request",
            "lighting",
            "Palier",
        )
        assert second.request.dwelling_id is None
        assert db.session.get_one(DwellingSheet, slot.dwelling_id).contradicted == "step_free"


def test_a_defect_taken_back_on_the_tablet_leaves_the_list(estate: Estate) -> None:
    slot = plan_slot(estate)
    tablet = at_the_dwelling(estate)
    snag = new_id()
    tablet.write(slot.root_id, snag, "snag", "problem", "broken")
    tablet.sync()
    tablet.write(slot.root_id, snag, "snag", "deleted", True)
    tablet.sync()
    with estate.app.app_context():
        assert db.session.get_one(WorksRequest, snag).state == "dropped"
        assert works.listed(Scope(estate.landlord_id, None)) == []


@pytest.fixture
def counted(quick_estate: Estate) -> Estate:
    """Twelve outcomes of one building in November, seven of them refusals, and two empty dwellings."""
    estate = quick_estate
    slot = plan_slot(estate, "Alex Essai")
    with estate.app.app_context():
        for number in range(12):
            refused = number < 7
            db.session.add(
                VisitOutcome(
                    id=new_id(),
                    landlord_id=estate.landlord_id,
                    agency_id=estate.agencies["north"],
                    building_id=estate.building_id,
                    dwelling_id=slot.dwelling_id,
                    visit_id=slot.root_id,
                    candidate_id=slot.candidates[0],
                    proposal_id=None,
                    day=TODAY - timedelta(days=number % 3),
                    month="2026-11",
                    result="refuses" if refused else "accepts" if number < 10 else "absent_unexcused",
                    principal_reason=("rent" if number < 5 else "noise") if refused else None,
                )
            )
        for kind, starts_on in (("commercial", TODAY - timedelta(days=9)), ("technical", TODAY - timedelta(days=99))):
            db.session.add(
                Vacancy(
                    id=new_id(),
                    landlord_id=estate.landlord_id,
                    dwelling_id=slot.dwelling_id,
                    kind=kind,
                    starts_on=starts_on,
                    ends_on=None,
                    monthly=36500,
                )
            )
        db.session.commit()
    return estate


def test_refusals_no_shows_and_vacancy_are_counted(counted: Estate) -> None:
    with counted.app.app_context():
        found = figures(Scope(counted.landlord_id, None), Asked(2026, 11, TODAY))
    assert (found.total.expected, found.total.came, found.total.refused, found.total.missed) == (12, 10, 7, 2)
    assert [(line.label, line.refused) for line in found.buildings] == [("Résidence", 7)]
    commercial, technical = found.empty
    assert (commercial.days, commercial.cost) == (10, 12000)
    assert technical.days == 23


def test_a_reason_that_fewer_than_five_gave_is_never_shown_alone(counted: Estate) -> None:
    with counted.app.app_context():
        found = figures(Scope(counted.landlord_id, None), Asked(2026, 11, TODAY))
    # Two said noise: shown alone they could be recognised, and whoever knows the total could subtract the rent.
    assert found.reasons == ((None, 7),)


def test_too_few_visits_say_nothing(counted: Estate) -> None:
    with counted.app.app_context():
        found = figures(Scope(counted.landlord_id, None), Asked(2026, 10, TODAY))
    assert found.total.expected == 0
    assert not found.enough


def test_another_landlord_is_in_no_figure(counted: Estate) -> None:
    other = Estate.build(counted.app, name="Un autre bailleur")
    with counted.app.app_context():
        found = figures(Scope(other.landlord_id, None), Asked(2026, 11, TODAY))
    assert found.total.expected == 0
    assert [empty.days for empty in found.empty] == [0, 0]


def test_the_moment_of_a_defect_is_the_tablets(estate: Estate) -> None:
    slot = plan_slot(estate)
    tablet = at_the_dwelling(estate)
    snag = new_id()
    tablet.write(slot.root_id, snag, "snag", "at", MADE)
    tablet.sync()
    with estate.app.app_context():
        assert db.session.get_one(WorksRequest, snag).raised_at == datetime(2026, 11, 23, 9, 10, tzinfo=UTC)
