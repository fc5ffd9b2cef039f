"""Addenda: asked for once a document is sealed, signed or refused by both sides, sealed, and followed by the record."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from fieldapp.domain.record_fields import Subject
from fieldapp.domain.review import CommentOn
from fieldapp.extensions import db
from fieldapp.records.addendum import Addendum
from fieldapp.records.inventory import Inventory
from fieldapp.records.key import Key
from fieldapp.records.meter_reading import MeterReading
from fieldapp.records.review import Review
from fieldapp.records.visit_document import VisitDocument
from fieldapp.reports import contents_check
from fieldapp.reports.verify import verify
from fieldapp.services import (
    addenda,
    addendum_following,
    booking,
    installation,
    record_history,
    verdicts,
    visit_sealing,
)
from fieldapp.services.addenda import AlreadyOpen, NothingToSay, NotSealed, NotThatDay
from fieldapp.services.booking import AgentBusy
from fieldapp.services.closing import CannotClose
from fieldapp.services.scope import Scope
from fieldapp.services.verdicts import DecidedMeanwhile
from sync.tablet import Tablet
from tests.fieldwork.addenda import amended, ask_addendum, point, request, sign_addendum
from tests.fieldwork.estate import Estate, Flat
from tests.fieldwork.office import sealed, signed
from tests.fieldwork.slips import end, hand_in
from tests.fieldwork.tablets import enrolled
from tests.photos.pictures import jpeg
from tests.support.verapdf import validate

Json = dict[str, Any]


@pytest.fixture
def flat(quick_estate: Estate) -> Flat:
    """A sealed entry."""
    return sealed(quick_estate)


def on_tablet(estate: Estate) -> Tablet:
    tablet = enrolled(estate)
    tablet.fetch_pack()
    return tablet


def state_of(estate: Estate, root_id: str) -> tuple[str, str, bool]:
    """How far the addendum of a visit has come, with its answer and whether it has ended."""
    with estate.app.app_context():
        row = db.session.scalars(select(Addendum).where(Addendum.visit_id == root_id)).one()
        return row.state, row.answer, row.ended_at is not None


def verdict_of(estate: Estate, flat: Flat) -> str | None:
    with estate.app.app_context():
        return db.session.get_one(Review, flat.root_id).verdict


def finish(estate: Estate, tablet: Tablet, root_id: str, signed_bytes: tuple[str, bytes]) -> None:
    """Everything arrives, and the job that follows runs."""
    tablet.sync()
    hand_in(estate, tablet, root_id, *signed_bytes)
    with estate.app.app_context():
        addendum_following.follow(root_id)


def accept(estate: Estate, flat: Flat) -> None:
    with estate.app.app_context():
        rev = db.session.get_one(Review, flat.root_id).rev
        db.session.rollback()
        verdicts.accept(Scope(estate.landlord_id), flat.root_id, rev, flat.ids["agent"])


def corrected(flat: Flat) -> list[Json]:
    """A wall, a reading and a count of keys that are otherwise than the original says."""
    return [
        point("019a0000-0000-7000-8000-0000000000a1", "element", flat.ids["wall"], state="worn", defects=["hole"]),
        point("019a0000-0000-7000-8000-0000000000a2", "meter", flat.ids["meter"], index="00421"),
        point("019a0000-0000-7000-8000-0000000000a3", "key", flat.ids["key"], quantity=7),
        point("019a0000-0000-7000-8000-0000000000a4", note="La cave a été vue depuis."),
    ]


def test_the_tablet_gets_the_words_of_the_signed_record(quick_estate: Estate, flat: Flat) -> None:
    with quick_estate.app.app_context():
        sha256 = db.session.get_one(Inventory, flat.root_id).record_sha256
    root_id = ask_addendum(quick_estate, flat)
    tablet = on_tablet(quick_estate)
    entities = tablet.state(root_id)["entities"]
    original = entities[root_id]["fields"]["original"]
    assert (original["inventory_id"], original["record_sha256"]) == (flat.root_id, sha256)
    parts = {part["id"]: part for part in original["parts"]}
    assert parts[flat.ids["meter"]]["said"]
    assert parts[flat.ids["wall"]]["where"]
    points = [one["fields"] for one in entities.values() if one["kind"] == "amendment"]
    assert [(one["asked"], one["subject"]["kind"]) for one in points] == [("Les murs du séjour", "general")]
    assert verdict_of(quick_estate, flat) == "addendum"


def test_pinned_comments_become_the_points_and_are_drafts_no_more(quick_estate: Estate, flat: Flat) -> None:
    scope = Scope(quick_estate.landlord_id)
    with quick_estate.app.app_context():
        on = (CommentOn.ELEMENT, flat.ids["wall"])
        verdicts.comment(scope, flat.root_id, on, "Dater le trou.", flat.ids["agent"])
        (draft,) = verdicts.standing_of(flat.root_id).drafts
    root_id = ask_addendum(quick_estate, flat, request(points=(draft.id,)))
    entities = on_tablet(quick_estate).state(root_id)["entities"]
    points = [one["fields"] for one in entities.values() if one["kind"] == "amendment"]
    assert [(one["asked"], one["subject"]["id"]) for one in points] == [("Dater le trou.", flat.ids["wall"])]
    with quick_estate.app.app_context():
        assert verdicts.standing_of(flat.root_id).drafts == ()


def test_what_both_sides_signed_reaches_the_record_once_the_office_accepts(estate: Estate) -> None:
    flat = sealed(estate)
    accept(estate, flat)
    with estate.app.app_context():
        before = db.session.get_one(Inventory, flat.root_id).record_sha256
    root_id = ask_addendum(estate, flat)
    tablet = on_tablet(estate)
    document_id, raw = sign_addendum(tablet, root_id, amended(tablet, root_id, corrected(flat)))
    end(tablet, root_id)
    finish(estate, tablet, root_id, (document_id, raw))
    assert state_of(estate, root_id) == ("signed", "", True)
    assert verdict_of(estate, flat) == "corrected"
    with estate.app.app_context():
        visit_sealing.seal_document(document_id)
    accept(estate, flat)
    accept(estate, flat)
    with estate.app.app_context():
        scope = Scope(estate.landlord_id)
        history = record_history.history(scope, Subject.ELEMENT, flat.ids["wall"], "state", "account:test")
        assert (history.values[0].value, history.values[0].visit_id) == ("worn", root_id)
        assert db.session.get_one(Key, flat.ids["key"]).quantity == 7
        read = select(MeterReading.index).where(MeterReading.document_id == document_id)
        assert db.session.scalars(read).all() == ["00421"]
        assert db.session.get_one(Inventory, flat.root_id).record_sha256 == before


def test_one_that_is_sealed_after_the_office_accepted_is_not_forgotten(quick_estate: Estate, flat: Flat) -> None:
    root_id = ask_addendum(quick_estate, flat)
    tablet = on_tablet(quick_estate)
    document_id, raw = sign_addendum(tablet, root_id, amended(tablet, root_id, corrected(flat)))
    finish(quick_estate, tablet, root_id, (document_id, raw))
    accept(quick_estate, flat)
    with quick_estate.app.app_context():
        assert db.session.scalar(select(MeterReading.index).where(MeterReading.document_id == document_id)) is None
        visit_sealing.seal_document(document_id)
        addendum_following.follow(root_id)
        assert db.session.scalar(select(MeterReading.index).where(MeterReading.document_id == document_id)) == "00421"


def test_a_refusal_is_kept_with_its_reason_and_changes_nothing(quick_estate: Estate, flat: Flat) -> None:
    root_id = ask_addendum(quick_estate, flat)
    tablet = on_tablet(quick_estate)
    body = amended(tablet, root_id, corrected(flat))
    document_id, raw = sign_addendum(tablet, root_id, body, tenants="refused")
    finish(quick_estate, tablet, root_id, (document_id, raw))
    assert state_of(quick_estate, root_id)[0] == "not_signed"
    accept(quick_estate, flat)
    with quick_estate.app.app_context():
        assert db.session.get_one(VisitDocument, document_id).decision == "refused"
        visit_sealing.seal_document(document_id)
        addendum_following.follow(root_id)
        assert db.session.scalar(select(MeterReading.id).where(MeterReading.document_id == document_id)) is None


def test_one_side_alone_makes_no_addendum(quick_estate: Estate, flat: Flat) -> None:
    root_id = ask_addendum(quick_estate, flat)
    tablet = on_tablet(quick_estate)
    body = amended(tablet, root_id, corrected(flat))
    away = [{**person, "present": False} for person in body["people"]]
    stranger = [{**person, "id": "019a0000-0000-7000-8000-0000000000ee"} for person in body["people"]]
    for wrong, agent, code in (
        (body, False, "not_signed"),
        ({**body, "people": away}, True, "not_signed"),
        ({**body, "people": stranger}, True, "record_differs"),
    ):
        signed_bytes = sign_addendum(tablet, root_id, wrong, agent=agent)
        tablet.sync()
        with pytest.raises(CannotClose) as refusal:
            hand_in(quick_estate, tablet, root_id, *signed_bytes)
        assert refusal.value.code == code
    assert state_of(quick_estate, root_id)[0] == "asked"


def test_only_a_sealed_inventory_is_amended_and_one_addendum_at_a_time(estate: Estate) -> None:
    flat = sealed(estate)
    with pytest.raises(NotSealed):
        ask_addendum(estate, signed(estate))
    ask_addendum(estate, flat)
    with pytest.raises(AlreadyOpen):
        ask_addendum(estate, flat, starts_at=datetime.now(UTC) + timedelta(hours=3))
    with pytest.raises(DecidedMeanwhile):
        ask_addendum(estate, flat, rev=0)


def test_days_that_cannot_be_are_refused_and_nothing_is_written(quick_estate: Estate, flat: Flat) -> None:
    today = datetime.now(UTC).date()
    tomorrow, before = today + timedelta(days=2), datetime(2020, 1, 1, tzinfo=UTC).date()
    for wrong in (
        request("tenant_request", requested_on=tomorrow),
        request("tenant_request", requested_on=before),
        request(due_on=today - timedelta(days=1)),
    ):
        with pytest.raises(NotThatDay):
            ask_addendum(quick_estate, flat, wrong)
    with pytest.raises(NothingToSay):
        ask_addendum(quick_estate, flat, request(words=""))
    with quick_estate.app.app_context():
        assert db.session.scalar(select(Addendum.id)) is None
    assert verdict_of(quick_estate, flat) is None
    ask_addendum(quick_estate, flat)
    with pytest.raises(AgentBusy):
        ask_addendum(quick_estate, sealed(quick_estate))


def test_an_appointment_that_came_to_nothing_lets_the_office_ask_again(quick_estate: Estate, flat: Flat) -> None:
    root_id = ask_addendum(quick_estate, flat)
    with quick_estate.app.app_context():
        booking.cancel(Scope(quick_estate.landlord_id), root_id, "Locataire malade", flat.ids["agent"])
        addendum_following.follow(root_id)
    assert state_of(quick_estate, root_id) == ("withdrawn", "Locataire malade", True)
    assert verdict_of(quick_estate, flat) == "corrected"
    second = ask_addendum(quick_estate, flat)
    assert state_of(quick_estate, second)[0] == "asked"


def test_a_refused_request_keeps_its_reason(quick_estate: Estate, flat: Flat) -> None:
    today = datetime.now(UTC).date()
    with quick_estate.app.app_context():
        account = flat.ids["agent"]
        asked = request("tenant_request", requested_on=today)
        addenda.reject(Scope(quick_estate.landlord_id), flat.root_id, asked, "Déjà écrit page 3.", account)
        (one,) = addenda.of_inventory(flat.root_id)
        assert (one.row.state, one.row.answer, one.documents) == ("rejected", "Déjà écrit page 3.", ())
    ask_addendum(quick_estate, flat)


def test_the_sealed_file_names_the_original_and_keeps_both_standards(
    quick_estate: Estate, flat: Flat, tmp_path: Path
) -> None:
    root_id = ask_addendum(quick_estate, flat)
    tablet = on_tablet(quick_estate)
    points = corrected(flat)
    subject = {"subject_kind": "amendment", "subject_id": points[0]["id"], "room_id": None}
    photo_id = tablet.add_photo(root_id, subject, jpeg((1000, 750)), jpeg((1600, 1200)))
    shot = tablet.state(root_id)["entities"][photo_id]["fields"]["body"]
    kept = {name: shot[name] for name in ("taken_at", "report", "archive")}
    photo = {"id": photo_id, "subject_id": points[0]["id"], "caption": "", "marks": [], **kept}
    signed_bytes = sign_addendum(tablet, root_id, amended(tablet, root_id, points, photos=[photo]))
    end(tablet, root_id)
    finish(quick_estate, tablet, root_id, signed_bytes)
    with quick_estate.app.app_context():
        sha256 = visit_sealing.seal_document(signed_bytes[0])
        original = db.session.get_one(Inventory, flat.root_id).record_sha256
        with installation.blobs().open(f"reports/{sha256}") as file:
            pdf = file.read()
    verdict = verify(pdf)
    assert verdict.intact
    assert [decision for _, decision in verdict.decisions] == ["signed", "signed"]
    contents = contents_check.read(pdf)
    assert contents.record["original"]["record_sha256"] == original
    assert shot["report"]["sha256"] in contents.images
    (tmp_path / "addendum.pdf").write_bytes(pdf)
    assert validate(tmp_path / "addendum.pdf") == []
