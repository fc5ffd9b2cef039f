"""When the server is in trouble a tablet is told so, and nothing was half written."""

import errno
import sqlite3
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select, text
from sqlalchemy.exc import OperationalError

from fieldapp.extensions import db
from fieldapp.records.change import Change
from fieldapp.services import closing, intake
from sync import canonical, envelope
from sync.sending import Refused
from sync.tablet import Tablet
from tests.fieldwork.estate import Estate, Flat
from tests.fieldwork.tablets import enrolled
from tests.fieldwork.visit import fill, sign_and_close


@pytest.fixture
def flat(quick_estate: Estate) -> Flat:
    return quick_estate.plan()


@pytest.fixture
def tablet(quick_estate: Estate, flat: Flat) -> Tablet:
    ready = enrolled(quick_estate)
    ready.fetch_pack()
    return ready


def operations(estate: Estate) -> int:
    with estate.app.app_context():
        return db.session.scalar(select(func.count()).select_from(Change)) or 0


def allow_pages(estate: Estate, pages: int) -> None:
    """Give the database file so many pages at most, for the one connection that these tests use."""
    with estate.app.app_context():
        db.session.execute(text(f"PRAGMA max_page_count={pages}"))


def test_a_full_disk_takes_nothing_half_and_everything_later(quick_estate: Estate, tablet: Tablet, flat: Flat) -> None:
    for _ in range(400):
        tablet.write(flat.root_id, tablet.new_id(), "element", "note", "rayures " * 100)
    before = operations(quick_estate)
    allow_pages(quick_estate, 1)  # SQLite then keeps the present size, and no page more
    with pytest.raises(Refused) as refusal:
        tablet.sync()
    assert (refusal.value.status, refusal.value.code) == (507, "no_space")
    assert operations(quick_estate) == before
    assert len(tablet.contents.outbox) == 400
    allow_pages(quick_estate, 1_000_000)
    tablet.sync()
    assert operations(quick_estate) == before + 400


def answered(estate: Estate, tablet: Tablet) -> Any:
    client: FlaskClient = estate.app.test_client(use_cookies=False)
    assert tablet.contents.enrolment is not None
    message = envelope.Push(tablet.contents.enrolment.device_id, tablet.contents.outbox).dump()
    headers = {"Authorization": f"Bearer {tablet.contents.enrolment.token}"}
    return client.post("/api/field/push", data=envelope.write(message), headers=headers)


def test_a_database_that_is_locked_for_too_long_asks_to_come_again(
    quick_estate: Estate, tablet: Tablet, flat: Flat, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    tablet.write(flat.root_id, flat.ids["floor"], "element", "note", "un secret")

    def locked(*_: object) -> None:
        raise OperationalError("INSERT …", {"value": "un secret"}, sqlite3.OperationalError("database is locked"))

    with monkeypatch.context() as patched:
        patched.setattr(intake, "_receive_in", locked)
        response = answered(quick_estate, tablet)
    assert (response.status_code, response.get_json()["code"]) == (503, "busy")
    assert int(response.headers["Retry-After"]) > 0
    assert response.headers["Fieldapp-Server"] == "1"
    assert "secret" not in caplog.text
    assert answered(quick_estate, tablet).get_json()["acks"][0]["status"] == "applied"


def test_a_record_that_finds_no_room_is_not_accepted(
    quick_estate: Estate, tablet: Tablet, flat: Flat, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(tablet, flat)
    sign_and_close(tablet, flat)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("fieldapp.photos.blobs.os.fsync", full)
        tablet.sync()
    assert tablet.contents.records[flat.root_id].state == "no_space"
    tablet.sync()
    assert tablet.contents.records[flat.root_id].state == "sealing"


def test_a_fault_of_ours_is_no_full_disk(
    quick_estate: Estate, tablet: Tablet, flat: Flat, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    quick_estate.app.testing = False
    monkeypatch.setattr(closing, "close", broken)
    client = quick_estate.app.test_client(use_cookies=False)
    assert tablet.contents.enrolment is not None
    headers = {
        "Authorization": f"Bearer {tablet.contents.enrolment.token}",
        "Fieldapp-Record": canonical.sha256_hex(b"{}"),
    }
    response = client.post(f"/api/field/inventories/{flat.root_id}/close", data=b"{}", headers=headers)
    assert (response.status_code, response.headers["Fieldapp-Server"]) == (500, "1")
