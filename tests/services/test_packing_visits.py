"""A sales visit in the day pack: what the agent may say of the dwelling, who comes, and nothing once it is all here."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import update

from fieldapp.extensions import db
from fieldapp.records.dwelling_sheet import DwellingSheet
from fieldapp.records.visit import Visit
from fieldapp.services.packing import day_pack
from fieldapp.services.snapshot import state_of
from sync import canonical
from tests.fieldwork.estate import Estate, account_of
from tests.fieldwork.tablets import enrolled
from tests.fieldwork.visits import NUMBER, plan_slot

DAY = date(2026, 11, 23)
MORNING = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)


def pack(estate: Estate, day: date = DAY) -> dict[str, Any]:
    with estate.app.app_context():
        return day_pack(account_of(estate.agents["nadia"]), day)


def set_visit(estate: Estate, root_id: str, **values: Any) -> None:
    with estate.app.app_context():
        db.session.execute(update(Visit).where(Visit.id == root_id).values(**values))
        db.session.commit()


def test_a_visit_stands_in_the_day_beside_the_inventories(estate: Estate) -> None:
    flat = estate.plan("nadia", MORNING)
    slot = plan_slot(estate, starts_at=MORNING + timedelta(hours=2))
    content = pack(estate)
    first, second = content["appointments"]
    assert (first["inventory_id"], first["visit"]) == (flat.root_id, None)
    assert (second["kind"], second["inventory_id"], second["visit"]["id"]) == ("sales_visit", None, slot.root_id)
    assert second["dwelling_summary"]["tenants"] == []
    assert [root["id"] for root in content["inventories"]] == [flat.root_id, slot.root_id]
    assert canonical.dumps(content)


def test_everybody_expected_is_there_in_order_and_only_the_notified_one_has_a_clock(estate: Estate) -> None:
    plan_slot(estate, "Alex Essai", "Dominique Essai", starts_at=MORNING, notified_on=date(2026, 11, 20))
    visit = pack(estate)["appointments"][0]["visit"]
    first, second = visit["candidates"]
    assert visit["slot"] == "group"
    assert (first["name"], first["unique_number"], first["rank"]) == ("Alex Essai", NUMBER, 1)
    assert first["offer"] == {"notified_on": "2026-11-20", "reply_by": "2026-11-30", "dalo": False}
    assert (second["name"], second["rank"], second["offer"]) == ("Dominique Essai", 2, None)


def test_the_sheet_says_what_the_dwelling_costs_each_month_with_its_energy(estate: Estate) -> None:
    plan_slot(estate, starts_at=MORNING)
    sheet = pack(estate)["appointments"][0]["visit"]["sheet"]
    assert sheet["costs"] == {
        "rent": "386.40",
        "charges": "91.20",
        "energy": "76.67",
        "monthly": "554.27",
        "deposit": "386.40",
        "aids": None,
    }
    assert (sheet["dpe"]["class"], sheet["dpe"]["climate"]) == ("D", "C")
    assert sheet["lettable"] == {"on": "2026-11-23", "forbidden": False, "ends_on": None, "overridden": False}


def test_where_the_key_hangs_is_not_part_of_what_is_shown(estate: Estate) -> None:
    plan_slot(estate, starts_at=MORNING)
    visit = pack(estate)["appointments"][0]["visit"]
    assert visit["key_place"] == "Boîte à clés de la loge"
    assert "loge" not in canonical.dumps(visit["sheet"]).decode()


def test_what_is_around_comes_with_its_lines_and_distance(estate: Estate) -> None:
    plan_slot(estate, starts_at=MORNING)
    around = pack(estate)["appointments"][0]["visit"]["surroundings"]
    stop = next(place for place in around if place["kind"] == "stop")
    assert stop == {
        "kind": "stop",
        "name": "Église",
        "lines": "A, 3",
        "detail": "",
        "distance_m": 80,
        "lat_e7": 479_960_000,
        "lon_e7": -41_000_000,
    }
    assert next(place for place in around if place["kind"] == "coverage")["lat_e7"] is None


def test_a_dwelling_without_a_prepared_sheet_can_be_visited_all_the_same(estate: Estate) -> None:
    slot = plan_slot(estate, starts_at=MORNING)
    with estate.app.app_context():
        db.session.delete(db.session.get_one(DwellingSheet, slot.dwelling_id))
        db.session.commit()
    sheet = pack(estate)["appointments"][0]["visit"]["sheet"]
    assert (sheet["costs"], sheet["access"], sheet["area"]) == (None, None, "64.30")


def test_a_visit_that_is_all_here_names_nobody_any_more(estate: Estate) -> None:
    slot = plan_slot(estate, "Alex Essai", starts_at=MORNING)
    set_visit(estate, slot.root_id, state="done", closed_at=MORNING, received_at=MORNING)
    content = pack(estate)
    assert content["appointments"][0]["state"] == "done"
    assert content["appointments"][0]["visit"]["candidates"] == []
    assert "Alex" not in canonical.dumps(content).decode()


def test_a_visit_that_was_begun_comes_again_the_next_day(estate: Estate) -> None:
    slot = plan_slot(estate, starts_at=MORNING - timedelta(days=1))
    assert pack(estate)["appointments"] == []
    set_visit(estate, slot.root_id, state="in_progress")
    assert [each["visit"]["id"] for each in pack(estate)["appointments"]] == [slot.root_id]


def test_no_candidate_stands_in_the_log_that_a_visit_starts_with(estate: Estate) -> None:
    slot = plan_slot(estate, "Alex Essai", starts_at=MORNING)
    with estate.app.app_context():
        state = state_of(slot.root_id)
    assert state["entities"].keys() == {slot.root_id}
    assert state["entities"][slot.root_id]["fields"]["context"]["costs"]["monthly"] == "554.27"
    assert "Alex" not in str(state)


def test_a_tablet_drops_a_visit_as_soon_as_all_of_it_is_here(estate: Estate) -> None:
    slot = plan_slot(estate)
    tablet = enrolled(estate)
    tablet.fetch_pack()
    tablet.sync()
    assert (slot.root_id, slot.root_id, "context") in tablet.contents.fields
    now = datetime.now(UTC)
    set_visit(estate, slot.root_id, state="done", closed_at=now, received_at=now)
    tablet.sync()
    assert (slot.root_id, slot.root_id, "context") not in tablet.contents.fields
