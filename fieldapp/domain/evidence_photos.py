"""The numbered photographs of a record, in the order in which its rooms and things are read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fieldapp.domain.photo_mark import marks_of
from fieldapp.domain.snapshot import Entity, Snapshot
from fieldapp.domain.wording import Wording

PAGE = "entry"
"""What a photographed page of an entry inventory on paper is about; its subject is the inventory itself."""
_AFTER_THE_ROOMS = ("meter", "key", "equipment", "party", "alert")
_LABELS = {
    "element": ("elements", "element_kind"),
    "meter": ("meters", "meter_kind"),
    "key": ("keys", "key_kind"),
    "equipment": ("equipment", "equipment_kind"),
}


class Marks:
    """Gives each living photo of a living subject its mark: P01, P02… (P100 after P99).

    Order: rooms as numbered, a room's own photos before its elements', then meters, keys, equipment, parties and alerts;
    within one subject by (taken_at, id); the inventory's own and the pages of an entry on paper come last.
    """

    def __init__(self, snapshot: Snapshot, wording: Wording) -> None:
        self._wording = wording
        self._photos = snapshot.all("photo")
        self.photos: list[dict[str, Any]] = []
        self._by_subject: dict[str, list[str]] = {}
        for room in snapshot.all("room"):
            label = wording.own(room.text("label"), "rooms", room.value("room_kind"))
            self._take(room, label, "")
            for element in snapshot.elements_of(room):
                self._take(element, label, self._label(element))
        for kind in _AFTER_THE_ROOMS:
            for thing in snapshot.all(kind):
                self._take(thing, "", self._label(thing))
        self._take(snapshot.inventory, "", "")

    def of(self, subject_id: str) -> list[str]:
        """The marks of one subject's photos."""
        return self._by_subject.get(subject_id, [])

    def _take(self, subject: Entity, room_label: str, label: str) -> None:
        mine = [photo for photo in self._photos if photo.body().get("subject_id") == subject.id]
        for photo in sorted(mine, key=lambda photo: (str(photo.body().get("taken_at") or ""), photo.id)):
            mark = f"P{len(self.photos) + 1:02d}"
            body = photo.body()
            drawn = marks_of(photo.value("marks"))
            self._by_subject.setdefault(subject.id, []).append(mark)
            self.photos.append(
                {
                    "mark": mark,
                    "id": photo.id,
                    "subject_kind": PAGE if body.get("subject_kind") == PAGE else subject.kind,
                    "subject_id": subject.id,
                    "room_label": room_label,
                    "subject_label": label,
                    "caption": photo.text("caption"),
                    "taken_at": body.get("taken_at"),
                    "archive": _file(body.get("archive")),
                    "report": _file(body.get("report")),
                    # A photograph that nobody drew on reads as it did before there were marks.
                    **({"marks": drawn} if drawn else {}),
                }
            )

    def _label(self, thing: Entity) -> str:
        if thing.kind == "party":
            return thing.text("name")
        if thing.kind == "alert":
            return self._wording.label("alert_reasons", thing.body().get("reason"))
        table, field = _LABELS[thing.kind]
        return self._wording.own(thing.text("label"), table, thing.value(field))


def _file(value: object) -> dict[str, Any] | None:
    if not isinstance(value, Mapping):
        return None
    return {name: value.get(name) for name in ("sha256", "bytes", "width", "height")}
