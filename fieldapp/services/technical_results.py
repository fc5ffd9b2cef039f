"""What an accepted technical visit tells the central record: works that are done, elements that are new, what meters said."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.meter import MeterState
from fieldapp.domain.record_fields import Subject
from fieldapp.domain.record_told import Told
from fieldapp.domain.works import SETTLED, WorksState
from fieldapp.records.meter import Meter
from fieldapp.records.meter_reading import MeterReading
from fieldapp.records.visit import Visit
from fieldapp.records.visit_document import VisitDocument
from fieldapp.records.works_request import WorksRequest
from fieldapp.services import audit, record_keeping, vacating
from fieldapp.services.identifier import new_id
from sync import moment

Json = Mapping[str, Any]

NOTE_LENGTH = 300


def apply_in(session: Session, document: VisitDocument, record: Json, actor: str) -> None:
    """Close the works that were accepted, date what they renewed, keep the readings: in the caller's transaction."""
    visit = session.get_one(Visit, document.visit_id)
    at = moment.read(record["established_at"])
    for work in record["works"]:
        _settle(session, visit, work, document.number, at, actor)
    session.flush()
    record_keeping.keep_document_in(session, document, visit.dwelling_id, list(_told(record)), at)
    _read(session, document, visit.dwelling_id, record, at)
    vacating.turn_in(session, visit.dwelling_id)


def _settle(session: Session, visit: Visit, work: Json, number: str, at: datetime, actor: str) -> None:
    """A request that is done is closed; one with a reserve or not done goes on, and says so."""
    request = session.get(WorksRequest, work["id"], with_for_update=True)
    if request is None or request.dwelling_id != visit.dwelling_id or WorksState(request.state) in SETTLED:
        return
    if work["result"] == "done":
        request.state, request.settled_at = WorksState.DONE, at
        audit.record(session, actor, "works.done", "works_request", request.id, visit.landlord_id, document=number)
        return
    said = ", ".join(part for part in (number, work["result_label"], work["note"]) if part)
    request.note = said[:NOTE_LENGTH]


def _told(record: Json) -> Iterator[Told]:
    for work in record["works"]:
        element = work["element"]
        if element is not None and work["result"] != "not_done":
            yield Told(Subject.ELEMENT, element["id"], element["dated"], element["on"])


def _read(session: Session, document: VisitDocument, dwelling_id: str, record: Json, at: datetime) -> None:
    known = set(session.scalars(select(Meter.id).where(Meter.dwelling_id == dwelling_id)))
    now = datetime.now(UTC)
    for one in record["readings"]:
        if one["id"] in known and one["state"] in list(MeterState):
            session.add(
                MeterReading(
                    id=new_id(),
                    landlord_id=document.landlord_id,
                    dwelling_id=dwelling_id,
                    meter_id=one["id"],
                    document_id=document.id,
                    read_at=at,
                    written_at=now,
                    **{name: one[name] for name in ("state", "index", "index_low", "unit", "reason")},
                )
            )
    session.flush()
