"""How far an inventory has come, read from what was written about it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fieldapp.domain.act import Decision
from fieldapp.domain.completeness_papers import BESIDE
from fieldapp.domain.inventory import InventoryKind, InventoryState, Outcome

Fields = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Progress:
    """The state that follows from the content; `outcome` and `closed_at` only once the tablet closed it.

    Advice that nobody signed has no outcome.
    """

    state: InventoryState
    outcome: Outcome | None = None
    closed_at: datetime | None = None


def is_open(alert: Fields) -> bool:
    """Whether an alert still forbids the keys: not withdrawn, and the office has not said to proceed."""
    if alert.get("deleted") is True:
        return False
    decision = alert.get("decision")
    return not (isinstance(decision, Mapping) and decision.get("outcome") == "proceed")


def progress(inventory: Fields, alerts: Iterable[Fields], acts: Iterable[Mapping[str, Any]]) -> Progress:
    """Say where an inventory stands once something was written by a tablet.

    `inventory` and `alerts` are field values, `acts` the bodies of the acts. An open alert holds everything: danger and
    indecency wait for the office (domain rule: the office decides before the keys).
    """
    if any(is_open(alert) for alert in alerts):
        return Progress(InventoryState.HELD)
    closed = inventory.get("closed")
    if isinstance(closed, Mapping):
        at = datetime.fromisoformat(str(closed["at"]))
        if inventory.get("kind") == InventoryKind.PRE_EXIT and not closed["acts"]:
            return Progress(InventoryState.CLOSED, None, at)
        return Progress(InventoryState.CLOSED, outcome(closed, acts), at)
    if inventory.get("interruption") is not None:
        return Progress(InventoryState.INTERRUPTED)
    return Progress(InventoryState.IN_PROGRESS)


def outcome(closed: Mapping[str, Any], acts: Iterable[Mapping[str, Any]]) -> Outcome:
    """Say how the parties ended it: one refusal outweighs an absence, an absence outweighs signatures.

    Whoever only stands beside a party, a curator or a witness, decides nothing.
    """
    decisions = {
        act["decision"]
        for act in acts
        if act["record_sha256"] == closed["record_sha256"] and act.get("quality") not in BESIDE
    }
    if Decision.REFUSED in decisions:
        return Outcome.REFUSED
    return Outcome.ABSENT if Decision.ABSENT in decisions else Outcome.SIGNED
