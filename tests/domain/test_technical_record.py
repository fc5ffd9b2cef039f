"""The record of a technical visit: what the shared vectors say, and what follows from what was found."""

from typing import Any

import pytest

from fieldapp.domain import technical_record
from fieldapp.domain.visit_vocabulary import VISIT
from sync import canonical
from tests.domain.vectors import names, read

CATALOGUE = {**read("catalogue.json"), "visits": read("visits.json")["visits"]}
NAMES = names("technical")


def built(name: str, **changes: Any) -> Any:
    vector = read(f"technical/{name}.json")
    return technical_record.build(vector["document_id"], vector["visit"], vector["body"] | changes, CATALOGUE)


@pytest.mark.parametrize("name", NAMES)
def test_a_record_has_the_bytes_of_its_vector(name: str) -> None:
    vector = read(f"technical/{name}.json")
    assert built(name) == vector["record"]
    assert canonical.sha256_hex(canonical.dumps(built(name))) == vector["sha256"]


@pytest.mark.parametrize("name", [name for name in NAMES if name != "strange"])
def test_every_vector_is_a_document_that_a_tablet_may_write(name: str) -> None:
    VISIT.check("document", "body", read(f"technical/{name}.json")["body"])


def test_works_with_a_reserve_are_not_said_to_be_accepted_without_one() -> None:
    assert [line["code"] for line in built("accepted")["said"]] == ["accepted", "guarantees"]
    assert [line["code"] for line in built("reserved")["said"]] == [
        "incomplete",
        "reserved",
        "guarantees",
        "firm_absent",
    ]


def test_nothing_is_said_of_works_that_nobody_looked_at() -> None:
    assert [line["code"] for line in built("accepted", works=[])["said"]] == []


def test_only_a_firm_that_was_there_is_a_party() -> None:
    assert [party["quality"] for party in built("accepted")["parties"]] == ["agent", "firm"]
    assert [party["quality"] for party in built("reserved")["parties"]] == ["agent"]
