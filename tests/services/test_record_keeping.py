"""The central record hears what was signed, once, and keeps where each value comes from."""

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from sqlalchemy import delete, func, select

from fieldapp.domain.record_fields import Subject
from fieldapp.extensions import db
from fieldapp.records.account import Account
from fieldapp.records.inventory import Inventory
from fieldapp.records.key import Key
from fieldapp.records.meter_reading import MeterReading
from fieldapp.records.outgoing_event import OutgoingEvent
from fieldapp.records.record_value import RecordValue
from fieldapp.services import installation, record_keeping
from fieldapp.services.booking import NotHere
from fieldapp.services.record_keeping import NotThisShape
from fieldapp.services.scope import Scope
from sync.record import events
from tests.fieldwork.estate import Estate, Flat
from tests.fieldwork.office import accept, signed
from tests.services.test_vacating import moved_out, seal


def history(entity_id: str, field: str) -> list[Any]:
    rows = select(RecordValue).where(RecordValue.entity_id == entity_id, RecordValue.field == field)
    ordered = db.session.scalars(rows.order_by(RecordValue.since, RecordValue.written_at))
    return [json.loads(row.value) for row in ordered]


def reviewer(estate: Estate) -> str:
    found = db.session.scalars(
        select(Account.id).where(Account.landlord_id == estate.landlord_id, Account.role == "reviewer")
    )
    return found.one()


@pytest.fixture
def left(estate: Estate) -> Flat:
    """A dwelling whose entry and exit are both sealed and accepted."""
    entry = signed(estate)
    seal(estate, entry)
    accept(estate, entry)
    leaving = moved_out(estate, entry)
    # Accepted before its report was rendered.
    accept(estate, leaving)
    seal(estate, leaving)
    return leaving


def test_the_record_hears_an_inventory_that_the_office_accepted_and_no_other(quick_estate: Estate) -> None:
    flat = signed(quick_estate)
    seal(quick_estate, flat)
    with quick_estate.app.app_context():
        assert history(flat.ids["tenancy"], "entered_on") == ["2026-11-18"], (
            "days that the law counts from wait for nobody"
        )
        assert history(flat.ids["key"], "quantity") == []
        assert db.session.scalars(select(MeterReading.index)).all() == []
    accept(quick_estate, flat)
    accept(quick_estate, flat)
    with quick_estate.app.app_context():
        assert history(flat.ids["key"], "quantity") == [2]
        assert db.session.scalars(select(MeterReading.index)).all() == ["00123"]


def test_an_exit_tells_dates_states_keys_and_the_new_address(estate: Estate, left: Flat) -> None:
    with estate.app.app_context():
        lease = left.ids["tenancy"]
        assert history(lease, "entered_on") == ["2026-11-18"]
        assert [history(lease, name) for name in ("left_on", "keys_returned_on")] == [["2028-06-30"], ["2028-06-30"]]
        assert history(lease, "deposit_due_by_conforming") == ["2028-07-30"]
        assert history(lease, "deposit_due_by") == ["2028-08-30"]
        assert len(history(left.ids["wall"], "state")) == 2
        assert history(left.ids["key"], "quantity")[0] == 2
        assert db.session.get_one(Key, left.ids["key"]).quantity == history(left.ids["key"], "quantity")[-1]
        assert len(history(left.ids["tenant"], "new_address")) == 1


def test_the_same_inventory_again_and_an_older_one_late_change_nothing(estate: Estate, left: Flat) -> None:
    with estate.app.app_context():
        row = db.session.get_one(Inventory, left.root_id)
        record = json.loads(installation.blobs().path(f"records/{row.record_sha256}").read_bytes())
        before = db.session.scalar(select(func.count()).select_from(RecordValue))
        record_keeping.keep_in(db.session(), row, record)
        db.session.commit()
        assert db.session.scalar(select(func.count()).select_from(RecordValue)) == before
        now = db.session.get_one(Key, left.ids["key"]).quantity
        db.session.execute(delete(RecordValue).where(RecordValue.inventory_id == row.entry_id))
        entry = db.session.get_one(Inventory, row.entry_id)
        said = json.loads(installation.blobs().path(f"records/{entry.record_sha256}").read_bytes())
        said["keys"][0]["quantity"] = 9
        record_keeping.keep_in(db.session(), entry, said)
        db.session.commit()
        assert history(left.ids["key"], "quantity") == [9, now]
        assert db.session.get_one(Key, left.ids["key"]).quantity == now


def test_the_event_of_a_sealed_exit_holds_the_dates_and_names_nobody(estate: Estate, left: Flat) -> None:
    with estate.app.app_context():
        body = db.session.scalars(
            select(OutgoingEvent.body).where(
                OutgoingEvent.subject_id == left.root_id, OutgoingEvent.type == "inventory.sealed"
            )
        ).one()
        assert json.loads(body)["data"]["dates"] == {
            "left_on": "2028-06-30",
            "keys_returned_on": "2028-06-30",
            "deposit_due_by": "2028-08-30",
            "deposit_due_by_conforming": "2028-07-30",
        }
        (address,) = history(left.ids["tenant"], "new_address")
        assert address not in body


def test_a_correction_says_who_and_why_and_stands_beside_what_it_corrects(quick_estate: Estate) -> None:
    flat = signed(quick_estate)
    seal(quick_estate, flat)
    accept(quick_estate, flat)
    key, own = flat.ids["key"], Scope(quick_estate.landlord_id)
    with quick_estate.app.app_context():
        who = reviewer(quick_estate)
        record_keeping.correct(own, Subject.KEY, key, "quantity", 3, "Un double retrouvé à l’agence.", who)
        assert history(key, "quantity") == [2, 3]
        assert db.session.get_one(Key, key).quantity == 3
        last = db.session.scalars(select(RecordValue).where(RecordValue.account_id.is_not(None))).one()
        assert (last.account_id, last.inventory_id, last.reason) == (who, None, "Un double retrouvé à l’agence.")
        for value, reason in ((3, ""), (-1, "Parce que."), ("trois", "Parce que.")):
            with pytest.raises(NotThisShape):
                record_keeping.correct(own, Subject.KEY, key, "quantity", value, reason, who)
        elsewhere = Scope(quick_estate.landlord_id, quick_estate.agencies["south"])
        for scope, field in ((elsewhere, "quantity"), (own, "label")):
            with pytest.raises(NotHere):
                record_keeping.correct(scope, Subject.KEY, key, field, 3, "Parce que.", who)
        assert history(key, "quantity") == [2, 3]


def test_a_correction_is_told_to_other_systems_and_a_person_s_stays_here(quick_estate: Estate) -> None:
    flat, own = signed(quick_estate), Scope(quick_estate.landlord_id)
    with quick_estate.app.app_context():
        who = reviewer(quick_estate)
        record_keeping.correct(own, Subject.KEY, flat.ids["key"], "quantity", 3, "Un double retrouvé.", who)
        record_keeping.correct(own, Subject.PARTY, flat.ids["tenant"], "new_address", "2 rue Neuve", "Appelé.", who)
        rows = db.session.scalars(select(OutgoingEvent.body).order_by(OutgoingEvent.sequence))
        events_told = [json.loads(body) for body in rows]
    for event in events_told:
        Draft202012Validator(events.schema("record.corrected")).validate(event)
    assert [(event["subject_id"], event["data"]["value"]) for event in events_told] == [
        (flat.ids["key"], 3),
        (flat.ids["tenant"], None),
    ]
    assert not any("Neuve" in json.dumps(event) or "retrouvé" in json.dumps(event) for event in events_told)
