"""Convocations reach each person by the way that was chosen, once, with proof; reminders follow by themselves."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from fieldapp.domain.message import Channel, Purpose, Topic
from fieldapp.extensions import db
from fieldapp.records.account import Account
from fieldapp.records.appointment import Appointment
from fieldapp.records.candidate import Candidate
from fieldapp.records.job import Job
from fieldapp.records.tenancy import TenancyParty
from fieldapp.services import convoking, installation, letter_sealing, letters, mail
from fieldapp.services.convoking import NoAddress
from fieldapp.services.scope import Scope
from sync.record.client import NotHeard
from sync.record.target import BadTarget
from tests.fieldwork.estate import Estate, Flat
from tests.fieldwork.visits import plan_slot
from tests.support.ports import free_port

PROGRAM = Path(__file__).resolve().parents[1] / "support/text_gateway.py"
TOKEN = "a token of the gateway"
SOON = datetime.now(UTC) + timedelta(days=9)


@dataclass
class Gateway:
    """A running gateway, and what it took."""

    folder: Path
    port: int

    def took(self) -> list[dict[str, Any]]:
        kept = self.folder / "messages.jsonl"
        return [json.loads(line) for line in kept.read_text().splitlines()] if kept.exists() else []

    def misbehave(self, *statuses: int) -> None:
        (self.folder / "faults").write_text("\n".join(map(str, statuses)))


@pytest.fixture
def gateway(tmp_path: Path) -> Iterator[Gateway]:
    running = Gateway(tmp_path / "gateway", free_port())
    running.folder.mkdir()
    process = subprocess.Popen(
        [sys.executable, str(PROGRAM), str(running.folder), TOKEN, str(running.port)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "listening\n"
    yield running
    process.kill()
    process.wait()
    process.stdout.close()


def reach(estate: Estate, gateway: Gateway, *networks: str) -> None:
    config = estate.app.extensions["fieldapp.config"]
    estate.app.extensions["fieldapp.config"] = replace(
        config,
        sms_url=f"http://127.0.0.1:{gateway.port}/send",
        sms_token=TOKEN,
        connector_networks=tuple(ip_network(one) for one in networks),
    )


def tell(
    estate: Estate, flat: Flat, channel: Channel, purpose: Purpose = Purpose.CONVOCATION, language: str | None = None
) -> str:
    """Write to the tenant; gives the appointment's id."""
    by = db.session.scalars(select(Account.id).where(Account.role == "reviewer")).one()
    row = db.session.scalars(select(Appointment.id).where(Appointment.inventory_id == flat.root_id)).one()
    convoking.tell(Scope(estate.landlord_id), row, flat.ids["tenant"], channel, purpose, language, by)
    return row


def reachable(flat: Flat, email: str = "camille@tenant.example", phone: str = "06 12 34 56 78") -> None:
    db.session.execute(
        update(TenancyParty).where(TenancyParty.id == flat.ids["tenant"]).values(email=email, phone=phone)
    )
    db.session.commit()


def written(estate: Estate, appointment_id: str) -> list[mail.Message]:
    return list(mail.about(Scope(estate.landlord_id), Topic.APPOINTMENT, appointment_id))


def test_a_text_message_reaches_the_gateway_once_and_its_number_is_kept(quick_estate: Estate, gateway: Gateway) -> None:
    flat = quick_estate.plan(starts_at=SOON)
    reach(quick_estate, gateway, "127.0.0.0/8")
    with quick_estate.app.app_context():
        reachable(flat)
        about = tell(quick_estate, flat, Channel.TEXT)
        (waiting,) = written(quick_estate, about)
        mail.deliver(waiting.id)
        mail.deliver(waiting.id)
        (sent,) = written(quick_estate, about)
        assert (sent.state, sent.answer, sent.message_id) == ("sent", "202", f"gw-{sent.id[-6:]}")
    (took,) = gateway.took()
    assert (took["id"], took["to"]) == (sent.id, "+33612345678")
    assert "attestation d’assurance" in took["text"]


def test_a_gateway_that_fails_is_tried_again_and_what_it_refuses_is_not(quick_estate: Estate, gateway: Gateway) -> None:
    flat = quick_estate.plan(starts_at=SOON)
    reach(quick_estate, gateway, "127.0.0.0/8")
    gateway.misbehave(503, 429, 422)
    with quick_estate.app.app_context():
        reachable(flat)
        about = tell(quick_estate, flat, Channel.TEXT)
        (waiting,) = written(quick_estate, about)
        for _ in range(2):
            with pytest.raises(NotHeard):
                mail.deliver(waiting.id)
        assert written(quick_estate, about)[0].problem == "answered_429"
        mail.deliver(waiting.id)
        (refused,) = written(quick_estate, about)
        assert (refused.state, refused.answer, refused.tries) == ("failed", "422", 3)
    assert gateway.took() == []


def test_a_gateway_on_a_private_network_is_refused_unless_the_installation_allows_it(
    quick_estate: Estate, gateway: Gateway
) -> None:
    flat = quick_estate.plan(starts_at=SOON)
    reach(quick_estate, gateway)
    with quick_estate.app.app_context():
        reachable(flat)
        about = tell(quick_estate, flat, Channel.TEXT)
        (waiting,) = written(quick_estate, about)
        with pytest.raises(BadTarget, match="private"):
            mail.deliver(waiting.id)
        assert written(quick_estate, about)[0].problem == "private"
    assert gateway.took() == []


