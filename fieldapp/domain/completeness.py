"""What an inventory still misses before it may be signed: décret 2016-382 art. 2, and what comes before the keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from fieldapp.domain.local_day import day, local_day, moment
from fieldapp.domain.record import CLAUSES
from fieldapp.domain.snapshot import Entity, Snapshot, State, filled
from fieldapp.domain.wording import Wording

TENANTS = frozenset({"tenant", "co_tenant"})
MANDATED = frozenset({"proxy", "guardian"})
_KINDS = frozenset({"move_in", "move_out", "pre_exit"})
_SURFACES = ("floor", "wall", "ceiling")


@dataclass(frozen=True)
class Item:
    """One thing that the law, or the moment before the keys, asks for.

    `clause` is "a" to "i" of art. 2, 1°, or "insurance", "smoke", "alert"; `code` names the sentence that the screen shows
    with `params`; `screen`, `room_id` and `entity_id` say where to go to put it right.
    """

    clause: str
    code: str
    ok: bool
    blocking: bool
    screen: str
    entity_id: str | None = None
    room_id: str | None = None
    params: Mapping[str, str | int] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The shape shared with `rules/completeness.js`."""
        return {
            "clause": self.clause,
            "code": self.code,
            "ok": self.ok,
            "blocking": self.blocking,
            "params": dict(self.params),
            "target": {"screen": self.screen, "entity_id": self.entity_id, "room_id": self.room_id},
        }


def check(state: State, catalogue: Mapping[str, Any], *, closing: bool = False) -> list[Item]:
    """Every item of art. 2, 1°, a to i, then insurance, smoke detector and alerts, in that order.

    A clause with nothing missing has one item that is ok. Signatures (i) and the date of the keys are asked for only when
    `closing`. A lease kind may ask for fewer clauses (a garage has no meters). Nothing here reads a clock: an insurance is past when it ends before the day of the inventory. Raises
    NoInventory.
    """
    snapshot = Snapshot(state)
    wording = Wording(catalogue, snapshot.language)
    lease = wording.row("lease_kinds", snapshot.lease_kind)
    items = [
        *_type(snapshot, wording),
        *_dates(snapshot, closing=closing),
        *_location(snapshot),
        *_parties(snapshot),
        *_mandates(snapshot),
        *_meters(snapshot, wording),
        *_keys(snapshot, wording),
        *_rooms(snapshot, wording),
        *_signatures(snapshot, closing=closing),
        *_insurance(snapshot, asked=lease.get("insurance") is True),
        *_smoke(snapshot, asked=lease.get("smoke_detector") is True),
        *_alerts(snapshot, wording),
    ]
    not_asked = set(CLAUSES) - set(lease.get("clauses", CLAUSES))
    return [item for item in items if item.clause not in not_asked]


def blocking(items: list[Item]) -> list[Item]:
    """What stops the signature."""
    return [item for item in items if item.blocking]


def signatories(snapshot: Snapshot) -> list[Entity]:
    """Whose act the record needs: everybody but witnesses and those whom another party represents."""
    parties = snapshot.all("party")
    represented = {party.value("represents") for party in parties if party.value("represents") != party.id}
    return [party for party in parties if party.text("quality") != "witness" and party.id not in represented]


def _missing(clause: str, code: str, screen: str, entity: Entity | None = None, **params: str | int) -> Item:
    return Item(
        clause, code, ok=False, blocking=True, screen=screen, entity_id=entity.id if entity else None, params=params
    )


def _warning(clause: str, code: str, screen: str, entity: Entity | None = None, **params: str | int) -> Item:
    return Item(
        clause, code, ok=False, blocking=False, screen=screen, entity_id=entity.id if entity else None, params=params
    )


def _done(clause: str, code: str, screen: str, **params: str | int) -> Item:
    return Item(clause, code, ok=True, blocking=False, screen=screen, params=params)


def _type(snapshot: Snapshot, wording: Wording) -> Iterator[Item]:
    kind = snapshot.inventory.text("kind")
    if kind in _KINDS:
        yield _done("a", "type", "check", kind=wording.label("inventory_kinds", kind))
    else:
        yield _missing("a", "type_missing", "check")


def _dates(snapshot: Snapshot, *, closing: bool) -> Iterator[Item]:
    established_at = snapshot.inventory.value("established_at")
    if moment(established_at):
        yield _done("b", "established", "check", at=established_at)
    else:
        yield _missing("b", "established_missing", "check")
    if closing and snapshot.all("key") and not moment(snapshot.inventory.value("keys_handed_at")):
        yield _missing("b", "keys_date_missing", "keys")


def _location(snapshot: Snapshot) -> Iterator[Item]:
    dwelling = snapshot.context_of("dwelling")
    if all(_said(dwelling, name) for name in ("street", "postcode", "town")):
        address = f"{_text(dwelling, 'street')}, {_text(dwelling, 'postcode')} {_text(dwelling, 'town')}"
        yield _done("c", "location", "check", address=address)
    else:
        yield _missing("c", "location_missing", "check")


