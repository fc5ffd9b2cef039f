"""The move-outs among the shared vectors: each stands on the record of an entry of the same vectors."""

import copy
from collections.abc import Callable
from typing import Any

from fieldapp.domain.entry import Origin
from fieldapp.domain.entry_copy import header_of, no_entry, seeds_of
from fieldapp.domain.record import build
from sync import canonical

LEFT = "2029-03-30T08:30:00.000Z"


class Leaving:
    """Builds the state of a move-out from an inventory builder of the entries."""

    def __init__(self, entry: Any, catalogue: Any, legal: Any, kind: str = "move_out", **changes: Any) -> None:
        signed = _acts(entry)
        record = build(entry.state, catalogue, legal)
        sha256 = canonical.sha256_hex(canonical.dumps(record))
        self.it = entry
        header = entry.entities[entry.id]["fields"]
        kept = {name: header[name] for name in ("lease_kind", "language", "context")}
        people = {key: entity for key, entity in entry.entities.items() if entity["kind"] == "party"}
        entry.id = "019b0000-0000-7000-8000-000000000001"
        entry.entities = {entry.id: {"kind": "inventory", "fields": {}}, **people}
        self.it.set(
            entry.id,
            **kept,
            kind=kind,
            number="S290330-7KQ2M",
            established_at=LEFT,
            entry=header_of(record, sha256, signed),
        )
        self.it.set(entry.id, **changes)
        for thing, thing_kind, fields in seeds_of(copy.deepcopy(record), signed):
            entry.entities[thing] = {"kind": thing_kind, "fields": copy.deepcopy(fields)}
        self.record = record

    def without_entry(self, origin: Origin) -> None:
        """Takes what the entry said away: the dwelling sheet alone is left."""
        self.it.set(self.it.id, entry=no_entry(origin))
        for entity in self.it.entities.values():
            if entity["kind"] != "inventory":
                entity["fields"].pop("entry", None)

    def of(self, kind: str) -> list[str]:
        """The ids of a kind, in the order of the entry."""
        return [key for key, entity in self.it.entities.items() if entity["kind"] == kind]

    def room(self, number: int) -> str:
        """The id of a room by its number at the entry."""
        return str(self.record["rooms"][number - 1]["id"])

    def element(self, number: int, place: int) -> str:
        """The id of an element by room and place at the entry."""
        return str(self.record["rooms"][number - 1]["elements"][place - 1]["id"])

    def unchanged(self) -> None:
        """Every element as the entry says it, as *Inchangé* does."""
        for key in self.of("element"):
            fields = self.it.entities[key]["fields"]
            entry = fields.get("entry")
            if entry and entry["state"] not in ("not_checked", "absent"):
                names = ("state", "working", "cleanliness", "quantity", "defects")
                self.it.set(key, **{name: entry[name] for name in names})
                self.it.set(key, material_confirmed=True, filled_at_one_touch=True)

    def back(self) -> None:
        """Keys, meters, detector, address: what leaving asks for beside the rooms."""
        for key in self.of("key"):
            self.it.set(
                key, quantity=self.it.entities[key]["fields"].get("entry", {}).get("quantity", 1), confirmed=True
            )
        for key in self.of("meter"):
            self.it.set(key, state="read", index="00612,4")
        for key in self.of("equipment"):
            self.it.set(key, present=True, tested="works")
        self.it.set(self.it.id, keys_returned={"how": "in_hand", "on": "2029-03-30", "proof": ""})
        for key in self.of("party"):
            if self.it.entities[key]["fields"]["quality"] in ("tenant", "co_tenant"):
                self.it.set(key, new_address={"answer": "given", "text": "3 rue Neuve, 61990 Orme-la-Vallée"})


def _acts(entry: Any) -> list[dict[str, Any]]:
    """The tenant signed the entry with a remark on the living room's floor."""
    rooms = [key for key, entity in entry.entities.items() if entity["kind"] == "room"]
    floor = entry.elements(rooms[1])[0] if len(rooms) > 1 else None
    remark = {"subject_kind": "element", "subject_id": floor, "text": "La rayure était là avant nous"}
    return [
        {
            "act_id": "019a0000-0000-7000-8000-0000000000f1",
            "record_sha256": "",
            "quality": "tenant",
            "decision": "signed_with_reservations",
            "at": "2026-11-20T10:00:00.000Z",
            "remarks": [remark] if floor else [],
        }
    ]


