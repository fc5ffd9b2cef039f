"""A landlord's own system hears of every sealed inventory: through outages, stalls and lost answers, exactly once kept."""

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from sqlalchemy import select

from fieldapp.extensions import db
from fieldapp.records.inventory import Inventory
from fieldapp.records.job import Job
from fieldapp.records.outgoing_event import EventDelivery, OutgoingEvent
from fieldapp.records.sealed_report import SealedReport
from fieldapp.services import connectors, delivering, installation, sealing
from fieldapp.services.identifier import new_id
from sync import canonical
from sync.record import client, events
from sync.record.target import BadTarget
from tests.fieldwork.estate import Estate, Flat, account_of
from tests.fieldwork.office import accept, signed
from tests.fieldwork.record_system import RecordSystem, work

Step = Callable[[Estate, Flat], None]


def seal(estate: Estate, flat: Flat) -> None:
    """Keep a sealed report, as the worker does once it is rendered."""
    pdf = b"%PDF-1.7 " + flat.root_id.encode()
    sha256 = canonical.sha256_hex(pdf)
    with estate.app.app_context():
        row = db.session.get_one(Inventory, flat.root_id)
        assert row.record_sha256
        with installation.blobs().open(f"records/{row.record_sha256}") as file:
            record = json.load(file)
        installation.blobs().put(f"reports/{sha256}", pdf)
        report = SealedReport(
            inventory_id=flat.root_id, sha256=sha256, bytes=len(pdf), level="B-B", sealed_at=datetime.now(UTC)
        )
        sealing.keep(db.session(), report, estate.landlord_id, record)


def near(estate: Estate, *networks: str) -> None:
    """Let events go to these networks."""
    settings = estate.app.extensions["fieldapp.config"]
    allowed = tuple(ip_network(network) for network in networks)
    estate.app.extensions["fieldapp.config"] = replace(settings, connector_networks=allowed)


def connect(estate: Estate, target: str, kind: str = "web") -> tuple[str, str]:
    with estate.app.app_context():
        made, secret = connectors.connect(estate.landlord_id, kind, "Progiciel", target, estate.agents["nadia"])
    return made, secret or ""


@pytest.fixture
def record_system(tmp_path: Path) -> Iterator[RecordSystem]:
    folder = tmp_path / "record"
    folder.mkdir()
    made = RecordSystem(folder)
    yield made
    made.kill()


@pytest.fixture
def connected(estate: Estate, record_system: RecordSystem, monkeypatch: pytest.MonkeyPatch) -> str:
    """The record service, listening and connected; gives the connector's id."""
    monkeypatch.setattr(delivering, "PATIENCE_SECONDS", 0.5)
    near(estate, "127.0.0.0/8")
    made, record_system.secret = connect(estate, record_system.url)
    record_system.start()
    return made


def test_a_sealed_inventory_is_heard_with_its_readings_keys_dates_and_states(
    estate: Estate, connected: str, record_system: RecordSystem
) -> None:
    flat = signed(estate)
    seal(estate, flat)
    assert work(estate, datetime.now(UTC)) >= 1
    assert record_system.ask("SELECT meter, inventory, value FROM reading") == [
        (flat.ids["meter"], flat.root_id, "00123")
    ]
    ((handed, keys, states),) = record_system.ask("SELECT keys_handed_at, keys, elements FROM dwelling")
    assert json.loads(keys) == [["Clé", 2]]
    assert [flat.ids["floor"], "good"] in json.loads(states)
    with estate.app.app_context():
        assert db.session.scalars(select(EventDelivery.state)).all() == ["delivered"]
        event = json.loads(db.session.scalars(select(OutgoingEvent.body)).one())
        assert event["data"]["inventory"]["keys_handed_at"] == handed
        assert "Camille" not in json.dumps(event)
    assert connected


