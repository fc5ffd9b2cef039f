"""The Python side gives what the shared examples say; the JavaScript tests read the same files."""

import json
from pathlib import Path
from typing import Any

import pytest

from sync import canonical, clock, envelope
from sync.merge import Current, Incoming, merge

EXAMPLES = Path(__file__).resolve().parents[2] / "sync" / "examples"


def read(name: str) -> dict[str, Any]:
    examples: dict[str, Any] = json.loads((EXAMPLES / f"{name}.json").read_text(encoding="utf-8"))
    return examples


@pytest.mark.parametrize("case", read("canonical")["cases"], ids=lambda case: case["name"])
def test_a_value_has_one_spelling_in_bytes(case: dict[str, Any]) -> None:
    document = canonical.dumps(case["value"])
    assert document.hex() == case["bytes_hex"]
    assert canonical.sha256_hex(document) == case["sha256"]
    assert canonical.loads(document) == case["value"]


@pytest.mark.parametrize("case", read("canonical")["refused"], ids=lambda case: case["name"])
def test_what_the_two_languages_could_write_differently_has_no_canonical_form(case: dict[str, Any]) -> None:
    with pytest.raises(canonical.NotCanonical):
        canonical.dumps(json.loads(case["json"]))


@pytest.mark.parametrize("case", read("merge")["cases"], ids=lambda case: case["name"])
def test_a_write_meets_the_present_value(case: dict[str, Any]) -> None:
    current = None if case["current"] is None else Current(**case["current"])
    outcome = merge(current, Incoming(**case["incoming"]))
    assert {"wins": outcome.wins, "conflict": outcome.conflict, "rev": outcome.rev} == case["outcome"]


@pytest.mark.parametrize("case", read("hlc")["cases"], ids=str)
def test_the_clock_goes_on(case: dict[str, Any]) -> None:
    if case["do"] == "tick":
        assert clock.tick(case["last"], case["now_ms"]) == case["gives"]
    else:
        assert clock.observe(case["last"], case["seen"], case["now_ms"]) == case["gives"]


@pytest.mark.parametrize("text", read("hlc")["refused"])
def test_another_spelling_is_no_stamp(text: str) -> None:
    with pytest.raises(ValueError, match="clock stamp"):
        clock.read(text)


@pytest.mark.parametrize("message", read("push")["good"])
def test_a_push_is_read_and_written_alike(message: dict[str, Any]) -> None:
    assert envelope.Push.parse(envelope.write(message)).dump() == message


@pytest.mark.parametrize("case", read("push")["malformed"], ids=lambda case: case["name"])
def test_a_malformed_push_is_refused_and_the_operation_named(case: dict[str, Any]) -> None:
    with pytest.raises(envelope.Malformed) as refusal:
        envelope.Push.parse(envelope.write(case["push"]))
    assert refusal.value.index == case["index"]


@pytest.mark.parametrize("message", read("push")["unknown_version"])
def test_a_push_of_another_version_is_told_which_are_spoken(message: dict[str, Any]) -> None:
    with pytest.raises(envelope.UnknownVersion) as refusal:
        envelope.Push.parse(envelope.write(message))
    assert refusal.value.supported == (1,)


@pytest.mark.parametrize("message", read("push_answer")["good"])
def test_an_answer_to_a_push_is_read_and_written_alike(message: dict[str, Any]) -> None:
    assert envelope.PushAnswer.parse(envelope.write(message)).dump() == message


@pytest.mark.parametrize("message", read("pull")["good"])
def test_a_pull_is_read_and_written_alike(message: dict[str, Any]) -> None:
    assert envelope.Pull.parse(envelope.write(message)).dump() == message
