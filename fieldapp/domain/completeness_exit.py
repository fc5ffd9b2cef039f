"""What a move-out has to say beyond an entry: where the tenant goes, the entry's day, the keys' return (art. 2, 2°)."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from fieldapp.domain.change import below_entry
from fieldapp.domain.entry import Entries, Origin
from fieldapp.domain.finding import Item, done, missing, warning
from fieldapp.domain.keys_return import KeysReturn
from fieldapp.domain.local_day import day, local_day, moment
from fieldapp.domain.new_address import AddressAnswer
from fieldapp.domain.record_exit import TENANTS
from fieldapp.domain.snapshot import Entity, Snapshot, filled
from fieldapp.domain.wording import Wording

_FUELS = frozenset({"gas", "fuel_oil", "wood"})
_TYPED = ("element", "meter", "key", "equipment")


def new_address(snapshot: Snapshot, *, asked: bool) -> Iterator[Item]:
    """Where each tenant goes, or that it was not said; only somebody who did not come may be left unasked."""
    if not asked:
        return
    found: list[Item] = []
    for party in snapshot.all("party"):
        if party.text("quality") not in TENANTS:
            continue
        said, name = _mapping(party.value("new_address")), party.text("name")
        answer, text = said.get("answer"), said.get("text")
        if answer == AddressAnswer.REFUSED:
            found.append(warning("exit", "new_address_refused", "parties", party, name=name))
        elif answer == AddressAnswer.NOT_ASKED and party.value("present") is False:
            found.append(warning("exit", "new_address_not_asked", "parties", party, name=name))
        elif answer != AddressAnswer.GIVEN or not isinstance(text, str) or not filled(text):
            found.append(missing("exit", "new_address_missing", "parties", party, name=name))
    yield from found or [done("exit", "new_address", "parties")]


def entry_date(snapshot: Snapshot, entries: Entries) -> Iterator[Item]:
    """The day of the entry inventory, which cannot lie after the exit; or that there is none."""
    if entries.origin is Origin.NONE:
        yield warning("exit", "entry_none", "check")
        return
    if entries.origin is Origin.OBSTRUCTED:
        yield warning("exit", "entry_obstructed", "check")
        return
    entered = day(entries.established_on)
    if entered is None:
        yield missing("exit", "entry_date_missing", "check")
    elif _before(snapshot, entries, entered):
        yield missing("exit", "exit_before_entry", "check", entry=entered.isoformat())
    else:
        yield done("exit", "entry_date", "check", entry=entered.isoformat())


def _before(snapshot: Snapshot, entries: Entries, entered: date) -> bool:
    exit_at, entry_at = moment(snapshot.inventory.value("established_at")), moment(entries.header.get("established_at"))
    if exit_at and entry_at:
        return exit_at < entry_at
    left = local_day(snapshot.inventory.value("established_at"), snapshot.zone)
    return left is not None and left < entered


def keys_return(snapshot: Snapshot, entries: Entries) -> Iterator[Item]:
    """How and when the keys came back: the deposit's clock starts there (loi 89-462, art. 22)."""
    said = _mapping(snapshot.inventory.value("keys_returned"))
    how, on = said.get("how"), day(said.get("on"))
    left = local_day(snapshot.inventory.value("established_at"), snapshot.zone)
    entered = day(entries.established_on)
    if how not in list(KeysReturn):
        yield missing("exit", "keys_return_missing", "keys")
    elif how == KeysReturn.NOT_YET:
        yield warning("exit", "keys_not_returned", "keys")
    elif on is None:
        yield missing("exit", "keys_return_undated", "keys")
    elif left and on > left:
        yield missing("exit", "keys_return_future", "keys", on=on.isoformat(), established=left.isoformat())
    elif entered and on < entered:
        yield missing("exit", "keys_return_before_entry", "keys", on=on.isoformat(), entry=entered.isoformat())
    else:
        yield done("exit", "keys_returned", "keys", on=on.isoformat())
        proof = said.get("proof")
        if how != KeysReturn.IN_HAND and not (isinstance(proof, str) and filled(proof)):
            yield warning("exit", "keys_proof_missing", "keys")


def readings(snapshot: Snapshot, entries: Entries, wording: Wording) -> Iterator[Item]:
    """Meters that stand lower than at the entry: misread, or another meter."""
    for meter in snapshot.all("meter"):
        if meter.value("state") == "read" and below_entry(meter, entries):
            label = wording.own(meter.text("label"), "meters", meter.value("meter_kind"))
            yield warning("exit", "meter_below_entry", "meters", meter, meter=label)


def typed(snapshot: Snapshot, entries: Entries) -> Iterator[Item]:
    """What was typed from paper and nobody confirmed: it counts for nothing until somebody does."""
    if entries.origin is not Origin.IMPORTED:
        return
    rooms = {room.id for room in snapshot.all("room")}
    waiting = [
        thing
        for kind in _TYPED
        for thing in snapshot.all(kind)
        if (kind != "element" or thing.value("room_id") in rooms) and _unconfirmed(thing)
    ]
    if waiting:
        yield Item(
            "exit",
            "typed_unconfirmed",
            ok=False,
            blocking=True,
            screen="room" if waiting[0].kind == "element" else _SCREENS[waiting[0].kind],
            entity_id=waiting[0].id,
            room_id=waiting[0].text("room_id") or None,
            params={"count": len(waiting)},
        )


_SCREENS = {"meter": "meters", "key": "keys", "equipment": "equipment"}


def _unconfirmed(thing: Entity) -> bool:
    said = _mapping(thing.value("typed_entry"))
    return bool(said) and said.get("confirmed") is not True


def maintenance(snapshot: Snapshot) -> Iterator[Item]:
    """Certificates of the boiler's yearly maintenance and of the swept chimney, when the tenant has to have them."""
    for thing in snapshot.all("equipment"):
        kind = thing.text("equipment_kind")
        own_boiler = kind == "heating" and thing.text("scope") == "individual" and thing.text("energy") in _FUELS
        chimney = kind == "chimney" and thing.value("present") is not False
        if (own_boiler or chimney) and not thing.flag("certificate_seen"):
            yield warning("exit", "maintenance_unseen", "equipment", thing, kind=kind)


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
