"""One measured number beside its target, as one line of JSON."""

import json
import sys
from dataclasses import asdict, dataclass, field
from typing import Any, Literal


@dataclass(frozen=True)
class Figure:
    """`figure` says what was measured and how; `against` holds what it was compared with in the same run.

    `value` is None when nothing could be measured: then the target is not met.
    """

    figure: str
    value: float | None
    unit: str
    target: float
    better: Literal["lower", "higher"]
    against: dict[str, Any] | None = field(default=None)

    @property
    def met(self) -> bool:
        """Whether the number is as good as its target."""
        if self.value is None:
            return False
        return self.value <= self.target if self.better == "lower" else self.value >= self.target

    def line(self) -> str:
        """The figure as it is printed."""
        said = asdict(self)
        against = said.pop("against")
        return json.dumps({**said, "met": self.met, "against": against}, ensure_ascii=False)


def report(figure: Figure) -> None:
    """Print a figure at once: a run that is cut short keeps what it found."""
    sys.stdout.write(figure.line() + "\n")
    sys.stdout.flush()


def log(text: str) -> None:
    """Say how the measuring goes; never on the output that programs read."""
    sys.stderr.write(f"  {text}\n")
    sys.stderr.flush()
