"""Where an inventory stands follows from what was written about it."""

from typing import Any

import pytest

from fieldapp.domain.progress import progress

CLOSED = {"record_sha256": "a" * 64, "at": "2026-11-18T10:00:00.000Z", "acts": []}
INTERRUPTION = {"reason": "unsafe", "at": "2026-11-18T09:00:00.000Z"}


def act(decision: str, record: str = "a") -> dict[str, Any]:
    return {"decision": decision, "record_sha256": record * 64}


def decided(outcome: str, **more: Any) -> dict[str, Any]:
    return {"body": {}, "decision": {"outcome": outcome}, **more}


@pytest.mark.parametrize(
    ("inventory", "alerts", "state"),
    (
        ({}, [], "in_progress"),
        ({"interruption": INTERRUPTION}, [], "interrupted"),
        ({"interruption": None}, [], "in_progress"),
        ({"closed": CLOSED}, [], "closed"),
        ({"closed": CLOSED, "interruption": INTERRUPTION}, [], "closed"),
        ({}, [{"body": {}}], "held"),
        ({}, [{"body": {}, "deleted": True}], "in_progress"),
        ({}, [decided("proceed")], "in_progress"),
        ({}, [decided("stop")], "held"),
        ({}, [decided("proceed"), {"body": {}}], "held"),
        ({"closed": CLOSED}, [{"body": {}}], "held"),
    ),
)
def test_danger_comes_before_closing_and_closing_before_interruption(
    inventory: dict[str, Any], alerts: list[dict[str, Any]], state: str
) -> None:
    assert progress(inventory, alerts, []).state == state


@pytest.mark.parametrize(
    ("acts", "outcome"),
    (
        ([act("signed"), act("signed_with_reservations")], "signed"),
        ([act("signed"), act("absent")], "absent"),
        ([act("absent"), act("refused"), act("signed")], "refused"),
        ([act("signed"), act("refused", record="b")], "signed"),
    ),
)
def test_a_refusal_outweighs_an_absence_and_an_absence_signatures(acts: list[dict[str, Any]], outcome: str) -> None:
    assert progress({"closed": CLOSED}, [], acts).outcome == outcome


def test_a_curator_who_does_not_sign_changes_nothing() -> None:
    assert (
        progress({"closed": CLOSED}, [], [act("signed"), act("refused") | {"quality": "curator"}]).outcome == "signed"
    )


def test_an_inventory_that_is_not_closed_has_no_outcome() -> None:
    assert progress({}, [], [act("refused")]).outcome is None
