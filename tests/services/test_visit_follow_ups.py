"""What a visit leaves to the office stands in its list until somebody has done it: questions to answer, copies to post."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from fieldapp.extensions import db
from fieldapp.records.audit_entry import AuditEntry
from fieldapp.records.visit_document import VisitDocument
from fieldapp.records.visit_follow_up import VisitFollowUp
from fieldapp.services import installation, visit_closing
from sync import canonical
from sync.tablet import Tablet
from tests.fieldwork.estate import Estate
from tests.fieldwork.office import PDF, colleague
from tests.fieldwork.slips import MADE, hand_in, said, sign_document
from tests.fieldwork.tablets import enrolled
from tests.fieldwork.visits import Slot, plan_slot

LIST = "/office/visits/follow-ups"


def at_the_dwelling(estate: Estate) -> tuple[Tablet, Slot]:
    slot = plan_slot(estate, "Alex Essai", "Dominique Essai")
    tablet = enrolled(estate)
    tablet.fetch_pack()
    return tablet, slot


def ask(tablet: Tablet, slot: Slot, text: str, follow: str = "office") -> str:
    question = tablet.new_id()
    body = {"candidate_id": slot.candidates[0], "topic": "annexes", "text": text}
    tablet.write(slot.root_id, question, "question", "body", body)
    tablet.write(slot.root_id, question, "question", "follow", follow)
    return question


def promise(tablet: Tablet, slot: Slot, document: str, **changes: Any) -> str:
    handover = tablet.new_id()
    body = {"document_id": document, "party_id": slot.candidates[0], "channel": "post", "at": MADE, "to": None}
    tablet.write(slot.root_id, handover, "handover", "body", {**body, "done": False, **changes})
    return handover


def states(estate: Estate) -> list[str]:
    with estate.app.app_context():
        return list(db.session.scalars(select(VisitFollowUp.state).order_by(VisitFollowUp.id)))


def test_a_question_left_to_the_office_waits_there_until_it_is_answered(estate: Estate) -> None:
    tablet, slot = at_the_dwelling(estate)
    question = ask(tablet, slot, "La cave ferme-t-elle à clé ?")
    ask(tablet, slot, "Combien de places de parking ?", follow="answered")
    tablet.sync()
    own = colleague(estate)
    text = own.text(LIST)
    assert "Cave, parking, vélos</strong> : La cave ferme-t-elle à clé ?" in text
    assert "Alex Essai" in text
    assert "Combien de places" not in text
    assert "1 suite de visite à donner" in own.text("/office/visits/")
    own.send(LIST, f"{LIST}/{question}", answer="Oui, clé remise à l’entrée.")
    assert "La cave ferme-t-elle" not in own.text(LIST)
    for page in (f"{LIST}?show=done", f"/office/visits/{slot.root_id}"):
        assert "Répondu par Odile Bureau" in own.text(page)
        assert "Oui, clé remise à l’entrée." in own.text(page)
    own.send(LIST, f"{LIST}/{question}", answer="Autre chose.")
    assert "C’était déjà fait" in own.text(LIST)
    assert "Autre chose." not in own.text(f"{LIST}?show=done")


def test_a_question_that_the_agent_answers_after_all_leaves_the_list(estate: Estate) -> None:
    tablet, slot = at_the_dwelling(estate)
    question = ask(tablet, slot, "")
    tablet.sync()
    assert states(estate) == ["open"]
    tablet.write(slot.root_id, question, "question", "follow", "answered")
    tablet.sync()
    assert states(estate) == ["dropped"]


def test_a_copy_wished_by_post_is_printed_and_marked_as_posted_with_who_and_when(estate: Estate) -> None:
    tablet, slot = at_the_dwelling(estate)
    document, raw = sign_document(tablet, slot.root_id, said(slot.candidates[0]))
    copy = promise(tablet, slot, document)
    promise(tablet, slot, document)
    tablet.sync()
    own = colleague(estate)
    assert "Copie à poster : document attendu" in own.text(LIST)
    hand_in(estate, tablet, slot.root_id, document, raw)
    assert "Pas encore scellé" in own.text(LIST)
    pdf = f"/office/visits/{slot.root_id}/documents/{document}.pdf"
    assert own.get(pdf).status_code == 404
    seal(estate, document)
    assert own.text(LIST).count(pdf) == 1
    assert own.get(pdf).data == PDF
    own.send(LIST, f"{LIST}/{copy}")
    assert "Postée par Odile Bureau" in own.text(f"{LIST}?show=done")
    assert states(estate) == ["done"]
    with estate.app.app_context():
        noted = select(AuditEntry.actor).where(AuditEntry.action == "visit.copy_posted")
        assert str(db.session.scalars(noted).one()).startswith("account:")


def test_a_copy_handed_over_meanwhile_is_not_posted(estate: Estate) -> None:
    tablet, slot = at_the_dwelling(estate)
    document = tablet.new_id()
    promise(tablet, slot, document)
    tablet.sync()
    promise(tablet, slot, document, channel="print", done=True)
    tablet.sync()
    assert states(estate) == ["dropped"]


def test_another_agencys_colleague_neither_sees_nor_closes_them(estate: Estate) -> None:
    tablet, slot = at_the_dwelling(estate)
    question = ask(tablet, slot, "La cave ferme-t-elle à clé ?")
    tablet.sync()
    south = colleague(estate, agency="south")
    assert "La cave" not in south.text(LIST)
    assert south.send(LIST, f"{LIST}/{question}", answer="Oui.").status_code == 404
    auditor = colleague(estate, role="auditor")
    assert "C’est répondu" not in auditor.text(LIST)
    assert auditor.send(LIST, f"{LIST}/{question}", answer="Oui.").status_code == 403
    assert states(estate) == ["open"]


def seal(estate: Estate, document: str) -> None:
    """Put a file in the place of the sealed one: what is sealed is another test's."""
    sha256 = canonical.sha256_hex(PDF)
    with estate.app.app_context():
        installation.blobs().put(f"reports/{sha256}", PDF)
        visit_closing.mark_sealed_in(db.session(), document, sha256, len(PDF), "B-B", datetime.now(UTC))
        db.session.commit()
        assert db.session.get_one(VisitDocument, document).report_sha256 == sha256
