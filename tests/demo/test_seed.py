"""The demonstration at its first start, at the second, on the next day, and after a start that was cut off."""

import secrets
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import func, select

from fieldapp.config import Config
from fieldapp.demo import past
from fieldapp.demo.estate import SEALED_F3, TODAY_F3
from fieldapp.demo.people import PASSWORD
from fieldapp.demo.scenes import shoot
from fieldapp.demo.seed import seed
from fieldapp.demo.stocking import LANDLORD, account_id, dwelling_id
from fieldapp.extensions import db
from fieldapp.records.account import Account
from fieldapp.records.appointment import Appointment
from fieldapp.records.base import Base
from fieldapp.records.device import Device
from fieldapp.records.inventory import Inventory
from fieldapp.records.photo import Photo
from fieldapp.records.price_list import PriceList
from fieldapp.records.tenancy import Tenancy
from fieldapp.records.visit_document import VisitDocument
from fieldapp.records.wear_grid import WearGrid
from fieldapp.reports.verify import verify
from fieldapp.services import prices, works
from fieldapp.services.accounts import authenticate
from fieldapp.services.installation import blobs
from fieldapp.services.listing import sealed_report
from fieldapp.services.packing import day_pack
from fieldapp.services.scope import Scope
from fieldapp.services.snapshot import acts_of, state_of
from fieldapp.web import create_app
from tests.support.postgresql import Cluster

TODAY = date(2026, 11, 21)


class Demonstration:
    """An app with an empty database, and how often it was started."""

    def __init__(self, app: Flask, config: Config) -> None:
        self.app = app
        self.config = config

    def start(self, today: date = TODAY) -> list[str]:
        with self.app.app_context():
            return seed(self.config, today)

    def count(self, table: type[Base], *conditions: Any) -> int:
        with self.app.app_context():
            return db.session.scalar(select(func.count()).select_from(table).where(*conditions)) or 0

    def sealed(self) -> str:
        with self.app.app_context():
            theirs = Inventory.dwelling_id == dwelling_id(SEALED_F3)
            return db.session.scalars(select(Inventory.id).where(theirs, Inventory.kind == "move_in")).one()


def begin(database_url: str, folder: Path) -> Demonstration:
    config = Config.from_environ(
        {
            "FIELDAPP_DATA": str(folder),
            "FIELDAPP_DATABASE_URL": database_url,
            "FIELDAPP_SECRET_KEY": secrets.token_hex(),
            "FIELDAPP_DEMO": "yes",
        }
    )
    app = create_app(config)
    with app.app_context():
        db.create_all()
    return Demonstration(app, config)


