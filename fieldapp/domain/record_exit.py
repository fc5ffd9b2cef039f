"""What the record of a move-out says beside the exit: the entry's column, and what became of each thing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fieldapp.domain.change import Change, Comparison, below_entry, change_of, lacking
from fieldapp.domain.entry import EXITS, Entries, Origin
from fieldapp.domain.snapshot import Entity, Snapshot
from fieldapp.domain.wording import Wording

Json = dict[str, Any]

TENANTS = frozenset({"tenant", "co_tenant"})
_TABLES = {"meters": "meter", "keys": "key", "equipment": "equipment"}


def with_entry(record: Json, snapshot: Snapshot, wording: Wording) -> Json:
    """The record of a `move_out` or `pre_exit` with both states in it; any other record as it is.

    Décret 2016-382, art. 2, 2° and art. 3: the new address, the day of the entry inventory, what changed in each room, in
    a form that lets both states be compared. Causes and prices are no part of it.
    """
    if record["kind"] not in EXITS:
        return record
    return _Exit(snapshot, wording).said(record)


class _Exit:
    def __init__(self, snapshot: Snapshot, wording: Wording) -> None:
        self._snapshot = snapshot
        self._wording = wording
        self._entries = Entries(snapshot)

    def said(self, record: Json) -> Json:
        tables = {name: [self._thing(row) for row in record[name]] for name in _TABLES}
        gone = self._removed_elements()
        rooms = [self._room(room, gone) for room in record["rooms"]]
        removed = {
            "rooms": self._removed_rooms(gone),
            **{name: self._removed(kind) for name, kind in _TABLES.items()},
        }
        return {
            **record,
            "contractual": record["kind"] == "move_out",
            "entry": self._entry(),
            "keys_returned": self._keys_returned(),
            "parties": [self._party(party) for party in record["parties"]],
            "rooms": rooms,
            **tables,
            "removed": removed,
            "counts": {**record["counts"], **_counted(rooms, removed["rooms"])},
            "labels": {
                **record["labels"],
                "changes": self._wording.labels("changes"),
                "change_reasons": self._wording.labels("change_reasons"),
            },
        }

    def _entry(self) -> Json:
        header, wording = self._entries.header, self._wording
        origin = self._entries.origin
        return {
            "origin": origin.value,
            "origin_label": wording.label("entry_origins", origin.value),
            "origin_words": wording.pick(wording.row("entry_origins", origin.value).get("words")),
            "inventory_id": header.get("inventory_id"),
            "number": _text(header, "number"),
            "record_sha256": header.get("record_sha256"),
            "established_at": header.get("established_at"),
            "established_on": self._entries.established_on,
            "outcome": header.get("outcome"),
            "outcome_label": wording.label("inventory_outcomes", header.get("outcome")),
            "language": _text(header, "language"),
            "photos": _list(header, "photos"),
            "scan": _list(header, "scan"),
        }

    def _keys_returned(self) -> Json:
        value = self._snapshot.inventory.value("keys_returned")
        said: Mapping[str, Any] = value if isinstance(value, Mapping) else {}
        return {
            "how": _text(said, "how"),
            "how_label": self._wording.label("key_returns", said.get("how")),
            "on": said.get("on"),
            "proof": _text(said, "proof"),
        }

    def _party(self, party: Json) -> Json:
        if party["quality"] not in TENANTS:
            return party
        entity = self._snapshot.find(party["id"])
        value = entity.value("new_address") if entity else None
        said: Mapping[str, Any] = value if isinstance(value, Mapping) else {}
        address = {
            "answer": _text(said, "answer"),
            "answer_label": self._wording.label("address_answers", said.get("answer")),
            "text": _text(said, "text"),
        }
        return {**party, "new_address": address}

    def _room(self, room: Json, gone: Mapping[str, list[Json]]) -> Json:
        entity = self._living(room)
        sources = [self._room_name(source, entry) for source, entry in self._entries.sources(entity)]
        elements = [self._element(element) for element in room["elements"]]
        if not sources:
            change = Change.CREATED if self._entries.origin is Origin.SEALED else Change.NOT_COMPARABLE
        elif [source["label"] for source in sources] == [room["label"]]:
            change = Change.SAME
        else:
            change = Change.CHANGED
        return {
            **room,
            "elements": elements,
            "from": sources,
            "change": change.value,
            "change_label": self._wording.label("changes", change.value),
            "removed": gone.get(room["id"], []),
        }

    def _room_name(self, source: Entity, entry: Mapping[str, Any]) -> Json:
        kind = entry.get("kind") or source.value("room_kind")
        label = self._wording.own(_text(entry, "label") or source.text("label"), "rooms", kind)
        return {"id": source.id, "no": entry.get("no"), "label": label, "photos": _list(entry, "photos")}

    def _element(self, element: Json) -> Json:
        works = self._living(element).value("works")
        done: Mapping[str, Any] | None = works if isinstance(works, Mapping) else None
        replaced = {"on": done.get("on"), "document": _text(done, "document")} if done is not None else None
        said = self._living(element)
        return {
            **self._thing(element),
            "works": replaced,
            "advice": said.value("advice"),
            "advised": said.value("advised"),
        }

    def _thing(self, row: Json) -> Json:
        thing = self._living(row)
        columns = [self._column(source, entry) for source, entry in self._entries.sources(thing)]
        more: Json = {}
        if thing.kind == "meter":
            more = {"below_entry": below_entry(thing, self._entries)}
        elif thing.kind == "key":
            more = {"lacking": lacking(thing, self._entries)}
        return {
            **row,
            "entry": columns[0] if len(columns) == 1 else None,
            "merged": columns if len(columns) > 1 else [],
            **self._change(change_of(thing, self._entries, self._wording)),
            **more,
        }

    def _change(self, found: Comparison) -> Json:
        reason = found.reason.value if found.reason else ""
        return {
            "change": found.change.value,
            "change_label": self._wording.label("changes", found.change.value),
            "change_reason": reason,
            "change_reason_label": self._wording.label("change_reasons", reason) if reason else "",
            "differences": list(found.differences),
        }

    def _column(self, thing: Entity, entry: Mapping[str, Any]) -> Json:
        """One thing as the entry said it, its catalogue words in the language of the exit when they are known."""
        column = _COLUMNS[thing.kind](thing, entry, self._wording)
        return {"id": thing.id, "origin": self._entries.origin.value, **column, "photos": _list(entry, "photos")}

    def _removed(self, kind: str) -> list[Json]:
        return [self._column(thing, entry) for thing, entry in self._entries.removed(kind)]

    def _removed_elements(self) -> dict[str, list[Json]]:
        """The columns of what is gone, by the living room in which it would stand, else by its room of the entry."""
        living = {room.id: room.id for room in self._snapshot.all("room")}
        places = dict(living)
        for room in self._snapshot.all("room"):
            sources = [source.id for source, _ in self._entries.sources(room)]
            places |= {source: room.id for source in sources if source not in living}
        found: dict[str, list[Json]] = {}
        for thing, entry in self._entries.removed("element"):
            column = self._column(thing, entry)
            room_id = thing.text("room_id")
            place = places.get(room_id) or places.get(column["room"]["id"]) or room_id
            found.setdefault(place, []).append(column)
        return found

    def _removed_rooms(self, gone: Mapping[str, list[Json]]) -> list[Json]:
        rooms = [self._room_name(room, entry) for room, entry in self._entries.removed("room")]
        named = {room["id"] for room in rooms} | {room.id for room in self._snapshot.all("room")}
        for room_id, columns in gone.items():
            if room_id not in named:
                rooms.append({**columns[0]["room"], "id": room_id, "photos": []})
        return [{**room, "elements": gone.get(room["id"], [])} for room in rooms]

    def _living(self, row: Json) -> Entity:
        found = self._snapshot.find(row["id"])
        assert found is not None, "a record's rows are the snapshot's"  # noqa: S101
        return found


def _element_column(thing: Entity, entry: Mapping[str, Any], wording: Wording) -> Json:
    defects = [code for code in _list(entry, "defects") if isinstance(code, str)]
    said = _list(entry, "defect_labels")
    room = entry.get("room")
    where: Mapping[str, Any] = room if isinstance(room, Mapping) else {}
    return {
        "ref": _text(entry, "ref"),
        "label": wording.own(
            _text(entry, "label") or thing.text("label"), "elements", entry.get("kind") or thing.value("element_kind")
        ),
        "material": wording.said(_text(entry, "material"), "materials"),
        "state": entry.get("state"),
        "state_label": _known(wording, "states", entry.get("state"), entry.get("state_label")),
        "defects": defects,
        "defect_labels": [
            _known(wording, "defects", code, said[place] if place < len(said) else None)
            for place, code in enumerate(defects)
        ],
        "working": entry.get("working"),
        "working_label": wording.label("workings", entry.get("working")),
        "cleanliness": entry.get("cleanliness"),
        "cleanliness_label": wording.label("cleanliness", entry.get("cleanliness")),
        "quantity": entry.get("quantity"),
        "note": _text(entry, "note"),
        "promise": entry.get("promise"),
        "remarks": _list(entry, "remarks"),
        "room": {"id": where.get("id"), "no": where.get("no"), "label": _text(where, "label")},
    }


def _meter_column(thing: Entity, entry: Mapping[str, Any], wording: Wording) -> Json:
    return {
        "label": wording.own(
            _text(entry, "label") or thing.text("label"), "meters", entry.get("kind") or thing.value("meter_kind")
        ),
        "serial": _text(entry, "serial"),
        "unit": _text(entry, "unit"),
        "index": _text(entry, "index"),
        "index_low": _text(entry, "index_low"),
        "state": entry.get("state"),
        "state_label": wording.label("meter_states", entry.get("state")),
        "reason": _text(entry, "reason"),
    }


def _key_column(thing: Entity, entry: Mapping[str, Any], wording: Wording) -> Json:
    return {
        "label": wording.own(
            _text(entry, "label") or thing.text("label"), "keys", entry.get("kind") or thing.value("key_kind")
        ),
        "destination": _text(entry, "destination"),
        "quantity": entry.get("quantity"),
        "number": _text(entry, "number"),
    }


def _equipment_column(thing: Entity, entry: Mapping[str, Any], wording: Wording) -> Json:
    return {
        "label": wording.own(
            _text(entry, "label") or thing.text("label"),
            "equipment",
            entry.get("kind") or thing.value("equipment_kind"),
        ),
        "present": entry.get("present"),
        "place": _text(entry, "place"),
        "installed_on": entry.get("installed_on"),
        "tested": entry.get("tested"),
        "tested_label": wording.label("tests", entry.get("tested")),
        "last_maintenance": entry.get("last_maintenance"),
        "certificate_seen": entry.get("certificate_seen"),
        "note": _text(entry, "note"),
    }


_COLUMNS = {"element": _element_column, "meter": _meter_column, "key": _key_column, "equipment": _equipment_column}


def _known(wording: Wording, table: str, code: object, own: object) -> str:
    """A code's label; of a code that today's catalogue does not know, the word that the entry itself printed."""
    if not wording.row(table, code) and isinstance(own, str) and own:
        return own
    return wording.label(table, code)


def _counted(rooms: Sequence[Json], removed_rooms: Sequence[Json]) -> Json:
    codes = [element["change"] for room in rooms for element in room["elements"]]
    counts = {change.value: codes.count(change.value) for change in Change}
    gone = sum(len(room["removed"]) for room in rooms) + sum(len(room["elements"]) for room in removed_rooms)
    return {**counts, Change.REMOVED.value: gone}


def _text(values: Mapping[str, Any], name: str) -> str:
    value = values.get(name)
    return value if isinstance(value, str) else ""


def _list(values: Mapping[str, Any], name: str) -> list[Any]:
    value = values.get(name)
    return list(value) if isinstance(value, list) else []
