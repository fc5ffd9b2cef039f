"""Photographs come in over HTTP: resumed where they were cut, received once, told apart from what is no photograph."""

import base64
import hashlib
import io
import threading
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from fieldapp.extensions import db
from fieldapp.photos.examine import MOST_BYTES
from fieldapp.records.photo import Photo
from fieldapp.services import enrolment
from fieldapp.worker import handlers, work_once
from tests.fieldwork.estate import Estate, account_of
from tests.photos.pictures import jpeg

PHOTO = jpeg((400, 300))
SHA256 = hashlib.sha256(PHOTO).hexdigest()
OFFSET = "application/offset+octet-stream"


@pytest.fixture
def app(estate: Estate) -> Flask:
    return estate.app


@pytest.fixture
def tablet(app: Flask, estate: Estate) -> FlaskClient:
    with app.app_context():
        enrolled = enrolment.enrol_in(db.session(), account_of(estate.agents["nadia"]), "Tablette", "{}")
        db.session.commit()
    client = app.test_client()
    client.environ_base |= {"HTTP_AUTHORIZATION": f"Bearer {enrolled.token}", "REMOTE_ADDR": "127.0.0.1"}
    return client


def announce(tablet: FlaskClient, data: bytes, sha256: str | None = None, body: bytes | None = None) -> TestResponse:
    named = base64.b64encode((sha256 or hashlib.sha256(data).hexdigest()).encode()).decode()
    headers = {"Upload-Length": str(len(data)), "Upload-Metadata": f"sha256 {named}", "Tus-Resumable": "1.0.0"}
    kind = {} if body is None else {"content_type": OFFSET}
    return tablet.post("/api/field/uploads", headers=headers, data=body or b"", **kind)


def send(tablet: FlaskClient, sha256: str, offset: int, piece: bytes) -> TestResponse:
    headers = {"Upload-Offset": str(offset), "Tus-Resumable": "1.0.0"}
    return tablet.patch(f"/api/field/uploads/{sha256}", headers=headers, data=piece, content_type=OFFSET)


def verdict(app: Flask, sha256: str) -> tuple[str, str | None]:
    with app.app_context():
        while work_once(app, "worker", handlers()):
            pass
        photo = db.session.get_one(Photo, sha256)
        return photo.verdict, photo.reason


def kept(app: Flask) -> list[Path]:
    return [
        path for path in app.extensions["fieldapp.config"].data.rglob("*") if path.is_file() and len(path.name) > 40
    ]


def test_a_small_photograph_arrives_in_one_request_and_is_receipted(app: Flask, tablet: FlaskClient) -> None:
    answer = announce(tablet, PHOTO, body=PHOTO)
    assert (answer.status_code, answer.headers["Fieldapp-Receipt"]) == (201, SHA256)
    assert [path.read_bytes() for path in kept(app)] == [PHOTO]
    assert verdict(app, SHA256) == ("safe", None)


def test_a_photograph_cut_off_goes_on_where_it_was(tablet: FlaskClient) -> None:
    announce(tablet, PHOTO)
    assert send(tablet, SHA256, 0, PHOTO[:1000]).headers["Upload-Offset"] == "1000"
    again = tablet.head(f"/api/field/uploads/{SHA256}")
    assert (again.headers["Upload-Offset"], again.headers["Upload-Length"]) == ("1000", str(len(PHOTO)))
    wrong = send(tablet, SHA256, 0, PHOTO)
    assert (wrong.status_code, wrong.get_json()["offset"]) == (409, 1000)
    assert send(tablet, SHA256, 1000, PHOTO[1000:]).headers["Fieldapp-Receipt"] == SHA256


def test_a_photograph_sent_again_after_a_lost_answer_is_receipted_again(app: Flask, tablet: FlaskClient) -> None:
    announce(tablet, PHOTO, body=PHOTO)
    assert announce(tablet, PHOTO, body=PHOTO).headers["Fieldapp-Receipt"] == SHA256
    assert send(tablet, SHA256, 0, PHOTO).headers["Fieldapp-Receipt"] == SHA256
    assert len(kept(app)) == 1


def test_other_bytes_than_announced_get_no_receipt_and_may_be_sent_again(app: Flask, tablet: FlaskClient) -> None:
    announce(tablet, PHOTO)
    altered = send(tablet, SHA256, 0, PHOTO[:-1] + b"\0")
    assert (altered.status_code, altered.get_json()["code"]) == (400, "hash_mismatch")
    assert "Fieldapp-Receipt" not in altered.headers
    assert kept(app) == []
    assert announce(tablet, PHOTO, body=PHOTO).headers["Fieldapp-Receipt"] == SHA256