def _parties(snapshot: Snapshot) -> Iterator[Item]:
    landlord = snapshot.context_of("landlord")
    seat = landlord.get("seat")
    seated = isinstance(seat, Mapping) and all(_said(seat, name) for name in ("street", "postcode", "town"))
    tenants = [party for party in snapshot.all("party") if party.text("quality") in TENANTS]
    missing: list[Item] = []
    if not _said(landlord, "name") or not seated:
        missing.append(_missing("d", "landlord_missing", "check"))
    if not tenants:
        missing.append(_missing("d", "tenant_missing", "parties"))
    missing += [
        _missing("d", "name_missing", "parties", party)
        for party in snapshot.all("party")
        if not filled(party.text("name"))
    ]
    names = ", ".join(party.text("name") for party in tenants)
    yield from missing or [_done("d", "parties", "parties", tenants=names, landlord=_text(landlord, "name"))]


def _mandates(snapshot: Snapshot) -> Iterator[Item]:
    agent = snapshot.context_of("agent")
    mandated = [
        party
        for party in snapshot.all("party")
        if party.text("quality") in MANDATED and party.value("present") is not False
    ]
    missing: list[Item] = []
    if not all(_said(agent, name) for name in ("name", "domicile")):
        missing.append(_missing("e", "agent_missing", "check"))
    for party in mandated:
        name = party.text("name")
        if snapshot.find(party.value("represents")) is None:
            missing.append(_missing("e", "represents_missing", "parties", party, name=name))
        if not filled(party.text("domicile")):
            missing.append(_missing("e", "domicile_missing", "parties", party, name=name))
        if not filled(party.text("mandate")):
            missing.append(_missing("e", "mandate_missing", "parties", party, name=name))
        if not party.text("identity_seen"):
            missing.append(_missing("e", "identity_missing", "parties", party, name=name))
    names = ", ".join([_text(agent, "name"), *(party.text("name") for party in mandated)])
    yield from missing or [_done("e", "mandates", "parties", names=names)]


def _meters(snapshot: Snapshot, wording: Wording) -> Iterator[Item]:
    meters = snapshot.all("meter")
    required = snapshot.context_of("dwelling").get("meters_required")
    present = {_energy(meter.text("meter_kind")) for meter in meters}
    missing = [
        _missing("f", "meter_missing", "meters", kind=wording.label("meters", kind))
        for kind in (required if isinstance(required, list) else [])
        if _energy(kind) not in present
    ]
    for meter in meters:
        label = wording.own(meter.text("label"), "meters", meter.value("meter_kind"))
        match meter.value("state"):
            case "read":
                low = meter.text("meter_kind") == "electricity_hphc" and not filled(meter.text("index_low"))
                if low or not filled(meter.text("index")):
                    missing.append(_missing("f", "index_missing", "meters", meter, meter=label))
            case "inaccessible" | "absent" | "cut":
                if not filled(meter.text("reason")):
                    missing.append(_missing("f", "reason_missing", "meters", meter, meter=label))
            case _:
                missing.append(_missing("f", "reading_missing", "meters", meter, meter=label))
    yield from missing or [_done("f", "meters", "meters", count=len(meters))]


def _energy(kind: object) -> object:
    # A dwelling sheet says "electricity"; which of the two meters hangs there is seen on the spot.
    return "electricity" if kind in ("electricity_base", "electricity_hphc") else kind


def _keys(snapshot: Snapshot, wording: Wording) -> Iterator[Item]:
    keys = snapshot.all("key")
    missing: list[Item] = [] if keys else [_missing("g", "key_missing", "keys")]
    total = 0
    for key in keys:
        label = wording.own(key.text("label"), "keys", key.value("key_kind"))
        quantity = key.value("quantity")
        if type(quantity) is not int or quantity < 0:
            missing.append(_missing("g", "quantity_missing", "keys", key, key=label))
        else:
            total += quantity
        if not filled(key.text("destination")):
            missing.append(_missing("g", "destination_missing", "keys", key, key=label))
        if not key.flag("confirmed"):
            missing.append(_missing("g", "key_unconfirmed", "keys", key, key=label))
    yield from missing or [_done("g", "keys", "keys", count=total)]


def _rooms(snapshot: Snapshot, wording: Wording) -> Iterator[Item]:
    rooms = snapshot.all("room")
    missing: list[Item] = [] if rooms else [_missing("h", "room_missing", "rooms")]
    for room in rooms:
        missing += _room(room, snapshot, wording)
    elements = sum(len(snapshot.elements_of(room)) for room in rooms)
    yield from missing or [_done("h", "rooms", "rooms", rooms=len(rooms), elements=elements)]


