"""A move-out of the sample flat: what its entry said beside every row, and one of each thing that can happen."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from fieldapp.domain.entry import Origin
from fieldapp.domain.entry_copy import header_of, no_entry, seeds_of
from fieldapp.reports.evidence import SealPlan
from sync import canonical
from tests.reports import sample
from tests.reports.sample import ROOT, Sample

Json = dict[str, Any]

ENTRY = "019a0000-0000-7000-8000-00000000000e"


def build(
    folder: Path,
    *,
    kind: str = "move_out",
    origin: Origin = Origin.SEALED,
    language: str = "fr",
    seal: SealPlan | None = None,
) -> Sample:
    """The move-out, with the photographs of both visits in `folder`."""
    entry = sample.build(folder, photos=60, language=language)
    return sample.build(folder, language=language, seal=seal, state=state_of(folder, entry, kind, origin, language))


def on_paper(folder: Path, paper: bytes, seal: SealPlan) -> Sample:
    """The move-out of a household whose entry is on paper: one scanned page of it, whose bytes are `paper`."""
    entry = sample.build(folder, photos=2)
    state = state_of(folder, entry, "move_out", Origin.IMPORTED, "fr")
    sha256, kept = canonical.sha256_hex(paper), folder / "paper"
    kept.write_bytes(paper)
    page = {"sha256": sha256, "bytes": len(paper), "media_type": "application/pdf"}
    state[ROOT]["fields"]["entry"] |= {"established_on": "2021-04-01", "scan": [page]}
    made = sample.build(folder, seal=seal, state=state)
    return replace(made, files={**made.files, sha256: kept})


def state_of(folder: Path, entry: Sample, kind: str, origin: Origin, language: str) -> Json:
    """The entities of the move-out, ready for `sample.build`."""
    record, acts = json.loads(entry.record), json.loads(entry.acts)
    record["id"] = ENTRY
    people = sample.entities_of(folder, 0, language, "dwelling", 2)
    out = {key: entity for key, entity in people.items() if entity["kind"] in {"inventory", "party"}}
    header = header_of(record, entry.sha256, acts) if origin is Origin.SEALED else no_entry(origin)
    out[ROOT]["fields"] |= {
        "kind": kind,
        "number": "EDL-S-2031-000412",
        "entry": header,
        "established_at": "2031-03-28T09:40:00.000Z",
        "keys_returned": {"how": "in_hand", "on": "2031-03-28", "proof": ""},
    }
    for party in (entity["fields"] for entity in out.values() if entity["kind"] == "party"):
        if party["quality"] == "tenant":
            party["new_address"] = {"answer": "given", "text": "27 rue du Moulin, 61990 Orme-la-Vallée"}
        elif party["quality"] == "co_tenant":
            party["new_address"] = {"answer": "refused", "text": ""}
    for entity_id, entity_kind, fields in seeds_of(record, acts):
        out[entity_id] = {"kind": entity_kind, "fields": fields}
        _as_it_was(entity_kind, fields)
        if origin is not Origin.SEALED:
            fields.pop("entry")
    _happen(folder, record, out)
    return out


def _as_it_was(kind: str, fields: Json) -> None:
    entry = fields["entry"]
    if kind == "element":
        for name in ("state", "defects", "working", "cleanliness", "quantity"):
            fields[name] = entry[name]
        fields |= {"material_confirmed": True, "filled_at_one_touch": True}
    elif kind == "meter":
        fields |= {"state": entry["state"] or "read", "reason": entry["reason"], "index": f"9{entry['index'][1:]}"}
    elif kind == "key":
        fields |= {"quantity": entry["quantity"], "confirmed": True}
    elif kind == "equipment":
        fields |= {"present": True, "tested": entry["tested"]}


def _happen(folder: Path, record: Json, out: Json) -> None:
    rooms = record["rooms"]
    living, kitchen, bedroom, bathroom, cellar = rooms[1], rooms[2], rooms[3], rooms[5], rooms[7]

    def fields(thing: Json) -> Json:
        found: Json = out[thing["id"]]["fields"]
        return found

    def changed(room: Json, place: int, note: str, scene: str, detail_number: int, **values: Any) -> None:
        element = room["elements"][place]
        fields(element).update(filled_at_one_touch=False, note=note, **values)
        _photo(folder, out, "element", element["id"], scene, detail_number)

    changed(
        living,
        2,
        "12 trous de chevilles non rebouchés, éclats autour de trois d'entre eux",
        "wall",
        41,
        state="poor",
        defects=["hole", "chip"],
    )
    changed(bedroom, 0, "Brûlure de 14 × 8 cm au centre", "parquet", 42, state="poor", defects=["burn"])
    changed(
        kitchen,
        5,
        "",
        "kitchen_sink",
        43,
        state="new",
        works={"on": "2030-02-14", "document": "Facture Plomberie du Centre n° 118"},
    )
    changed(bathroom, 3, "Ne ferme plus", "door", 44, state="out_of_order", working="no")
    fields(bathroom["elements"][1]).update(material="Peinture satinée bleue", filled_at_one_touch=False)
    fields(living["elements"][7])["deleted"] = True
    fields(cellar)["deleted"] = True
    skirting = fields(living["elements"][1])
    if out[ROOT]["fields"]["kind"] == "pre_exit":
        skirting["advice"] = {"text": "Refixer la plinthe derrière la porte", "due": "2031-04-25"}
    else:
        said = {
            "on": "2031-02-28",
            "number": "C310228-7KQ2M",
            "state": "worn",
            "state_label": "Usé",
            "defect_labels": [],
        }
        skirting["advised"] = {**said, "text": "Refixer la plinthe derrière la porte", "due": None}
    fields(bedroom)["label"] = "Bureau"
    made = sample._id("b", 999)
    out[made] = sample._entity(
        "element",
        room_id=bedroom["id"],
        element_kind="cupboard",
        label="Placard sur mesure",
        position=90,
        state="good",
        material="Mélaminé blanc",
    )
    keys = [entity["fields"] for entity in out.values() if entity["kind"] == "key"]
    keys[1]["quantity"] = 1
    meters = [entity["fields"] for entity in out.values() if entity["kind"] == "meter"]
    meters[1]["index"] = "00001"
    for number, room in enumerate(rooms[:5], 50):
        _photo(folder, out, "room", room["id"], room["kind"], number)


def _photo(folder: Path, out: Json, kind: str, subject: str, scene: str, number: int) -> None:
    shot = sample.photograph(folder, scene, number, upright=number == 44)
    body = {
        "subject_kind": kind,
        "subject_id": subject,
        "room_id": None,
        "source": "camera",
        "taken_at": f"2031-03-28T08:{number:02d}:00.000Z",
    }
    caption = "vue depuis la porte" if kind == "room" else ""
    out[sample._id("c", 500 + number)] = sample._entity(
        "photo", body=body | {"archive": shot, "report": shot, "thumb": shot}, caption=caption
    )