def test_the_event_keeps_the_published_schema(quick_estate: Estate) -> None:
    seal(quick_estate, signed(quick_estate))
    with quick_estate.app.app_context():
        event = json.loads(db.session.scalars(select(OutgoingEvent.body)).one())
    for kind in events.TYPES:
        Draft202012Validator.check_schema(events.schema(kind))
    Draft202012Validator(events.schema("inventory.sealed")).validate(event)


@pytest.mark.parametrize("steps", ((accept, seal), (seal, accept)))
def test_that_the_office_accepted_an_inventory_is_heard_once_after_its_seal(
    estate: Estate, connected: str, record_system: RecordSystem, steps: tuple[Step, Step]
) -> None:
    flat = signed(estate)
    for step in (*steps, accept):
        step(estate, flat)
    work(estate, datetime.now(UTC))
    ((inventory, readings, keys, dates),) = record_system.ask("SELECT inventory, readings, keys, dates FROM accepted")
    assert inventory == flat.root_id
    assert json.loads(readings) == [[flat.ids["meter"], "00123"]]
    assert json.loads(keys) == [["Clé", 2]]
    assert json.loads(dates) == {"entered_on": "2026-11-18"}
    heard = record_system.ask("SELECT type FROM event ORDER BY sequence")
    assert heard == [("inventory.sealed",), ("inventory.accepted",)]
    with estate.app.app_context():
        event = json.loads(
            db.session.scalars(select(OutgoingEvent.body).where(OutgoingEvent.type == "inventory.accepted")).one()
        )
    Draft202012Validator(events.schema("inventory.accepted")).validate(event)
    assert connected


def test_nothing_is_lost_and_nothing_doubled_whatever_the_other_system_does(
    estate: Estate, connected: str, record_system: RecordSystem
) -> None:
    flats = [signed(estate) for _ in range(4)]
    now, chance = datetime.now(UTC), random.Random(20261127)
    faults = [chance.choice(("refuse", "drop", "stall", "redirect", "ok")) for _ in range(14)]
    record_system.misbehave(faults)
    seal(estate, flats[0])
    work(estate, now)
    record_system.kill()
    for flat in flats[1:]:
        seal(estate, flat)
        now += timedelta(minutes=20)
        work(estate, now)
    record_system.start()
    for _ in range(40):
        now += timedelta(hours=3)
        work(estate, now)
    heard = [event_id for (event_id,) in record_system.ask("SELECT id FROM heard")]
    kept = {event_id for (event_id,) in record_system.ask("SELECT id FROM event")}
    with estate.app.app_context():
        assert kept == set(db.session.scalars(select(OutgoingEvent.id)))
        assert set(db.session.scalars(select(EventDelivery.state))) == {"delivered"}
        assert db.session.scalars(select(Job.id).where(Job.kind == "deliver_event", Job.state != "done")).all() == []
    assert len(heard) > len(kept), "some were heard twice, and kept once"
    readings = record_system.ask("SELECT inventory FROM reading")
    assert sorted(inventory for (inventory,) in readings) == sorted(flat.root_id for flat in flats)
    assert connected


def test_a_system_that_is_away_for_days_is_given_up_in_sight_and_told_again_when_asked(
    estate: Estate, connected: str, record_system: RecordSystem
) -> None:
    record_system.kill()
    seal(estate, signed(estate))
    now = begun = datetime.now(UTC)
    while True:
        with estate.app.app_context():
            line, (told,) = connectors.deliveries(estate.landlord_id, connected)
        if told.state == "given_up":
            break
        now += timedelta(hours=1)
        work(estate, now)
    assert now - begun > timedelta(days=3)
    assert (told.problem, line.given_up) == ("unreachable", 1)
    record_system.start()
    with estate.app.app_context():
        assert connectors.replay(estate.landlord_id, connected, None, estate.agents["nadia"]) == 1
    work(estate, now + timedelta(seconds=5))
    assert len(record_system.ask("SELECT 1 FROM reading")) == 1
    with estate.app.app_context():
        assert connectors.replay(estate.landlord_id, connected, told.id, estate.agents["nadia"]) == 1
    work(estate, now + timedelta(seconds=10))
    assert (len(record_system.ask("SELECT 1 FROM heard")), len(record_system.ask("SELECT 1 FROM event"))) == (2, 1)


