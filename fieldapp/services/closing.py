"""An inventory is closed: the signed record is compared with what the server has, kept, and sealed when all is there."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from fieldapp.domain import catalogue, completeness
from fieldapp.domain.appointment import AppointmentState
from fieldapp.domain.completeness_papers import answered, signatories
from fieldapp.domain.difference import first_difference
from fieldapp.domain.inventory import InventoryKind, InventoryState
from fieldapp.domain.progress import is_open
from fieldapp.domain.record import build
from fieldapp.domain.snapshot import Snapshot
from fieldapp.extensions import db
from fieldapp.records.appointment import Appointment
from fieldapp.records.inventory import Inventory
from fieldapp.records.photo import Photo
from fieldapp.services import (
    audit,
    feed,
    header,
    installation,
    jobs,
    missing,
    refusing,
    snapshot,
    standing,
    visit_following,
)
from fieldapp.services.header import Header
from fieldapp.services.tablet import Tablet
from sync import canonical


class CannotClose(Exception):
    """The inventory cannot be closed with this record; `code` is what the tablet is told, `facts` what goes with it."""

    def __init__(self, code: str, detail: str = "", **facts: Any) -> None:
        super().__init__(detail or code)
        self.code = code
        self.facts = facts


@dataclass(frozen=True, slots=True)
class Closed:
    """The record is accepted and kept; `missing` names the photographs that sealing still waits for."""

    record_sha256: str
    missing: tuple[str, ...]
    sealed: bool


def close(device: Tablet, root_id: str, raw: bytes, sha256: str) -> Closed:
    """Accept the signed record: one transaction; the same record again gets the same answer.

    `raw` are the canonical bytes that the parties signed, `sha256` their hash as the tablet knows it. Raises `CannotClose`
    with `hash_mismatch`, `malformed`, `not_yours`, `sealed` (another record was accepted), `held`, `not_signed`,
    `not_complete` (`items`) or `record_differs`.
    """
    record = record_of(raw, sha256)
    session = db.session()
    session.rollback()
    try:
        closed = _close_in(session, device, root_id, raw, record, sha256)
        session.commit()
    except CannotClose as refusal:
        session.rollback()
        _keep_refused(session, device, root_id, raw, sha256, refusal)
        raise
    except BaseException:
        session.rollback()
        raise
    return closed


def record_of(raw: bytes, sha256: str) -> Any:
    """What these canonical bytes say; raises `CannotClose` with `hash_mismatch` or `malformed`."""
    if canonical.sha256_hex(raw) != sha256:
        raise CannotClose("hash_mismatch", "the bytes do not have the announced SHA-256")
    try:
        return canonical.loads(raw)
    except canonical.NotCanonical as error:
        raise CannotClose("malformed", str(error)) from error


def _keep_refused(
    session: Session, device: Tablet, root_id: str, raw: bytes, sha256: str, refusal: CannotClose
) -> None:
    """Keep what was signed although it is not accepted, where the office sees it."""
    if refusal.code not in refusing.FINAL:
        return
    row = header.lock(session, [root_id])[root_id]
    refusing.keep_in(session, row, device.id, raw, sha256, refusal.code, str(refusal))
    standing.judge_in(session, [root_id])
    session.commit()


def try_seal_in(session: Session, root_id: str) -> bool:
    """Ask for the seal, in the caller's transaction, when record and photographs are all there; tell whether it was.

    Called whenever a photograph became durable or was examined: it keeps the count of missing ones, and waits for the
    examination, because only what was decoded without harm may be rendered. Locks the header, then the feed.
    """
    row = header.lock(session, [root_id]).get(root_id)
    if row is None:
        return False
    if row.kind == "visit":
        visit_following.receive_when_whole(session, row)
        visit_following.seal_in(session, row)
        _save(session, row)
        return False
    asked = _seal_when_ready(session, row, _files(row))
    _save(session, row)
    return asked


def mark_sealed_in(session: Session, root_id: str, at: datetime) -> None:
    """Note, in the caller's transaction, that the sealed report is kept, and let the tablets hear of it."""
    session.flush()
    row = header.lock(session, [root_id])[root_id]
    row.state, row.sealed_at, row.told = InventoryState.SEALED, row.sealed_at or at, True
    _save(session, row)
    if session.scalar(select(Inventory.kind).where(Inventory.id == root_id)) == InventoryKind.MOVE_OUT:
        # The deposit's clock runs: the office sees its last day before anybody opens the file.
        jobs.enqueue(session, "open_settlement", {"root_id": root_id}, key=f"open_settlement:{root_id}")