def test_the_tablet_is_told_which_photographs_are_wanted(tablet: FlaskClient) -> None:
    other = jpeg((50, 50))
    announce(tablet, PHOTO, body=PHOTO)
    announce(tablet, other)
    send(tablet, hashlib.sha256(other).hexdigest(), 0, other[:10])
    hashes = [SHA256, hashlib.sha256(other).hexdigest(), "0" * 64]
    answer = tablet.post("/api/field/blobs/missing", json={"sha256": hashes}).get_json()
    assert answer["present"] == [SHA256]
    assert answer["missing"] == [{"sha256": hashes[1], "offset": 10}, {"sha256": "0" * 64, "offset": 0}]


@pytest.mark.parametrize(
    ("data", "reason"),
    (
        (b"no photograph at all", "not_jpeg"),
        (PHOTO[: len(PHOTO) // 2], "truncated"),
        (jpeg(mode="CMYK"), "carries_metadata"),
    ),
    ids=("text", "truncated", "cmyk"),
)
def test_what_is_no_clean_photograph_is_kept_aside_with_its_reason(
    app: Flask, tablet: FlaskClient, data: bytes, reason: str
) -> None:
    assert announce(tablet, data, body=data).status_code == 201
    assert verdict(app, hashlib.sha256(data).hexdigest()) == ("unusable", reason)
    assert [path.read_bytes() for path in kept(app)] == [data]


def test_a_file_of_sixty_megabytes_is_refused_before_it_is_sent(tablet: FlaskClient) -> None:
    headers = {"Upload-Length": str(60 * 1024**2), "Upload-Metadata": "sha256 " + base64.b64encode(b"0" * 64).decode()}
    answer = tablet.post("/api/field/uploads", headers=headers)
    assert (answer.status_code, answer.get_json()["code"], answer.get_json()["most"]) == (413, "too_large", MOST_BYTES)


@pytest.mark.parametrize(
    "headers", ({}, {"Upload-Length": "10"}, {"Upload-Length": "0", "Upload-Metadata": "sha256 !"})
)
def test_an_announcement_that_makes_no_sense_is_refused(tablet: FlaskClient, headers: dict[str, str]) -> None:
    answer = tablet.post("/api/field/uploads", headers=headers)
    assert (answer.status_code, answer.get_json()["code"]) == (400, "malformed")


def test_a_full_disk_is_said_and_nothing_is_receipted(
    tablet: FlaskClient, monkeypatch: pytest.MonkeyPatch, app: Flask
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    announce(tablet, PHOTO)
    with monkeypatch.context() as patched:
        patched.setattr("fieldapp.services.photo_intake.os.fsync", full)
        answer = send(tablet, SHA256, 0, PHOTO)
    assert (answer.status_code, answer.get_json()["code"]) == (507, "no_space")
    with app.app_context():
        assert db.session.get(Photo, SHA256) is None
    there = tablet.head(f"/api/field/uploads/{SHA256}")
    offset = int(there.headers["Upload-Offset"])
    assert send(tablet, SHA256, offset, PHOTO[offset:]).headers["Fieldapp-Receipt"] == SHA256


def test_nobody_waits_for_a_photograph_that_arrives_slowly(tablet: FlaskClient) -> None:
    """Another one is receipted while its body is still coming in."""
    other = jpeg((50, 50))
    receipts: list[str | None] = []

    def send_another() -> None:
        receipts.append(announce(tablet, other, body=other).headers.get("Fieldapp-Receipt"))

    class Slow(io.BytesIO):
        def readinto(self, buffer: Any) -> int:
            if not receipts:
                meanwhile = threading.Thread(target=send_another)
                meanwhile.start()
                meanwhile.join()
            return super().readinto(buffer)

    named = base64.b64encode(SHA256.encode()).decode()
    answer = tablet.post(
        "/api/field/uploads",
        headers={"Upload-Length": str(len(PHOTO)), "Upload-Metadata": f"sha256 {named}"},
        input_stream=Slow(PHOTO),
        content_length=len(PHOTO),
        content_type=OFFSET,
    )
    assert answer.headers["Fieldapp-Receipt"] == SHA256
    assert receipts == [hashlib.sha256(other).hexdigest()]


def test_a_tablet_without_its_token_is_not_let_in(app: Flask) -> None:
    answer = app.test_client().head(f"/api/field/uploads/{SHA256}")
    assert (answer.status_code, answer.headers["Fieldapp-Server"]) == (401, "1")