def test_an_e_mail_says_when_where_and_what_to_prepare_in_the_language_asked_for(quick_estate: Estate) -> None:
    flat = quick_estate.plan(starts_at=SOON)
    with quick_estate.app.app_context():
        reachable(flat)
        about = tell(quick_estate, flat, Channel.EMAIL, language="en")
        (kept,) = written(quick_estate, about)
        assert (kept.state, kept.purpose, kept.recipient_id) == ("kept", "convocation", flat.ids["tenant"])
        assert "proof of insurance" in kept.body
        assert "1 rue des Essais" in kept.body
        assert "Camille" not in kept.subject
        tell(quick_estate, flat, Channel.EMAIL, Purpose.CANCELLATION)
        assert "Ne vous déplacez pas" in written(quick_estate, about)[0].body


def test_an_exit_asks_for_keys_and_the_boiler_where_the_tenant_heats(quick_estate: Estate) -> None:
    flat = quick_estate.plan_exit(quick_estate.plan(starts_at=SOON - timedelta(days=30)))
    with quick_estate.app.app_context():
        reachable(flat)
        body = written(quick_estate, tell(quick_estate, flat, Channel.EMAIL))[0].body
    assert "toutes les clés" in body
    assert "votre nouvelle adresse" in body


def test_a_candidate_is_written_to_in_the_own_language(quick_estate: Estate) -> None:
    slot = plan_slot(quick_estate, "Alex Essai", starts_at=SOON)
    with quick_estate.app.app_context():
        db.session.execute(update(Candidate).values(language="en", email="alex@candidate.example"))
        row = db.session.scalars(select(Appointment)).one()
        by = db.session.scalars(select(Account.id).where(Account.role == "reviewer")).one()
        db.session.commit()
        own = Scope(quick_estate.landlord_id)
        convoking.tell(own, row.id, slot.candidates[0], Channel.EMAIL, Purpose.CONVOCATION, None, by)
        assert written(quick_estate, row.id)[0].subject.startswith("Your appointment")


def test_nothing_is_written_to_who_has_no_address_for_it(quick_estate: Estate) -> None:
    flat = quick_estate.plan(starts_at=SOON)
    with quick_estate.app.app_context():
        reachable(flat, email="nowhere", phone="01 23 45 67 89")
        for channel in (Channel.EMAIL, Channel.TEXT):
            with pytest.raises(NoAddress):
                tell(quick_estate, flat, channel)
            db.session.rollback()
        assert db.session.scalars(select(Job).where(Job.kind == "remind")).all() == []


def test_a_reminder_follows_two_days_before_unless_the_appointment_is_cancelled_or_moved(quick_estate: Estate) -> None:
    flat = quick_estate.plan(starts_at=SOON)
    with quick_estate.app.app_context():
        reachable(flat)
        about = tell(quick_estate, flat, Channel.EMAIL)
        job = db.session.scalars(select(Job).where(Job.kind == "remind")).one()
        assert job.run_at == db.session.get_one(Appointment, about).starts_at - convoking.REMINDED_BEFORE
        args = dict(job.args)
        convoking.remind(**args)
        assert len(written(quick_estate, about)) == 1, "too early: it was moved, and is waited for"
        db.session.get_one(Appointment, about).starts_at = datetime.now(UTC) + timedelta(days=1)
        db.session.commit()
        convoking.remind(**args)
        assert written(quick_estate, about)[0].purpose == "reminder"
        db.session.get_one(Appointment, about).state = "cancelled"
        db.session.commit()
        convoking.remind(**args)
        assert len(written(quick_estate, about)) == 2


def test_a_letter_becomes_a_sealed_pdf_to_print_and_is_sent_when_somebody_notes_that_it_was_posted(
    quick_estate: Estate,
) -> None:
    flat = quick_estate.plan_exit(quick_estate.plan(starts_at=SOON - timedelta(days=30)))
    with quick_estate.app.app_context():
        own = Scope(quick_estate.landlord_id)
        about = tell(quick_estate, flat, Channel.LETTER)
        by = db.session.scalars(select(Account.id).where(Account.role == "reviewer")).one()
        (waiting,) = written(quick_estate, about)
        job = db.session.scalars(select(Job).where(Job.kind == "make_letter")).one()
        args = dict(job.args)
        with pytest.raises(letters.NotReady):
            letters.posted(own, waiting.id, "", by)
        for _ in range(2):
            letter_sealing.seal_letter(args["mail_id"], args["document"])
        (ready,) = written(quick_estate, about)
        assert (waiting.state, ready.state) == ("waiting", "kept")
        sha256, _name = letters.pdf_of(own, ready.id)
        path = str(installation.blobs().path(f"reports/{sha256}"))
        read = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, check=True, text=True)
        said = " ".join(read.stdout.split())
        assert "Camille Essai" in said
        assert "toutes les clés, badges et télécommandes" in said
        letters.posted(own, ready.id, "1A 123 456 7890 1", by)
        (sent,) = written(quick_estate, about)
        assert (sent.state, sent.answer) == ("sent", "1A 123 456 7890 1")
        assert db.session.scalars(select(Job).where(Job.kind == "remind")).all() == []
