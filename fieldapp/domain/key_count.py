"""The keys of a signed exit, counted: how many the entry handed over, how many came back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class KeyCount:
    """One sort of keys; a number is None where no inventory says it."""

    id: str
    label: str
    opens: str
    handed: int | None
    returned: int | None

    @property
    def lacking(self) -> int:
        """How many did not come back; 0 while one of the two numbers is unknown."""
        return max(0, self.handed - self.returned) if self.handed is not None and self.returned is not None else 0


def key_counts(record: Json) -> list[KeyCount]:
    """Every sort of keys and other means of access, in the order of the exit; those of the entry alone last."""
    return list(_all(record))


def _all(record: Json) -> Iterator[KeyCount]:
    for key in record["keys"]:
        handed = key["entry"]["quantity"] if key["entry"] else None
        yield KeyCount(key["id"], _name(key), key["destination"], handed, key["quantity"])
    for key in record["removed"]["keys"]:
        yield KeyCount(key["id"], _name(key), key["destination"], key["quantity"], 0)


def _name(key: Json) -> str:
    name: str = key["label"] or key.get("kind_label", "")
    return f"{name} {key['number']}" if key["number"] else name
