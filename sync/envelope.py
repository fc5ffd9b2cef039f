"""The messages of the wire, read strictly at the door and written in one form.

The rule of change: a message says its version `v`, an operation its schema `schema_v`. A field may be added when readers
may ignore it; anything else is a new number. What tablets sent is accepted for twelve months after its successor:
an operation made offline long ago must never be refused for its age.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Self

from sync import clock, moment

VERSIONS = (1,)
SCHEMAS = (1,)
MOST_OPS = 500
MOST_BYTES = 1024 * 1024

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_MOST_COUNT = 2**31 - 1

Status = Literal["applied", "duplicate", "conflict_kept", "rejected"]


class Malformed(ValueError):
    """A message that is not one of ours: `index` is the operation's place in the push, None for the frame."""

    def __init__(self, detail: str, index: int | None = None) -> None:
        super().__init__(detail if index is None else f"ops[{index}]: {detail}")
        self.index = index


class UnknownVersion(ValueError):
    """A message of a version that this side does not speak; `supported` are those it does."""

    def __init__(self, supported: Sequence[int] = VERSIONS) -> None:
        super().__init__("unknown version")
        self.supported = tuple(supported)


class TooLarge(ValueError):
    """A push of more than 500 operations or 1 MiB."""


@dataclass(frozen=True, slots=True)
class Change:
    """One write of one field by one device; the value is JSON whose meaning the field server knows, not the wire."""

    op_id: str
    device_id: str
    device_seq: int
    actor_id: str
    root_id: str
    entity_id: str
    kind: str
    field: str
    value: Any
    base_rev: int
    hlc: str
    captured_at: str
    schema_v: int
    catalogue_v: int

    @classmethod
    def parse(cls, data: Any, index: int | None = None) -> Self:
        """Read one operation; raises `Malformed` or `UnknownVersion`."""
        if not isinstance(data, dict):
            raise Malformed("an operation is an object", index)
        try:
            schema = _whole(data["schema_v"], "schema_v", 0)
            if schema not in SCHEMAS:
                raise UnknownVersion(SCHEMAS)
            return cls(
                op_id=_text(data["op_id"], "op_id", UUID),
                device_id=_text(data["device_id"], "device_id", UUID),
                device_seq=_whole(data["device_seq"], "device_seq", 1),
                actor_id=_text(data["actor_id"], "actor_id", UUID),
                root_id=_text(data["root_id"], "root_id", UUID),
                entity_id=_text(data["entity_id"], "entity_id", UUID),
                kind=_text(data["kind"], "kind", NAME),
                field=_text(data["field"], "field", NAME),
                value=data["value"],
                base_rev=_whole(data["base_rev"], "base_rev", 0),
                hlc=_stamp(data["hlc"]),
                captured_at=_moment(data["captured_at"], "captured_at"),
                schema_v=schema,
                catalogue_v=_whole(data["catalogue_v"], "catalogue_v", 0),
            )
        except KeyError as error:
            raise Malformed(f"{error.args[0]} is missing", index) from None
        except Malformed as error:
            raise Malformed(str(error), index) from None

    def dump(self) -> dict[str, Any]:
        """Write the operation as it travels."""
        return {name: getattr(self, name) for name in _CHANGE_NAMES}


_CHANGE_NAMES = tuple(Change.__slots__)


@dataclass(frozen=True, slots=True)
class Push:
    """What a tablet hands in: its operations in the order in which they were made."""

    device_id: str
    ops: tuple[Change, ...]
    sent_at: str | None = None

    @classmethod
    def parse(cls, body: bytes) -> Self:
        """Read a push; raises `Malformed` naming the operation, `UnknownVersion` or `TooLarge`."""
        if len(body) > MOST_BYTES:
            raise TooLarge("a push is at most 1 MiB")
        data = _frame(body)
        ops = data.get("ops")
        if not isinstance(ops, list):
            raise Malformed("ops is a list")
        if len(ops) > MOST_OPS:
            raise TooLarge(f"a push is at most {MOST_OPS} operations")
        sent_at = data.get("sent_at")
        return cls(
            device_id=_text(data.get("device_id"), "device_id", UUID),
            ops=tuple(Change.parse(op, index) for index, op in enumerate(ops)),
            sent_at=None if sent_at is None else _moment(sent_at, "sent_at"),
        )

    def dump(self) -> dict[str, Any]:
        """Write the push as it travels."""
        data: dict[str, Any] = {"v": 1, "device_id": self.device_id, "ops": [op.dump() for op in self.ops]}
        if self.sent_at is not None:
            data["sent_at"] = self.sent_at
        return data


@dataclass(frozen=True, slots=True)
class Ack:
    """What became of one operation: `rev` is the field's rev afterwards, `code` why it was rejected."""

    op_id: str
    status: Status
    rev: int | None = None
    code: str | None = None

    @classmethod
    def parse(cls, data: Any) -> Self:
        """Read one answer; raises `Malformed`."""
        if not isinstance(data, dict) or data.get("status") not in {
            "applied",
            "duplicate",
            "conflict_kept",
            "rejected",
        }:
            raise Malformed("an ack has an op_id and a known status")
        return cls(_text(data.get("op_id"), "op_id", UUID), data["status"], data.get("rev"), data.get("code"))

    def dump(self) -> dict[str, Any]:
        """Write the answer, leaving out what it does not say."""
        data: dict[str, Any] = {"op_id": self.op_id, "status": self.status}
        if self.rev is not None:
            data["rev"] = self.rev
        if self.code is not None:
            data["code"] = self.code
        return data