@pytest.fixture(scope="module", autouse=True)
def _drawn_once() -> Iterator[None]:
    """Every start here draws the same photographs; once is enough."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(past, "shoot", cache(shoot))
        yield


@pytest.fixture(scope="module", params=("sqlite", "postgresql"))
def started(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demonstration]:
    """One first start on each kind of database; what follows only looks, or starts again."""
    folder = tmp_path_factory.mktemp("demonstration")
    if request.param == "sqlite":
        demonstration = begin(f"sqlite:///{folder / 'fieldapp.sqlite3'}", folder)
        demonstration.start()
        yield demonstration
        return
    cluster: Cluster = request.getfixturevalue("postgresql_cluster")
    with cluster.database() as name:
        demonstration = begin(cluster.url(name), folder)
        demonstration.start()
        yield demonstration
        with demonstration.app.app_context():
            db.engine.dispose()


def test_the_first_start_says_where_to_go_and_how_to_sign_in(started: Demonstration) -> None:
    printed = "\n".join(started.start())
    assert f"{started.config.public_url}/field/" in printed
    assert f"{started.config.public_url}/office/" in printed
    assert PASSWORD in printed
    for login in ("agent1", "agent2", "reviewer", "manager", "accountant", "admin", "auditor"):
        assert f"{login}@demo.fieldapp.example" in printed


@pytest.mark.parametrize("login", ("agent1", "reviewer"))
def test_the_printed_password_opens_the_account(started: Demonstration, login: str) -> None:
    with started.app.app_context():
        assert authenticate(f"{login}@demo.fieldapp.example", PASSWORD, "127.0.0.1").id == account_id(login)


@pytest.mark.parametrize(("login", "last"), (("agent1", []), ("agent2", ["17:30"])))
def test_either_agent_has_six_appointments_today_and_the_second_one_works_to_accept(
    started: Demonstration, login: str, last: list[str]
) -> None:
    with started.app.app_context():
        pack = day_pack(db.session.get_one(Account, account_id(login)), TODAY)
    hours = [
        datetime.fromisoformat(appointment["starts_at"]).astimezone(ZoneInfo("Europe/Paris")).strftime("%H:%M")
        for appointment in pack["appointments"]
    ]
    assert hours == ["08:30", "09:45", "11:00", "14:00", "15:15", "16:30", *last]
    assert {appointment["state"] for appointment in pack["appointments"]} == {"planned"}


def test_the_three_room_flat_waits_empty_for_the_first_agent(started: Demonstration) -> None:
    with started.app.app_context():
        pack = day_pack(db.session.get_one(Account, account_id("agent1")), TODAY)
    first = pack["appointments"][0]
    assert first["dwelling_summary"]["reference"] == TODAY_F3
    entities = next(found for found in pack["inventories"] if found["id"] == first["inventory_id"])["entities"]
    kinds = [entity["kind"] for entity in entities]
    assert (kinds.count("room"), kinds.count("element"), kinds.count("meter")) == (8, 80, 3)
    elements = [entity["fields"] for entity in entities if entity["kind"] == "element"]
    assert not any("state" in fields for fields in elements)
    assert all(fields.get("material") for fields in elements if fields["element_kind"]["value"] == "floor")


def test_the_household_of_the_sealed_flat_leaves_with_its_entry_beside_every_row(started: Demonstration) -> None:
    root_id = started.sealed()
    with started.app.app_context():
        pack = day_pack(db.session.get_one(Account, account_id("agent1")), TODAY)
        sha256 = db.session.get_one(Inventory, root_id).record_sha256
    second = pack["appointments"][1]
    assert (second["kind"], second["dwelling_summary"]["reference"]) == ("move_out", SEALED_F3)
    entities = next(found for found in pack["inventories"] if found["id"] == second["inventory_id"])["entities"]
    header = next(entity["fields"] for entity in entities if entity["kind"] == "inventory")
    entry = header["entry"]["value"]
    assert (entry["origin"], entry["record_sha256"], len(entry["photos"])) == ("sealed", sha256, 22)
    elements = [entity["fields"] for entity in entities if entity["kind"] == "element"]
    assert len(elements) == 80
    assert all(fields["entry"]["value"]["state"] for fields in elements)
    assert not any("state" in fields for fields in elements)


def test_the_second_agent_has_a_move_out_whose_entry_nobody_made(started: Demonstration) -> None:
    with started.app.app_context():
        pack = day_pack(db.session.get_one(Account, account_id("agent2")), TODAY)
    leaving = [found["inventory_id"] for found in pack["appointments"] if found["kind"] == "move_out"]
    assert len(leaving) == 1
    entities = next(found for found in pack["inventories"] if found["id"] == leaving[0])["entities"]
    header = next(entity["fields"] for entity in entities if entity["kind"] == "inventory")
    assert header["entry"]["value"]["origin"] == "none"


def test_one_household_of_the_first_agent_is_advised_before_it_leaves(started: Demonstration) -> None:
    with started.app.app_context():
        pack = day_pack(db.session.get_one(Account, account_id("agent1")), TODAY)
    (advised,) = [found for found in pack["appointments"] if found["kind"] == "pre_exit"]
    entities = next(found for found in pack["inventories"] if found["id"] == advised["inventory_id"])["entities"]
    header = next(entity["fields"] for entity in entities if entity["kind"] == "inventory")
    assert header["kind"]["value"] == "pre_exit"
    assert header["number"]["value"].startswith("C")


def test_the_earlier_inventory_is_sealed_and_its_report_is_intact(started: Demonstration) -> None:
    root_id = started.sealed()
    with started.app.app_context():
        header = db.session.get_one(Inventory, root_id)
        assert (header.state, header.outcome, header.missing_photos) == ("sealed", "signed", 0)
        assert (header.conflicts, header.rejections) == (0, 0)
        verdict = verify(sealed_report(root_id))
    assert verdict.intact
    assert verdict.demonstration


def test_the_sealed_inventory_has_its_photographs_safe_and_durable(started: Demonstration) -> None:
    root_id = started.sealed()
    with started.app.app_context():
        photos = bodies(root_id, "photo")
        hashes = {body[size]["sha256"] for body in photos for size in ("archive", "report")}
        assert len(photos) == 22
        assert len(hashes) == 44
        assert all(blobs().exists(f"photos/{sha256}") for sha256 in hashes)
        assert set(db.session.scalars(select(Photo.verdict).where(Photo.sha256.in_(hashes)))) == {"safe"}


def test_both_tenants_and_the_agent_signed_by_hand_and_one_left_a_remark(started: Demonstration) -> None:
    with started.app.app_context():
        acts = acts_of(started.sealed())
    assert [act["quality"] for act in acts] == ["tenant", "co_tenant", "agent"]
    assert [act["decision"] for act in acts] == ["signed_with_reservations", "signed", "signed"]
    assert all(act["method"] == "drawn" and act["strokes"] for act in acts)
    assert "Noël" in acts[0]["remarks"][0]["text"]
    assert len({act["record_sha256"] for act in acts}) == 1


def test_a_copy_was_handed_to_each_tenant(started: Demonstration) -> None:
    with started.app.app_context():
        copies = bodies(started.sealed(), "handover")
    assert len(copies) == 2
    assert all(copy["done"] for copy in copies)


def test_nobody_can_go_on_writing_with_the_demonstration_tablet(started: Demonstration) -> None:
    assert started.count(Device, Device.revoked_at.is_(None)) == 0


def test_a_second_start_on_the_same_day_adds_nothing(started: Demonstration) -> None:
    tables = (Appointment, Inventory, Tenancy, Account, Device, Photo)
    before = [started.count(table) for table in tables]
    started.start()
    assert [started.count(table) for table in tables] == before


def test_a_start_on_a_new_day_adds_thirteen_appointments_and_keeps_the_seal(started: Demonstration) -> None:
    tomorrow = TODAY + timedelta(days=1)
    before = started.count(Appointment)
    started.start(tomorrow)
    started.start(tomorrow)
    assert started.count(Appointment) == before + 13
    assert started.count(Inventory, Inventory.state == "sealed") == 1


@pytest.mark.parametrize(
    "moment",
    (
        "fieldapp.services.closing.close",
        "fieldapp.demo.past.seal_inventory",
        "fieldapp.demo.tablet.DemonstrationTablet.sign",
        "fieldapp.services.photo_intake.examine",
    ),
)
def test_a_start_that_was_cut_off_is_taken_up_again(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    demonstration = begin(sqlite_url, tmp_path)
    with monkeypatch.context() as power:
        power.setattr(moment, _cut)
        with pytest.raises(PowerCut):
            demonstration.start()
    assert demonstration.count(Inventory, Inventory.state == "sealed") == 0
    demonstration.start(TODAY + timedelta(days=1))
    theirs = Inventory.dwelling_id == dwelling_id(SEALED_F3)
    assert demonstration.count(Inventory, theirs, Inventory.kind == "move_in") == 1
    with demonstration.app.app_context():
        header = db.session.get_one(Inventory, demonstration.sealed())
        assert (header.state, header.conflicts, header.rejections) == ("sealed", 0, 0)
        assert len(acts_of(header.id)) == 3


class PowerCut(Exception):
    """The machine stops here."""


def _cut(*_args: object) -> None:
    raise PowerCut


def bodies(root_id: str, kind: str) -> list[Any]:
    entities = state_of(root_id)["entities"].values()
    return [entity["fields"]["body"] for entity in entities if entity["kind"] == kind]


def test_the_landlord_has_its_grids_and_its_prices(started: Demonstration) -> None:
    assert started.count(WearGrid) == 2
    assert started.count(PriceList) == 1
    with started.app.app_context():
        assert prices.unknown_wear(LANDLORD, prices.lists_of(LANDLORD)[0].prices.items) == set()


def test_the_works_that_an_empty_flat_waits_for_were_found_at_its_check_and_are_accepted_today(
    started: Demonstration,
) -> None:
    with started.app.app_context():
        waiting = {work.request.id: work for work in works.listed(Scope(LANDLORD))}
        pack = day_pack(db.session.get_one(Account, account_id("agent2")), TODAY)
        (document,) = db.session.scalars(select(VisitDocument))
    assert document.kind == "vacant_check"
    assert [work.request.state for work in waiting.values()] == ["ordered"] * 3
    assert [len(work.photos) for work in waiting.values()] == [1] * 3
    last = pack["appointments"][-1]
    entities = next(found for found in pack["inventories"] if found["id"] == last["visit"]["id"])["entities"]
    assert {entity["entity_id"] for entity in entities if entity["kind"] == "work"} == waiting.keys()


def test_the_second_agent_shows_three_dwellings_one_of_them_to_a_group(started: Demonstration) -> None:
    with started.app.app_context():
        pack = day_pack(db.session.get_one(Account, account_id("agent2")), TODAY)
    visits = [found["visit"] for found in pack["appointments"] if found["kind"] == "sales_visit"]
    assert [visit["slot"] for visit in visits].count("group") == 1
    group = next(visit for visit in visits if visit["slot"] == "group")
    assert [candidate["rank"] for candidate in group["candidates"]] == [1, 2, 3]
    assert [candidate["offer"] is not None for candidate in group["candidates"]] == [True, False, False]
    for visit in visits:
        assert len(visit["photos"]) == 4
        assert visit["plan"]
        assert visit["surroundings"]
        assert visit["sheet"]["costs"]["monthly"]
