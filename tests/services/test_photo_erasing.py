"""A photograph that was blurred: the first picture's bytes are gone from everywhere, what was said of it stays."""

import base64
import hashlib
from pathlib import Path

import pytest
from sqlalchemy import select

from fieldapp.extensions import db
from fieldapp.records.audit_entry import AuditEntry
from fieldapp.records.inventory import Inventory
from fieldapp.services import previews
from fieldapp.services.installation import blobs, config
from fieldapp.services.scope import Scope
from fieldapp.worker import handlers, work_once
from sync import sending
from sync.tablet import Tablet
from tests.fieldwork.estate import Estate, Flat
from tests.fieldwork.tablets import enrolled
from tests.fieldwork.visit import fill, photograph, record_of, sign_and_close
from tests.photos.pictures import jpeg

REPORT, ARCHIVE = jpeg((1000, 750)), jpeg((1600, 1200))
BLURRED_REPORT, BLURRED_ARCHIVE = jpeg((1000, 750)), jpeg((1600, 1200))
AT = "2026-11-18T09:30:00.000Z"


@pytest.fixture
def flat(estate: Estate) -> Flat:
    return estate.plan()


@pytest.fixture
def tablet(estate: Estate, flat: Flat) -> Tablet:
    tablet = enrolled(estate)
    tablet.fetch_pack()
    return tablet


def hash_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def blur(tablet: Tablet, flat: Flat, photo_id: str) -> str:
    """The blurred picture takes the first one's place, as the tablet writes it."""
    replacement = photograph(tablet, flat, BLURRED_REPORT, BLURRED_ARCHIVE)
    withdrawn = {"reason": "blurred", "at": AT, "replaced_by": replacement}
    tablet.write(flat.root_id, photo_id, "photo", "withdrawn", withdrawn)
    tablet.write(flat.root_id, photo_id, "photo", "deleted", True)
    return replacement


def work(estate: Estate) -> None:
    with estate.app.app_context():
        while work_once(estate.app, "worker", handlers()):
            pass


def kept(estate: Estate) -> set[bytes]:
    """Every file of photographs, whole or in pieces, wherever the server keeps one."""
    with estate.app.app_context():
        folder: Path = config().data
        return {path.read_bytes() for path in folder.rglob("*") if path.is_file() and "photo" in str(path)} | {
            path.read_bytes() for path in folder.glob("uploads/*/*")
        }


def journal(estate: Estate, flat: Flat) -> list[tuple[str, object, object]]:
    with estate.app.app_context():
        entries = db.session.scalars(select(AuditEntry).where(AuditEntry.subject_id == flat.root_id)).all()
        return sorted(
            (entry.action, entry.facts["sha256"], entry.facts["reason"])
            for entry in entries
            if entry.action.startswith("photo.")
        )


def test_what_had_arrived_is_erased_once_the_blurred_one_takes_its_place(
    estate: Estate, flat: Flat, tablet: Tablet
) -> None:
    photo_id = photograph(tablet, flat, REPORT, ARCHIVE)
    tablet.sync()
    work(estate)
    with estate.app.app_context():
        scope = Scope(db.session.get_one(Inventory, flat.root_id).landlord_id)
        preview = previews.preview(scope, flat.root_id, hash_of(REPORT), "small")
    assert {REPORT, ARCHIVE} <= kept(estate)
    assert preview.is_file()
    blur(tablet, flat, photo_id)
    tablet.sync()
    work(estate)
    assert kept(estate) & {REPORT, ARCHIVE} == set()
    assert {BLURRED_REPORT, BLURRED_ARCHIVE} <= kept(estate)
    assert not preview.exists()
    assert journal(estate, flat) == sorted(("photo.erased", hash_of(data), "blurred") for data in (REPORT, ARCHIVE))


def test_what_comes_after_the_withdrawal_is_not_taken(estate: Estate, flat: Flat, tablet: Tablet) -> None:
    """The line broke in the middle of the upload: its pieces go, and a late rest finds a closed door."""
    photo_id = photograph(tablet, flat, REPORT, ARCHIVE)
    waiting = dict(tablet.contents.files)
    blur(tablet, flat, photo_id)
    link = sending.Link(tablet._transport, tablet._store, tablet._now)
    link.push()
    work(estate)
    assert tablet.contents.files.keys() == waiting.keys() | {hash_of(BLURRED_REPORT), hash_of(BLURRED_ARCHIVE)}
    tablet.sync()
    assert kept(estate) == {BLURRED_REPORT, BLURRED_ARCHIVE}
    enrolment = tablet.contents.enrolment
    with pytest.raises(sending.Refused) as refused:
        sending.ask(
            tablet._transport,
            enrolment,
            "POST",
            "/api/field/uploads",
            Upload_Length=str(len(REPORT)),
            Upload_Metadata="sha256 " + base64.b64encode(hash_of(REPORT).encode()).decode(),
        )
    assert refused.value.code == "withdrawn"


def test_bytes_that_another_photograph_shows_are_kept(estate: Estate, flat: Flat, tablet: Tablet) -> None:
    photo_id = photograph(tablet, flat, REPORT, ARCHIVE)
    photograph(tablet, flat, REPORT, jpeg((1600, 1200)))
    tablet.sync()
    blur(tablet, flat, photo_id)
    tablet.sync()
    work(estate)
    assert REPORT in kept(estate)
    assert ARCHIVE not in kept(estate)
    assert [(action, sha256) for action, sha256, _ in journal(estate, flat)] == [
        ("photo.erased", hash_of(ARCHIVE)),
        ("photo.kept", hash_of(REPORT)),
    ]


def test_nobody_brings_a_withdrawn_photograph_back(estate: Estate, flat: Flat, tablet: Tablet) -> None:
    photo_id = photograph(tablet, flat, REPORT, ARCHIVE)
    blur(tablet, flat, photo_id)
    tablet.sync()
    tablet.write(flat.root_id, photo_id, "photo", "deleted", False)
    tablet.sync()
    other = enrolled(estate)
    other.fetch_pack()
    assert other.value(flat.root_id, photo_id, "deleted") is True


def test_the_sealed_inventory_holds_the_blurred_one_alone(estate: Estate, flat: Flat, tablet: Tablet) -> None:
    fill(tablet, flat)
    photo_id = photograph(tablet, flat, REPORT, ARCHIVE)
    tablet.sync()
    replacement = blur(tablet, flat, photo_id)
    assert photo_id.encode() not in record_of(tablet, flat)
    assert replacement.encode() in record_of(tablet, flat)
    sign_and_close(tablet, flat)
    tablet.sync()
    work(estate)
    with estate.app.app_context():
        row = db.session.get_one(Inventory, flat.root_id)
        assert (row.state, row.missing_photos) == ("sealed", 0)
        assert not blobs().exists(f"photos/{hash_of(REPORT)}")
