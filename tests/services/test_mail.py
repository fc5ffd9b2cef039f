"""A report leaves by e-mail once, waits in sight without a mail server, and is tried again when a server fails."""

import smtplib
from dataclasses import replace

import pytest
from sqlalchemy import select

from fieldapp.domain.message import Purpose, Topic
from fieldapp.extensions import db
from fieldapp.records.account import Account
from fieldapp.records.job import Job
from fieldapp.records.outgoing_mail import OutgoingMail
from fieldapp.records.sealed_report import SealedReport
from fieldapp.services import copy_mail, handover, mail, snapshot
from fieldapp.services.identifier import new_id
from fieldapp.services.intake import write_server_ops
from fieldapp.services.mail import BadAddress
from fieldapp.services.scope import Scope
from tests.fieldwork.estate import Estate, Flat
from tests.fieldwork.office import PDF, sealed, signed
from tests.support.post import Post

TO = "camille@tenant.example"


@pytest.fixture
def flat(estate: Estate) -> Flat:
    return sealed(estate)


def reach(estate: Estate, smtp_url: str) -> None:
    """Set a mail server."""
    estate.app.extensions["fieldapp.config"] = replace(estate.app.extensions["fieldapp.config"], smtp_url=smtp_url)


def send(estate: Estate, flat: Flat, to: str = TO) -> OutgoingMail:
    reviewer = db.session.scalars(select(Account.id).where(Account.role == "reviewer")).one()
    copy_mail.send(Scope(estate.landlord_id), flat.root_id, flat.ids["tenant"], to, reviewer)
    return db.session.scalars(select(OutgoingMail)).one()


def waiting_jobs() -> list[str]:
    return [job.args["mail_id"] for job in db.session.scalars(select(Job).where(Job.kind == "send_mail"))]


def handings(flat: Flat) -> list[tuple[str, str | None, bool]]:
    entities = snapshot.state_of(flat.root_id)["entities"].values()
    bodies = [entity["fields"]["body"] for entity in entities if entity["kind"] == "handover"]
    return sorted((body["channel"], body["to"], body["done"]) for body in bodies)


def test_without_a_mail_server_the_message_stays_in_sight_and_nothing_counts_as_handed_over(
    estate: Estate, flat: Flat
) -> None:
    with estate.app.app_context():
        row = send(estate, flat)
        assert row.state == "kept"
        assert waiting_jobs() == []
        assert handings(flat) == [("email", TO, False)]
        (shown,) = mail.outbox(Scope(estate.landlord_id))
        assert (shown.to, shown.state) == (TO, "kept")
        secret = shown.body.split("/h/")[1].split()[0]
        assert handover.offer(secret).number == shown.number


def test_with_a_mail_server_the_worker_sends_it_with_the_report(estate: Estate, flat: Flat, post: Post) -> None:
    reach(estate, "smtp://mail.example:2525")
    with estate.app.app_context():
        row = send(estate, flat)
        assert (row.state, waiting_jobs()) == ("waiting", [row.id])
        mail.deliver(row.id)
        (letter,) = post.letters
        assert post.connected == [("mail.example", 2525)]
        assert letter["To"] == TO
        assert "Habitat des Essais" in letter["From"]
        body = letter.get_body(("plain",))
        assert body is not None
        assert "http://127.0.0.1:8000/h/" in body.get_content()
        (attached,) = letter.iter_attachments()
        assert attached.get_content().startswith(PDF)
        assert attached.get_content_type() == "application/pdf"
        sent = db.session.scalars(select(OutgoingMail)).one()
        assert (sent.state, sent.tries) == ("sent", 1)
        assert (sent.answer, sent.message_id) == (post.answer, letter["Message-ID"])
        assert ("email", TO, True) in handings(flat)


def test_a_message_is_sent_once_however_often_the_job_runs(estate: Estate, flat: Flat, post: Post) -> None:
    reach(estate, "smtp://mail.example")
    with estate.app.app_context():
        row = send(estate, flat)
        mail.deliver(row.id)
        mail.deliver(row.id)
        assert len(post.letters) == 1


def test_a_server_that_fails_is_tried_again_with_the_same_message(estate: Estate, flat: Flat, post: Post) -> None:
    reach(estate, "smtp://mail.example")
    with estate.app.app_context():
        row = send(estate, flat)
        post.failure = ConnectionRefusedError("not today")
        with pytest.raises(ConnectionRefusedError):
            mail.deliver(row.id)
        waiting = db.session.scalars(select(OutgoingMail)).one()
        assert (waiting.state, waiting.problem) == ("waiting", "ConnectionRefusedError")
        post.failure = None
        mail.deliver(row.id)
        assert post.letters[0]["Message-ID"].startswith(f"<{row.id}@")


def test_a_server_that_asks_to_come_back_later_is_not_a_refusal(estate: Estate, flat: Flat, post: Post) -> None:
    reach(estate, "smtp://mail.example")
    with estate.app.app_context():
        row = send(estate, flat)
        post.failure = smtplib.SMTPRecipientsRefused({TO: (450, b"greylisted")})
        with pytest.raises(smtplib.SMTPRecipientsRefused):
            mail.deliver(row.id)
        assert db.session.scalars(select(OutgoingMail)).one().state == "waiting"


