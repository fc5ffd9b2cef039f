"""What a tablet keeps: one value that is replaced whole, so that a crash leaves the old one or the new one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from sync import clock
from sync.envelope import Change

Place = tuple[str, str, str]
"""root_id, entity_id, field."""


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What the tablet got when it was enrolled."""

    device_id: str
    token: str
    actor_id: str


@dataclass(frozen=True, slots=True)
class Known:
    """A field as the server last told it."""

    kind: str
    value: Any
    rev: int
    hlc: str
    device_id: str


@dataclass(frozen=True, slots=True)
class File:
    """One size of a photograph; `data` may go once the server gave its receipt."""

    data: bytes
    purpose: str
    receipted: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """The bytes that were signed; `state` is what the server last said of them, "" before it was asked."""

    raw: bytes
    sha256: str
    state: str = ""


@dataclass(frozen=True, slots=True)
class Contents:
    """All of it: operations not yet answered stay in `outbox`, refused ones in `stuck` with their code."""

    enrolment: Enrolment | None = None
    seq: int = 0
    hlc: str = clock.ZERO
    cursor: int | None = None
    outbox: tuple[Change, ...] = ()
    stuck: tuple[tuple[Change, str], ...] = ()
    fields: Mapping[Place, Known] = field(default_factory=dict)
    files: Mapping[str, File] = field(default_factory=dict)
    records: Mapping[str, Record] = field(default_factory=dict)
    inventories: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


class Store(Protocol):
    """Where a tablet's contents survive."""

    def load(self) -> Contents:
        """The contents that were saved last."""

    def save(self, contents: Contents) -> None:
        """Replace the contents, durably and all at once, before returning."""


class MemoryStore:
    """A store for tests and load: durable as long as this object is kept."""

    def __init__(self) -> None:
        self._contents = Contents()

    def load(self) -> Contents:
        """The contents that were saved last."""
        return self._contents

    def save(self, contents: Contents) -> None:
        """Replace the contents."""
        self._contents = contents
