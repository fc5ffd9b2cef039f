"""Who holds an offer is reminded once before its delay ends, by e-mail, with proof; the office sees what went."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from fieldapp.extensions import db
from fieldapp.records.candidate import Candidate
from fieldapp.records.outgoing_mail import OutgoingMail
from fieldapp.records.proposal import Proposal
from fieldapp.services import mail, offer_reminders
from tests.fieldwork.estate import Estate
from tests.fieldwork.office import colleague
from tests.fieldwork.visits import Slot, plan_slot
from tests.support.post import Post


def offered(estate: Estate, notified_on: date, email: str = "alex@seeker.example") -> Slot:
    slot = plan_slot(estate, "Alex Essai", "Dominique Essai", notified_on=notified_on)
    with estate.app.app_context():
        db.session.execute(update(Candidate).values(email=email))
        db.session.commit()
    return slot


def remind(estate: Estate, at: datetime) -> int:
    with estate.app.app_context():
        return offer_reminders.remind_due(at)


def messages(estate: Estate) -> list[OutgoingMail]:
    with estate.app.app_context():
        rows = list(db.session.scalars(select(OutgoingMail)))
        db.session.expunge_all()
    return rows


def test_the_holder_of_an_offer_is_reminded_once_three_days_before_and_only_by_day(estate: Estate) -> None:
    # Notified on 2 November 2026, a Monday: the answer is due on Thursday 12.
    slot = offered(estate, date(2026, 11, 2))
    assert remind(estate, datetime(2026, 11, 8, 12, tzinfo=UTC)) == 0
    assert remind(estate, datetime(2026, 11, 9, 3, tzinfo=UTC)) == 0
    assert remind(estate, datetime(2026, 11, 9, 12, tzinfo=UTC)) == 1
    assert remind(estate, datetime(2026, 11, 10, 12, tzinfo=UTC)) == 0
    (message,) = messages(estate)
    assert (message.to_address, message.recipient_id) == ("alex@seeker.example", slot.candidates[0])
    assert message.subject == "Rappel : votre réponse est attendue au plus tard le jeudi 12 novembre 2026 à minuit"
    assert "Alex" not in message.subject
    assert "1 rue des Essais, 2e étage, 29000 Quimper" in message.body
    assert "la loi considère que vous refusez" in message.body
    assert "DALO" not in message.body


def test_a_candidate_with_priority_reads_in_english_what_silence_costs(estate: Estate) -> None:
    slot = offered(estate, date(2026, 11, 2))
    with estate.app.app_context():
        db.session.execute(update(Candidate).values(language="en"))
        db.session.execute(update(Proposal).where(Proposal.id == slot.proposals[0]).values(dalo=True))
        db.session.commit()
    remind(estate, datetime(2026, 11, 12, 12, tzinfo=UTC))
    (message,) = messages(estate)
    assert message.subject.endswith("by Thursday 12 November 2026 at midnight at the latest")
    assert "(DALO)" in message.body


@pytest.mark.parametrize("state", ("accepted", "refused", "withdrawn"))
def test_who_has_answered_is_not_reminded(estate: Estate, state: str) -> None:
    slot = offered(estate, date(2026, 11, 2))
    with estate.app.app_context():
        db.session.execute(update(Proposal).where(Proposal.id == slot.proposals[0]).values(state=state))
        db.session.commit()
    assert remind(estate, datetime(2026, 11, 10, 12, tzinfo=UTC)) == 0


def test_the_proof_of_sending_stands_on_the_dwellings_page(estate: Estate, post: Post) -> None:
    config = estate.app.extensions["fieldapp.config"]
    estate.app.extensions["fieldapp.config"] = replace(config, smtp_url="smtp://mail.example:2525")
    today = datetime.now(UTC).date()
    slot = offered(estate, today - timedelta(days=8))
    with estate.app.app_context():
        db.session.execute(
            update(Proposal).where(Proposal.state == "offered").values(reply_by=today + timedelta(days=2))
        )
        db.session.commit()
    assert remind(estate, datetime(today.year, today.month, today.day, 12, tzinfo=UTC)) == 1
    (waiting,) = messages(estate)
    with estate.app.app_context():
        mail.deliver(waiting.id)
    (sent,) = messages(estate)
    assert [letter["To"] for letter in post.letters] == ["alex@seeker.example"]
    assert (sent.state, sent.answer) == ("sent", post.answer)
    own = colleague(estate)
    for page in (f"/office/lettings/{slot.dwelling_id}", "/office/lettings/"):
        assert f'/office/outbox/{sent.id}">Rappel par e-mail</a> : Envoyé' in own.text(page)
    assert post.answer in own.text(f"/office/outbox/{sent.id}")


def test_without_an_address_the_office_is_told_and_notes_it_in_time(estate: Estate) -> None:
    slot = offered(estate, date(2026, 11, 2), email="")
    assert remind(estate, datetime(2026, 11, 10, 12, tzinfo=UTC)) == 0
    own, page = colleague(estate), f"/office/lettings/{slot.dwelling_id}"
    with estate.app.app_context():
        db.session.execute(update(Proposal).where(Proposal.state == "offered").values(reply_by=date(2099, 11, 12)))
        db.session.commit()
    assert "Pas d’adresse e-mail : aucun rappel ne partira" in own.text(page)
    own.send(page, f"{page}/proposals/{slot.proposals[0]}/email", email="alex")
    assert "Cette adresse n’est pas complète" in own.text(page)
    own.send(page, f"{page}/proposals/{slot.proposals[0]}/email", email="alex@seeker.example")
    assert "Un rappel par e-mail part trois jours avant" in own.text(page)
    assert remind(estate, datetime(2099, 11, 10, 12, tzinfo=UTC)) == 1


def test_an_address_is_asked_for_with_the_candidate_and_never_half_kept(quick_estate: Estate) -> None:
    slot = plan_slot(quick_estate, "Alex Essai")
    own, page = colleague(quick_estate), f"/office/lettings/{slot.dwelling_id}"
    answers = {"name": "Camille Neuve", "language": "fr", "need": "", "decision": ""}
    assert own.send(page, f"{page}/candidates", email="camille@", **answers).status_code == 400
    own.send(page, f"{page}/candidates", email="camille@seeker.example", **answers)
    with quick_estate.app.app_context():
        found = db.session.scalars(select(Candidate.email).where(Candidate.name == "Camille Neuve")).all()
    assert found == ["camille@seeker.example"]