def test_a_message_about_anything_else_is_sent_and_found_by_what_it_is_about(quick_estate: Estate, post: Post) -> None:
    reach(quick_estate, "smtp://mail.example")
    with quick_estate.app.app_context():
        own, topic_id = Scope(quick_estate.landlord_id), new_id()
        draft = mail.Draft(
            quick_estate.landlord_id,
            None,
            Purpose.CONVOCATION,
            TO,
            "en",
            "Your appointment",
            "See you on Monday.",
            Topic.APPOINTMENT,
            topic_id,
        )
        mail_id = mail.write_in(db.session(), draft)
        db.session.commit()
        post.failure = smtplib.SMTPRecipientsRefused({TO: (550, b"unknown")})
        mail.deliver(mail_id)
        (refused,) = mail.about(own, Topic.APPOINTMENT, topic_id)
        assert (refused.state, refused.answer) == ("failed", "550 unknown")
        post.failure = None
        reviewer = db.session.scalars(select(Account.id).where(Account.role == "reviewer")).one()
        mail.send_again(own, mail_id, reviewer)
        mail.deliver(mail_id)
        (sent,) = mail.about(own, Topic.APPOINTMENT, topic_id)
        assert (sent.state, sent.tries, post.letters[0]["Content-Language"]) == ("sent", 2, "en")
        with pytest.raises(mail.AlreadySent):
            mail.send_again(own, mail_id, reviewer)


def test_a_refused_address_is_final_and_is_no_handing_over(estate: Estate, flat: Flat, post: Post) -> None:
    reach(estate, "smtp://mail.example")
    with estate.app.app_context():
        row = send(estate, flat)
        post.failure = smtplib.SMTPRecipientsRefused({TO: (550, b"unknown")})
        mail.deliver(row.id)
        assert db.session.scalars(select(OutgoingMail)).one().state == "failed"
        assert handings(flat) == [("email", TO, False)]


@pytest.mark.parametrize(
    ("url", "place", "secured"),
    (
        ("smtps://user:p%40ss@mail.example", ("mail.example", 465), 1),
        ("smtp+starttls://user:p%40ss@mail.example", ("mail.example", 587), 1),
    ),
)
def test_a_password_travels_only_through_a_secured_connection(
    quick_estate: Estate, post: Post, url: str, place: tuple[str, int], secured: int
) -> None:
    flat = sealed(quick_estate)
    reach(quick_estate, url)
    with quick_estate.app.app_context():
        mail.deliver(send(quick_estate, flat).id)
    assert (post.connected, post.secured, post.logins) == ([place], secured, [("user", "p@ss")])


def test_a_heavy_report_is_linked_to_and_not_attached(estate: Estate, flat: Flat, post: Post) -> None:
    reach(estate, "smtp://mail.example")
    with estate.app.app_context():
        db.session.scalars(select(SealedReport)).one().bytes = mail.ATTACHED_BYTES + 1
        db.session.commit()
        mail.deliver(send(estate, flat).id)
        assert list(post.letters[0].iter_attachments()) == []


@pytest.mark.parametrize(
    "to", ("", "   ", "camille", "camille@", "@tenant.example", "a@b", "a@b.example\nBcc: c@d.example", "a b@c.example")
)
def test_what_is_no_address_is_refused_and_nothing_is_written(quick_estate: Estate, to: str) -> None:
    flat = sealed(quick_estate)
    with quick_estate.app.app_context():
        with pytest.raises(BadAddress):
            send(quick_estate, flat, to)
        db.session.rollback()
        assert db.session.scalars(select(OutgoingMail)).all() == []


def test_a_copy_asked_for_by_e_mail_on_the_tablet_leaves_once_when_the_report_is_sealed(estate: Estate) -> None:
    flat = signed(estate)
    asked = {
        "party_id": flat.ids["tenant"],
        "channel": "email",
        "at": "2026-11-18T10:00:00.000Z",
        "to": TO,
        "done": False,
    }
    with estate.app.app_context():
        write_server_ops(db.session(), flat.root_id, [(new_id(), "handover", "body", asked)])
        db.session.commit()
        assert copy_mail.send_requested(flat.root_id) == 0
    other = sealed(estate)
    with estate.app.app_context():
        body = {**asked, "party_id": other.ids["tenant"]}
        write_server_ops(db.session(), other.root_id, [(new_id(), "handover", "body", body)])
        db.session.commit()
        assert copy_mail.send_requested(other.root_id) == 1
        assert copy_mail.send_requested(other.root_id) == 0
        assert db.session.scalars(select(OutgoingMail)).one().to_address == TO


def test_the_message_is_written_in_the_language_of_the_inventory(estate: Estate, flat: Flat) -> None:
    with estate.app.app_context():
        assert send(estate, flat).subject.startswith("Votre état des lieux E")


def test_the_outbox_of_another_landlord_is_empty(estate: Estate, flat: Flat) -> None:
    with estate.app.app_context():
        row = send(estate, flat)
        stranger = Scope(new_id())
        assert mail.outbox(stranger) == ()
        with pytest.raises(mail.UnknownMail):
            mail.message(stranger, row.id)
