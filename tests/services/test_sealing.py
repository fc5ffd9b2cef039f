"""A closed inventory becomes one sealed report, and stays it."""

import json
import socket
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import func, select

from fieldapp.extensions import db
from fieldapp.records.audit_entry import AuditEntry
from fieldapp.records.inventory import Inventory
from fieldapp.records.photo import Photo
from fieldapp.records.sealed_report import SealedReport
from fieldapp.reports import authority, bundle, contents_check
from fieldapp.reports.stamper import StamperUnavailable
from fieldapp.reports.verdict import Status, Verdict
from fieldapp.reports.verify import verify
from fieldapp.services import copy_mail, installation, sealing
from fieldapp.services.sealing import CannotSeal, SealDoesNotHold
from sync.tablet import Tablet
from tests.fieldwork.estate import Estate, Flat
from tests.fieldwork.tablets import enrolled
from tests.fieldwork.visit import fill, photograph, sign_and_close


@pytest.fixture
def flat(estate: Estate) -> Flat:
    """A studio to be let."""
    return estate.plan()


@pytest.fixture
def closed(estate: Estate, flat: Flat) -> Tablet:
    """Its move-in with one photograph, signed, closed and received whole."""
    tablet = enrolled(estate)
    tablet.fetch_pack()
    fill(tablet, flat)
    photograph(tablet, flat, jpeg("grey"), jpeg("white"))
    handover = {"party_id": flat.ids["tenant"], "channel": "print", "at": "2026-11-18T10:05:00.000Z"}
    tablet.write(
        flat.root_id, "019a0000-0000-7000-8000-0000000000aa", "handover", "body", {**handover, "to": None, "done": True}
    )
    sign_and_close(tablet, flat)
    tablet.sync()
    return tablet


def jpeg(colour: str) -> bytes:
    """A photograph of 40 by 30."""
    out = BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, "JPEG")
    return out.getvalue()


def sealed(estate: Estate, flat: Flat) -> tuple[bytes, Verdict]:
    """Seal, and look at the report that is kept."""
    with estate.app.app_context():
        sha256 = sealing.seal_inventory(flat.root_id)
        with installation.blobs().open(f"reports/{sha256}") as file:
            pdf = file.read()
        config = installation.config()
        return pdf, verify(pdf, authority.trust_roots(config.authority))


def rows(app: Flask, flat: Flat) -> tuple[Inventory, list[SealedReport], list[AuditEntry]]:
    """What the database says of the inventory, its report and the journal."""
    with app.app_context():
        entries = select(AuditEntry).where(
            AuditEntry.subject_id == flat.root_id, AuditEntry.action == "inventory.sealed"
        )
        return (
            db.session.get_one(Inventory, flat.root_id),
            [*db.session.scalars(select(SealedReport))],
            [*db.session.scalars(entries)],
        )


def test_the_report_of_a_closed_inventory_is_kept_and_intact(estate: Estate, flat: Flat, closed: Tablet) -> None:
    pdf, verdict = sealed(estate, flat)
    assert verdict.status is Status.INTACT
    assert verdict.trusted
    assert (verdict.acts, verdict.photos) == (2, 1)
    inventory, reports, entries = rows(estate.app, flat)
    assert inventory.state == "sealed"
    assert inventory.record_sha256 == verdict.record_sha256
    assert [(report.bytes, report.level) for report in reports] == [(len(pdf), "B-B")]
    assert inventory.sealed_at == reports[0].sealed_at
    assert [entry.facts for entry in entries] == [{"sha256": reports[0].sha256, "level": "B-B"}]


def test_the_report_carries_the_copies_that_were_handed_over_and_no_address(
    estate: Estate, flat: Flat, closed: Tablet
) -> None:
    pdf, _ = sealed(estate, flat)
    files = contents_check.read(pdf).files
    audit = json.loads(files[bundle.AUDIT])
    assert audit["copies"] == [
        {"at": "2026-11-18T10:05:00.000Z", "channel": "print", "done": True, "name": "Camille Essai"}
    ]
    assert "inventory.record_accepted" in [event["action"] for event in audit["events"]]
    assert b"@" not in files[bundle.AUDIT]


