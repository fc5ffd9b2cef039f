"""Technical visits: what the tablet starts from, what an acceptance closes and dates, and the file that comes out."""

from typing import Any

import pytest
from sqlalchemy import select

from fieldapp.domain.record_fields import Subject
from fieldapp.extensions import db
from fieldapp.records.appointment import Appointment
from fieldapp.records.meter_reading import MeterReading
from fieldapp.records.visit import Visit
from fieldapp.records.visit_document import VisitDocument
from fieldapp.records.works_request import WorksRequest
from fieldapp.reports import contents_check
from fieldapp.reports.verify import verify
from fieldapp.services import installation, record_history, visit_closing, visit_sealing
from fieldapp.services.closing import CannotClose
from fieldapp.services.scope import Scope
from fieldapp.services.tablet import Tablet as Caller
from sync import canonical
from sync.tablet import Tablet
from tests.fieldwork.estate import Estate
from tests.fieldwork.slips import end
from tests.fieldwork.tablets import enrolled
from tests.fieldwork.technical import found, plan_technical, request_works, sign_technical, work
from tests.photos.pictures import jpeg

FIRM = {
    "id": "019a0000-0000-7000-8000-0000000000f1",
    "company": "Peinture Odet",
    "person": "Sacha Exemple",
    "present": True,
}


@pytest.fixture
def home(quick_estate: Estate) -> dict[str, str]:
    """A dwelling with a room, its elements and a meter; gives their ids."""
    return quick_estate.plan().ids


def on_tablet(estate: Estate) -> Tablet:
    tablet = enrolled(estate)
    tablet.fetch_pack()
    return tablet


def close(estate: Estate, tablet: Tablet, root_id: str, document_id: str, raw: bytes) -> None:
    enrolment = tablet.contents.enrolment
    assert enrolment is not None
    tablet.sync()
    with estate.app.app_context():
        visit = db.session.get_one(Visit, root_id)
        caller = Caller(enrolment.device_id, enrolment.actor_id, visit.agency_id, visit.landlord_id, "{}")
        visit_closing.close(caller, root_id, document_id, raw, canonical.sha256_hex(raw))


def state_of(estate: Estate, request_id: str) -> tuple[str, str, bool]:
    with estate.app.app_context():
        row = db.session.get_one(WorksRequest, request_id)
        return row.state, row.note, row.settled_at is not None


def listed(tablet: Tablet, root_id: str, kind: str) -> dict[str, dict[str, Any]]:
    entities = tablet.state(root_id)["entities"]
    return {name: one["fields"] for name, one in entities.items() if one["kind"] == kind}


def test_an_acceptance_starts_from_the_works_that_wait(quick_estate: Estate, home: dict[str, str]) -> None:
    waiting = request_works(quick_estate, home["dwelling"])
    request_works(quick_estate, home["dwelling"], state="done", text="Fini depuis longtemps")
    root_id = plan_technical(quick_estate, home["dwelling"])
    tablet = on_tablet(quick_estate)
    works = listed(tablet, root_id, "work")
    assert works.keys() == {waiting}
    assert works[waiting]["about"]["title"] == "Cassé : Murs à repeindre"
    assert "finished" in {point["code"] for point in listed(tablet, root_id, "point").values()}
    assert listed(tablet, root_id, "meter") == {}
    root = tablet.state(root_id)["entities"][root_id]["fields"]
    assert home["wall"] in {element["id"] for room in root["rooms"] for element in room["elements"]}


def test_the_check_of_a_vacant_dwelling_reads_its_meters(quick_estate: Estate, home: dict[str, str]) -> None:
    root_id = plan_technical(quick_estate, home["dwelling"], "vacant_check")
    tablet = on_tablet(quick_estate)
    assert listed(tablet, root_id, "meter").keys() == {home["meter"]}
    reading = {
        "id": home["meter"],
        "label": "Eau froide",
        "serial": "",
        "state": "read",
        "index": "00412",
        "index_low": "",
        "unit": "m³",
        "reason": "",
    }
    stranger = {**reading, "id": "019a0000-0000-7000-8000-0000000000ee", "index": "7"}
    body = found("vacant_check", readings=[reading, stranger])
    close(quick_estate, tablet, root_id, *sign_technical(tablet, root_id, body))
    with quick_estate.app.app_context():
        rows = db.session.execute(select(MeterReading.meter_id, MeterReading.index, MeterReading.inventory_id)).all()
    assert [tuple(row) for row in rows] == [(home["meter"], "00412", None)]


