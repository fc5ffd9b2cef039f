"""The day pack: one agent's day, whole, and nobody else's."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, select

from fieldapp.extensions import db
from fieldapp.records.appointment import Appointment
from fieldapp.records.element import Element
from fieldapp.records.inventory import Inventory
from fieldapp.services import settling
from fieldapp.services.packing import day_pack
from sync import canonical
from tests.fieldwork.estate import Estate, account_of
from tests.fieldwork.leaving import priced

DAY = date(2026, 11, 23)
MORNING = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)


def pack(estate: Estate, agent: str = "nadia", day: date = DAY) -> dict[str, Any]:
    with estate.app.app_context():
        return day_pack(account_of(estate.agents[agent]), day)


def planned(content: dict[str, Any]) -> list[str]:
    return [appointment["inventory_id"] for appointment in content["appointments"]]


def set_state(estate: Estate, root_id: str, state: str) -> None:
    with estate.app.app_context():
        db.session.get_one(Inventory, root_id).state = state
        db.session.commit()


@contextmanager
def counted(estate: Estate) -> Iterator[list[str]]:
    """The statements that are sent meanwhile."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        sent.append(statement)

    with estate.app.app_context():
        event.listen(db.engine, "before_cursor_execute", note)
        yield sent
        event.remove(db.engine, "before_cursor_execute", note)


def test_a_day_holds_its_appointments_in_order_with_all_that_is_known(estate: Estate) -> None:
    late = estate.plan("nadia", MORNING + timedelta(hours=5))
    early = estate.plan("nadia", MORNING)
    content = pack(estate)
    assert planned(content) == [early.root_id, late.root_id]
    first = content["appointments"][0]
    assert first["starts_at"] == "2026-11-23T08:30:00.000Z"
    assert first["dwelling_summary"]["words"] == "Appartement T1"
    assert first["dwelling_summary"]["tenants"] == ["Camille Essai"]
    assert (first["dwelling_summary"]["phones"], first["dwelling_summary"]["point"]) == ([], None)
    entities = {entity["entity_id"]: entity for entity in content["inventories"][0]["entities"]}
    assert entities[early.ids["floor"]]["fields"]["material"]["value"] == "Parquet"
    assert entities[early.ids["floor"]]["fields"]["material"]["rev"] == 1


def test_the_pack_can_be_sent_as_it_is_and_names_its_catalogue(estate: Estate) -> None:
    estate.plan("nadia", MORNING)
    content = pack(estate)
    assert canonical.dumps(content)
    assert content["catalogue"]["version"] == 1
    assert content["legal"]["read_on"] == "2026-11-02"
    assert content["day"] == "2026-11-23"


def test_a_colleagues_appointments_are_not_in_it(estate: Estate) -> None:
    mine = estate.plan("nadia", MORNING)
    estate.plan("paul", MORNING)
    estate.plan("sonia", MORNING)
    assert planned(pack(estate)) == [mine.root_id]


def test_another_landlord_is_never_in_it(estate: Estate) -> None:
    mine = estate.plan("nadia", MORNING)
    other = Estate.build(estate.app, name="Un autre bailleur")
    other.plan("nadia", MORNING)
    assert planned(pack(estate)) == [mine.root_id]


def test_the_day_runs_from_midnight_to_midnight_in_paris(estate: Estate) -> None:
    just_before = estate.plan("nadia", datetime(2026, 11, 22, 22, 59, tzinfo=UTC))
    midnight = estate.plan("nadia", datetime(2026, 11, 22, 23, 0, tzinfo=UTC))
    just_after = estate.plan("nadia", datetime(2026, 11, 23, 23, 0, tzinfo=UTC))
    assert planned(pack(estate)) == [midnight.root_id]
    assert planned(pack(estate, day=date(2026, 11, 22))) == [just_before.root_id]
    assert planned(pack(estate, day=date(2026, 11, 24))) == [just_after.root_id]


@pytest.mark.parametrize("state", ("in_progress", "held", "interrupted"))
def test_what_was_begun_on_an_earlier_day_comes_again(estate: Estate, state: str) -> None:
    begun = estate.plan("nadia", MORNING - timedelta(days=3))
    set_state(estate, begun.root_id, state)
    assert planned(pack(estate)) == [begun.root_id]


def test_what_was_never_begun_stays_in_its_day(estate: Estate) -> None:
    estate.plan("nadia", MORNING - timedelta(days=3))
    assert planned(pack(estate)) == []


