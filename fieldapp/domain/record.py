"""The record: the one document that the parties read, sign and receive, built from an inventory's state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from fieldapp.domain.completeness_papers import bond_of, spouse_of
from fieldapp.domain.evidence_photos import Marks
from fieldapp.domain.record_exit import with_entry
from fieldapp.domain.rights import rights_of
from fieldapp.domain.snapshot import Entity, Snapshot, State
from fieldapp.domain.wording import Wording

FORMAT = "fieldapp.record/1"
CLAUSES = tuple("abcdefghi")
"""The items of décret 2016-382 art. 2, 1°; a lease kind that knows fewer says so in the catalogue."""

Json = dict[str, Any]


def build(state: State, catalogue: Mapping[str, Any], legal: Mapping[str, Any]) -> Json:
    """What was seen, by whom, where and when, in the words of the inventory's language.

    `state` is `{"entities": {id: {"kind", "fields"}}}`; `catalogue` and `legal` are the versioned data files. The answer
    holds text, integers, booleans, null, lists and objects only, and its canonical bytes are equal to those of
    `static/field/rules/record.js`. E-mail addresses, telephones, causes and prices are not in it: they are not what is
    signed. Missing text is "", anything else missing is null; `house_catalogue` is there only where the landlord has its
    own catalogue, and names the version whose words were offered. Raises NoInventory.
    """
    snapshot = Snapshot(state)
    wording = Wording(catalogue, snapshot.language)
    marks = Marks(snapshot, wording)
    inventory = snapshot.inventory
    rooms = [_room(number, room, snapshot, wording, marks) for number, room in enumerate(snapshot.all("room"), 1)]
    elements = [element for room in rooms for element in room["elements"]]
    keys = [_key(key, wording, marks) for key in snapshot.all("key")]
    meters = [_meter(meter, wording, marks) for meter in snapshot.all("meter")]
    record = {
        "format": FORMAT,
        "id": inventory.id,
        "kind": inventory.text("kind"),
        "number": inventory.text("number"),
        "language": snapshot.language,
        "lease_kind": snapshot.lease_kind,
        "catalogue_version": catalogue.get("version"),
        "legal_version": legal.get("version"),
        "established_at": inventory.value("established_at"),
        "keys_handed_at": inventory.value("keys_handed_at"),
        "zone": snapshot.zone,
        "context": snapshot.context,
        "insurance": inventory.value("insurance"),
        "remark": inventory.text("remark"),
        "parties": [_party(party, snapshot, wording) for party in snapshot.all("party")],
        "rooms": rooms,
        "meters": meters,
        "keys": keys,
        "equipment": [_equipment(thing, wording, marks) for thing in snapshot.all("equipment")],
        "alerts": [_alert(alert, wording) for alert in _by_moment(snapshot.all("alert"))],
        "photos": marks.photos,
        "counts": {
            "rooms": len(rooms),
            "elements": len(elements),
            "filled_at_one_touch": sum(element["filled_at_one_touch"] for element in elements),
            "photos": len(marks.photos),
            "keys": sum(key["quantity"] or 0 for key in keys),
            "meters": len(meters),
        },
        "labels": _labels(snapshot, wording),
        "legal": _legal(snapshot, wording, catalogue, legal),
    }
    if house := inventory.value("house_catalogue"):
        record["house_catalogue"] = house
    return with_entry(record, snapshot, wording)


def _labels(snapshot: Snapshot, wording: Wording) -> Json:
    lease = wording.row("lease_kinds", snapshot.lease_kind)
    return {
        "kind": wording.label("inventory_kinds", snapshot.inventory.text("kind")),
        "lease_kind": wording.label("lease_kinds", snapshot.lease_kind),
        "premises": wording.pick(lease.get("premises")),
        "basis": wording.pick(lease.get("basis")),
        "states": wording.labels("states"),
        "letters": wording.labels("states", "letter"),
        "words": wording.labels("states", "words"),
    }


def _legal(snapshot: Snapshot, wording: Wording, catalogue: Mapping[str, Any], legal: Mapping[str, Any]) -> Json:
    asked = wording.row("lease_kinds", snapshot.lease_kind).get("clauses", CLAUSES)
    return {
        "clauses": [
            {
                "code": clause.get("code", ""),
                "article": wording.pick(clause.get("article")),
                "text": wording.pick(clause.get("text")),
            }
            for clause in [
                *(clause for clause in legal.get("clauses") or [] if clause.get("code") in asked),
                *(legal.get("exit_clauses") or [] if snapshot.inventory.text("kind") == "move_out" else []),
            ]
        ],
        "rights": rights_of(snapshot, catalogue, legal),
        "together": wording.pick(legal.get("together")),
        "photographs": wording.pick(legal.get("photographs")),
        "read_on": legal.get("read_on"),
    }


def _party(party: Entity, snapshot: Snapshot, wording: Wording) -> Json:
    spouse = spouse_of(snapshot, party)
    return _bond(party, spouse, wording) | {
        "id": party.id,
        "name": party.text("name"),
        "quality": party.text("quality"),
        "quality_label": wording.label("qualities", party.value("quality")),
        "represents": party.value("represents"),
        "mandate": party.text("mandate"),
        "domicile": party.text("domicile"),
        "identity_seen": party.text("identity_seen"),
        "identity_label": wording.label("identities", party.value("identity_seen")),
    }


def _bond(party: Entity, spouse: Entity | None, wording: Wording) -> Json:
    """To whom a holder of the lease is bound, where one of two may sign for both; nothing for everybody else."""
    if spouse is None:
        return {}
    bond = bond_of(party, spouse)
    return {"spouse": spouse.id, "bond": bond, "bond_label": wording.label("bonds", bond)}


def _room(number: int, room: Entity, snapshot: Snapshot, wording: Wording, marks: Marks) -> Json:
    return {
        "id": room.id,
        "kind": room.text("room_kind"),
        "label": wording.own(room.text("label"), "rooms", room.value("room_kind")),
        "no": number,
        "elements": [
            _element(f"{number}.{place:02d}", element, wording, marks)
            for place, element in enumerate(snapshot.elements_of(room), 1)
        ],
        "photos": marks.of(room.id),
    }


def _element(ref: str, element: Entity, wording: Wording, marks: Marks) -> Json:
    kind = element.value("element_kind")
    written = element.value("defects")
    defects = [code for code in written if isinstance(code, str)] if isinstance(written, list) else []
    surface = wording.row("elements", kind).get("surface")
    return {
        "id": element.id,
        "ref": ref,
        "kind": element.text("element_kind"),
        "label": wording.own(element.text("label"), "elements", kind),
        "surface": surface if isinstance(surface, str) else None,
        "material": wording.said(element.text("material"), "materials"),
        "state": element.value("state"),
        "state_label": wording.label("states", element.value("state")),
        "filled_at_one_touch": element.flag("filled_at_one_touch"),
        "defects": defects,
        "defect_labels": [wording.label("defects", code) for code in defects],
        "working": element.value("working"),
        "working_label": wording.label("workings", element.value("working")),
        "cleanliness": element.value("cleanliness"),
        "cleanliness_label": wording.label("cleanliness", element.value("cleanliness")),
        "quantity": element.value("quantity"),
        "note": element.text("note"),
        "promise": element.value("promise"),
        "photos": marks.of(element.id),
    }


def _meter(meter: Entity, wording: Wording, marks: Marks) -> Json:
    kind = meter.value("meter_kind")
    return {
        "id": meter.id,
        "kind": meter.text("meter_kind"),
        "kind_label": wording.label("meters", kind),
        "label": wording.own(meter.text("label"), "meters", kind),
        "serial": meter.text("serial"),
        "place": meter.text("place"),
        "point": meter.text("point"),
        "unit": meter.text("unit"),
        "index": meter.text("index"),
        "index_low": meter.text("index_low"),
        "state": meter.value("state"),
        "state_label": wording.label("meter_states", meter.value("state")),
        "reason": meter.text("reason"),
        "photos": marks.of(meter.id),
    }


def _key(key: Entity, wording: Wording, marks: Marks) -> Json:
    kind = key.value("key_kind")
    quantity = key.value("quantity")
    return {
        "id": key.id,
        "kind": key.text("key_kind"),
        "kind_label": wording.label("keys", kind),
        "label": wording.own(key.text("label"), "keys", kind),
        "destination": key.text("destination"),
        "quantity": quantity if type(quantity) is int else None,
        "number": key.text("number"),
        "photos": marks.of(key.id),
    }


def _equipment(thing: Entity, wording: Wording, marks: Marks) -> Json:
    kind = thing.value("equipment_kind")
    return {
        "id": thing.id,
        "kind": thing.text("equipment_kind"),
        "kind_label": wording.label("equipment", kind),
        "label": wording.own(thing.text("label"), "equipment", kind),
        "present": thing.value("present"),
        "place": thing.text("place"),
        "installed_on": thing.value("installed_on"),
        "tested": thing.value("tested"),
        "tested_label": wording.label("tests", thing.value("tested")),
        "energy": thing.text("energy"),
        "scope": thing.text("scope"),
        "last_maintenance": thing.value("last_maintenance"),
        "certificate_seen": thing.value("certificate_seen"),
        "note": thing.text("note"),
        "photos": marks.of(thing.id),
    }


def _alert(alert: Entity, wording: Wording) -> Json:
    body = alert.body()
    return {
        "reason": body.get("reason") or "",
        "reason_label": wording.label("alert_reasons", body.get("reason")),
        "text": body.get("text") or "",
        "decision": alert.value("decision"),
    }


def _by_moment(entities: list[Entity]) -> Iterator[Entity]:
    yield from sorted(entities, key=lambda entity: (str(entity.body().get("at") or ""), entity.id))