def test_what_was_accepted_is_done_and_what_was_not_goes_on(quick_estate: Estate, home: dict[str, str]) -> None:
    accepted, reserved, undone = (request_works(quick_estate, home["dwelling"]) for _ in range(3))
    elsewhere = request_works(quick_estate, quick_estate.plan().ids["dwelling"])
    root_id = plan_technical(quick_estate, home["dwelling"])
    tablet = on_tablet(quick_estate)
    body = found(
        works=[
            work(accepted, "done"),
            work(reserved, "reserved", "Deuxième couche"),
            work(undone, "not_done"),
            work(elsewhere, "done"),
        ]
    )
    close(quick_estate, tablet, root_id, *sign_technical(tablet, root_id, body))
    assert state_of(quick_estate, accepted) == ("done", "", True)
    assert state_of(quick_estate, reserved) == (
        "ordered",
        "R261123-AAAAA-1, Fait, avec réserve, Deuxième couche",
        False,
    )
    assert state_of(quick_estate, undone) == ("ordered", "R261123-AAAAA-1, Pas fait", False)
    assert state_of(quick_estate, elsewhere) == ("ordered", "", False)


def test_an_acceptance_dates_the_elements_and_is_named_in_their_history(
    quick_estate: Estate, home: dict[str, str]
) -> None:
    request, other = (request_works(quick_estate, home["dwelling"]) for _ in range(2))
    root_id = plan_technical(quick_estate, home["dwelling"])
    tablet = on_tablet(quick_estate)
    renewed = {"id": home["wall"], "label": "Séjour, Murs", "dated": "renewed_on", "on": "2026-11-23"}
    untouched = {**renewed, "id": home["floor"]}
    body = found(works=[work(request, "done", element=renewed), work(other, "not_done", element=untouched)])
    close(quick_estate, tablet, root_id, *sign_technical(tablet, root_id, body))
    with quick_estate.app.app_context():
        scope = Scope(quick_estate.landlord_id)
        wall, floor = (
            record_history.history(scope, Subject.ELEMENT, home[name], "renewed_on", "account:test")
            for name in ("wall", "floor")
        )
    assert [(one.value, one.number, one.visit_id) for one in wall.values] == [
        ("2026-11-23", "R261123-AAAAA-1", root_id)
    ]
    assert floor.values == ()


def test_a_firm_alone_accepts_nothing(quick_estate: Estate, home: dict[str, str]) -> None:
    request = request_works(quick_estate, home["dwelling"])
    root_id = plan_technical(quick_estate, home["dwelling"])
    tablet = on_tablet(quick_estate)
    body = found(firm=FIRM, works=[work(request, "done")])
    document_id, raw = sign_technical(tablet, root_id, body, qualities=("firm",))
    with pytest.raises(CannotClose) as refusal:
        close(quick_estate, tablet, root_id, document_id, raw)
    assert refusal.value.code == "not_signed"
    assert state_of(quick_estate, request) == ("ordered", "", False)


def test_the_document_of_a_check_accepts_no_works(quick_estate: Estate, home: dict[str, str]) -> None:
    root_id = plan_technical(quick_estate, home["dwelling"], "vacant_check")
    tablet = on_tablet(quick_estate)
    with pytest.raises(CannotClose) as refusal:
        close(quick_estate, tablet, root_id, *sign_technical(tablet, root_id, found("acceptance")))
    assert refusal.value.code == "record_differs"


def test_the_sealed_file_holds_photographs_and_both_signatures(quick_estate: Estate, home: dict[str, str]) -> None:
    request = request_works(quick_estate, home["dwelling"])
    root_id = plan_technical(quick_estate, home["dwelling"])
    tablet = on_tablet(quick_estate)
    subject = {"subject_kind": "work", "subject_id": request, "room_id": None}
    photo_id = tablet.add_photo(root_id, subject, jpeg((1000, 750)), jpeg((1600, 1200)))
    shot = tablet.state(root_id)["entities"][photo_id]["fields"]["body"]
    photo = {
        "id": photo_id,
        "subject_id": request,
        "caption": "",
        "marks": [],
        **{name: shot[name] for name in ("taken_at", "report", "archive")},
    }
    body = found(firm=FIRM, works=[work(request, "done")], photos=[photo])
    document_id, raw = sign_technical(tablet, root_id, body, qualities=("agent", "firm"))
    end(tablet, root_id)
    close(quick_estate, tablet, root_id, document_id, raw)
    with quick_estate.app.app_context():
        sha256 = visit_sealing.seal_document(document_id)
        with installation.blobs().open(f"reports/{sha256}") as file:
            pdf = file.read()
        assert db.session.get_one(Visit, root_id).received_at is not None
        assert db.session.scalar(select(Appointment.state).where(Appointment.kind == "acceptance")) == "done"
        assert db.session.get_one(VisitDocument, document_id).candidate_id is None
    verdict = verify(pdf)
    assert verdict.intact
    assert [decision for _, decision in verdict.decisions] == ["signed", "signed"]
    contents = contents_check.read(pdf)
    assert shot["report"]["sha256"] in contents.images
    assert contents.record["photos"][0]["subject_label"] == "Cassé : Murs à repeindre"