def test_a_cancelled_appointment_is_left_out(estate: Estate) -> None:
    flat = estate.plan("nadia", MORNING)
    with estate.app.app_context():
        db.session.query(Appointment).filter_by(inventory_id=flat.root_id).one().state = "cancelled"
        db.session.commit()
    assert planned(pack(estate)) == []


def test_a_closed_inventory_makes_its_appointment_done(estate: Estate) -> None:
    flat = estate.plan("nadia", MORNING)
    set_state(estate, flat.root_id, "closed")
    content = pack(estate)
    assert content["appointments"][0]["state"] == "done"
    assert content["inventories"][0]["state"] == "closed"


def test_the_cursor_is_where_the_feed_stands_so_that_nothing_is_skipped(estate: Estate) -> None:
    empty = pack(estate)["cursor"]
    estate.plan("nadia", MORNING)
    assert pack(estate)["cursor"] > empty


def test_twelve_appointments_take_as_many_queries_as_one(estate: Estate) -> None:
    estate.plan("nadia", MORNING)
    with counted(estate) as for_one:
        day_pack(account_of(estate.agents["nadia"]), DAY)
    for hour in range(11):
        estate.plan("nadia", MORNING + timedelta(hours=hour / 2))
    with counted(estate) as for_twelve:
        day_pack(account_of(estate.agents["nadia"]), DAY)
    assert len(for_twelve) == len(for_one)


def test_an_exit_comes_with_its_grid_and_the_days_that_are_known(estate: Estate) -> None:
    priced(estate)
    flat = estate.plan_exit(estate.plan("nadia", MORNING))
    with estate.app.app_context():
        made = select(Appointment).where(Appointment.inventory_id == flat.root_id)
        db.session.scalars(made).one().starts_at = MORNING
        db.session.get_one(Element, flat.ids["wall"]).installed_on = date(2024, 5, 12)
        db.session.commit()
    content = pack(estate)
    wear = content["wear"]["exits"][flat.root_id]
    assert wear["starts"] == {flat.ids["wall"]: {"on": "2024-05-12", "renewed": False}}
    grid = content["wear"]["grids"][wear["grid"]]
    paint = next(row for row in grid["rows"] if row["element_kind"] == "paint")
    assert (paint["life_years"], paint["annual_rate_percent"], paint["subject"]["fr"]) == (7, "15", "La peinture avait")
    works = {work["code"]: work["wear_kind"] for work in content["prices"]["works"]}
    assert works["paint_wall"] == "paint"
    assert content["estimates"] is True


def test_a_landlord_that_wants_no_estimates_on_the_spot_says_so_in_the_pack(estate: Estate) -> None:
    assert pack(estate)["estimates"] is False, "there is no price list"
    priced(estate)
    assert pack(estate)["estimates"] is True
    with estate.app.app_context():
        settling.set_estimates(estate.landlord_id, estate.agents["nadia"], on=False)
    content = pack(estate)
    assert content["estimates"] is False
    assert content["prices"]["works"], "a visit before the exit still says what a repair costs"


def test_nothing_that_identifies_a_tenant_beyond_a_name_stands_in_the_day_list(estate: Estate) -> None:
    estate.plan("nadia", MORNING)
    summary = pack(estate)["appointments"][0]["dwelling_summary"]
    assert {"email", "phone", "domicile"}.isdisjoint(summary)


def test_the_day_of_an_agency_overseas_begins_at_its_own_midnight(estate: Estate) -> None:
    estate.stand_at("97400", "north")
    # 21:30 in Paris on the 23rd is half past midnight on the 24th in Saint-Denis.
    night = estate.plan("nadia", datetime(2026, 11, 23, 20, 30, tzinfo=UTC))
    morning = estate.plan("nadia", datetime(2026, 11, 23, 4, 30, tzinfo=UTC))
    assert planned(pack(estate)) == [morning.root_id]
    content = pack(estate, day=date(2026, 11, 24))
    assert planned(content) == [night.root_id]
    assert content["zone"] == "Indian/Reunion"
    assert content["appointments"][0]["dwelling_summary"]["zone"] == "Indian/Reunion"


def test_a_dwelling_tells_its_own_hours_to_an_agency_elsewhere(estate: Estate) -> None:
    estate.stand_at("97200")
    estate.plan("nadia", MORNING)
    content = pack(estate)
    assert content["zone"] == "Europe/Paris"
    assert content["appointments"][0]["dwelling_summary"]["zone"] == "America/Martinique"
