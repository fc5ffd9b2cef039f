"""A signed record is accepted when the server rebuilds the same bytes, and sealed when every photograph is safe."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from fieldapp.domain.urgency import Reason
from fieldapp.extensions import db
from fieldapp.records.appointment import Appointment
from fieldapp.records.conflict import Conflict
from fieldapp.records.inventory import Inventory
from fieldapp.records.job import Job
from fieldapp.records.photo import Photo
from fieldapp.records.refused_record import RefusedRecord
from fieldapp.services import closing, deciding, installation, intake, queue, snapshot
from fieldapp.services.closing import CannotClose, Closed
from fieldapp.services.enrolment import tablet_of
from fieldapp.services.scope import Scope
from sync import canonical, sending
from sync.tablet import Tablet
from tests.fieldwork.estate import Estate, Flat
from tests.fieldwork.tablets import enrolled
from tests.fieldwork.visit import act, fill, photograph, record_of, sign_and_close


@pytest.fixture
def flat(estate: Estate) -> Flat:
    return estate.plan()


@pytest.fixture
def tablet(estate: Estate, flat: Flat) -> Tablet:
    """A tablet with a complete inventory, not signed yet."""
    ready = enrolled(estate)
    ready.fetch_pack()
    fill(ready, flat)
    return ready


def push(tablet: Tablet) -> None:
    """Hand in the operations, and nothing else."""
    sending.Link(tablet._transport, tablet._store, tablet._now).push()


def close(estate: Estate, tablet: Tablet, flat: Flat, raw: bytes, sha256: str | None = None) -> Closed:
    """Hand in the operations, then the record."""
    assert tablet.contents.enrolment is not None
    push(tablet)
    with estate.app.app_context():
        device = tablet_of(tablet.contents.enrolment.token)
        assert device is not None
        return closing.close(device, flat.root_id, raw, sha256 or canonical.sha256_hex(raw))


def header(estate: Estate, flat: Flat) -> Inventory:
    with estate.app.app_context():
        return db.session.get_one(Inventory, flat.root_id)


def seal_jobs(estate: Estate) -> list[Mapping[str, Any]]:
    with estate.app.app_context():
        return [job.args for job in db.session.scalars(select(Job).where(Job.kind == "seal"))]


def arrive(estate: Estate, *files: bytes, verdict: str = "safe") -> None:
    """These files are durable and examined."""
    with estate.app.app_context():
        for data in files:
            sha256 = canonical.sha256_hex(data)
            row = {"bytes": len(data), "verdict": verdict, "received_at": datetime.now(UTC)}
            db.session.add(Photo(sha256=sha256, **row))
        db.session.commit()


def examined(estate: Estate, flat: Flat) -> bool:
    """What happens when a photograph of this inventory was examined."""
    with estate.app.app_context():
        asked = closing.try_seal_in(db.session(), flat.root_id)
        db.session.commit()
    return asked


def test_a_signed_record_is_kept_and_its_seal_asked_for(estate: Estate, flat: Flat, tablet: Tablet) -> None:
    raw = sign_and_close(tablet, flat)
    sha256 = canonical.sha256_hex(raw)
    assert close(estate, tablet, flat, raw) == Closed(sha256, (), sealed=False)
    row = header(estate, flat)
    assert (row.state, row.outcome, row.record_sha256) == ("closed", "signed", sha256)
    assert row.received_at is not None
    assert seal_jobs(estate) == [{"root_id": flat.root_id}]
    with estate.app.app_context():
        assert installation.blobs().path(f"records/{sha256}").read_bytes() == raw
        assert db.session.scalars(select(Appointment.state)).one() == "done"


@pytest.mark.parametrize("bond", ("married", None))
def test_one_of_two_spouses_signs_for_both_and_a_flatmate_does_not(
    estate: Estate, flat: Flat, tablet: Tablet, bond: str | None
) -> None:
    other = tablet.new_id()
    for field, value in (
        ("name", "Dominique Essai"),
        ("quality", "co_tenant"),
        ("position", 3),
        ("present", False),
        ("spouse", flat.ids["tenant"]),
        ("bond", bond),
    ):
        tablet.write(flat.root_id, other, "party", field, value)
    raw = record_of(tablet, flat)
    decided = [act(flat, "tenant", raw, also_for=[other]), act(flat, "agent", raw)]
    tablet.close(flat.root_id, raw, [tablet.sign(flat.root_id, each) for each in decided])
    if bond is None:
        with pytest.raises(CannotClose, match="neither signed nor refused") as refusal:
            close(estate, tablet, flat, raw)
        assert refusal.value.facts == {"parties": [other]}
    else:
        assert close(estate, tablet, flat, raw).record_sha256 == canonical.sha256_hex(raw)
        assert header(estate, flat).outcome == "signed"


def test_closing_again_says_the_same_and_asks_for_no_second_seal(estate: Estate, flat: Flat, tablet: Tablet) -> None:
    raw = sign_and_close(tablet, flat)
    assert close(estate, tablet, flat, raw) == close(estate, tablet, flat, raw)
    assert len(seal_jobs(estate)) == 1


def test_an_accepted_record_is_waiting_for_its_photographs_by_name(estate: Estate, flat: Flat, tablet: Tablet) -> None:
    photograph(tablet, flat, b"report", b"archive")
    raw = sign_and_close(tablet, flat)
    wanted = sorted(map(canonical.sha256_hex, (b"report", b"archive")))
    assert list(close(estate, tablet, flat, raw).missing) == wanted
    assert header(estate, flat).missing_photos == 2
    assert not seal_jobs(estate)
    arrive(estate, b"report")
    assert not examined(estate, flat)
    assert header(estate, flat).missing_photos == 1
    arrive(estate, b"archive")
    assert examined(estate, flat)
    assert header(estate, flat).missing_photos == 0
    assert seal_jobs(estate) == [{"root_id": flat.root_id}]


def test_photographs_that_came_first_let_the_seal_start_at_once(estate: Estate, flat: Flat, tablet: Tablet) -> None:
    photograph(tablet, flat, b"report", b"archive")
    arrive(estate, b"report", b"archive")
    assert close(estate, tablet, flat, sign_and_close(tablet, flat)).missing == ()
    assert len(seal_jobs(estate)) == 1


@pytest.mark.parametrize("verdict", ("pending", "unusable"))
def test_a_photograph_that_was_not_found_safe_is_never_sealed(
    estate: Estate, flat: Flat, tablet: Tablet, verdict: str
) -> None:
    photograph(tablet, flat, b"report", b"archive")
    arrive(estate, b"report")
    arrive(estate, b"archive", verdict=verdict)
    assert close(estate, tablet, flat, sign_and_close(tablet, flat)).missing == ()
    assert not examined(estate, flat)
    assert not seal_jobs(estate)


def test_a_deleted_photograph_is_not_waited_for(estate: Estate, flat: Flat, tablet: Tablet) -> None:
    photo = photograph(tablet, flat, b"report", b"archive")
    tablet.write(flat.root_id, photo, "photo", "deleted", True)
    assert close(estate, tablet, flat, sign_and_close(tablet, flat)).missing == ()


def test_what_was_accepted_never_changes_but_handing_over_goes_on(estate: Estate, flat: Flat, tablet: Tablet) -> None:
    close(estate, tablet, flat, sign_and_close(tablet, flat))
    copy = {
        "party_id": flat.ids["tenant"],
        "channel": "print",
        "at": "2026-11-18T10:05:00.000Z",
        "to": None,
        "done": True,
    }
    tablet.write(flat.root_id, flat.ids["floor"], "element", "state", "poor")
    tablet.write(flat.root_id, tablet.new_id(), "handover", "body", copy)
    tablet.sync()
    assert [(op.field, code) for op, code in tablet.contents.stuck] == [("state", "sealed")]
    assert not tablet.contents.outbox
    row = header(estate, flat)
    assert (row.state, row.rejections) == ("closed", 1)


def test_another_record_after_the_first_is_refused(estate: Estate, flat: Flat, tablet: Tablet) -> None:
    close(estate, tablet, flat, sign_and_close(tablet, flat))
    with pytest.raises(CannotClose) as refusal:
        close(estate, tablet, flat, b"{}")
    assert refusal.value.code == "sealed"


def refused(estate: Estate, tablet: Tablet, flat: Flat, raw: bytes, sha256: str | None = None) -> CannotClose:
    """Close in vain: nothing is kept."""
    with pytest.raises(CannotClose) as refusal:
        close(estate, tablet, flat, raw, sha256)
    assert header(estate, flat).record_sha256 is None
    assert not seal_jobs(estate)
    return refusal.value


def test_bytes_that_were_damaged_on_the_way_are_refused(estate: Estate, flat: Flat, tablet: Tablet) -> None:
    raw = sign_and_close(tablet, flat)
    assert refused(estate, tablet, flat, raw[:-1], canonical.sha256_hex(raw)).code == "hash_mismatch"


def test_a_record_in_another_spelling_is_refused(estate: Estate, flat: Flat, tablet: Tablet) -> None:
    sign_and_close(tablet, flat)
    assert refused(estate, tablet, flat, b'{ "format": "fieldapp.record/1" }').code == "malformed"


def test_a_record_that_nobody_signed_is_refused(estate: Estate, flat: Flat, tablet: Tablet) -> None:
    assert refused(estate, tablet, flat, record_of(tablet, flat)).code == "not_signed"


def test_an_act_over_another_record_closes_nothing(estate: Estate, flat: Flat, tablet: Tablet) -> None:
    raw = record_of(tablet, flat)
    acts = [tablet.sign(flat.root_id, act(flat, "tenant", b"{}")), tablet.sign(flat.root_id, act(flat, "agent", raw))]
    tablet.close(flat.root_id, raw, acts)
    assert refused(estate, tablet, flat, raw).code == "not_signed"


def test_every_party_must_have_decided(estate: Estate, flat: Flat, tablet: Tablet) -> None:
    raw = record_of(tablet, flat)
    tablet.close(flat.root_id, raw, [tablet.sign(flat.root_id, act(flat, "agent", raw))])
    refusal = refused(estate, tablet, flat, raw)
    assert (refusal.code, refusal.facts) == ("not_signed", {"parties": [flat.ids["tenant"]]})


def test_closing_waits_for_the_operations_of_the_closing_itself(estate: Estate, flat: Flat, tablet: Tablet) -> None:
    raw = sign_and_close(tablet, flat)
    kept = tablet.contents
    tablet._store.save(replace(kept, outbox=kept.outbox[:-1]))
    assert refused(estate, tablet, flat, raw).code == "not_signed"


@pytest.mark.parametrize("decision", ("refused", "absent"))
def test_a_refusal_or_an_absence_closes_it_and_is_said(
    estate: Estate, flat: Flat, tablet: Tablet, decision: str
) -> None:
    close(estate, tablet, flat, sign_and_close(tablet, flat, tenant=decision))
    assert header(estate, flat).outcome == decision


def test_an_incomplete_inventory_is_refused_with_what_is_missing(estate: Estate, flat: Flat, tablet: Tablet) -> None:
    tablet.write(flat.root_id, flat.ids["meter"], "meter", "index", "")
    refusal = refused(estate, tablet, flat, sign_and_close(tablet, flat))
    assert refusal.code == "not_complete"
    assert [(item["clause"], item["target"]["entity_id"]) for item in refusal.facts["items"]] == [
        ("f", flat.ids["meter"])
    ]


def test_an_open_alert_holds_the_closing_until_the_office_decides(estate: Estate, flat: Flat, tablet: Tablet) -> None:
    alert = tablet.new_id()
    body = {"reason": "gas", "text": "", "subject_id": None, "at": "2026-11-18T09:10:00.000Z"}
    tablet.write(flat.root_id, alert, "alert", "body", body)
    assert refused(estate, tablet, flat, sign_and_close(tablet, flat)).code == "held"
    decision = {"outcome": "proceed", "by": "Rita", "at": "2026-11-18T09:30:00.000Z", "reason": "Fuite réparée"}
    with estate.app.app_context():
        intake.write_server_ops(db.session(), flat.root_id, [(alert, "alert", "decision", decision)])
        db.session.commit()
    tablet.sync()
    close(estate, tablet, flat, sign_and_close(tablet, flat))
    assert header(estate, flat).state == "closed"


def test_a_record_that_says_more_than_the_operations_is_refused_at_its_place(
    estate: Estate, flat: Flat, tablet: Tablet
) -> None:
    record = json.loads(record_of(tablet, flat))
    record["rooms"][0]["elements"][1]["state"] = "new"
    raw = canonical.dumps(record)
    acts = [tablet.sign(flat.root_id, act(flat, party, raw)) for party in ("tenant", "agent")]
    tablet.close(flat.root_id, raw, acts)
    refusal = refused(estate, tablet, flat, raw)
    assert (refusal.code, str(refusal)) == ("record_differs", "$.rooms[0].elements[1].state")


@pytest.mark.parametrize(
    "document", (b"[]", b"7", b'{"catalogue_version":99,"legal_version":1}', b'{"catalogue_version":[]}')
)
def test_a_document_that_is_no_record_is_refused(estate: Estate, flat: Flat, tablet: Tablet, document: bytes) -> None:
    acts = [tablet.sign(flat.root_id, act(flat, party, document)) for party in ("tenant", "agent")]
    tablet.close(flat.root_id, document, acts)
    assert refused(estate, tablet, flat, document).code == "record_differs"


def test_what_another_tablet_wrote_meanwhile_shows_before_anything_is_sealed(
    estate: Estate, flat: Flat, tablet: Tablet
) -> None:
    colleague = enrolled(estate)
    colleague.fetch_pack()
    colleague.write(flat.root_id, flat.ids["wall"], "element", "note", "Impact derrière la porte")
    raw = sign_and_close(tablet, flat)
    colleague.sync()
    assert refused(estate, tablet, flat, raw).code == "record_differs"


def value(estate: Estate, flat: Flat, entity: str, field: str) -> object:
    """What the server has."""
    with estate.app.app_context():
        return snapshot.state_of(flat.root_id)["entities"][entity]["fields"].get(field)


def test_what_another_tablet_writes_after_the_signatures_waits_beside_and_changes_nothing(
    estate: Estate, flat: Flat, tablet: Tablet
) -> None:
    push(tablet)
    colleague = enrolled(estate)
    colleague.fetch_pack()
    raw = sign_and_close(tablet, flat)
    push(tablet)
    added = colleague.new_id()
    colleague.write(flat.root_id, flat.ids["wall"], "element", "state", "poor")
    colleague.write(flat.root_id, added, "element", "label", "Étagère")
    colleague.sync()
    assert not colleague.contents.stuck
    assert colleague.value(flat.root_id, flat.ids["wall"], "state") == "good", (
        "the tablet that lost shows what was signed"
    )
    with estate.app.app_context():
        kept = db.session.scalars(select(Conflict).order_by(Conflict.id)).all()
        assert [(row.kept_value, row.lost_value, row.weighty) for row in kept] == [
            ('"good"', '"poor"', True),
            ("null", '"Étagère"', True),
        ]
        conflict_id = kept[0].id
        with pytest.raises(deciding.AlreadyDecided):
            deciding.settle_conflict(
                Scope(estate.landlord_id), flat.root_id, conflict_id, estate.agents["nadia"], take_the_other=True
            )
    assert close(estate, tablet, flat, raw).record_sha256 == canonical.sha256_hex(raw)


def test_a_danger_that_another_tablet_reports_after_the_signatures_still_holds_everything(
    estate: Estate, flat: Flat, tablet: Tablet
) -> None:
    colleague = enrolled(estate)
    colleague.fetch_pack()
    raw = sign_and_close(tablet, flat)
    push(tablet)
    body = {"reason": "gas", "text": "", "subject_id": None, "at": "2026-11-18T10:10:00.000Z"}
    colleague.write(flat.root_id, colleague.new_id(), "alert", "body", body)
    colleague.sync()
    assert refused(estate, tablet, flat, raw).code == "held"


def test_a_refused_record_is_kept_and_the_inventory_reopened_is_signed_again(
    estate: Estate, flat: Flat, tablet: Tablet
) -> None:
    colleague = enrolled(estate)
    colleague.fetch_pack()
    colleague.write(flat.root_id, flat.ids["wall"], "element", "note", "Impact derrière la porte")
    raw = sign_and_close(tablet, flat)
    colleague.sync()
    for _ in range(2):
        refused(estate, tablet, flat, raw)
    with estate.app.app_context():
        row = db.session.scalars(select(RefusedRecord)).one()
        assert (row.code, row.settled_at) == ("record_differs", None)
        assert installation.blobs().path(f"records/{row.sha256}").read_bytes() == raw
        assert queue.worst(Scope(estate.landlord_id))[0].worst is Reason.RECORD_REFUSED
    tablet.write(flat.root_id, flat.root_id, "inventory", "closed", None)
    tablet.sync()
    assert (header(estate, flat).state, header(estate, flat).closed_at) == ("in_progress", None)
    with estate.app.app_context():
        assert queue.worst(Scope(estate.landlord_id))[0].worst is Reason.IN_PROGRESS
    again = sign_and_close(tablet, flat)
    assert again != raw
    assert close(estate, tablet, flat, again).record_sha256 == canonical.sha256_hex(again)


def test_what_was_accepted_is_not_reopened_by_a_tablet(estate: Estate, flat: Flat, tablet: Tablet) -> None:
    close(estate, tablet, flat, sign_and_close(tablet, flat))
    tablet.write(flat.root_id, flat.root_id, "inventory", "closed", None)
    tablet.sync()
    assert [(op.field, code) for op, code in tablet.contents.stuck] == [("closed", "sealed")]
    assert header(estate, flat).state == "closed"


def test_a_photograph_that_cannot_be_read_presses_and_the_office_has_it_signed_again(
    estate: Estate, flat: Flat, tablet: Tablet
) -> None:
    photo = photograph(tablet, flat, b"report", b"archive")
    arrive(estate, b"report")
    arrive(estate, b"archive", verdict="unusable")
    raw = sign_and_close(tablet, flat)
    close(estate, tablet, flat, raw)
    scope, reader = Scope(estate.landlord_id), estate.agents["nadia"]
    with estate.app.app_context():
        assert queue.worst(scope)[0].worst is Reason.PHOTO_UNUSABLE
        deciding.reopen(scope, flat.root_id, reader)
        assert installation.blobs().path(f"records/{canonical.sha256_hex(raw)}").read_bytes() == raw
        with pytest.raises(deciding.AlreadyDecided):
            deciding.reopen(scope, flat.root_id, reader)
    assert (header(estate, flat).state, header(estate, flat).record_sha256) == ("in_progress", None)
    tablet.sync()
    assert tablet.value(flat.root_id, flat.root_id, "closed") is None
    tablet.write(flat.root_id, photo, "photo", "deleted", True)
    close(estate, tablet, flat, sign_and_close(tablet, flat))
    assert seal_jobs(estate) == [{"root_id": flat.root_id}]


def test_an_agent_of_another_agency_closes_nothing(estate: Estate, flat: Flat, tablet: Tablet) -> None:
    raw = sign_and_close(tablet, flat)
    close_with = enrolled(estate, "sonia")
    assert refused(estate, close_with, flat, raw).code == "not_yours"


def test_tablets_hear_that_it_is_sealed(estate: Estate, flat: Flat, tablet: Tablet) -> None:
    close(estate, tablet, flat, sign_and_close(tablet, flat))
    at = datetime(2026, 11, 21, 12, tzinfo=UTC)
    with estate.app.app_context():
        closing.mark_sealed_in(db.session(), flat.root_id, at)
        db.session.commit()
    tablet.sync()
    told = tablet.contents.inventories[flat.root_id]
    assert (told["state"], told["sealed_at"], told["missing"]) == ("sealed", "2026-11-21T12:00:00.000Z", [])
    assert "receipt_at" in told
