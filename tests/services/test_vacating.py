"""A dwelling stands empty from a sealed exit to the next sealed entry, and the figures know why."""

import json
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select

from fieldapp.domain.works import WorksState
from fieldapp.extensions import db
from fieldapp.records.inventory import Inventory
from fieldapp.records.sealed_report import SealedReport
from fieldapp.records.vacancy import Vacancy
from fieldapp.records.works_request import WorksRequest
from fieldapp.services import closing, installation, lettings, sealing, vacating, works
from fieldapp.services.figures import Asked, figures
from fieldapp.services.identifier import new_id
from fieldapp.services.scope import Scope
from fieldapp.services.works import Settling
from sync.tablet import Tablet
from tests.fieldwork.estate import Estate, Flat
from tests.fieldwork.office import signed
from tests.fieldwork.tablets import enrolled
from tests.fieldwork.visit import leave, sign_and_close
from tests.fieldwork.visits import Slot, plan_slot

LEFT = date(2028, 6, 30)
"""The day on which `visit.leave` gives the keys back."""

Stretch = tuple[str, date, date | None]


def seal(estate: Estate, flat: Flat) -> None:
    """Keep a stand-in for the report by the way of a real one, with all that follows from it."""
    with estate.app.app_context():
        row = db.session.get_one(Inventory, flat.root_id)
        record = json.loads(installation.blobs().path(f"records/{row.record_sha256}").read_bytes())
        report = SealedReport(
            inventory_id=row.id, sha256=row.record_sha256, bytes=1, level="B-B", sealed_at=datetime.now(UTC)
        )
        sealing.keep(db.session(), report, row.landlord_id, record)


def moved_out(estate: Estate, entry: Flat) -> Flat:
    """The signed exit of an entry, not sealed yet."""
    flat = estate.plan_exit(entry)
    tablet = enrolled(estate)
    tablet.fetch_pack()
    leave(tablet, flat)
    sign_and_close(tablet, flat)
    tablet.sync()
    return flat


def handed(estate: Estate, flat: Flat, at: str | None, established_at: str | None = None) -> None:
    """What follows from this inventory when it is sealed and its keys change hands at this moment."""
    with estate.app.app_context():
        row = db.session.get_one(Inventory, flat.root_id)
        row.closed_at = row.closed_at or datetime.now(UTC)
        said = {"keys_handed_at": at, "established_at": established_at, "zone": "Europe/Paris"}
        vacating.follow_in(db.session(), row, said)
        db.session.commit()


def stretches(estate: Estate) -> list[Stretch]:
    with estate.app.app_context():
        rows = db.session.scalars(select(Vacancy).order_by(Vacancy.starts_on))
        return [(row.kind, row.starts_on, row.ends_on) for row in rows]


def ask_for_works(estate: Estate, flat: Flat) -> str:
    request = new_id()
    with estate.app.app_context():
        db.session.add(
            WorksRequest(
                id=request,
                landlord_id=estate.landlord_id,
                agency_id=estate.agencies["north"],
                building_id=estate.building_id,
                dwelling_id=flat.ids["dwelling"],
                source="snag",
                raised_by=estate.agents["nadia"],
                raised_at=datetime.now(UTC),
            )
        )
        db.session.commit()
    return request


def test_a_sealed_exit_leaves_the_dwelling_empty_at_the_tenants_rent(estate: Estate) -> None:
    entry = signed(estate)
    seal(estate, entry)
    assert stretches(estate) == []
    seal(estate, moved_out(estate, entry))
    assert stretches(estate) == [("commercial", LEFT + timedelta(days=1), None)]
    with estate.app.app_context():
        found = figures(Scope(estate.landlord_id, None), Asked(2028, 7, LEFT + timedelta(days=10)))
        assert [(empty.kind, empty.dwellings, empty.days) for empty in found.empty] == [
            ("commercial", 1, 10),
            ("technical", 0, 0),
        ]
        assert found.empty[0].cost > 0


def test_the_next_entry_ends_the_vacancy_and_saying_it_again_changes_nothing(estate: Estate) -> None:
    entry = signed(estate)
    leaving = estate.plan_exit(entry)
    for _ in range(2):
        handed(estate, leaving, "2028-06-30T16:00:00.000Z")
    for _ in range(2):
        handed(estate, entry, "2028-07-10T08:00:00.000Z")
    handed(estate, leaving, "2028-06-30T16:00:00.000Z")
    assert stretches(estate) == [("commercial", date(2028, 7, 1), date(2028, 7, 10))]


def test_the_day_is_the_one_of_the_place(quick_estate: Estate) -> None:
    leaving = quick_estate.plan_exit(signed(quick_estate))
    handed(quick_estate, leaving, "2028-06-30T22:30:00.000Z")
    assert stretches(quick_estate) == [("commercial", date(2028, 7, 2), None)]