def _close_in(session: Session, device: Tablet, root_id: str, raw: bytes, record: Any, sha256: str) -> Closed:
    row = header.lock(session, [root_id]).get(root_id)
    if row is None or not device.may_write(row.landlord_id, row.agency_id, row.agent_id):
        raise CannotClose("not_yours")
    if row.record_sha256 is None:
        _judge(session, row, raw, record, sha256)
        installation.blobs().put(f"records/{sha256}", raw)
        refusing.settle_in(session, root_id)
        row.record_sha256, row.told = sha256, True
        actor = f"device:{device.id}"
        audit.record(session, actor, "inventory.record_accepted", "inventory", root_id, row.landlord_id, sha256=sha256)
        session.execute(
            update(Appointment).where(Appointment.inventory_id == root_id).values(state=AppointmentState.DONE)
        )
        if isinstance(record, dict) and record.get("kind") == InventoryKind.PRE_EXIT:
            jobs.enqueue(session, "pass_on_advice", {"root_id": root_id}, key=f"pass_on_advice:{root_id}")
    elif row.record_sha256 != sha256:
        raise CannotClose("sealed", "another record of this inventory was accepted before")
    files = _files(row)
    _seal_when_ready(session, row, files)
    _save(session, row)
    return Closed(sha256, tuple(_absent(session, files)), sealed=row.state == InventoryState.SEALED)


def _judge(session: Session, row: Header, raw: bytes, record: Any, sha256: str) -> None:
    """Raise `CannotClose` unless the state that the server holds says that this very record was signed by everybody; advice by nobody."""
    state = snapshot.state_in(session, row.id)
    view = Snapshot(state)
    if any(is_open(alert.fields) for alert in view.all("alert")):
        raise CannotClose("held", "the office has not decided on a danger that was reported")
    _judge_signatures(view, sha256)
    versions = record if isinstance(record, dict) else {}
    try:
        words = catalogue.load(versions.get("catalogue_version"))
        law = catalogue.load_legal(versions.get("legal_version"))
    except (catalogue.UnknownVersion, TypeError) as error:
        raise CannotClose("record_differs", "unknown version of the catalogue or of the legal texts") from error
    lacking = completeness.blocking(completeness.check(state, words, closing=True))
    if lacking:
        raise CannotClose("not_complete", items=[item.as_json() for item in lacking])
    rebuilt = build(state, words, law)
    if canonical.dumps(rebuilt) != raw:
        raise CannotClose("record_differs", first_difference(record, rebuilt))


def _judge_signatures(view: Snapshot, sha256: str) -> None:
    closed = view.inventory.value("closed")
    if not isinstance(closed, Mapping) or closed["record_sha256"] != sha256:
        raise CannotClose("not_signed", "the closing of this record has not arrived")
    acts = {act.id: act.body() for act in view.all("act") if act.body().get("record_sha256") == sha256}
    if not set(closed["acts"]) <= acts.keys():
        raise CannotClose("not_signed", "an act has not arrived, or is about another record")
    if view.inventory.text("kind") == InventoryKind.PRE_EXIT:
        return  # advice: nobody signs it
    done_with = answered(view, acts.values())
    wanting = [party.id for party in signatories(view) if party.id not in done_with]
    if wanting:
        raise CannotClose("not_signed", "a party has neither signed nor refused nor been noted absent", parties=wanting)


def _files(row: Header) -> frozenset[str] | None:
    """The photographs that the accepted record names, in both sizes; None while there is no record."""
    if row.record_sha256 is None:
        return None
    with installation.blobs().open(f"records/{row.record_sha256}") as file:
        photos: Sequence[Mapping[str, Any]] = json.load(file)["photos"]
    return frozenset(photo[size]["sha256"] for photo in photos for size in ("archive", "report"))


def _absent(session: Session, files: frozenset[str] | None) -> list[str]:
    wanted = files or frozenset()
    return sorted(wanted - set(session.scalars(select(Photo.sha256).where(Photo.sha256.in_(wanted)))))


def _seal_when_ready(session: Session, row: Header, files: frozenset[str] | None) -> bool:
    lacking = missing.photos_in(session, [row.id])[row.id] if files is None else _absent(session, files)
    if row.missing_photos != len(lacking):
        row.missing_photos, row.told = len(lacking), True
    if files is None or lacking:
        return False
    if row.received_at is None:
        row.received_at, row.told = datetime.now(UTC), True
    if row.state == InventoryState.SEALED:
        return False
    unsafe = session.scalars(select(Photo.sha256).where(Photo.sha256.in_(files), Photo.verdict != "safe").limit(1))
    if unsafe.first() is not None:
        return False
    jobs.enqueue(session, "seal", {"root_id": row.id}, key=f"seal:{row.id}")
    return True


def _save(session: Session, row: Header) -> None:
    if row.told:
        row.position = feed.next_position(session)
        header.save(session, [row])
    standing.judge_in(session, [row.id])