def test_one_dead_system_costs_one_try_however_much_it_has_missed(
    quick_estate: Estate, monkeypatch: pytest.MonkeyPatch
) -> None:
    near(quick_estate, "127.0.0.0/8")
    connect(quick_estate, "http://127.0.0.1:9/")
    tries: list[str] = []

    def fail(url: str, *_rest: object, **_more: object) -> int:
        tries.append(url)
        raise client.NotHeard("timeout")

    monkeypatch.setattr(client, "post", fail)
    for _ in range(5):
        seal(quick_estate, signed(quick_estate))
    work(quick_estate, datetime.now(UTC) + timedelta(seconds=1))
    assert len(tries) == 1


def test_what_happens_is_not_told_when_it_did_not_happen(quick_estate: Estate) -> None:
    flat = signed(quick_estate)
    seal(quick_estate, flat)
    seal(quick_estate, flat)
    with quick_estate.app.app_context():
        assert len(db.session.scalars(select(OutgoingEvent.id)).all()) == 1


def test_a_folder_gets_each_event_as_one_file(quick_estate: Estate) -> None:
    made, _ = connect(quick_estate, "progiciel", "folder")
    seal(quick_estate, signed(quick_estate))
    work(quick_estate, datetime.now(UTC))
    with quick_estate.app.app_context():
        connectors.replay(quick_estate.landlord_id, made, None, quick_estate.agents["nadia"])
        (event,) = db.session.scalars(select(OutgoingEvent))
        folder = installation.config().exchange / "progiciel/out"
        (file,) = folder.iterdir()
        assert file.read_text() == event.body
        assert event.id in file.name


def test_a_connector_that_is_switched_off_hears_later_what_it_missed(quick_estate: Estate) -> None:
    made, _ = connect(quick_estate, "progiciel", "folder")
    who = quick_estate.agents["nadia"]
    with quick_estate.app.app_context():
        connectors.switch(quick_estate.landlord_id, made, who, on=False)
    seal(quick_estate, signed(quick_estate))
    work(quick_estate, datetime.now(UTC))
    with quick_estate.app.app_context():
        folder = installation.config().exchange / "progiciel/out"
        assert list(folder.iterdir()) == []
        connectors.switch(quick_estate.landlord_id, made, who, on=True)
    work(quick_estate, datetime.now(UTC))
    assert len(list(folder.iterdir())) == 1


@pytest.mark.parametrize(
    "target", ("http://127.0.0.1:1/", "https://10.0.0.1/", "https://[::1]/", "https://localhost/", "ftp://x.example/")
)
def test_near_addresses_are_refused_unless_the_installation_says_so(quick_estate: Estate, target: str) -> None:
    with pytest.raises(BadTarget):
        connect(quick_estate, target)


def test_a_job_that_was_lost_is_asked_for_again(quick_estate: Estate) -> None:
    connect(quick_estate, "progiciel", "folder")
    seal(quick_estate, signed(quick_estate))
    now = datetime.now(UTC)
    with quick_estate.app.app_context():
        for job in db.session.scalars(select(Job).where(Job.kind == "deliver_event")):
            db.session.delete(job)
        db.session.commit()
        delivering.rescue(now)
        delivering.rescue(now + timedelta(hours=1))
    work(quick_estate, now + timedelta(hours=1))
    with quick_estate.app.app_context():
        assert db.session.scalars(select(EventDelivery.state)).all() == ["delivered"]


def test_another_landlords_connector_does_not_exist(quick_estate: Estate) -> None:
    made, _ = connect(quick_estate, "progiciel", "folder")
    with quick_estate.app.app_context():
        assert connectors.listed(new_id()) == ()
        with pytest.raises(connectors.UnknownConnector):
            connectors.try_it(new_id(), made, account_of(quick_estate.agents["nadia"]).id)
