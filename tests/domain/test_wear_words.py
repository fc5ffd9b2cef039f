"""Each charge explains itself to a tenant with little schooling, in French and in English."""

from decimal import Decimal
from typing import Any

import pytest

from fieldapp.domain.money import cents
from fieldapp.domain.wear import Assessment, Outcome, Reason
from fieldapp.domain.wear_subject import subject
from fieldapp.domain.wear_words import explain
from fieldapp.domain_words import in_language
from tests.domain.vectors import read
from tests.domain.wear_vectors import GRIDS

CASES = read("wear/sentences.json")["cases"]


def assessment_of(case: dict[str, Any]) -> Assessment:
    found = case["assessment"]
    return Assessment(
        found["line_id"],
        found["age"],
        found["share_percent"] and Decimal(found["share_percent"]),
        cents(found["gross"]),
        found["due"] and cents(found["due"]),
        Outcome(found["outcome"]),
        Reason(found["reason"]),
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["en"])
def test_a_charge_says_what_the_shared_vector_says(case: dict[str, Any]) -> None:
    assessed = assessment_of(case)
    assert explain(assessed, case["subject"], "fr", str) == case["fr"]
    assert explain(assessed, case["subject"], "en", in_language("en")) == case["en"]


def test_no_reason_is_left_without_a_sentence() -> None:
    assert {case["assessment"]["reason"] for case in CASES} == set(Reason)


def test_every_kind_of_the_published_grids_has_its_article() -> None:
    kinds = {kind for letter in "ab" for kind in GRIDS[letter].rows}
    assert [kind for kind in sorted(kinds) if subject(kind, "?")["fr"].startswith("«")] == []


def test_a_kind_that_only_the_landlord_knows_is_named_by_the_grid() -> None:
    assert subject("blind", "Stores") == {"fr": "« Stores » avait", "en": "“Stores” was"}


def test_french_is_the_source_and_english_is_compiled() -> None:
    source = "vous payez le prix entier"
    assert in_language("fr")(source) == source
    assert in_language("en")(source) == "you pay the whole price", "bin/setup compiles the catalogues"
