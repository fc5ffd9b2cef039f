"""A move-out stands on what the parties of the entry signed, and is itself rebuilt and accepted byte for byte."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from fieldapp.domain import catalogue, completeness
from fieldapp.domain.appointment import AppointmentKind
from fieldapp.domain.assessment import assessment_id
from fieldapp.extensions import db
from fieldapp.records.account import Account
from fieldapp.records.dwelling import Dwelling
from fieldapp.records.element import Element
from fieldapp.records.inventory import Inventory
from fieldapp.records.tenancy import Tenancy
from fieldapp.reports import authority
from fieldapp.reports.verify import verify
from fieldapp.services import installation, sealing
from fieldapp.services.scheduling import schedule
from fieldapp.services.snapshot import state_of
from fieldapp.worker import handlers, work_once
from sync import canonical
from sync.tablet import Tablet
from tests.fieldwork.estate import Estate, Flat
from tests.fieldwork.office import signed
from tests.fieldwork.tablets import enrolled
from tests.fieldwork.visit import leave, record_of, sign_and_close


def fields(root_id: str, entity_id: str) -> dict[str, Any]:
    found: dict[str, Any] = state_of(root_id)["entities"][entity_id]["fields"]
    return found


def kept_record(flat: Flat) -> tuple[str, dict[str, Any]]:
    """The record of an inventory as the server keeps it."""
    sha256 = db.session.get_one(Inventory, flat.root_id).record_sha256
    assert sha256 is not None
    with installation.blobs().open(f"records/{sha256}") as file:
        return sha256, json.load(file)


@pytest.fixture
def entry(quick_estate: Estate) -> Flat:
    return signed(quick_estate)


@pytest.fixture
def leaving(quick_estate: Estate, entry: Flat) -> Flat:
    return quick_estate.plan_exit(entry)


@pytest.fixture
def tablet(quick_estate: Estate, leaving: Flat) -> Tablet:
    """A tablet on which the move-out is complete and not signed yet."""
    ready = enrolled(quick_estate)
    ready.fetch_pack()
    leave(ready, leaving)
    return ready


def test_a_move_out_carries_the_entry_by_identity_and_no_state_of_its_own(
    quick_estate: Estate, entry: Flat, leaving: Flat
) -> None:
    with quick_estate.app.app_context():
        sha256, record = kept_record(entry)
        header = fields(leaving.root_id, leaving.root_id)
        assert header["number"].startswith("S")
        assert (header["entry"]["origin"], header["entry"]["record_sha256"]) == ("sealed", sha256)
        assert (header["entry"]["number"], header["entry"]["outcome"]) == (record["number"], "signed")
        assert header["entry"]["established_on"] == "2026-11-18"
        wall = fields(leaving.root_id, entry.ids["wall"])
        assert (wall["material"], wall["entry"]["state"], wall["entry"]["ref"]) == ("Peinture", "good", "1.02")
        assert wall["entry"]["room"] == {"id": entry.ids["room"], "no": 1, "label": "Séjour"}
        assert wall.keys().isdisjoint({"state", "defects", "working", "cleanliness", "quantity", "note"})
        key = fields(leaving.root_id, entry.ids["key"])
        assert (key["destination"], key["entry"]["quantity"], "quantity" in key) == ("Porte palière", 2, False)
        meter = fields(leaving.root_id, entry.ids["meter"])
        assert (meter["serial"], meter["entry"]["index"], "index" in meter) == ("EF-1", "00123", False)


def test_the_entry_s_states_come_from_the_signed_bytes_and_never_from_what_the_database_holds_today(
    quick_estate: Estate, entry: Flat
) -> None:
    with quick_estate.app.app_context():
        db.session.get_one(Element, entry.ids["wall"]).material = "Toile de verre"
        db.session.commit()
    leaving = quick_estate.plan_exit(entry)
    with quick_estate.app.app_context():
        assert fields(leaving.root_id, entry.ids["wall"])["material"] == "Peinture"


def test_a_tenant_who_leaves_lives_in_the_dwelling(quick_estate: Estate, entry: Flat, leaving: Flat) -> None:
    with quick_estate.app.app_context():
        assert fields(entry.root_id, entry.ids["tenant"])["domicile"] == "2 rue d’Avant, 29000 Quimper"
        assert fields(leaving.root_id, entry.ids["tenant"])["domicile"] == "1 rue des Essais, 29000 Quimper"


def test_without_an_entry_the_exit_starts_from_the_sheet_and_says_so(quick_estate: Estate) -> None:
    leaving = quick_estate.plan_exit(quick_estate.plan())
    with quick_estate.app.app_context():
        assert fields(leaving.root_id, leaving.root_id)["entry"]["origin"] == "none"
        wall = fields(leaving.root_id, leaving.ids["wall"])
        assert (wall["material"], "entry" in wall) == ("Peinture", False)
        assert "quantity" not in fields(leaving.root_id, leaving.ids["key"])


@pytest.mark.parametrize("kind", ("inventory", "room", "element", "meter", "key", "equipment"))
def test_no_tablet_rewrites_what_the_entry_said(quick_estate: Estate, tablet: Tablet, leaving: Flat, kind: str) -> None:
    names = {
        "inventory": None,
        "room": "room",
        "element": "wall",
        "meter": "meter",
        "key": "key",
        "equipment": "detector",
    }
    name = names[kind]
    entity_id = leaving.ids[name] if name else leaving.root_id
    before = tablet.value(leaving.root_id, entity_id, "entry")
    tablet.write(leaving.root_id, entity_id, kind, "entry", {"state": "new"})
    tablet.sync()
    with quick_estate.app.app_context():
        assert fields(leaving.root_id, entity_id)["entry"] == before
        assert "state" not in fields(leaving.root_id, leaving.ids["room"])


def test_a_complete_move_out_is_rebuilt_byte_for_byte_and_accepted(
    quick_estate: Estate, entry: Flat, leaving: Flat, tablet: Tablet
) -> None:
    raw = sign_and_close(tablet, leaving)
    tablet.sync()
    with quick_estate.app.app_context():
        entry_sha256, _ = kept_record(entry)
        sha256, record = kept_record(leaving)
        assert sha256 == canonical.sha256_hex(raw)
        assert (record["kind"], record["entry"]["record_sha256"]) == ("move_out", entry_sha256)
        wall = record["rooms"][0]["elements"][1]
        assert (wall["entry"]["state"], wall["state"], wall["change"]) == ("good", "poor", "changed")
        assert wall["differences"] == ["state", "defects"]
        assert record["keys"][0]["lacking"] == 1
        assert record["counts"] | {"same": 2, "changed": 1} == record["counts"]


def test_an_exit_that_lacks_what_the_law_asks_for_is_not_accepted(
    quick_estate: Estate, leaving: Flat, tablet: Tablet
) -> None:
    tablet.write(leaving.root_id, leaving.ids["tenant"], "party", "new_address", None)
    tablet.write(
        leaving.root_id,
        leaving.root_id,
        "inventory",
        "keys_returned",
        {"how": "agency", "on": "2028-07-01", "proof": "reçu"},
    )
    with quick_estate.app.app_context():
        lacks = completeness.blocking(completeness.check(tablet.state(leaving.root_id), catalogue.load()))
    assert [item.code for item in lacks] == ["new_address_missing", "keys_return_future"]
    sign_and_close(tablet, leaving)
    tablet.sync()
    with quick_estate.app.app_context():
        assert db.session.get_one(Inventory, leaving.root_id).record_sha256 is None


def test_a_cause_is_noted_after_closing_and_changes_nothing_that_was_signed(
    quick_estate: Estate, leaving: Flat, tablet: Tablet
) -> None:
    wall = leaving.ids["wall"]
    about = {"subject_kind": "element", "subject_id": wall, "cause": "poor_upkeep"}
    for field, value in about.items():
        tablet.write(leaving.root_id, assessment_id(wall), "assessment", field, value)
    raw = sign_and_close(tablet, leaving)
    tablet.sync()
    tablet.write(leaving.root_id, assessment_id(wall), "assessment", "cause", "damage")
    tablet.sync()
    with quick_estate.app.app_context():
        sha256, _ = kept_record(leaving)
        assert sha256 == canonical.sha256_hex(raw)
        assert fields(leaving.root_id, assessment_id(wall)) == {**about, "cause": "damage"}
    assert b"poor_upkeep" not in raw
    assert b"damage" not in record_of(tablet, leaving)


def test_a_visit_before_the_exit_is_advice_and_asks_for_little(quick_estate: Estate, entry: Flat) -> None:
    visit = quick_estate.plan_exit(entry, kind=AppointmentKind.PRE_EXIT)
    tablet = enrolled(quick_estate)
    tablet.fetch_pack()
    tablet.write(visit.root_id, visit.root_id, "inventory", "established_at", "2028-05-30T09:00:00.000Z")
    with quick_estate.app.app_context():
        assert completeness.blocking(completeness.check(tablet.state(visit.root_id), catalogue.load())) == []
    record = json.loads(record_of(tablet, visit))
    assert (record["kind"], record["contractual"], record["number"][0]) == ("pre_exit", False, "C")


def test_advice_is_closed_and_sealed_without_anybody_s_signature(quick_estate: Estate, entry: Flat) -> None:
    visit = quick_estate.plan_exit(entry, kind=AppointmentKind.PRE_EXIT)
    tablet = enrolled(quick_estate)
    tablet.fetch_pack()
    root = visit.root_id
    tablet.write(root, root, "inventory", "established_at", "2028-05-30T09:00:00.000Z")
    tablet.write(root, visit.ids["wall"], "element", "state", "poor")
    wall = visit.ids["wall"]
    price = {"code": "paint", "label": "Reprise du mur", "unit": "m2", "quantity": 1250, "price": 2400, "vat": 1000}
    for field, value in (("subject_kind", "element"), ("subject_id", wall), ("estimate", price)):
        tablet.write(root, assessment_id(wall), "assessment", field, value)
    raw = record_of(tablet, visit)
    tablet.close(root, raw, [])
    tablet.sync()
    with quick_estate.app.app_context():
        header = db.session.get_one(Inventory, root)
        assert (header.record_sha256, header.outcome) == (canonical.sha256_hex(raw), None)
        assert fields(root, assessment_id(wall))["estimate"] == price
        sha256 = sealing.seal_inventory(root)
        with installation.blobs().open(f"reports/{sha256}") as file:
            verdict = verify(file.read(), authority.trust_roots(installation.config().authority))
    assert verdict.intact
    assert b"Reprise du mur" not in raw


def test_another_tenancy_s_entry_is_never_taken(quick_estate: Estate, entry: Flat) -> None:
    other = quick_estate.plan()
    leaving = quick_estate.plan_exit(Flat(other.root_id, other.ids))
    with quick_estate.app.app_context():
        assert db.session.get_one(Dwelling, entry.ids["dwelling"]).id != other.ids["dwelling"]
        assert fields(leaving.root_id, leaving.root_id)["entry"]["origin"] == "none"


def test_a_signed_move_out_becomes_a_report_that_verifies(quick_estate: Estate, leaving: Flat, tablet: Tablet) -> None:
    sign_and_close(tablet, leaving)
    tablet.sync()
    with quick_estate.app.app_context():
        sha256 = sealing.seal_inventory(leaving.root_id)
        with installation.blobs().open(f"reports/{sha256}") as file:
            verdict = verify(file.read(), authority.trust_roots(installation.config().authority))
        assert verdict.intact
        assert verdict.number.startswith("S")
        assert db.session.get_one(Inventory, leaving.root_id).state == "sealed"


def closed_visit(estate: Estate, entry: Flat) -> Flat:
    """An advisory visit that says what to do with the wall, acknowledged by both."""
    visit = estate.plan_exit(entry, kind=AppointmentKind.PRE_EXIT)
    tablet = enrolled(estate)
    tablet.fetch_pack()
    tablet.write(visit.root_id, visit.root_id, "inventory", "established_at", "2028-05-30T09:00:00.000Z")
    wall = visit.ids["wall"]
    tablet.write(visit.root_id, wall, "element", "state", "poor")
    tablet.write(visit.root_id, wall, "element", "advice", {"text": "Reboucher les trous", "due": "2028-06-29"})
    sign_and_close(tablet, visit)
    tablet.sync()
    with estate.app.app_context():
        while work_once(
            estate.app, "worker", {"pass_on_advice": handlers()["pass_on_advice"], "seal": lambda _args: None}
        ):
            pass
    return visit


@pytest.mark.parametrize("planned", ("before", "after"))
def test_what_was_advised_stands_beside_the_row_at_the_exit(quick_estate: Estate, entry: Flat, planned: str) -> None:
    early = quick_estate.plan_exit(entry) if planned == "before" else None
    closed_visit(quick_estate, entry)
    leaving = early or quick_estate.plan_exit(entry)
    with quick_estate.app.app_context():
        advised = fields(leaving.root_id, entry.ids["wall"])["advised"]
        assert (advised["text"], advised["state"], advised["on"]) == ("Reboucher les trous", "poor", "2028-05-30")
        assert "advised" not in fields(leaving.root_id, entry.ids["floor"])
        assert "state" not in fields(leaving.root_id, entry.ids["wall"])


def test_a_move_in_on_the_day_of_the_move_out_proposes_its_states_and_nothing_of_who_left(
    quick_estate: Estate, leaving: Flat, tablet: Tablet
) -> None:
    tablet.write(leaving.root_id, leaving.ids["wall"], "element", "note", "Coups dans le mur de Camille")
    tablet.write(leaving.root_id, leaving.ids["floor"], "element", "material", "Parquet poncé")
    sign_and_close(tablet, leaving)
    tablet.sync()
    with quick_estate.app.app_context():
        relet = schedule(
            db.session(),
            AppointmentKind.MOVE_IN,
            db.session.get_one(Dwelling, leaving.ids["dwelling"]),
            db.session.get_one(Tenancy, quick_estate.let_again(leaving)),
            db.session.get_one(Account, quick_estate.agents["nadia"]),
            datetime(2028, 6, 30, 14, 0, tzinfo=UTC),
        )
        db.session.commit()
        state = state_of(relet.inventory_made)
        wall = state["entities"][leaving.ids["wall"]]["fields"]
        assert (wall["proposed"]["state"], wall["proposed"]["defects"]) == ("poor", ["hole"])
        assert "state" not in wall
        assert state["entities"][leaving.ids["floor"]]["fields"]["material"] == "Parquet poncé"
        assert state["entities"][relet.inventory_made]["fields"]["proposal"] == {"on": "2028-06-30"}
        told = canonical.dumps(state).decode()
        for word in ("Camille", "Coups", "rue d’Après", leaving.root_id, leaving.ids["tenant"]):
            assert word not in told
        lacks = completeness.blocking(completeness.check(state, catalogue.load()))
        assert "states_missing" in {item.code for item in lacks}


def test_an_old_move_out_proposes_nothing(quick_estate: Estate, leaving: Flat, tablet: Tablet) -> None:
    sign_and_close(tablet, leaving)
    tablet.sync()
    with quick_estate.app.app_context():
        relet = schedule(
            db.session(),
            AppointmentKind.MOVE_IN,
            db.session.get_one(Dwelling, leaving.ids["dwelling"]),
            db.session.get_one(Tenancy, quick_estate.let_again(leaving)),
            db.session.get_one(Account, quick_estate.agents["nadia"]),
            datetime(2028, 8, 15, 14, 0, tzinfo=UTC),
        )
        db.session.commit()
        assert "proposed" not in fields(relet.inventory_made, leaving.ids["wall"])
