"""A signed slip or answer: accepted once, only as the server itself would have written it, sealed, and then answered for."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from fieldapp.extensions import db
from fieldapp.records.job import Job
from fieldapp.records.outgoing_mail import MailAttachment, OutgoingMail
from fieldapp.records.proposal import Proposal
from fieldapp.records.visit import Visit
from fieldapp.records.visit_document import VisitDocument
from fieldapp.reports import contents_check
from fieldapp.reports.verify import verify
from fieldapp.services import installation, visit_sealing
from fieldapp.services.closing import CannotClose
from fieldapp.services.identifier import new_id
from fieldapp.worker import handlers, work_once
from sync import canonical
from sync.tablet import Tablet
from tests.fieldwork.estate import Estate
from tests.fieldwork.slips import end, hand_in, refusal, said, sign_document
from tests.fieldwork.tablets import enrolled
from tests.fieldwork.visits import Slot, plan_slot


@pytest.fixture
def slot(estate: Estate) -> Slot:
    """Two candidates in one slot; the first one holds a notified offer."""
    return plan_slot(estate, "Alex Essai", "Dominique Essai", notified_on=date(2026, 11, 20))


@pytest.fixture
def tablet(estate: Estate, slot: Slot) -> Tablet:
    """The agent's tablet, with the visit on it."""
    tablet = enrolled(estate)
    tablet.fetch_pack()
    assert slot.root_id in {root for root, *_ in tablet.contents.fields}
    return tablet


MUCH_LATER = "2026-11-20T15:00:00.000Z"


def mails(document_id: str) -> list[tuple[str, list[str]]]:
    """The messages about a document, each with what it carries."""
    messages = db.session.scalars(
        select(OutgoingMail).where(OutgoingMail.topic_id == document_id).order_by(OutgoingMail.created_at)
    )
    return [
        (
            one.to_address,
            list(db.session.scalars(select(MailAttachment.sha256).where(MailAttachment.mail_id == one.id))),
        )
        for one in messages.all()
    ]


def do_the_jobs(estate: Estate, kind: str) -> None:
    """Let a worker do what waits; other kinds are put aside."""
    others = {name: lambda _args: None for name in handlers()}
    while work_once(estate.app, "worker", {**others, kind: handlers()[kind]}):
        pass


def refused(estate: Estate, tablet: Tablet, slot: Slot, document_id: str, raw: bytes) -> str:
    """The code with which it is not accepted."""
    with pytest.raises(CannotClose) as refusal_:
        hand_in(estate, tablet, slot.root_id, document_id, raw)
    return refusal_.value.code


def row(estate: Estate, document_id: str) -> VisitDocument | None:
    with estate.app.app_context():
        return db.session.get(VisitDocument, document_id)


def proposal(estate: Estate, slot: Slot, place: int = 0) -> Proposal:
    with estate.app.app_context():
        return db.session.get_one(Proposal, slot.proposals[place])


def seals(estate: Estate) -> list[Any]:
    with estate.app.app_context():
        return [job.args for job in db.session.scalars(select(Job).where(Job.kind == "seal_document"))]


def test_a_slip_is_accepted_once_and_asked_to_be_sealed(estate: Estate, tablet: Tablet, slot: Slot) -> None:
    document_id, raw = sign_document(tablet, slot.root_id, said(slot.candidates[1]))
    tablet.sync()
    assert hand_in(estate, tablet, slot.root_id, document_id, raw) == hand_in(
        estate, tablet, slot.root_id, document_id, raw
    )
    found = row(estate, document_id)
    assert found is not None
    assert (found.kind, found.decision, found.answer) == ("visit_slip", "signed", None)
    assert seals(estate) == [{"document_id": document_id}]


def test_who_says_yes_on_the_slip_has_not_answered_the_offer(estate: Estate, tablet: Tablet, slot: Slot) -> None:
    document_id, raw = sign_document(tablet, slot.root_id, said(slot.candidates[0]))
    tablet.sync()
    hand_in(estate, tablet, slot.root_id, document_id, raw)
    assert proposal(estate, slot).state == "offered"


def test_a_signed_refusal_answers_the_offer(estate: Estate, tablet: Tablet, slot: Slot) -> None:
    document_id, raw = sign_document(tablet, slot.root_id, refusal(slot.candidates[0]))
    tablet.sync()
    hand_in(estate, tablet, slot.root_id, document_id, raw)
    assert (proposal(estate, slot).state, proposal(estate, slot).answered_on) == ("refused", date(2026, 11, 23))


def test_an_answer_that_was_not_signed_answers_nothing(estate: Estate, tablet: Tablet, slot: Slot) -> None:
    document_id, raw = sign_document(tablet, slot.root_id, refusal(slot.candidates[0]), decision="refused")
    tablet.sync()
    hand_in(estate, tablet, slot.root_id, document_id, raw)
    assert proposal(estate, slot).state == "offered"


