"""What an import came to: how many things are new, changed or the same, what is wrong, and a sample to look at."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from fieldapp.domain.file_fault import Fault, Problem

MOST_FAULTS = 500
"""So many are kept to be shown; all are counted."""

MOST_SAMPLED = 20
"""How many lines of each sort are shown."""


@dataclass(slots=True)
class Tally:
    """Counts of lines; `sample` holds the first ones that are new and the first ones that change.

    `notes` name a kind of room and what the law asks for there that a catalogue does not have: they refuse nothing.
    """

    rows: int = 0
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    fault_count: int = 0
    faults: list[Fault] = field(default_factory=list)
    sample: list[dict[str, Any]] = field(default_factory=list)
    notes: list[dict[str, Any]] = field(default_factory=list)

    def wrong(self, faults: list[Fault]) -> None:
        """Count faults, and keep them while there is room."""
        self.fault_count += len(faults)
        self.faults += faults[: max(0, MOST_FAULTS - len(self.faults))]

    def show(self, line: int, what: str, name: str, fields: list[list[str]]) -> None:
        """Keep a line to be looked at while there is room."""
        if sum(one["what"] == what for one in self.sample) < MOST_SAMPLED:
            self.sample.append({"line": line, "what": what, "name": name, "fields": fields})


def dumped(fault: Fault) -> dict[str, Any]:
    """A fault as it is kept."""
    return {
        "problem": fault.problem.value,
        "line": fault.line,
        "column": fault.column,
        "name": fault.name,
        "given": dict(fault.given),
    }


def loaded(kept: Mapping[str, Any]) -> Fault:
    """A kept fault."""
    return Fault(Problem(kept["problem"]), kept["line"], kept["column"], kept["name"], kept["given"])
