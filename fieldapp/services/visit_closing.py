"""What was signed at a visit arrives: compared with what the server has, kept, told to who follows, and sealed."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.orm import Session

from fieldapp.domain import addendum, addendum_record, catalogue, slip_record, technical_record
from fieldapp.domain.difference import first_difference
from fieldapp.domain.visit import TECHNICAL_DOCUMENTS, DocumentKind, Quality
from fieldapp.extensions import db
from fieldapp.records.visit_document import VisitDocument
from fieldapp.services import (
    addendum_news,
    audit,
    closing,
    feed,
    header,
    installation,
    snapshot,
    technical_results,
    visit_documents,
    visit_following,
)
from fieldapp.services.closing import CannotClose, Closed
from fieldapp.services.header import Header
from fieldapp.services.tablet import Tablet
from sync import canonical

Json = Mapping[str, Any]

FINAL = frozenset({"record_differs", "no_offer"})
"""The refusals that no later message mends: the bytes are kept all the same."""


def close(device: Tablet, visit_id: str, document_id: str, raw: bytes, sha256: str) -> Closed:
    """Accept the record of one document: one transaction; the same record again gets the same answer.

    `raw` are the canonical bytes that were signed, `sha256` their hash as the tablet knows it. Raises
    `CannotClose` with `hash_mismatch`, `malformed`, `not_yours`, `sealed` (another record was accepted), `not_signed`,
    `no_offer` (an answer without a notified offer) or `record_differs`.
    """
    record = closing.record_of(raw, sha256)
    session = db.session()
    session.rollback()
    try:
        closed = _close_in(session, device, (visit_id, document_id), raw, record, sha256)
        session.commit()
    except CannotClose as refusal:
        session.rollback()
        if refusal.code in FINAL:
            _keep_refused(session, device, visit_id, raw, sha256, refusal)
        raise
    except BaseException:
        session.rollback()
        raise
    return closed


def mark_sealed_in(session: Session, document_id: str, sha256: str, size: int, level: str, at: datetime) -> bool:
    """Note, in the caller's transaction, where the sealed file is; False when another worker was first."""
    row = session.get_one(VisitDocument, document_id, with_for_update=True)
    if row.sealed_at is not None:
        return False
    row.report_sha256, row.bytes, row.level, row.sealed_at = sha256, size, level, at
    return True


def _close_in(session: Session, device: Tablet, names: tuple[str, str], raw: bytes, record: Any, sha256: str) -> Closed:
    visit_id, document_id = names
    row = header.lock(session, [visit_id]).get(visit_id)
    if row is None or row.kind != "visit" or not device.may_write(row.landlord_id, row.agency_id, row.agent_id):
        raise CannotClose("not_yours")
    known = session.get(VisitDocument, document_id)
    if known is None:
        known = _accept(session, row, document_id, raw, record, sha256)
        actor = f"device:{device.id}"
        audit.record(session, actor, "visit.document_accepted", "visit", row.id, row.landlord_id, sha256=sha256)
        if known.kind in TECHNICAL_DOCUMENTS:
            technical_results.apply_in(session, known, record, actor)
        if known.kind == DocumentKind.ADDENDUM:
            addendum_news.follow_in(session, row.id)
        visit_following.receive_when_whole(session, row)
        visit_following.seal_in(session, row)
    elif known.record_sha256 != sha256 or known.visit_id != visit_id:
        raise CannotClose("sealed", "another record of this document was accepted before")
    if row.told:
        row.position = feed.next_position(session)
        header.save(session, [row])
    return Closed(sha256, (), sealed=known.sealed_at is not None)


def _accept(session: Session, row: Header, document_id: str, raw: bytes, record: Any, sha256: str) -> VisitDocument:
    entities: Json = snapshot.state_in(session, row.id)["entities"]
    document = entities.get(document_id)
    body = _body(document)
    if body["document_kind"] in TECHNICAL_DOCUMENTS:
        return _accept_technical(session, row, entities, document_id, (raw, record, sha256))
    if body["document_kind"] == DocumentKind.ADDENDUM:
        return _accept_addendum(session, row, entities, document_id, (raw, record, sha256))
    act = _act(entities, document_id, document, sha256)
    rebuilt = slip_record.build(document_id, {"id": row.id, **entities[row.id]["fields"]}, body, _words(record))
    if canonical.dumps(rebuilt) != raw:
        raise CannotClose("record_differs", first_difference(record, rebuilt))
    if not visit_documents.expects(session, row.id, body["candidate_id"]):
        raise CannotClose("record_differs", "the candidate is not on the list of this visit")
    if body["document_kind"] == DocumentKind.ANSWER and not _offered(session, row.id, body["candidate_id"]):
        raise CannotClose("no_offer", "no offer was notified to this candidate")
    installation.blobs().put(f"records/{sha256}", raw)
    accepted = VisitDocument(
        id=document_id,
        landlord_id=row.landlord_id,
        visit_id=row.id,
        candidate_id=body["candidate_id"],
        kind=body["document_kind"],
        number=body["number"],
        decision=act["decision"],
        answer=body["answer"] if body["document_kind"] == DocumentKind.ANSWER else None,
        record_sha256=sha256,
        accepted_at=datetime.now(UTC),
    )
    session.add(accepted)
    session.flush()
    visit_documents.answer_in(session, accepted, body, rebuilt["zone"])
    return accepted