def told(*copies: tuple[str, str, bool]) -> list[object]:
    """What the report says of these copies; two tenants take part."""
    parties = {
        party: {"kind": "party", "fields": {"name": party.title(), "quality": quality}}
        for party, quality in (("camille", "tenant"), ("dana", "co_tenant"), ("nadia", "agent"))
    }
    bodies = [
        {"party_id": party, "channel": channel, "at": f"2026-11-18T10:0{number}:00.000Z", "done": done}
        for number, (party, channel, done) in enumerate(copies)
    ]
    handed = {str(number): {"kind": "handover", "fields": {"body": body}} for number, body in enumerate(bodies)}
    return [(copy["name"], copy["channel"], copy["done"]) for copy in sealing._copies({**parties, **handed})]


def test_a_party_without_a_copy_is_said_and_a_promise_that_was_kept_is_said_once() -> None:
    assert told(("camille", "email", False), ("camille", "email", True)) == [
        ("Camille", "email", True),
        ("Dana", None, False),
    ]
    assert told(("camille", "print", True), ("dana", "email", False)) == [
        ("Camille", "print", True),
        ("Dana", "email", False),
    ]


def test_asking_again_gives_the_report_that_is_there(estate: Estate, flat: Flat, closed: Tablet) -> None:
    first, _ = sealed(estate, flat)
    again, _ = sealed(estate, flat)
    assert again == first
    _, reports, entries = rows(estate.app, flat)
    assert (len(reports), len(entries)) == (1, 1)


def test_a_copy_asked_for_by_e_mail_leaves_although_the_worker_died_right_after_the_seal(
    estate: Estate, flat: Flat, closed: Tablet, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(_root_id: str) -> int:
        raise KeyboardInterrupt

    asked: list[str] = []
    with estate.app.app_context():
        monkeypatch.setattr(copy_mail, "send_requested", killed)
        with pytest.raises(KeyboardInterrupt):
            sealing.seal_inventory(flat.root_id)
        monkeypatch.setattr(copy_mail, "send_requested", asked.append)
        sealing.seal_inventory(flat.root_id)
    assert asked == [flat.root_id]
    assert len(rows(estate.app, flat)[1]) == 1


def test_of_two_workers_at_once_the_first_report_stands(
    estate: Estate, flat: Flat, closed: Tablet, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second worker sealed before it could see the first one's row."""
    plain = sealing.sealed
    kept: list[str] = []

    def late(*args: object) -> object:
        made = plain(*args)  # type: ignore[arg-type]
        if not kept:
            kept.append("")
            kept[0] = sealing.seal_inventory(flat.root_id)
            db.session.rollback()
        return made

    monkeypatch.setattr(sealing, "sealed", late)
    with estate.app.app_context():
        assert sealing.seal_inventory(flat.root_id) == kept[0]
    _, reports, entries = rows(estate.app, flat)
    assert [report.sha256 for report in reports] == kept
    assert len(entries) == 1


def test_a_missing_photograph_stops_the_seal(estate: Estate, flat: Flat, closed: Tablet) -> None:
    with estate.app.app_context():
        for sha256 in db.session.scalars(select(Photo.sha256)).all():
            installation.blobs().erase(f"photos/{sha256}")
        with pytest.raises(CannotSeal, match="1 photographs are not here"):
            sealing.seal_inventory(flat.root_id)
    assert rows(estate.app, flat)[1] == []


def test_an_inventory_that_nobody_closed_is_not_sealed(estate: Estate, flat: Flat) -> None:
    with estate.app.app_context(), pytest.raises(CannotSeal, match="no record"):
        sealing.seal_inventory(flat.root_id)


def test_without_its_time_stamping_authority_nothing_is_sealed(estate: Estate, flat: Flat, closed: Tablet) -> None:
    """The job tries again later; a report without the time-stamp that was asked for is never made."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}/"
        config = estate.app.extensions["fieldapp.config"]
        estate.app.extensions["fieldapp.config"] = replace(config, tsa_url=url)
        with estate.app.app_context(), pytest.raises(StamperUnavailable):
            sealing.seal_inventory(flat.root_id)
    inventory, reports, _ = rows(estate.app, flat)
    assert inventory.state == "closed"
    assert reports == []
    estate.app.extensions["fieldapp.config"] = config
    assert sealed(estate, flat)[1].intact


def test_a_seal_that_does_not_hold_is_not_kept(
    estate: Estate, flat: Flat, closed: Tablet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fieldapp.reports.seal.seal", lambda pdf, *_: pdf)
    with estate.app.app_context(), pytest.raises(SealDoesNotHold, match="seal missing"):
        sealing.seal_inventory(flat.root_id)
    with estate.app.app_context():
        assert db.session.scalar(select(func.count()).select_from(SealedReport)) == 0
        assert not Path(installation.config().blobs, "reports").exists()
