"""Writing fields: a batch of judged operations is merged into what the database holds, with few statements."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Executable, bindparam, insert, select
from sqlalchemy.orm import Session

from fieldapp.domain import vocabulary
from fieldapp.records.change import Change as ChangeRow
from fieldapp.records.conflict import Conflict
from fieldapp.records.field_state import FieldState
from fieldapp.records.photo import PhotoUse
from fieldapp.records.upsert import Insertion, Upsert
from fieldapp.services import feed
from sync import moment
from sync.envelope import Ack, Change
from sync.merge import Current, Incoming, merge

Place = tuple[str, str, str]
"""root_id, entity_id, field."""

_FIELDS = select(
    FieldState.root_id,
    FieldState.entity_id,
    FieldState.field,
    FieldState.kind,
    FieldState.value,
    FieldState.rev,
    FieldState.hlc,
    FieldState.device_id,
    FieldState.op_id,
)
_BY_ENTITY = _FIELDS.where(
    FieldState.root_id.in_(bindparam("roots", expanding=True)),
    FieldState.entity_id.in_(bindparam("entities", expanding=True)),
)
_BY_KIND = _FIELDS.where(
    FieldState.root_id == bindparam("root"), FieldState.kind.in_(bindparam("kinds", expanding=True))
)


_INSERT_CHANGE = insert(ChangeRow)
_INSERT_CONFLICT = insert(Conflict)


def _replace(insertion: Insertion) -> Executable:
    names = ("value", "rev", "hlc", "device_id", "op_id", "position")
    return insertion.on_conflict_do_update(
        index_elements=[FieldState.root_id, FieldState.entity_id, FieldState.field],
        set_={name: insertion.excluded[name] for name in names},
    )


_STATE = Upsert(FieldState, _replace)
_USE = Upsert(PhotoUse, lambda insertion: insertion.on_conflict_do_nothing())


@dataclass(slots=True)
class Held:
    """A field as it stands while a batch is merged; `value` is canonical JSON text."""

    kind: str
    value: str
    rev: int
    hlc: str
    device_id: str
    op_id: str


@dataclass(slots=True)
class Batch:
    """The fields that a batch may touch, what it changed, and what is to be written with it.

    `landlords` gives the landlord of each inventory of the batch.
    """

    session: Session
    now: datetime
    landlords: Mapping[str, str]
    fields: dict[Place, Held] = field(default_factory=dict)
    kinds: dict[tuple[str, str], str] = field(default_factory=dict)
    touched: dict[Place, None] = field(default_factory=dict)
    changes: list[dict[str, Any]] = field(default_factory=list)
    conflicts: list[dict[str, Any]] = field(default_factory=list)
    photo_uses: list[dict[str, Any]] = field(default_factory=list)

    def read(self, ops: Iterable[Change]) -> None:
        """Load every field of the entities that the operations name; their inventories must be locked already."""
        roots, entities = set[str](), set[str]()
        for op in ops:
            roots.add(op.root_id)
            entities.update((op.root_id, op.entity_id))
        if entities:
            self._load(_BY_ENTITY, {"roots": sorted(roots), "entities": sorted(entities)})

    def read_kinds(self, root_id: str, kinds: Sequence[str]) -> None:
        """Load what is not loaded yet of all entities of these kinds."""
        self._load(_BY_KIND, {"root": root_id, "kinds": list(kinds)})

    def _load(self, statement: Executable, wanted: Mapping[str, Any]) -> None:
        for root_id, entity_id, name, kind, *held in self.session.connection().execute(statement, wanted):
            self.fields.setdefault((root_id, entity_id, name), Held(kind, *held))
            self.kinds.setdefault((root_id, entity_id), kind)

    def refusal(self, op: Change, value: str) -> str | None:
        """Say why an operation does not fit what is already there, None when it does."""
        if self.kinds.get((op.root_id, op.entity_id), op.kind) != op.kind:
            return "bad_value"
        if op.field == vocabulary.BODY:
            body = self.fields.get((op.root_id, op.entity_id, op.field))
            return "immutable" if body is not None and body.value != value else None
        return "immutable" if self._lifts_alert(op) or self._brings_back(op, value) else None

    def _brings_back(self, op: Change, value: str) -> bool:
        """Whether a photograph that is withdrawn, and has no bytes any more, would stand again."""
        said = self.fields.get((op.root_id, op.entity_id, "withdrawn"))
        if op.kind != "photo" or said is None:
            return False
        return (op.field == "deleted" and op.value is not True) or (op.field == "withdrawn" and value != said.value)

    def _lifts_alert(self, op: Change) -> bool:
        """Whether a tablet takes back a danger that was here before this batch: from then on the office decides."""
        if op.kind != "alert" or op.field != "deleted":
            return False
        raised = (op.root_id, op.entity_id, vocabulary.BODY)
        decided = (op.root_id, op.entity_id, "decision") in self.fields
        return decided or (op.value is True and raised in self.fields and raised not in self.touched)

    def signed_elsewhere(self, op: Change) -> bool:
        """Whether another device has closed the inventory: what was signed there may not change under the signatures.

        Anybody who may write may reopen it, so that a lost tablet takes nothing with it.
        """
        closing = self._closing(op.root_id)
        if closing is None or closing.device_id == op.device_id or op.kind in vocabulary.AFTER_SIGNING:
            return False
        return not ((op.kind, op.field) == ("inventory", "closed") and op.value is None)

    def keep_apart(self, op: Change, value: str) -> Ack:
        """Keep an operation as a disagreement that the office looks at; nothing that was signed changes."""
        place = (op.root_id, op.entity_id, op.field)
        held, landlord = self.fields.get(place), self.landlords[op.root_id]
        self.changes.append(_row(op, value, landlord, self.now, None))
        if held is None:
            closing = self.fields[op.root_id, op.root_id, "closed"]
            held = Held(op.kind, "null", 0, closing.hlc, closing.device_id, closing.op_id)
        elif held.value != value:
            # One revision further: the device that lost takes the signed value with its next pull.
            held.rev += 1
            self.touched[place] = None
        if held.value == value:
            return Ack(op.op_id, "applied", held.rev)
        self.conflicts.append(
            _conflict(op, value, held, landlord, self.now, wins=False) | {"weighty": True},
        )
        return Ack(op.op_id, "conflict_kept", held.rev)

    def _closing(self, root_id: str) -> Held | None:
        closing = self.fields.get((root_id, root_id, "closed"))
        return None if closing is None or closing.value == "null" else closing

    def write(self, op: Change, value: str) -> Ack:
        """Merge one operation and give its answer; nothing reaches the database before `flush`."""
        place = (op.root_id, op.entity_id, op.field)
        held = self.fields.get(place)
        repeated_body = held is not None and op.field == vocabulary.BODY
        current = None if held is None else Current(held.value, held.rev, held.hlc, held.device_id)
        outcome = merge(current, Incoming(value, op.base_rev, op.hlc, op.device_id))
        applied = outcome.wins and not repeated_body
        landlord = self.landlords[op.root_id]
        self.changes.append(_row(op, value, landlord, self.now, outcome.rev if applied else None))
        if held is not None and repeated_body:
            return Ack(op.op_id, "applied", held.rev)
        if held is not None and outcome.conflict:
            self.conflicts.append(_conflict(op, value, held, landlord, self.now, wins=outcome.wins))
        if applied:
            self.fields[place] = Held(op.kind, value, outcome.rev, op.hlc, op.device_id, op.op_id)
            self.kinds[op.root_id, op.entity_id] = op.kind
            self.touched[place] = None
            if op.kind == "photo" and op.field == vocabulary.BODY:
                self.photo_uses += _photo_uses(op)
        return Ack(op.op_id, "conflict_kept" if outcome.conflict else "applied", outcome.rev)

    def flush(self, more_positions: int = 0) -> int:
        """Write everything in a few statements; give the last of `more_positions` places in the feed after its own."""
        connection = self.session.connection()
        if self.changes:
            connection.execute(_INSERT_CHANGE, self.changes)
        if self.conflicts:
            connection.execute(_INSERT_CONFLICT, self.conflicts)
        if self.photo_uses:
            connection.execute(_USE.on(connection), self.photo_uses)
        wanted = len(self.touched) + more_positions
        if not wanted:
            return 0
        last = feed.next_position(self.session, wanted)
        if self.touched:
            connection.execute(_STATE.on(connection), self._states(last - wanted + 1))
        return last

    def values(self, root_id: str, kind: str) -> list[dict[str, Any]]:
        """Give `{field: value}` of each entity of a kind, as loaded and written."""
        return list(self.entities(root_id, kind).values())

    def entities(self, root_id: str, kind: str) -> dict[str, dict[str, Any]]:
        """The same by the entities' ids."""
        found: dict[str, dict[str, Any]] = {}
        for (root, entity_id, name), held in self.fields.items():
            if root == root_id and held.kind == kind:
                found.setdefault(entity_id, {})[name] = json.loads(held.value)
        return found

    def _states(self, position: int) -> list[dict[str, Any]]:
        rows = []
        for place in self.touched:
            held = self.fields[place]
            rows.append(
                {
                    "root_id": place[0],
                    "entity_id": place[1],
                    "field": place[2],
                    "landlord_id": self.landlords[place[0]],
                    "kind": held.kind,
                    "value": held.value,
                    "rev": held.rev,
                    "hlc": held.hlc,
                    "device_id": held.device_id,
                    "op_id": held.op_id,
                    "position": position,
                }
            )
            position += 1
        return rows