def _accept_technical(
    session: Session, row: Header, entities: Json, document_id: str, received: tuple[bytes, Any, str]
) -> VisitDocument:
    """An acceptance or a check: the agent signed it for the landlord; the firm may have, too."""
    raw, record, sha256 = received
    document, root = entities[document_id], entities[row.id]["fields"]
    body = _body(document)
    act = _act(entities, document_id, document, sha256, quality=Quality.AGENT)
    rebuilt = technical_record.build(document_id, {"id": row.id, **root}, body, _words(record))
    if canonical.dumps(rebuilt) != raw:
        raise CannotClose("record_differs", first_difference(record, rebuilt))
    if body["document_kind"] != root.get("purpose"):
        raise CannotClose("record_differs", "the document is of another kind than the visit")
    return _keep(session, row, document_id, (raw, sha256), body, str(act["decision"]))


def _accept_addendum(
    session: Session, row: Header, entities: Json, document_id: str, received: tuple[bytes, Any, str]
) -> VisitDocument:
    """An addendum: the agent signed it for the landlord, and every tenant who was there, or who came for one, answered."""
    raw, record, sha256 = received
    document, root = entities[document_id], entities[row.id]["fields"]
    body = _body(document)
    if body["document_kind"] != root.get("purpose"):
        raise CannotClose("record_differs", "the document is of another kind than the visit")
    if {person["id"] for person in body["people"]} != addendum.holders(root):
        raise CannotClose("record_differs", "the tenants are not those of the original")
    rebuilt = addendum_record.build(document_id, {"id": row.id, **root}, body, _words(record))
    if canonical.dumps(rebuilt) != raw:
        raise CannotClose("record_differs", first_difference(record, rebuilt))
    _act(entities, document_id, document, sha256, quality=Quality.AGENT)
    said = {act["party_id"]: act["decision"] for act in _acts(entities, document_id, document, sha256)}
    there = [person["id"] for person in body["people"] if person["present"]]
    if not there or not said.keys() >= set(there):
        raise CannotClose("not_signed", "somebody who was there has not answered")
    decision = "signed" if all(said[party] == "signed" for party in there) else "refused"
    return _keep(session, row, document_id, (raw, sha256), body, decision)


def _keep(
    session: Session, row: Header, document_id: str, bytes_of: tuple[bytes, str], body: Json, decision: str
) -> VisitDocument:
    """Keep the bytes and the row of a document that no candidate signed."""
    raw, sha256 = bytes_of
    installation.blobs().put(f"records/{sha256}", raw)
    accepted = VisitDocument(
        id=document_id,
        landlord_id=row.landlord_id,
        visit_id=row.id,
        kind=body["document_kind"],
        number=body["number"],
        decision=decision,
        record_sha256=sha256,
        accepted_at=datetime.now(UTC),
    )
    session.add(accepted)
    session.flush()
    return accepted


def _offered(session: Session, visit_id: str, candidate_id: str) -> bool:
    proposal = visit_documents.proposal_of(session, visit_id, candidate_id)
    return proposal is not None and proposal.notified_on is not None


def _body(document: Json | None) -> dict[str, Any]:
    body = document["fields"].get("body") if document is not None and document["kind"] == "document" else None
    if not isinstance(body, dict):
        raise CannotClose("not_signed", "the document has not arrived")
    return body


def _act(
    entities: Json, document_id: str, document: Json | None, sha256: str, quality: Quality = Quality.CANDIDATE
) -> Json:
    for act in _acts(entities, document_id, document, sha256):
        if act["quality"] == quality:
            return act
    raise CannotClose("not_signed", "the act has not arrived, or is about another record")


def _acts(entities: Json, document_id: str, document: Json | None, sha256: str) -> list[Json]:
    """The acts over a record that arrived with its closing."""
    closed = document["fields"].get("closed") if document is not None else None
    if not isinstance(closed, Mapping) or closed["record_sha256"] != sha256:
        raise CannotClose("not_signed", "the closing of this record has not arrived")
    bodies = (entities.get(act_id, {}).get("fields", {}).get("body") for act_id in closed["acts"])
    return [
        act
        for act in bodies
        if isinstance(act, Mapping) and (act["document_id"], act["record_sha256"]) == (document_id, sha256)
    ]


def _words(record: Any) -> catalogue.Document:
    said = record if isinstance(record, Mapping) else {}
    try:
        return {
            **catalogue.load(said.get("catalogue_version")),
            "visits": catalogue.load_visits(said.get("visits_version")),
        }
    except (catalogue.UnknownVersion, TypeError) as error:
        raise CannotClose("record_differs", "unknown version of the catalogue") from error


def _keep_refused(
    session: Session, device: Tablet, visit_id: str, raw: bytes, sha256: str, refusal: CannotClose
) -> None:
    """Keep what was signed although it is not accepted; the journal of the visit says where."""
    row = header.lock(session, [visit_id])[visit_id]
    installation.blobs().put(f"records/{sha256}", raw)
    actor = f"device:{device.id}"
    audit.record(
        session, actor, "visit.document_refused", "visit", row.id, row.landlord_id, sha256=sha256, code=refusal.code
    )
    session.commit()