def test_nobody_is_between_two_tenants_who_follow_each_other_the_same_or_the_next_day(quick_estate: Estate) -> None:
    entry = signed(quick_estate)
    leaving = quick_estate.plan_exit(entry)
    handed(quick_estate, leaving, "2028-06-30T08:00:00.000Z")
    handed(quick_estate, entry, "2028-07-01T08:00:00.000Z")
    assert stretches(quick_estate) == []


def test_an_exit_that_came_after_the_next_entry_leaves_no_open_vacancy(quick_estate: Estate) -> None:
    entry = signed(quick_estate)
    leaving = quick_estate.plan_exit(entry)
    with quick_estate.app.app_context():
        closing.mark_sealed_in(db.session(), entry.root_id, datetime.now(UTC))
        db.session.get_one(Inventory, entry.root_id).closed_at = datetime(2028, 7, 10, 9, tzinfo=UTC)
        db.session.get_one(Inventory, leaving.root_id).closed_at = datetime(2028, 6, 30, 9, tzinfo=UTC)
        db.session.commit()
    handed(quick_estate, leaving, "2028-06-30T08:00:00.000Z")
    assert stretches(quick_estate) == [("commercial", date(2028, 7, 1), date(2028, 7, 10))]


def test_keys_given_back_without_an_inventory_count_and_an_exit_to_which_nobody_came_does_not(
    quick_estate: Estate,
) -> None:
    leaving = quick_estate.plan_exit(signed(quick_estate))
    handed(quick_estate, leaving, None)
    assert stretches(quick_estate) == []
    handed(quick_estate, leaving, "2028-06-30T08:00:00.000Z")
    assert len(stretches(quick_estate)) == 1


def test_works_make_it_technical_until_the_last_of_them_is_settled(estate: Estate) -> None:
    entry = signed(estate)
    first, second = ask_for_works(estate, entry), ask_for_works(estate, entry)
    today = datetime.now(UTC).date()
    handed(estate, estate.plan_exit(entry), f"{today - timedelta(days=9)}T12:00:00.000Z")
    assert [kind for kind, *_ in stretches(estate)] == ["technical"]
    scope = Scope(estate.landlord_id, None)
    with estate.app.app_context():
        works.settle(scope, first, Settling(WorksState.DONE, "", ""), estate.agents["nadia"])
    assert [kind for kind, *_ in stretches(estate)] == ["technical"]
    with estate.app.app_context():
        works.settle(scope, second, Settling(WorksState.DROPPED, "", ""), estate.agents["nadia"])
    before, after = stretches(estate)
    assert (before[0], after[0], after[2]) == ("technical", "commercial", None)
    assert before[2] == after[1]
    with estate.app.app_context():
        (letting,) = lettings.lettings(scope, after[1])
        assert (letting.empty_days, letting.empty_kind) == ((after[1] - before[1]).days, "commercial")


def test_a_defect_in_the_common_parts_keeps_nobody_from_moving_in(quick_estate: Estate) -> None:
    slot, snag = empty_and_shown(quick_estate), new_id()
    tablet: Tablet = enrolled(quick_estate)
    tablet.fetch_pack()
    tablet.write(slot.root_id, snag, "snag", "place", "common_parts")
    tablet.write(slot.root_id, snag, "snag", "problem", "broken")
    tablet.sync()
    assert [(kind, end is None) for kind, _, end in stretches(quick_estate)] == [("commercial", True)]
    tablet.write(slot.root_id, snag, "snag", "place", "dwelling")
    tablet.sync()
    assert stretches(quick_estate)[-1][0] == "technical"


def test_a_defect_met_on_a_visit_makes_the_vacancy_technical_and_taking_it_back_undoes_that(
    quick_estate: Estate,
) -> None:
    slot, snag = empty_and_shown(quick_estate), new_id()
    tablet: Tablet = enrolled(quick_estate)
    tablet.fetch_pack()
    tablet.write(slot.root_id, snag, "snag", "problem", "broken")
    tablet.sync()
    assert [(kind, end is None) for kind, _, end in stretches(quick_estate)] == [
        ("commercial", False),
        ("technical", True),
    ]
    tablet.write(slot.root_id, snag, "snag", "deleted", True)
    tablet.sync()
    assert [(kind, end is None) for kind, _, end in stretches(quick_estate)] == [
        ("commercial", False),
        ("commercial", True),
    ]


def empty_and_shown(estate: Estate) -> Slot:
    """A visit of a dwelling that has stood empty for a while."""
    slot = plan_slot(estate)
    with estate.app.app_context():
        vacancy = Vacancy(
            id=new_id(),
            landlord_id=estate.landlord_id,
            dwelling_id=slot.dwelling_id,
            kind="commercial",
            starts_on=date(2026, 1, 1),
            monthly=36500,
        )
        db.session.add(vacancy)
        db.session.commit()
    return slot
