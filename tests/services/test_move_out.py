"""A move-out stands on what the parties of the entry signed, and is itself rebuilt and accepted byte for byte."""

import json
from typing import Any

import pytest

from fieldapp.domain import catalogue, completeness
from fieldapp.domain.appointment import AppointmentKind
from fieldapp.domain.assessment import assessment_id
from fieldapp.extensions import db
from fieldapp.records.dwelling import Dwelling
from fieldapp.records.element import Element
from fieldapp.records.inventory import Inventory
from fieldapp.services import installation
from fieldapp.services.snapshot import state_of
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


def test_another_tenancy_s_entry_is_never_taken(quick_estate: Estate, entry: Flat) -> None:
    other = quick_estate.plan()
    leaving = quick_estate.plan_exit(Flat(other.root_id, other.ids))
    with quick_estate.app.app_context():
        assert db.session.get_one(Dwelling, entry.ids["dwelling"]).id != other.ids["dwelling"]
        assert fields(leaving.root_id, leaving.root_id)["entry"]["origin"] == "none"
