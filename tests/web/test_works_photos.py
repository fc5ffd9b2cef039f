"""The photographs of works requests: in the list, on the request's page, in its file, and for nobody else."""

import hashlib
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import event

from fieldapp.extensions import db
from fieldapp.records.works_request import WorksRequest
from fieldapp.services.identifier import new_id
from sync.tablet import Tablet
from tests.fieldwork.estate import Estate
from tests.fieldwork.office import Browser, colleague
from tests.fieldwork.tablets import enrolled
from tests.fieldwork.technical import plan_technical
from tests.fieldwork.visits import Slot, plan_slot
from tests.photos.pictures import jpeg
from tests.web.test_photos_for_tablets import examine

BEFORE, AFTER, ARCHIVE = jpeg((1000, 750)), jpeg((1000, 740)), jpeg((1600, 1200))


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def at_the_dwelling(estate: Estate) -> tuple[Slot, Tablet]:
    slot = plan_slot(estate)
    tablet = enrolled(estate)
    tablet.fetch_pack()
    return slot, tablet


def see(tablet: Tablet, slot: Slot, report: bytes, **said: Any) -> tuple[str, str]:
    """A leak is seen and photographed: the ids of the defect and of the photograph."""
    snag = new_id()
    for field, value in {"place": "dwelling", "problem": "leak", "at": "2026-11-23T09:10:00.000Z", **said}.items():
        tablet.write(slot.root_id, snag, "snag", field, value)
    subject = {"subject_kind": "snag", "subject_id": snag, "room_id": None}
    return snag, tablet.add_photo(slot.root_id, subject, report, ARCHIVE)


def asked(estate: Estate, page: Callable[[], object]) -> int:
    """How many questions the database is asked meanwhile."""
    found: list[str] = []

    def note(*arguments: object) -> None:
        found.append(str(arguments[2]))

    with estate.app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    page()
    event.remove(engine, "before_cursor_execute", note)
    return len(found)


@pytest.fixture
def own(quick_estate: Estate) -> Browser:
    return colleague(quick_estate)


def test_a_defect_shows_its_photograph_in_the_list_on_its_page_and_in_the_file(
    quick_estate: Estate, own: Browser
) -> None:
    slot, tablet = at_the_dwelling(quick_estate)
    snag, photo = see(tablet, slot, BEFORE)
    tablet.write(slot.root_id, photo, "photo", "caption", "Sous l’évier")
    tablet.sync()
    assert 'data-at="pending"' in own.text("/office/works")
    examine(quick_estate)
    small = f"/office/works/{snag}/photos/{sha(BEFORE)}/small.jpg"
    for page in ("/office/works", "/office/works?by=dwelling", "/office/works?by=trade"):
        assert f'src="{small}"' in own.text(page)
    text = own.text(f"/office/works/{snag}")
    assert f'src="/office/works/{snag}/photos/{sha(BEFORE)}/large.jpg"' in text
    assert 'alt="Fuite, humidité, photo 1 : Sous l’évier"' in text
    answer = own.get(small)
    assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.data != BEFORE
    assert f"{sha(BEFORE)}.jpg" in own.get("/office/works.csv").get_data(as_text=True)
    assert own.get(f"/office/works/{new_id()}/photos/{sha(BEFORE)}/small.jpg").status_code == 404
    assert own.get(f"/office/works/{new_id()}").status_code == 404
    elsewhere = colleague(quick_estate, agency="south")
    assert elsewhere.get(small).status_code == 404
    assert elsewhere.get(f"/office/works/{snag}").status_code == 404
    tablet.write(slot.root_id, photo, "photo", "deleted", True)
    tablet.sync()
    assert own.get(small).status_code == 404
    assert small not in own.text("/office/works")


def test_what_an_acceptance_shows_of_the_repair_stands_behind_what_the_visit_showed(
    quick_estate: Estate, own: Browser
) -> None:
    slot, tablet = at_the_dwelling(quick_estate)
    snag, _ = see(tablet, slot, BEFORE)
    tablet.sync()
    root = plan_technical(quick_estate, slot.dwelling_id)
    tablet.fetch_pack()
    tablet.add_photo(root, {"subject_kind": "work", "subject_id": snag, "room_id": None}, AFTER, ARCHIVE)
    tablet.sync()
    examine(quick_estate)
    text = own.text(f"/office/works/{snag}")
    assert text.index(sha(BEFORE)) < text.index(sha(AFTER))
    assert "Après les travaux" in text


def test_a_long_list_asks_no_more_of_the_database_than_a_short_one(quick_estate: Estate, own: Browser) -> None:
    slot, tablet = at_the_dwelling(quick_estate)
    see(tablet, slot, BEFORE)
    tablet.sync()
    few = asked(quick_estate, lambda: own.text("/office/works"))
    snags = [see(tablet, slot, jpeg((1000, 700 + number)))[0] for number in range(3)]
    tablet.sync()
    assert asked(quick_estate, lambda: own.text("/office/works")) == few
    assert all(f"/office/works/{snag}" in own.text("/office/works") for snag in snags)
    with quick_estate.app.app_context():
        assert db.session.query(WorksRequest).count() == 4


def test_who_settles_a_request_on_its_page_stays_on_it(quick_estate: Estate, own: Browser) -> None:
    slot, tablet = at_the_dwelling(quick_estate)
    snag, _ = see(tablet, slot, BEFORE)
    tablet.sync()
    page = f"/office/works/{snag}"
    answers = {"state": "ordered", "trade": "", "routed_to": "Plomberie Martin", "cost": "", "note": ""}
    assert own.send(page, f"{page}?on=page", **answers).headers["Location"] == page
    assert "Plomberie Martin" in own.text(page)
