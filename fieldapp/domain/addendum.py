"""An addendum: what is said after the signature, in a document of its own; the signed one never changes."""

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from fieldapp.domain.completeness_papers import TENANTS
from fieldapp.domain.deadline import heating_month, ten_days_until
from fieldapp.domain.local_day import local_day
from fieldapp.domain.record_fields import Subject
from fieldapp.domain.record_told import Told

Json = dict[str, Any]


class AddendumKind(StrEnum):
    """Why it is made: the first two are the tenant's right after an entry (loi 89-462, art. 3-2)."""

    TENANT_REQUEST = "tenant_request"
    HEATING = "heating"
    CORRECTION = "correction"


class AddendumState(StrEnum):
    """How far it has come; `REJECTED` is the office's answer, `NOT_SIGNED` a party's, `WITHDRAWN` when it was called off."""

    ASKED = "asked"
    SIGNED = "signed"
    NOT_SIGNED = "not_signed"
    WITHDRAWN = "withdrawn"
    REJECTED = "rejected"


def request_of(kind: AddendumKind, requested_on: date | None, due_on: date | None, words: str, record: Json) -> Json:
    """What is asked and whether the law's delay holds, counted in civil days from the signed record's own day."""
    established = local_day(record["established_at"], record["zone"])
    first, last = (None, None) if established is None else _window(kind, established)
    held = None if last is None or requested_on is None else (first or last) <= requested_on <= last
    return {
        "kind": kind.value,
        "requested_on": requested_on.isoformat() if requested_on else None,
        "until": last.isoformat() if last else None,
        "in_time": held,
        "due_on": due_on.isoformat() if due_on else None,
        "words": words,
    }


def _window(kind: AddendumKind, established: date) -> tuple[date | None, date | None]:
    if kind is AddendumKind.TENANT_REQUEST:
        return established, ten_days_until(established)
    if kind is AddendumKind.HEATING:
        return heating_month(established)
    return None, None


def original_of(record: Json, inventory_id: str, record_sha256: str) -> Json:
    """What the tablet needs of a signed record to read it out without any network: its name, its people, its own words."""
    return {
        "inventory_id": inventory_id,
        "number": record["number"],
        "kind": record["kind"],
        "kind_label": record["labels"]["kind"],
        "record_sha256": record_sha256,
        "established_at": record["established_at"],
        "parties": [
            {name: party[name] for name in ("id", "name", "quality", "quality_label")}
            for party in record["parties"]
            if party["quality"] in TENANTS
        ],
        "parts": list(_parts(record)),
    }


def holders(root: Mapping[str, Any]) -> set[str]:
    """The ids of the tenants whom the original names, by the fields of the visit's root."""
    return {party["id"] for party in root["original"]["parties"]}


def told(record: Json) -> Iterator[Told]:
    """What a signed addendum tells the central record besides readings: states with their defects, and counts of keys."""
    for one in record["amendments"]:
        if one["subject_kind"] == Subject.ELEMENT and one["state"]:
            yield Told(Subject.ELEMENT, one["subject_id"], "state", one["state"])
            yield Told(Subject.ELEMENT, one["subject_id"], "defects", one["defects"])
        if one["subject_kind"] == Subject.KEY and one["quantity"] is not None:
            yield Told(Subject.KEY, one["subject_id"], "quantity", one["quantity"])


def _parts(record: Json) -> Iterator[Json]:
    for room in record["rooms"]:
        yield _part("room", room, "", room["label"], "")
        for one in room["elements"]:
            yield _part("element", one, room["label"], one["label"], _element_words(one), element_kind=one["kind"])
    for one in record["meters"]:
        read = " / ".join(part for part in (one["index"], one["index_low"]) if part)
        words = f"{read} {one['unit']}".strip() if read else _sentence(one["state_label"], one["reason"])
        name = ", ".join(part for part in (one["label"] or one["kind_label"], one["serial"]) if part)
        yield _part("meter", one, "", name, words, unit=one["unit"], two_indexes=bool(one["index_low"]))
    for one in record["keys"]:
        name = ", ".join(part for part in (one["label"] or one["kind_label"], one["destination"]) if part)
        yield _part("key", one, "", name, "" if one["quantity"] is None else str(one["quantity"]))
    for one in record["equipment"]:
        yield _part("equipment", one, one["place"], one["label"] or one["kind_label"], _equipment_words(one))


def _part(kind: str, one: Mapping[str, Any], where: str, label: str, said: str, **more: Any) -> Json:
    return {"kind": kind, "id": one["id"], "where": where, "label": label, "said": said, **more}


def _element_words(one: Mapping[str, Any]) -> str:
    working = one["working_label"] if one["working"] not in {None, "yes"} else ""
    dirty = one["cleanliness_label"] if one["cleanliness"] == "to_clean" else ""
    labels = ", ".join(part for part in (one["state_label"], *one["defect_labels"], working, dirty) if part)
    return _sentence(labels, one["note"])


def _equipment_words(one: Mapping[str, Any]) -> str:
    return _sentence(one["tested_label"], one["note"])


def _sentence(*parts: str) -> str:
    return ". ".join(part for part in parts if part)