def cases(f3: Callable[[], Any], garage: Callable[[], Any], catalogue: Any, legal: Any) -> dict[str, tuple[str, Any]]:
    """`{name: (what it shows, state)}`."""

    def leaving(kind: str = "move_out", **changes: Any) -> Leaving:
        made = Leaving(f3(), catalogue, legal, kind, **changes)
        made.unchanged()
        made.back()
        return made

    def move_out() -> Leaving:
        """A move-out of the F3: most of it is as it was, and one of each thing that can happen has happened."""
        out = leaving()
        it = out.it
        it.set(out.element(2, 2), state="poor", defects=["hole"], note="Six trous", filled_at_one_touch=False)
        it.photo("element", out.element(2, 2), 41, caption="Six trous")
        it.set(out.element(2, 3), material="Lambris", filled_at_one_touch=False)
        it.set(out.element(3, 1), works={"on": "2028-06-01", "document": "Facture n° 12"}, state="good")
        it.set(out.element(3, 2), working="no", cleanliness="to_clean", quantity=1)
        it.set(out.element(3, 3), state="not_checked")
        it.set(out.element(4, 1), deleted=True)
        it.set(out.element(4, 2), state=None)
        it.add("element", room_id=out.room(4), element_kind="floor", label="Parquet posé", position=1, state="good")
        it.set(out.room(4), label="Bureau")
        it.set(out.room(8), deleted=True)
        keys, meters = out.of("key"), out.of("meter")
        it.set(keys[0], quantity=1)
        it.set(keys[1], quantity=3)
        it.set(meters[0], index="00 481,9")
        it.set(meters[1], serial="NEUF-1", state="inaccessible", index="", reason="Gaine fermée")
        return out

    def move_out_in_english() -> Leaving:
        """The same exit for a tenant who reads English: the entry's catalogue words follow, people's words do not."""
        out = move_out()
        out.it.set(out.it.id, language="en")
        return out

    def rooms_split_and_merged() -> Leaving:
        """A wall went up and another came down: what a room was made of is said, and never guessed from its name."""
        out = leaving()
        it = out.it
        half = it.add("room", room_kind="office", label="Bureau", position=90, **{"from": [out.room(2)]})
        floor = it.add(
            "element", room_id=half, element_kind="floor", position=1, state="worn", **{"from": [out.element(2, 1)]}
        )
        it.photo("element", floor, 44)
        it.add("element", room_id=half, element_kind="walls", label="Cloison", position=2, state="new")
        it.set(out.room(4), **{"from": [out.room(4), out.room(5)]})
        it.set(out.room(5), deleted=True)
        it.set(out.element(4, 1), **{"from": [out.element(4, 1), out.element(5, 1), out.element(5, 1), "none"]})
        it.set(out.element(5, 3), room_id=out.room(4))
        lookalike = it.add("room", room_kind="bathroom", label="Salle de bains", position=91)
        it.add("element", room_id=lookalike, element_kind="floor", label="Sol", position=1, state="good")
        it.set(out.room(6), deleted=True)
        made = it.add("room", room_kind="cellar", label="Cave", position=92, deleted=True)
        it.add("element", room_id=made, element_kind="floor", position=1)
        it.set(out.element(7, 1), room_id=made)
        return out

    def move_out_imported() -> Leaving:
        """The entry is on paper: what was typed and confirmed counts, what was only typed does not yet."""
        out = leaving()
        out.without_entry(Origin.NONE)
        it = out.it
        it.set(it.id, typed_entry={"on": "2021-04-01"})
        it.photo("entry", it.id, 50, caption="Page 1")
        it.photo("inventory", it.id, 49)
        it.set(out.element(1, 1), typed_entry={"confirmed": True, "state": "good", "defects": [], "note": "propre"})
        it.set(out.element(1, 2), typed_entry={"confirmed": True, "state": "new", "material": "Peinture blanche"})
        it.set(out.element(1, 3), typed_entry={"confirmed": False, "state": "worn"})
        it.set(out.element(2, 1), typed_entry={"confirmed": True})
        it.set(out.of("meter")[0], typed_entry={"confirmed": True, "index": "00100", "serial": "00731942"})
        it.set(out.of("key")[0], typed_entry={"confirmed": True, "quantity": 3})
        it.set(out.of("equipment")[0], typed_entry={"confirmed": True, "present": True, "tested": "fails"})
        return out

    def paper_without_its_day() -> Leaving:
        """The office attached a scan, and nobody has said which day it is from; everything typed is confirmed."""
        out = leaving()
        out.without_entry(Origin.NONE)
        scan = [{"sha256": f"{7:064x}", "bytes": 80_000, "media_type": "application/pdf"}]
        out.it.set(out.it.id, entry={**no_entry(Origin.NONE), "scan": scan})
        return out

    def no_entry_at_all() -> Leaving:
        """Nobody made an entry inventory: nothing is compared, and every page says why."""
        out = leaving()
        out.without_entry(Origin.NONE)
        return out

    def entry_obstructed() -> Leaving:
        """The landlord did not allow an entry inventory: what is typed from paper changes nothing."""
        out = leaving()
        out.without_entry(Origin.OBSTRUCTED)
        out.it.set(out.it.id, typed_entry={"on": "2021-04-01"})
        out.it.set(out.element(1, 1), typed_entry={"confirmed": True, "state": "good"})
        return out

    def impossible_days() -> Leaving:
        """An exit before its entry, keys given back tomorrow, nobody asked where to."""
        out = leaving()
        it = out.it
        it.set(it.id, established_at="2026-11-20T08:29:59.999Z")
        it.set(it.id, keys_returned={"how": "agency", "on": "2026-11-21", "proof": " "})
        it.set(out.of("party")[0], new_address={"answer": "not_asked", "text": ""}, present=True)
        return out

    def nothing_said_on_leaving() -> Leaving:
        """A planned move-out that nobody has begun: everything is asked for, nothing is prefilled."""
        return Leaving(f3(), catalogue, legal)

    def keys_by_post() -> Leaving:
        """Keys sent by post before the visit, without the slip; one tenant refuses to say where, the other is away."""
        out = leaving()
        it = out.it
        it.set(it.id, keys_returned={"how": "registered_post", "on": "2029-03-28", "proof": ""})
        it.set(out.of("party")[0], new_address={"answer": "refused", "text": ""})
        it.add(
            "party",
            name="M. Ali Diallo",
            quality="co_tenant",
            position=3,
            present=False,
            new_address={"answer": "not_asked", "text": ""},
        )
        heating = {"equipment_kind": "heating", "scope": "individual", "energy": "gas", "present": True, "position": 8}
        it.add("equipment", **heating)
        it.add("equipment", equipment_kind="chimney", position=9, certificate_seen=True)
        return out

    def keys_still_out() -> Leaving:
        """The keys are not back yet, and those of an earlier day cannot be from before the entry."""
        out = leaving()
        out.it.set(out.it.id, keys_returned={"how": "not_yet", "on": None, "proof": ""})
        return out

    def older_words() -> Leaving:
        """The entry speaks an older catalogue: a declared successor is compared, an unknown word is shown as it was."""
        out = leaving()
        it = out.it
        for place, (state, defects) in enumerate((("good", ["mark"]), ("fair", []), ("good", ["gouge"])), 1):
            entry = it.entities[out.element(2, place)]["fields"]["entry"]
            labels = {"mark": "Marque", "gouge": "Entaille"}
            entry.update(state=state, state_label="Moyen" if state == "fair" else "Bon", defects=defects)
            entry.update(defect_labels=[labels[code] for code in defects])
            it.set(out.element(2, place), state="good", defects=["stain"], filled_at_one_touch=False)
        return out

    def advisory_visit() -> Leaving:
        """A visit before the exit: advice, and visibly no inventory; half of it may stay empty."""
        out = Leaving(f3(), catalogue, legal, "pre_exit")
        out.it.set(out.element(1, 1), state="worn", note="À nettoyer avant le départ")
        return out

    def strange_exit() -> Leaving:
        """What tablets of tomorrow might send: nothing falls over, and nothing is concluded from it."""
        out = leaving(keys_returned="yesterday", typed_entry=[])
        it = out.it
        it.set(out.element(1, 1), works=True, **{"from": "nowhere"})
        it.set(out.element(1, 2), works={}, **{"from": [3, None, out.room(1)]})
        it.set(out.element(1, 3), defects="hole", quantity="two", material=4)
        it.set(out.element(2, 1), entry={})
        it.set(out.of("party")[0], new_address="somewhere")
        it.set(out.of("meter")[0], index="12 m3")
        return out

    def garage_let_alone() -> Leaving:
        """A garage: no address is asked for by law, and the deposit's rules are not those of a dwelling."""
        out = Leaving(garage(), catalogue, legal)
        out.unchanged()
        out.back()
        out.it.set(out.of("party")[0], new_address=None)
        return out

    made = (
        move_out,
        move_out_in_english,
        rooms_split_and_merged,
        move_out_imported,
        paper_without_its_day,
        no_entry_at_all,
        entry_obstructed,
        impossible_days,
        nothing_said_on_leaving,
        keys_by_post,
        keys_still_out,
        older_words,
        advisory_visit,
        strange_exit,
        garage_let_alone,
    )
    return {case.__name__: ((case.__doc__ or "").strip(), case().it.state) for case in made}
