"""The photographs of works requests: what a visit or an inventory shows of a defect, and what an acceptance shows of the repair."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import and_, or_, select

from fieldapp.domain.appointment import TECHNICAL
from fieldapp.extensions import db
from fieldapp.records.appointment import Appointment
from fieldapp.records.field_state import FieldState
from fieldapp.records.photo import Photo, PhotoUse
from fieldapp.records.visit import Visit
from fieldapp.records.works_request import WorksRequest
from fieldapp.reports import photo_marks
from fieldapp.services import previews
from fieldapp.services.previews import NotShown
from fieldapp.services.scope import Scope

SAID = ("caption", "marks", "deleted", "withdrawn")

Found = Mapping[str, tuple["WorksPhoto", ...]]
Place = tuple[str, str]
"""Root and photograph."""


@dataclass(frozen=True, slots=True)
class WorksPhoto:
    """A photograph of a request; `after` when an acceptance of works took it. `status` is that of `case_file.Picture`."""

    id: str
    sha256: str
    caption: str
    width: int
    height: int
    status: str
    reason: str | None
    box: str
    marks: tuple[str, ...]
    after: bool

    @property
    def file_name(self) -> str:
        """What its file is called in the export of everything."""
        return f"{self.sha256}.jpg"


def of(requests: Sequence[WorksRequest]) -> Found:
    """The photographs of these requests by the requests' ids, oldest first: two queries, however many there are."""
    uses = _uses(requests)
    said = _said({(use.root_id, use.photo_id) for use, _ in uses})
    living = [(use, file) for use, file in uses if not _gone(said[use.root_id, use.photo_id])]
    found: dict[str, tuple[WorksPhoto, ...]] = {}
    for request in requests:
        own = [
            _photo(use, file, said[use.root_id, use.photo_id], request) for use, file in living if _shows(use, request)
        ]
        found[request.id] = tuple(sorted(own, key=lambda photo: (photo.after, photo.id)))
    return found


def preview(scope: Scope, request_id: str, sha256: str, size: str) -> Path:
    """The file of a request's photograph made anew; raises `NotShown` for what is not in scope, not safe, or gone."""
    own = scope.of(WorksRequest.landlord_id, WorksRequest.agency_id)
    requests = db.session.scalars(select(WorksRequest).where(WorksRequest.id == request_id, *own)).all()
    shown = {photo.sha256 for photos in of(requests).values() for photo in photos if photo.status == "safe"}
    db.session.rollback()  # a decode may take its time
    if sha256 not in shown:
        raise NotShown(sha256)
    return previews.remade(sha256, size)


def _uses(requests: Sequence[WorksRequest]) -> list[tuple[PhotoUse, Photo | None]]:
    """What shows one of these things, in the visit or inventory it came from or in a technical visit of its dwelling."""
    subjects = [request.id for request in requests]
    elements = {request.element_id for request in requests if request.element_id}
    inventories = {request.inventory_id for request in requests if request.inventory_id}
    dwellings = {request.dwelling_id for request in requests if request.dwelling_id}
    visits = {request.visit_id for request in requests if request.visit_id}
    technical = (
        select(Visit.id)
        .join(Appointment, Appointment.id == Visit.appointment_id)
        .where(Visit.dwelling_id.in_(dwellings), Appointment.kind.in_(TECHNICAL))
    )
    rows = db.session.execute(
        select(PhotoUse, Photo)
        .outerjoin(Photo, Photo.sha256 == PhotoUse.sha256)
        .where(
            PhotoUse.size == "report",
            or_(
                and_(PhotoUse.root_id.in_(visits), PhotoUse.subject_id.in_(subjects)),
                and_(PhotoUse.root_id.in_(technical), PhotoUse.subject_id.in_(subjects)),
                and_(PhotoUse.root_id.in_(inventories), PhotoUse.subject_id.in_(elements)),
            ),
        )
    )
    return [(use, file) for use, file in rows]


def _said(places: set[Place]) -> Mapping[Place, Mapping[str, Any]]:
    """What is said of photographs besides their bodies."""
    found: dict[Place, dict[str, Any]] = defaultdict(dict)
    rows = db.session.execute(
        select(FieldState.root_id, FieldState.entity_id, FieldState.field, FieldState.value).where(
            FieldState.root_id.in_({root_id for root_id, _ in places}),
            FieldState.entity_id.in_({photo_id for _, photo_id in places}),
            FieldState.field.in_(SAID),
        )
    )
    for root_id, photo_id, field, value in rows:
        found[root_id, photo_id][field] = json.loads(value)
    return found


def _gone(said: Mapping[str, Any]) -> bool:
    return bool(said.get("deleted") or said.get("withdrawn"))


def _shows(use: PhotoUse, request: WorksRequest) -> bool:
    if use.subject_id == request.id:
        return True
    return (
        request.inventory_id == use.root_id and request.element_id is not None and request.element_id == use.subject_id
    )


def _photo(use: PhotoUse, file: Photo | None, said: Mapping[str, Any], request: WorksRequest) -> WorksPhoto:
    width, height = (file.width if file else None) or 4, (file.height if file else None) or 3
    return WorksPhoto(
        id=use.photo_id,
        sha256=use.sha256,
        caption=str(said.get("caption") or ""),
        width=width,
        height=height,
        status="missing" if file is None else file.verdict,
        reason=None if file is None else file.reason,
        box=photo_marks.view_box({"width": width, "height": height}),
        marks=tuple(photo_marks.path(mark) for mark in said.get("marks") or ()),
        after=use.root_id not in {request.visit_id, request.inventory_id},
    )
