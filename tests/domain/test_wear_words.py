"""Each charge explains itself to a tenant with little schooling, in French and in English."""

import re
from decimal import Decimal
from typing import Any

import pytest
from babel.messages.pofile import read_po

from fieldapp.domain.charge_doubt import Doubt
from fieldapp.domain.file_fault import Fault, Problem
from fieldapp.domain.file_fault_words import sentence
from fieldapp.domain.money import cents
from fieldapp.domain.wear import Assessment, Outcome, Reason
from fieldapp.domain.wear_subject import subject
from fieldapp.domain.wear_words import doubt_words, doubtful_row, explain
from fieldapp.domain_words import FOLDER, in_language
from tests.domain.vectors import read
from tests.domain.wear_vectors import GRIDS

CASES = read("wear/sentences.json")["cases"]


@pytest.fixture(scope="module")
def english() -> dict[str, str]:
    with (FOLDER / "en" / "LC_MESSAGES" / "domain.po").open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file) if message.id}


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
def test_a_charge_says_what_the_shared_vector_says(case: dict[str, Any], english: dict[str, str]) -> None:
    assessed = assessment_of(case)
    assert explain(assessed, case["subject"], "fr", str) == case["fr"]
    assert explain(assessed, case["subject"], "en", english.__getitem__) == case["en"]


def test_no_reason_is_left_without_a_sentence() -> None:
    assert {case["assessment"]["reason"] for case in CASES} == set(Reason)


def test_every_kind_of_the_published_grids_has_its_article() -> None:
    kinds = {kind for letter in "ab" for kind in GRIDS[letter].rows}
    assert [kind for kind in sorted(kinds) if subject(kind, "?")["fr"].startswith("«")] == []


def test_a_kind_that_only_the_landlord_knows_is_named_by_the_grid() -> None:
    assert subject("blind", "Stores") == {"fr": "« Stores » avait", "en": "“Stores” was"}


def test_every_sentence_of_the_domain_has_its_english_with_the_same_blanks(english: dict[str, str]) -> None:
    said: set[str] = set()

    def listen(source: str) -> str:
        said.add(source)
        return source

    for case in CASES:
        explain(assessment_of(case), case["subject"], "fr", listen)
    for doubt in Doubt:
        doubt_words(doubt, listen)
    doubtful_row(GRIDS["b"].rows["tap"], listen)
    blanks = ("found", "columns", "missing", "wanted", "most", "known", "first", "places", "least", "end")
    for problem in Problem:
        sentence(Fault(problem, 1, 1, given=dict.fromkeys(blanks, "x")), listen)
    assert said == english.keys()
    for source, translated in english.items():
        assert sorted(re.findall(r"{\w+}", source)) == sorted(re.findall(r"{\w+}", translated))


def test_french_is_the_source_and_english_is_compiled() -> None:
    source = "vous payez le prix entier"
    assert in_language("fr")(source) == source
    assert in_language("en")(source) == "you pay the whole price", "bin/setup compiles the catalogues"
