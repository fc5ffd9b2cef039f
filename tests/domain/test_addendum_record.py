"""The record of an addendum: what the shared vectors say, whether the delay holds, and what it tells the central record."""

from datetime import date
from typing import Any

import pytest

from fieldapp.domain import addendum, addendum_record
from fieldapp.domain.addendum import AddendumKind
from fieldapp.domain.visit_vocabulary import VISIT
from sync import canonical
from tests.domain.vectors import names, read

CATALOGUE = {**read("catalogue.json"), "visits": read("visits.json")["visits"]}
NAMES = names("addendum")
MADE_IN_PARIS = {"established_at": "2026-12-16T23:30:00.000Z", "zone": "Europe/Paris"}


def built(name: str, **changes: Any) -> Any:
    vector = read(f"addendum/{name}.json")
    return addendum_record.build(vector["document_id"], vector["visit"], vector["body"] | changes, CATALOGUE)


@pytest.mark.parametrize("name", NAMES)
def test_a_record_has_the_bytes_of_its_vector(name: str) -> None:
    vector = read(f"addendum/{name}.json")
    assert built(name) == vector["record"]
    assert canonical.sha256_hex(canonical.dumps(built(name))) == vector["sha256"]


@pytest.mark.parametrize("name", [name for name in NAMES if name != "strange"])
def test_every_vector_is_a_document_that_a_tablet_may_write(name: str) -> None:
    VISIT.check("document", "body", read(f"addendum/{name}.json")["body"])


def test_the_original_is_named_by_its_hash_and_its_words_are_quoted() -> None:
    record = built("in_time")
    assert record["original"]["record_sha256"] == "c" * 64
    assert [(one["label"], one["before"]) for one in record["amendments"]] == [
        ("Murs", "Bon"),
        ("Eau froide", "00412 m³"),
        ("Clé, porte palière", "2"),
        ("En général", ""),
    ]


def test_ten_days_from_an_inventory_of_the_17th_end_on_the_monday_after() -> None:
    asked = {
        day: addendum.request_of(AddendumKind.TENANT_REQUEST, date(2026, 12, day), None, "", MADE_IN_PARIS)
        for day in (16, 17, 28, 29)
    }
    assert {request["until"] for request in asked.values()} == {"2026-12-28"}
    assert {day: request["in_time"] for day, request in asked.items()} == {16: False, 17: True, 28: True, 29: False}


def test_a_late_request_is_made_by_agreement_and_names_who_was_away() -> None:
    record = built("late")
    assert [line["code"] for line in record["said"]] == ["original_stays", "late", "absent"]
    assert record["absent"] == ["Alix Essai"]
    assert record["parties"][0]["quality_label"] == "Representative of Camille Essai"


def test_a_correction_has_no_delay() -> None:
    request = addendum.request_of(AddendumKind.CORRECTION, None, None, "", MADE_IN_PARIS)
    assert (request["until"], request["in_time"]) == (None, None)


def test_states_and_counts_reach_the_central_record_and_words_do_not() -> None:
    values = [(one.subject.value, one.field, one.value) for one in addendum.told(built("in_time"))]
    assert values == [
        ("element", "state", "worn"),
        ("element", "defects", ["hole", "stain"]),
        ("key", "quantity", 3),
    ]