@dataclass(frozen=True, slots=True)
class Gap:
    """Operations that have not arrived: the first number wanted, and the first one that came instead."""

    expected: int
    got: int


@dataclass(frozen=True, slots=True)
class PushAnswer:
    """The server's answer, given after its commit."""

    server_time: str
    acks: tuple[Ack, ...]
    gap: Gap | None = None

    @classmethod
    def parse(cls, body: bytes) -> Self:
        """Read an answer; raises `Malformed` or `UnknownVersion`."""
        data = _frame(body)
        acks, gap = data.get("acks"), data.get("gap")
        if not isinstance(acks, list):
            raise Malformed("acks is a list")
        return cls(
            server_time=_moment(data.get("server_time"), "server_time"),
            acks=tuple(Ack.parse(ack) for ack in acks),
            gap=None if gap is None else Gap(_whole(gap["expected"], "gap", 1), _whole(gap["got"], "gap", 1)),
        )

    def dump(self) -> dict[str, Any]:
        """Write the answer as it travels."""
        data: dict[str, Any] = {"v": 1, "server_time": self.server_time, "acks": [ack.dump() for ack in self.acks]}
        if self.gap is not None:
            data["gap"] = {"expected": self.gap.expected, "got": self.gap.got}
        return data


@dataclass(frozen=True, slots=True)
class FieldState:
    """A field as the server holds it, at its place in the feed."""

    position: int
    root_id: str
    entity_id: str
    kind: str
    field: str
    value: Any
    rev: int
    hlc: str
    device_id: str

    @classmethod
    def parse(cls, data: Any) -> Self:
        """Read one field; raises `Malformed`."""
        if not isinstance(data, dict):
            raise Malformed("a change is an object")
        try:
            return cls(**{name: data[name] for name in _FIELD_NAMES})
        except KeyError as error:
            raise Malformed(f"{error.args[0]} is missing") from None

    def dump(self) -> dict[str, Any]:
        """Write the field as it travels."""
        return {name: getattr(self, name) for name in _FIELD_NAMES}


_FIELD_NAMES = tuple(FieldState.__slots__)


@dataclass(frozen=True, slots=True)
class Pull:
    """What is new since a cursor; `more` asks the tablet to come again at once with the new cursor."""

    cursor: int
    more: bool
    changes: tuple[FieldState, ...]
    photos: tuple[Mapping[str, Any], ...] = ()
    inventories: tuple[Mapping[str, Any], ...] = ()
    evict: tuple[str, ...] = ()
    upgrade_required: bool = False

    @classmethod
    def parse(cls, body: bytes) -> Self:
        """Read an answer; raises `Malformed` or `UnknownVersion`."""
        data = _frame(body)
        try:
            return cls(
                cursor=_whole(data["cursor"], "cursor", 0),
                more=bool(data["more"]),
                changes=tuple(FieldState.parse(change) for change in data["changes"]),
                photos=tuple(data["photos"]),
                inventories=tuple(data["inventories"]),
                evict=tuple(data["evict"]),
                upgrade_required=bool(data.get("upgrade_required", False)),
            )
        except KeyError as error:
            raise Malformed(f"{error.args[0]} is missing") from None

    def dump(self) -> dict[str, Any]:
        """Write the answer as it travels."""
        data: dict[str, Any] = {
            "v": 1,
            "cursor": self.cursor,
            "more": self.more,
            "changes": [change.dump() for change in self.changes],
            "photos": [dict(photo) for photo in self.photos],
            "inventories": [dict(inventory) for inventory in self.inventories],
            "evict": list(self.evict),
        }
        if self.upgrade_required:
            data["upgrade_required"] = True
        return data


def write(message: Mapping[str, Any]) -> bytes:
    """Give the bytes of a message; plain ASCII, so that even text that is no text can be reported back."""
    return json.dumps(message, separators=(",", ":")).encode()


def _frame(body: bytes) -> dict[str, Any]:
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        raise Malformed("the body is not JSON") from None
    if not isinstance(data, dict):
        raise Malformed("the body is not an object")
    if isinstance(data.get("v"), bool) or data.get("v") not in VERSIONS:
        if "v" in data and isinstance(data["v"], int):
            raise UnknownVersion
        raise Malformed("v is missing")
    return data


def _text(value: Any, name: str, pattern: re.Pattern[str]) -> str:
    if not isinstance(value, str) or pattern.fullmatch(value) is None:
        raise Malformed(f"{name} does not have its form")
    return value


def _stamp(value: Any) -> str:
    text = _text(value, "hlc", clock.PATTERN)
    if text >= clock.END:
        raise Malformed("hlc is beyond the year 2200")
    return text


def _moment(value: Any, name: str) -> str:
    try:
        moment.read(value)
    except ValueError as error:
        raise Malformed(f"{name}: {error}") from None
    return str(value)


def _whole(value: Any, name: str, least: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= _MOST_COUNT:
        raise Malformed(f"{name} is a whole number from {least}")
    return value