def test_nobody_answers_an_offer_that_was_never_notified(estate: Estate, tablet: Tablet, slot: Slot) -> None:
    document_id, raw = sign_document(tablet, slot.root_id, refusal(slot.candidates[1]))
    tablet.sync()
    assert refused(estate, tablet, slot, document_id, raw) == "no_offer"
    assert row(estate, document_id) is None
    with estate.app.app_context():
        assert installation.blobs().exists(f"records/{canonical.sha256_hex(raw)}")


def test_bytes_that_nobody_signed_are_refused(estate: Estate, tablet: Tablet, slot: Slot) -> None:
    document_id, raw = sign_document(tablet, slot.root_id, said(slot.candidates[0], words="Trop de bruit."))
    changed = canonical.dumps({**canonical.loads(raw), "words": "Parfait."})
    tablet.sync()
    assert refused(estate, tablet, slot, document_id, changed) == "not_signed"
    assert row(estate, document_id) is None


def test_a_candidate_who_is_not_on_the_list_signs_nothing_here(estate: Estate, tablet: Tablet, slot: Slot) -> None:
    stranger = "019a0000-0000-7000-8000-0000000000ee"
    document_id, raw = sign_document(tablet, slot.root_id, said(stranger))
    tablet.sync()
    assert refused(estate, tablet, slot, document_id, raw) == "record_differs"


def test_a_record_before_its_operations_is_asked_for_again(estate: Estate, tablet: Tablet, slot: Slot) -> None:
    document_id, raw = sign_document(tablet, slot.root_id, said(slot.candidates[0]))
    assert refused(estate, tablet, slot, document_id, raw) == "not_signed"
    tablet.sync()
    assert not hand_in(estate, tablet, slot.root_id, document_id, raw).sealed


def test_the_visit_leaves_the_tablet_once_it_ended_and_every_slip_was_accepted(
    estate: Estate, tablet: Tablet, slot: Slot
) -> None:
    document_id, raw = sign_document(tablet, slot.root_id, said(slot.candidates[0]))
    end(tablet, slot.root_id)
    tablet.sync()
    with estate.app.app_context():
        assert db.session.get_one(Visit, slot.root_id).received_at is None
    hand_in(estate, tablet, slot.root_id, document_id, raw)
    with estate.app.app_context():
        assert db.session.get_one(Visit, slot.root_id).received_at is not None


def test_a_copy_asked_for_by_mail_leaves_once_with_the_sealed_file(
    quick_estate: Estate,
) -> None:
    slot = plan_slot(quick_estate, "Alex Essai")
    tablet = enrolled(quick_estate)
    tablet.fetch_pack()
    document_id, raw = sign_document(tablet, slot.root_id, said(slot.candidates[0], name="Alex Essai"))
    tablet.sync()
    hand_in(quick_estate, tablet, slot.root_id, document_id, raw)
    wish = {"document_id": document_id, "party_id": slot.candidates[0], "channel": "email", "done": False}
    with quick_estate.app.app_context():
        sha256 = visit_sealing.seal_document(document_id)
        assert mails(document_id) == []
    for to, at in (("alex@courriel.example", "2026-11-20T11:00:00.000Z"), ("ailleurs@courriel.example", MUCH_LATER)):
        tablet.write(slot.root_id, new_id(), "handover", "body", {**wish, "to": to, "at": at})
        tablet.sync()
        with quick_estate.app.app_context():
            do_the_jobs(quick_estate, "send_slip_copies")
            visit_sealing.seal_document(document_id)
    with quick_estate.app.app_context():
        assert mails(document_id) == [
            ("alex@courriel.example", [sha256]),
            ("ailleurs@courriel.example", [sha256]),
        ]


def test_the_sealed_slip_verifies_and_names_one_candidate_only(estate: Estate, tablet: Tablet, slot: Slot) -> None:
    documents = [
        sign_document(tablet, slot.root_id, said(candidate, name=name))
        for candidate, name in zip(slot.candidates, ("Alex Essai", "Dominique Essai"), strict=True)
    ]
    tablet.sync()
    for document_id, raw in documents:
        hand_in(estate, tablet, slot.root_id, document_id, raw)
    with estate.app.app_context():
        sha256 = visit_sealing.seal_document(documents[0][0])
        assert visit_sealing.seal_document(documents[0][0]) == sha256
        with installation.blobs().open(f"reports/{sha256}") as file:
            pdf = file.read()
    verdict = verify(pdf)
    assert verdict.intact
    assert verdict.decisions == (("Alex Essai", "signed"),)
    assert b"Dominique" not in b"".join(contents_check.read(pdf).files.values())
    sealed = row(estate, documents[0][0])
    assert sealed is not None
    assert sealed.report_sha256 == sha256
