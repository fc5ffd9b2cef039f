"""The record says what was seen, in the words of its language, in bytes that both sides agree on."""

import copy
from typing import Any

import pytest

from fieldapp.domain.record import build
from fieldapp.domain.snapshot import NoInventory
from sync import canonical
from tests.domain.vectors import CATALOGUE, LEGAL, names, read


def record_of(name: str) -> dict[str, Any]:
    return build(read(f"state/{name}.json"), CATALOGUE, LEGAL)


@pytest.mark.parametrize("name", names("record"))
def test_a_record_is_the_one_of_the_shared_vector(name: str) -> None:
    vector = read(f"record/{name}.json")
    built = record_of(name)
    assert built == vector["record"]
    assert canonical.sha256_hex(canonical.dumps(built)) == vector["sha256"]


def test_the_f3_counts_what_was_filled_at_one_touch() -> None:
    record = record_of("f3")
    counted = [element for room in record["rooms"] for element in room["elements"] if element["filled_at_one_touch"]]
    assert record["counts"] == {
        "rooms": 8,
        "elements": 33,
        "filled_at_one_touch": len(counted),
        "photos": 24,
        "keys": 5,
        "meters": 2,
    }
    assert 0 < len(counted) < 33


def test_photos_are_numbered_in_reading_order_and_named_beside_what_they_show() -> None:
    record = record_of("f3")
    assert [photo["mark"] for photo in record["photos"]] == [f"P{number:02d}" for number in range(1, 25)]
    living_room = record["rooms"][1]
    assert (living_room["photos"], living_room["elements"][0]["photos"]) == (["P04"], ["P05", "P06"])
    shown = record["photos"][5]
    assert (shown["room_label"], shown["subject_label"], shown["caption"]) == ("Séjour", "Sol", "Rayures")
    assert record["photos"][4]["taken_at"] < shown["taken_at"]


def test_the_order_in_which_entities_arrived_changes_nothing() -> None:
    state = read("state/f3.json")
    state["entities"] = dict(reversed(state["entities"].items()))
    assert build(state, CATALOGUE, LEGAL) == record_of("f3")


def test_nobody_s_address_telephone_remark_or_act_is_in_what_is_signed() -> None:
    state = read("state/deletions.json")
    state["entities"]["x"] = {"kind": "remark", "fields": {"body": {"text": "La tache descend"}}}
    text = canonical.dumps(build(state, CATALOGUE, LEGAL)).decode()
    assert "awa@mail.example" not in text
    assert "La tache descend" not in text
    assert "signed_with_reservations" not in text


def test_what_was_deleted_is_hidden_with_everything_that_hangs_on_it() -> None:
    record = record_of("deletions")
    assert [room["label"] for room in record["rooms"]] == ["Séjour"]
    assert [element["label"] for element in record["rooms"][0]["elements"]] == [
        "Sol",
        "Murs",
        "Plafond",
        "Fenêtre et vitrage",
    ]
    assert len(record["photos"]) == 1
    assert [meter["kind"] for meter in record["meters"]] == ["electricity_base"]
    assert record["alerts"] == []


def test_catalogue_words_follow_the_language_and_people_s_own_words_do_not() -> None:
    record = record_of("f3_in_english")
    labels = [room["label"] for room in record["rooms"]]
    assert labels == [
        "Entrance",
        "Living room",
        "Kitchen",
        "Bedroom 1",
        "Bedroom 2",
        "Bathroom",
        "Toilet",
        "Cave n° 14",
    ]
    floor = record["rooms"][1]["elements"][0]
    assert (floor["label"], floor["material"], floor["state_label"]) == ("Floor", "Oak parquet", "Poor")
    assert floor["note"] == "Trois rayures près de la fenêtre"


def test_the_rights_carry_their_dates_in_words() -> None:
    rights = record_of("f3")["legal"]["rights"]
    assert rights["ten_days_until"] == "2026-11-30"
    assert rights["ten_days"] == "Jusqu’au lundi 30 novembre 2026, écrivez-nous : nous répondrons par écrit."
    assert record_of("f3_in_english")["legal"]["rights"]["ten_days"].startswith("Until Monday 30 November 2026")


def test_a_day_is_counted_where_the_dwelling_stands() -> None:
    state = read("state/f3.json")
    inventory = next(entity for entity in state["entities"].values() if entity["kind"] == "inventory")
    inventory["fields"]["established_at"] = "2026-11-20T23:30:00.000Z"
    assert build(state, CATALOGUE, LEGAL)["legal"]["rights"]["ten_days_until"] == "2026-12-01"
    inventory["fields"]["context"]["dwelling"]["zone"] = "America/Guadeloupe"
    assert build(state, CATALOGUE, LEGAL)["legal"]["rights"]["ten_days_until"] == "2026-11-30"


@pytest.mark.parametrize("name", ("garage", "commercial", "foyer"))
def test_a_lease_that_carries_no_ten_day_right_promises_none(name: str) -> None:
    rights = record_of(name)["legal"]["rights"]
    assert rights["ten_days"] is None
    assert rights["heating"] is None


def test_strange_letters_come_back_as_they_were_written() -> None:
    record = record_of("weird_unicode")
    floor = record["rooms"][0]["elements"][0]
    assert floor["material"] == "e\u0301 é ﬁ \ud7ff\ue000\U0010ffff"
    assert record["parties"][0]["name"] == "Nguyễn Thị Lan 🏠"
    assert [room["label"] for room in record["rooms"]] == ["Chambre ٣", "Chambre 12", "  "]


def test_building_leaves_the_state_as_it_was() -> None:
    state = read("state/f3.json")
    before = copy.deepcopy(state)
    build(state, CATALOGUE, LEGAL)
    assert state == before


def test_a_state_without_an_inventory_has_no_record() -> None:
    with pytest.raises(NoInventory):
        build({"entities": {}}, CATALOGUE, LEGAL)
