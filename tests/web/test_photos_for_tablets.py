"""Photographs go out to tablets: only of the inventories that they hold, made anew, named by what they hash to."""

import base64
import hashlib
import io

import pytest
from PIL import Image
from werkzeug.test import TestResponse

from fieldapp.extensions import db
from fieldapp.records.holding import Holding
from fieldapp.worker import handlers, work_once
from sync.tablet import Tablet
from tests.fieldwork.estate import Estate, Flat
from tests.fieldwork.office import signed
from tests.fieldwork.tablets import enrolled
from tests.fieldwork.visit import photograph
from tests.photos.pictures import jpeg

REPORT, ARCHIVE = jpeg((1000, 750)), jpeg((1600, 1200))
SHA256 = hashlib.sha256(REPORT).hexdigest()


@pytest.fixture
def flat(estate: Estate) -> Flat:
    return estate.plan()


@pytest.fixture
def photographer(estate: Estate, flat: Flat) -> Tablet:
    """The tablet that took one photograph, received and examined."""
    tablet = enrolled(estate)
    tablet.fetch_pack()
    photograph(tablet, flat, REPORT, ARCHIVE)
    tablet.sync()
    examine(estate)
    return tablet


def examine(estate: Estate) -> None:
    with estate.app.app_context():
        while work_once(estate.app, "worker", handlers()):
            pass


def asked(estate: Estate, tablet: Tablet, sha256: str = SHA256, size: str = "small", **headers: str) -> TestResponse:
    enrolment = tablet.contents.enrolment
    assert enrolment is not None
    sent = {"Authorization": f"Bearer {enrolment.token}", **{name.replace("_", "-"): headers[name] for name in headers}}
    return estate.app.test_client(use_cookies=False).get(f"/api/field/photos/{sha256}/{size}", headers=sent)


@pytest.mark.parametrize(("size", "longest"), (("small", 480), ("large", 1000)))
def test_another_tablet_of_the_visit_sees_the_photograph_made_anew(
    estate: Estate, photographer: Tablet, size: str, longest: int
) -> None:
    other = enrolled(estate)
    other.fetch_pack()
    answer = asked(estate, other, size=size)
    assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
    assert answer.data not in (REPORT, ARCHIVE)
    assert max(Image.open(io.BytesIO(answer.data)).size) == longest
    digest = base64.b64encode(hashlib.sha256(answer.data).digest()).decode()
    assert answer.headers["Repr-Digest"] == f"sha-256=:{digest}:"
    assert answer.headers["Cache-Control"] == "no-store"
    assert asked(estate, other, size=size, If_None_Match=answer.headers["ETag"]).status_code == 304


@pytest.mark.parametrize("agent", ("nadia", "sonia"))
def test_a_tablet_that_does_not_hold_the_inventory_sees_nothing(
    estate: Estate, photographer: Tablet, agent: str
) -> None:
    """Neither one of the same agent that has not fetched the day, nor one of another agency."""
    answer = asked(estate, enrolled(estate, agent))
    assert (answer.status_code, answer.get_json()["code"]) == (404, "no_photo")


def test_a_move_out_brings_the_photographs_of_its_entry_to_whoever_makes_it(quick_estate: Estate) -> None:
    entry = signed(quick_estate, photos=[REPORT])
    examine(quick_estate)
    quick_estate.plan_exit(entry, "paul")
    colleague = enrolled(quick_estate, "paul")
    assert asked(quick_estate, colleague, size="large").status_code == 404
    colleague.fetch_pack()
    assert asked(quick_estate, colleague, size="large").status_code == 200
    stranger = enrolled(quick_estate, "sonia")
    stranger.fetch_pack()
    assert asked(quick_estate, stranger, size="large").status_code == 404


def test_an_inventory_that_left_the_tablet_takes_its_photographs_along(
    estate: Estate, flat: Flat, photographer: Tablet
) -> None:
    assert asked(estate, photographer).status_code == 200
    with estate.app.app_context():
        held = db.session.query(Holding).filter_by(root_id=flat.root_id).one()
        held.evicted_at = held.since
        db.session.commit()
    assert asked(estate, photographer).status_code == 404


def test_a_photograph_that_was_taken_back_is_not_shown(estate: Estate, flat: Flat, photographer: Tablet) -> None:
    photo_id = next(entity for root, entity, field in photographer.contents.fields if field == "body")
    photographer.write(flat.root_id, photo_id, "photo", "deleted", True)
    photographer.sync()
    assert asked(estate, photographer).status_code == 404


def test_what_was_not_examined_or_is_no_photograph_is_not_shown(estate: Estate, flat: Flat) -> None:
    tablet = enrolled(estate)
    tablet.fetch_pack()
    photograph(tablet, flat, b"no photograph", ARCHIVE)
    tablet.sync()
    bad = hashlib.sha256(b"no photograph").hexdigest()
    good = hashlib.sha256(ARCHIVE).hexdigest()
    assert [asked(estate, tablet, sha256).status_code for sha256 in (bad, good)] == [404, 404]
    examine(estate)
    assert [asked(estate, tablet, sha256).status_code for sha256 in (bad, good)] == [404, 200]


def test_who_has_no_token_sees_nothing(estate: Estate, photographer: Tablet) -> None:
    answer = estate.app.test_client(use_cookies=False).get(f"/api/field/photos/{SHA256}/small")
    assert (answer.status_code, answer.headers["Fieldapp-Server"]) == (401, "1")
