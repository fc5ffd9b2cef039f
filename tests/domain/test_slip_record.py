"""The record of a slip or an answer: what the shared vectors say, nobody else in it, never an answer by mistake."""

from typing import Any

import pytest

from fieldapp.domain import slip_record
from fieldapp.domain.visit_vocabulary import VISIT
from sync import canonical
from tests.domain.vectors import names, read

CATALOGUE = read("visits.json")
NAMES = names("slip")


def built(vector: Any) -> Any:
    return slip_record.build(vector["document_id"], vector["visit"], vector["body"], CATALOGUE)


@pytest.mark.parametrize("name", NAMES)
def test_a_record_has_the_bytes_of_its_vector(name: str) -> None:
    vector = read(f"slip/{name}.json")
    assert built(vector) == vector["record"]
    assert canonical.sha256_hex(canonical.dumps(built(vector))) == vector["sha256"]


@pytest.mark.parametrize("name", [name for name in NAMES if name != "strange"])
def test_every_vector_is_a_document_that_a_tablet_may_write(name: str) -> None:
    VISIT.check("document", "body", read(f"slip/{name}.json")["body"])


def test_a_slip_says_that_it_is_no_answer_and_until_when_one_may_be_given() -> None:
    said = {line["code"]: line["text"] for line in built(read("slip/accepts.json"))["said"]}
    assert "n’est pas votre réponse" in said["opinion_only"]
    assert "au plus tard le lundi 30 novembre 2026 à minuit" in said["reply_clock"]
    assert built(read("slip/accepts.json"))["answer"] is None


def test_who_holds_no_offer_is_told_that_there_is_nothing_to_answer() -> None:
    codes = [line["code"] for line in built(read("slip/no_offer.json"))["said"]]
    assert codes == ["opinion_only", "no_offer"]


def test_the_principal_reason_stands_first() -> None:
    reasons = built(read("slip/refuses_on_the_slip.json"))["reasons"]
    assert [(reason["code"], reason["principal"]) for reason in reasons] == [
        ("floor_lift", True),
        ("transport", False),
        ("rent", False),
    ]


def test_the_effect_of_a_refusal_is_told_to_who_has_dalo_priority_only() -> None:
    assert "dalo" in [line["code"] for line in built(read("slip/refusal.json"))["said"]]
    assert "dalo" not in [line["code"] for line in built(read("slip/acceptance.json"))["said"]]


def test_a_code_that_nobody_knows_is_printed_rather_than_lost() -> None:
    record = built(read("slip/strange.json"))
    assert record["outcome"]["label"] == "perhaps"
    assert record["reasons"][0]["label"] == "so"
    assert record["companions"] == record["presented"] == record["opinions"] == []


@pytest.mark.parametrize("kind", (slip_record.SLIP, slip_record.ANSWER))
@pytest.mark.parametrize("decision", ("signed", "refused"))
@pytest.mark.parametrize("language", ("fr", "en"))
def test_every_act_has_its_sentence(kind: str, decision: str, language: str) -> None:
    assert slip_record.consent(kind, decision, CATALOGUE, language)
