"""The catalogue and the legal texts: whole in both languages, and pointing only at what is there."""

from collections.abc import Iterator
from typing import Any

import pytest

from fieldapp.domain import catalogue, equipment, inventory
from fieldapp.domain.act import Decision
from fieldapp.domain.change import Change, Reason
from fieldapp.domain.condition import Cleanliness, State, Working
from fieldapp.domain.dwelling import Energy, Scope
from fieldapp.domain.entry import Origin
from fieldapp.domain.inventory import InventoryKind
from fieldapp.domain.key import KeyKind
from fieldapp.domain.keys_return import KeysReturn
from fieldapp.domain.meter import UNITS, MeterKind, MeterState
from fieldapp.domain.new_address import AddressAnswer
from fieldapp.domain.party import Quality
from fieldapp.domain.tenancy import LeaseKind
from fieldapp.domain.visit import Answer, End, Outcome, Presence

WORDS = catalogue.load()
LAW = catalogue.load_legal()
TABLES = [name for name, value in WORDS.items() if isinstance(value, list) and value and isinstance(value[0], dict)]


def codes(table: str) -> list[str]:
    return [row["code"] for row in WORDS[table]]


def texts(value: Any, path: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """Every `{fr, en}` inside a document, with the way to it."""
    if isinstance(value, dict):
        if "fr" in value or "en" in value:
            yield path, value
            return
        for name, part in value.items():
            yield from texts(part, f"{path}.{name}")
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from texts(part, f"{path}[{number}]")


@pytest.mark.parametrize("document", (WORDS, LAW, WORDS["visits"]), ids=("catalogue", "legal", "visits"))
def test_every_text_is_there_in_french_and_in_english(document: Any) -> None:
    found = list(texts(document))
    assert found
    for path, text in found:
        assert set(text) == {"fr", "en"}, path
        assert text["fr"].strip(), path
        assert text["en"].strip(), path


@pytest.mark.parametrize("table", TABLES)
def test_no_table_says_a_code_twice_and_every_row_has_its_label(table: str) -> None:
    assert len(codes(table)) == len(set(codes(table)))
    assert all("label" in row for row in WORDS[table])


@pytest.mark.parametrize("table", ("rooms", "elements", "materials", "defects", "meters", "keys", "equipment"))
@pytest.mark.parametrize("language", ("fr", "en"))
def test_a_label_names_one_row_only_so_that_it_can_be_translated_back(table: str, language: str) -> None:
    labels = [row["label"][language] for row in WORDS[table]]
    assert len(labels) == len(set(labels))


@pytest.mark.parametrize(
    ("table", "enumeration"),
    (
        ("states", State),
        ("workings", Working),
        ("cleanliness", Cleanliness),
        ("meters", MeterKind),
        ("meter_states", MeterState),
        ("keys", KeyKind),
        ("equipment", equipment.EquipmentKind),
        ("tests", equipment.Tested),
        ("energies", Energy),
        ("scopes", Scope),
        ("qualities", Quality),
        ("inventory_kinds", InventoryKind),
        ("lease_kinds", LeaseKind),
        ("changes", Change),
        ("change_reasons", Reason),
        ("entry_origins", Origin),
        ("key_returns", KeysReturn),
        ("address_answers", AddressAnswer),
        ("inventory_outcomes", inventory.Outcome),
    ),
)
def test_what_the_code_knows_and_what_the_catalogue_says_are_the_same(table: str, enumeration: Any) -> None:
    assert codes(table) == [choice.value for choice in enumeration]


def test_every_room_lists_elements_that_exist_and_none_twice() -> None:
    known = set(codes("elements"))
    for room in WORDS["rooms"]:
        assert set(room["elements"]) <= known, room["code"]
        assert len(room["elements"]) == len(set(room["elements"])), room["code"]


def test_every_element_belongs_to_some_room_or_can_be_added_to_one() -> None:
    used = {code for room in WORDS["rooms"] for code in room["elements"]}
    assert set(codes("elements")) - used <= {
        "hood",
        "water_heater",
        "boiler",
        "bedding",
        "table",
        "shelves",
        "oven",
        "crockery",
        "kitchenware",
        "cleaning_kit",
    }


def test_every_element_has_a_head_of_the_tenant_repairs_and_chips_for_its_defects() -> None:
    heads, defects = set(codes("repair_heads")), set(codes("defects"))
    for element in WORDS["elements"]:
        assert element["repair_head"] in heads, element["code"]
        assert element["defects"], element["code"]
        assert set(element["defects"]) <= defects, element["code"]
        assert element["surface"] in {None, "floor", "wall", "ceiling"}, element["code"]


def test_a_defect_names_the_elements_that_offer_it() -> None:
    for defect in WORDS["defects"]:
        offering = [row["code"] for row in WORDS["elements"] if defect["code"] in row["defects"]]
        assert defect["for"] == offering, defect["code"]


def test_every_surface_has_several_materials_to_choose_from() -> None:
    for surface in ("floor", "wall", "ceiling"):
        assert len([row for row in WORDS["materials"] if surface in row["surfaces"]]) >= 5


def test_every_material_suits_a_surface_or_an_element_that_exists() -> None:
    known = set(codes("elements"))
    for material in WORDS["materials"]:
        assert material["surfaces"] or material["elements"], material["code"]
        assert set(material["elements"]) <= known, material["code"]


def test_every_preset_gives_materials_that_suit_the_surface() -> None:
    for preset in WORDS["presets"]:
        assert set(preset["materials"]) == {"floor", "wall", "ceiling"}
        for surface, code in preset["materials"].items():
            if code is not None:
                assert surface in catalogue.row(WORDS, "materials", code)["surfaces"], preset["code"]


def test_every_room_with_a_surface_has_a_preset_that_fills_all_its_surfaces_at_one_tap() -> None:
    for room in WORDS["rooms"]:
        surfaces = {catalogue.row(WORDS, "elements", code)["surface"] for code in room["elements"]} - {None}
        offers = [
            {surface for surface, code in preset["materials"].items() if code}
            for preset in WORDS["presets"]
            if room["code"] in preset["room_kinds"]
        ]
        assert not surfaces or any(surfaces <= offer for offer in offers), room["code"]


def test_each_meter_says_the_unit_that_the_code_counts_in() -> None:
    for kind in MeterKind:
        assert catalogue.row(WORDS, "meters", kind)["unit"]["fr"] == UNITS[kind]


@pytest.mark.parametrize("reason", ("gas", "co", "electricity"))
def test_a_danger_has_instructions_and_numbers_that_a_telephone_can_dial(reason: str) -> None:
    alert = catalogue.row(WORDS, "alert_reasons", reason)
    assert alert["danger"]
    assert len(alert["instructions"]) >= 3
    dialled = {entry["number"].replace(" ", "") for entry in alert["numbers"]}
    assert {"18", "112"} <= dialled
    assert all(number.isdigit() for number in dialled)


def test_a_smell_of_gas_gives_the_number_of_the_gas_emergency_service_first() -> None:
    assert catalogue.row(WORDS, "alert_reasons", "gas")["numbers"][0]["number"] == "0 800 47 33 33"


def test_what_is_only_indecent_gives_no_alarm() -> None:
    calm = {row["code"] for row in WORDS["alert_reasons"] if not row["danger"]}
    assert calm == {"pests", "no_heating", "no_water", "other_indecent"}
    assert all(not row["instructions"] for row in WORDS["alert_reasons"] if not row["danger"])


def test_the_words_for_tenants_are_those_that_nobody_misreads() -> None:
    assert catalogue.word(WORDS, "states", "worn") == "Usé"
    assert catalogue.row(WORDS, "states", "worn")["words"]["fr"] == "Usé, marques d’usage"
    assert catalogue.word(WORDS, "states", "out_of_order") == "Ne marche pas"


def test_letters_of_states_differ_in_each_language() -> None:
    for language in ("fr", "en"):
        letters = [row["letter"][language] for row in WORDS["states"]]
        assert len(letters) == len(set(letters))


def test_the_nine_items_of_the_decree_are_cited_in_order_with_the_day_of_reading() -> None:
    assert [clause["code"] for clause in LAW["clauses"]] == list("abcdefghi")
    assert all("2016-382" in clause["article"] for clause in LAW["clauses"])
    assert LAW["read_on"] == "2026-11-02"


def test_only_a_dwelling_carries_the_rights_of_the_act_of_1989() -> None:
    rights = {row["code"]: row["rights"] for row in WORDS["lease_kinds"]}
    of_the_act = ["ten_days", "heating", "conciliation", "deposit"]
    assert rights == {"dwelling": of_the_act, "garage": [], "commercial": [], "foyer": []}


def test_every_right_has_its_sentence_and_its_article() -> None:
    assert set(LAW["rights"]) == {"ten_days", "heating", "conciliation"}
    assert set(LAW["exit_rights"]) == {"deposit", "conciliation"}
    assert set(LAW["rights_articles"]) == set(LAW["rights"]) | set(LAW["exit_rights"])
    for language in ("fr", "en"):
        assert "{until}" in LAW["rights"]["ten_days"][language]
        assert "{from}" in LAW["rights"]["heating"][language]


def test_every_decision_has_the_text_that_the_party_consents_to() -> None:
    decisions = {decision.value for decision in Decision}
    assert set(LAW["consent"]) == set(LAW["pre_exit_consent"]) == decisions


def test_an_unknown_version_and_an_unknown_code_are_named() -> None:
    with pytest.raises(catalogue.UnknownVersion, match="catalogue version 99"):
        catalogue.load(99)
    with pytest.raises(LookupError, match="rooms has no ballroom"):
        catalogue.row(WORDS, "rooms", "ballroom")


def test_only_what_is_open_to_the_sky_lacks_a_floor_a_wall_or_a_ceiling_to_describe() -> None:
    lacking = {}
    for room in WORDS["rooms"]:
        there = {catalogue.row(WORDS, "elements", code)["surface"] for code in room["elements"]}
        if lacks := {"floor", "wall", "ceiling"} - there:
            lacking[room["code"]] = lacks
    stairs = lacking.pop("stairwell")
    assert stairs == {"floor"}, "the stairs themselves are the floor"
    assert set(lacking) == {"parking", "balcony", "terrace", "garden", "exterior"}


@pytest.mark.parametrize(
    ("table", "enumeration"),
    (("presences", Presence), ("outcomes", Outcome), ("answers", Answer), ("ends", End)),
)
def test_what_a_visit_can_come_to_has_its_word(table: str, enumeration: Any) -> None:
    assert [row["code"] for row in WORDS["visits"][table]] == [value.value for value in enumeration]


def test_every_reason_for_saying_no_stands_in_a_group() -> None:
    groups = {row["code"] for row in WORDS["visits"]["reason_groups"]}
    reasons = WORDS["visits"]["reasons"]
    assert {row["group"] for row in reasons} == groups
    assert all(len(row["code"]) <= 24 for row in reasons)