def _room(room: Entity, snapshot: Snapshot, wording: Wording) -> Iterator[Item]:
    label = wording.own(room.text("label"), "rooms", room.value("room_kind"))
    elements = snapshot.elements_of(room)

    def found(code: str, entity: Entity | None, **params: str | int) -> Item:
        return Item(
            "h",
            code,
            ok=False,
            blocking=True,
            screen="room",
            entity_id=entity.id if entity else None,
            room_id=room.id,
            params={"room": label, **params},
        )

    def named(element: Entity) -> str:
        return wording.own(element.text("label"), "elements", element.value("element_kind"))

    def surface(kind: object) -> object:
        return wording.row("elements", kind).get("surface")

    if not elements:
        yield found("elements_missing", None)
        return
    states = {row.get("code") for row in wording.rows("states")}
    stateless = [element for element in elements if element.value("state") not in states]
    if stateless:
        yield found("states_missing", stateless[0], count=len(stateless), element=named(stateless[0]))
    described = [element for element in elements if surface(element.value("element_kind")) in _SURFACES]
    undescribed = [
        element
        for element in described
        if element.value("state") != "absent"
        and not (filled(element.text("material")) and element.flag("material_confirmed"))
    ]
    if undescribed:
        yield found("materials_missing", undescribed[0], count=len(undescribed), element=named(undescribed[0]))
    kind = wording.row("rooms", room.value("room_kind"))
    usual = {surface(code) for code in kind["elements"]} if isinstance(kind.get("elements"), list) else set(_SURFACES)
    there = {surface(element.value("element_kind")) for element in described}
    for wanted in _SURFACES:
        if wanted in usual and wanted not in there:
            yield found(f"{wanted}_missing", None)


def _signatures(snapshot: Snapshot, *, closing: bool) -> Iterator[Item]:
    if not closing:
        yield _warning("i", "signatures_next", "sign")
        return
    acts = [act.body() for act in snapshot.all("act")]
    acted = {act.get("party_id") for act in acts if act.get("decision")}
    missing = [
        _missing("i", "signature_missing", "sign", party, name=party.text("name"))
        for party in signatories(snapshot)
        if party.id not in acted
    ]
    if not any(party.text("quality") == "agent" for party in signatories(snapshot)):
        missing.append(_missing("i", "agent_signature_missing", "sign"))
    yield from missing or [_done("i", "signatures", "sign", count=len(acts))]


def _insurance(snapshot: Snapshot, *, asked: bool) -> Iterator[Item]:
    if not asked or snapshot.inventory.text("kind") != "move_in":
        return
    value = snapshot.inventory.value("insurance")
    insurance: Mapping[str, Any] = value if isinstance(value, Mapping) else {}
    expires = day(insurance.get("expires"))
    established_on = local_day(snapshot.inventory.value("established_at"), snapshot.zone)
    if insurance.get("seen") is not True:
        yield _missing("insurance", "insurance_missing", "equipment")
    elif not _said(insurance, "insurer"):
        yield _missing("insurance", "insurer_missing", "equipment")
    elif expires is None:
        yield _missing("insurance", "insurance_end_missing", "equipment")
    elif established_on and expires < established_on:
        yield _missing("insurance", "insurance_past", "equipment", expires=expires.isoformat())
    else:
        yield _done("insurance", "insurance", "equipment", insurer=_text(insurance, "insurer"))


def _smoke(snapshot: Snapshot, *, asked: bool) -> Iterator[Item]:
    if not asked:
        return
    detectors = [thing for thing in snapshot.all("equipment") if thing.text("equipment_kind") == "smoke_detector"]
    if not detectors:
        yield _missing("smoke", "smoke_unsaid", "equipment")
    for detector in detectors:
        present, tested = detector.value("present"), detector.value("tested")
        if present is False:
            yield _warning("smoke", "smoke_absent", "equipment", detector)
        elif present is not True:
            yield _missing("smoke", "smoke_unsaid", "equipment", detector)
        elif tested is None:
            yield _missing("smoke", "smoke_untested", "equipment", detector)
        elif tested == "works":
            yield _done("smoke", "smoke", "equipment")
        else:
            yield _warning("smoke", "smoke_fails" if tested == "fails" else "smoke_not_tested", "equipment", detector)


def _alerts(snapshot: Snapshot, wording: Wording) -> Iterator[Item]:
    for alert in snapshot.all("alert"):
        decision = alert.value("decision")
        outcome = decision.get("outcome") if isinstance(decision, Mapping) else None
        reason = wording.label("alert_reasons", alert.body().get("reason"))
        if outcome == "proceed":
            yield Item(
                "alert",
                "alert_proceed",
                ok=True,
                blocking=False,
                screen="alert",
                entity_id=alert.id,
                params={"reason": reason},
            )
        else:
            code = "alert_stop" if outcome == "stop" else "alert_open"
            yield _missing("alert", code, "alert", alert, reason=reason)
    if snapshot.inventory.value("interruption") is not None:
        yield _missing("alert", "interrupted", "interrupt")


def _text(values: Mapping[str, Any], name: str) -> str:
    value = values.get(name)
    return value if isinstance(value, str) else ""


def _said(values: Mapping[str, Any], name: str) -> bool:
    return filled(_text(values, name))