def _row(op: Change, value: str, landlord_id: str, now: datetime, rev: int | None) -> dict[str, Any]:
    return {
        "op_id": op.op_id,
        "landlord_id": landlord_id,
        "device_id": op.device_id,
        "device_seq": op.device_seq,
        "actor_id": op.actor_id,
        "root_id": op.root_id,
        "entity_id": op.entity_id,
        "kind": op.kind,
        "field": op.field,
        "value": value,
        "base_rev": op.base_rev,
        "hlc": op.hlc,
        "captured_at": moment.read(op.captured_at),
        "received_at": now,
        "schema_v": op.schema_v,
        "catalogue_v": op.catalogue_v,
        "rev": rev,
    }


def _conflict(op: Change, value: str, held: Held, landlord_id: str, now: datetime, *, wins: bool) -> dict[str, Any]:
    mine, theirs = (op.op_id, op.device_id, value, op.hlc), (held.op_id, held.device_id, held.value, held.hlc)
    kept, lost = (mine, theirs) if wins else (theirs, mine)
    names = ("op_id", "device_id", "value", "hlc")
    return {
        "landlord_id": landlord_id,
        "root_id": op.root_id,
        "entity_id": op.entity_id,
        "kind": op.kind,
        "field": op.field,
        "weighty": (op.kind, op.field) in vocabulary.WEIGHTY,
        "found_at": now,
        **{f"kept_{name}": part for name, part in zip(names, kept, strict=True)},
        **{f"lost_{name}": part for name, part in zip(names, lost, strict=True)},
    }


def _photo_uses(op: Change) -> list[dict[str, Any]]:
    named = {"root_id": op.root_id, "photo_id": op.entity_id, "subject_id": op.value["subject_id"]}
    return [named | {"size": size, "sha256": op.value[size]["sha256"]} for size in ("report", "archive")]
