"""After three years nobody's name is left of a signed slip, and a copy of it can still be proved."""

import hashlib
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from fieldapp.extensions import db
from fieldapp.records.audit_entry import AuditEntry
from fieldapp.records.change import Change
from fieldapp.records.field_state import FieldState
from fieldapp.records.outgoing_mail import OutgoingMail
from fieldapp.records.visit_document import VisitDocument
from fieldapp.services import candidate_retention, document_retention, installation, slip_mail, visit_closing
from sync import canonical
from tests.fieldwork.estate import Estate
from tests.fieldwork.office import PDF, colleague
from tests.fieldwork.slips import end, hand_in, said, sign_document
from tests.fieldwork.tablets import enrolled
from tests.fieldwork.visits import Slot, plan_slot

NAME = "Dominique Inoubliable"
ADDRESS = "dominique@seeker.example"
LATER = datetime.now(UTC) + timedelta(days=3 * 366)


def signed(estate: Estate) -> tuple[Slot, dict[str, bytes]]:
    """Two candidates' slips, sealed, with a copy that was sent; gives the bytes of both records by document."""
    slot = plan_slot(estate, NAME, "Camille Voisine")
    tablet = enrolled(estate)
    tablet.fetch_pack()
    records = {}
    for candidate, name in zip(slot.candidates, (NAME, "Camille Voisine"), strict=True):
        document, raw = sign_document(tablet, slot.root_id, said(candidate, name=name))
        wish = {"document_id": document, "party_id": candidate, "channel": "email", "to": ADDRESS, "done": False}
        tablet.write(slot.root_id, tablet.new_id(), "handover", "body", {**wish, "at": "2026-11-23T09:20:00.000Z"})
        tablet.sync()
        hand_in(estate, tablet, slot.root_id, document, raw)
        records[document] = raw
    end(tablet, slot.root_id)
    tablet.sync()
    with estate.app.app_context():
        for document in records:
            pdf = PDF + document.encode()
            sha256 = canonical.sha256_hex(pdf)
            installation.blobs().put(f"reports/{sha256}", pdf)
            visit_closing.mark_sealed_in(db.session(), document, sha256, len(pdf), "B-B", datetime.now(UTC))
            db.session.commit()
            assert slip_mail.send_requested(document) == 1
    return slot, records


def everything(estate: Estate) -> str:
    """All that the log and the outbox hold, and all files."""
    with estate.app.app_context():
        rows = [*db.session.scalars(select(Change.value)), *db.session.scalars(select(FieldState.value))]
        rows += [f"{mail.to_address} {mail.body}" for mail in db.session.scalars(select(OutgoingMail))]
        files = [path for path in (installation.config().data / "blobs").rglob("*") if path.is_file()]
    return "\n".join(rows) + "".join(path.read_bytes().decode("utf-8", "replace") for path in files)


def erase(estate: Estate, now: datetime) -> int:
    with estate.app.app_context():
        return document_retention.erase_old(now)


def test_before_its_time_a_signed_slip_stays_whole(estate: Estate) -> None:
    signed(estate)
    assert erase(estate, datetime.now(UTC) + timedelta(days=3 * 365 - 2)) == 0
    assert NAME in everything(estate)


def test_after_three_years_no_name_is_left_anywhere_and_the_tidying_is_done_once(estate: Estate) -> None:
    signed(estate)
    with estate.app.app_context():
        for candidate in db.session.scalars(select(VisitDocument.candidate_id)).all():
            assert candidate is not None
            candidate_retention.erase_in(db.session(), candidate, LATER)
        db.session.commit()
    assert (erase(estate, LATER), erase(estate, LATER)) == (2, 0)
    left = everything(estate)
    assert NAME not in left
    assert "Camille Voisine" not in left
    assert ADDRESS not in left
    assert "strokes" not in left


def test_a_copy_is_still_proved_by_its_hash_and_the_office_says_what_became_of_the_file(estate: Estate) -> None:
    slot, records = signed(estate)
    erase(estate, LATER)
    own = colleague(estate)
    text = own.text(f"/office/visits/{slot.root_id}")
    for document, copy in records.items():
        assert hashlib.sha256(copy).hexdigest() in text
        assert own.get(f"/office/visits/{slot.root_id}/documents/{document}.pdf").status_code == 404
    with estate.app.app_context():
        told = select(AuditEntry.facts).where(AuditEntry.action == "visit.document_erased")
        assert {facts["sha256"] for facts in db.session.scalars(told)} == {
            hashlib.sha256(copy).hexdigest() for copy in records.values()
        }
        assert slip_mail.send_of_visit(slot.root_id) == 0
