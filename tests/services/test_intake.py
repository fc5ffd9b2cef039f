"""What tablets hand in is applied once, merged, and nothing of it is lost."""

import json
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from fieldapp.extensions import db
from fieldapp.records.change import Change as ChangeRow
from fieldapp.records.conflict import Conflict
from fieldapp.records.device import Device
from fieldapp.records.inventory import Inventory
from fieldapp.records.rejected_change import RejectedChange
from fieldapp.services import intake, snapshot
from fieldapp.services.enrolment import tablet_of
from fieldapp.services.tablet import Tablet as Known
from sync import moment
from sync.envelope import Ack, Change, Push, PushAnswer
from sync.tablet import Tablet
from tests.fieldwork.estate import Estate, Flat
from tests.fieldwork.tablets import START_MS, enrolled, ticking
from tests.fieldwork.visit import act, photograph, record_of, refusal

Told = tuple[str, str | None]
"""Status and code of an ack."""


@pytest.fixture
def flat(estate: Estate) -> Flat:
    return estate.plan()


def known(estate: Estate, tablet: Tablet) -> Known:
    """The tablet as the services know it."""
    enrolment = tablet.contents.enrolment
    assert enrolment is not None
    with estate.app.app_context():
        found = tablet_of(enrolment.token)
    assert found is not None
    return found


def push(estate: Estate, tablet: Tablet, ops: Sequence[Change] | None = None, sent_at: str | None = None) -> PushAnswer:
    """Hand in these operations, or the whole outbox, without the tablet hearing the answer."""
    device = known(estate, tablet)
    waiting = tablet.contents.outbox if ops is None else tuple(ops)
    with estate.app.app_context():
        return intake.receive(Push(device.id, waiting, sent_at), device)


def told(answer: PushAnswer) -> list[Told]:
    return [(ack.status, ack.code) for ack in answer.acks]


def header(estate: Estate, flat: Flat) -> Inventory:
    with estate.app.app_context():
        return db.session.get_one(Inventory, flat.root_id)


def value(estate: Estate, flat: Flat, entity: str, field: str) -> Any:
    with estate.app.app_context():
        return snapshot.state_of(flat.root_id)["entities"][entity]["fields"][field]


def count(estate: Estate, table: type[Any]) -> int:
    with estate.app.app_context():
        return db.session.scalar(select(func.count()).select_from(table)) or 0


def written(estate: Estate, tablet: Tablet) -> int:
    """How many accepted operations of this tablet the log holds."""
    with estate.app.app_context():
        own = ChangeRow.device_id == known(estate, tablet).id
        return db.session.scalar(select(func.count()).select_from(ChangeRow).where(own)) or 0


def write_one(tablet: Tablet, flat: Flat, **changes: Any) -> Change:
    """An operation on the floor's state, changed as asked, that was never stored."""
    tablet.write(flat.root_id, flat.ids["floor"], "element", "state", "good")
    return replace(tablet.contents.outbox[-1], **changes)


def test_a_first_change_starts_the_inventory_at_the_tablets_time(estate: Estate, flat: Flat) -> None:
    tablet = enrolled(estate)
    op = write_one(tablet, flat)
    assert push(estate, tablet).acks == (Ack(op.op_id, "applied", 1),)
    row = header(estate, flat)
    assert row.state == "in_progress"
    assert row.started_at == moment.read(op.captured_at)


def test_the_same_push_again_is_answered_duplicate_and_written_once(estate: Estate, flat: Flat) -> None:
    tablet = enrolled(estate)
    write_one(tablet, flat)
    tablet.write(flat.root_id, flat.ids["floor"], "element", "note", "rayures")
    push(estate, tablet)
    assert told(push(estate, tablet)) == [("duplicate", None)] * 2
    assert written(estate, tablet) == 2


def test_the_same_operation_twice_in_one_push_is_written_once(estate: Estate, flat: Flat) -> None:
    tablet = enrolled(estate)
    op = write_one(tablet, flat)
    assert told(push(estate, tablet, [op, op])) == [("applied", None), ("duplicate", None)]


def test_an_operation_number_with_other_content_is_refused_and_kept(estate: Estate, flat: Flat) -> None:
    tablet = enrolled(estate)
    op = write_one(tablet, flat)
    push(estate, tablet)
    assert told(push(estate, tablet, [replace(op, value="poor")])) == [("rejected", "op_reused")]
    assert value(estate, flat, flat.ids["floor"], "state") == "good"
    assert count(estate, RejectedChange) == 1


def test_pushes_of_the_same_operations_at_once_all_succeed_and_write_once(estate: Estate, flat: Flat) -> None:
    tablet = enrolled(estate)
    for number in range(20):
        tablet.write(flat.root_id, flat.ids["floor"], "element", "quantity", number)
    answers: list[PushAnswer] = []
    start = threading.Barrier(6)

    def hand_in() -> None:
        start.wait()
        answers.append(push(estate, tablet))

    threads = [threading.Thread(target=hand_in) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    statuses = sorted(ack.status for answer in answers for ack in answer.acks)
    assert statuses == ["applied"] * 20 + ["duplicate"] * 100
    assert written(estate, tablet) == 20
    assert value(estate, flat, flat.ids["floor"], "quantity") == 19


def test_tablets_that_write_at_once_to_one_inventory_never_wait_in_a_circle(estate: Estate) -> None:
    flats = [estate.plan() for _ in range(3)]
    tablets = [enrolled(estate, now=ticking(START_MS + number)) for number in range(4)]
    failures: list[BaseException] = []

    def work(tablet: Tablet, mine: Sequence[Flat]) -> None:
        try:
            for number in range(8):
                for flat in mine:
                    tablet.write(flat.root_id, flat.ids["floor"], "element", "quantity", number)
                push(estate, tablet, tablet.contents.outbox[-len(mine) :])
        except BaseException as error:  # noqa: BLE001 - told to the main thread
            failures.append(error)

    orders = (flats, flats[::-1], [flats[1], flats[0], flats[2]], [flats[2], flats[0], flats[1]])
    threads = [threading.Thread(target=work, args=pair) for pair in zip(tablets, orders, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert sum(written(estate, tablet) for tablet in tablets) == 4 * 8 * 3


def test_an_operation_that_another_tablet_restored_from_a_backup_sends_too_is_not_lost(
    estate: Estate, flat: Flat
) -> None:
    first, second = enrolled(estate), enrolled(estate)
    op = write_one(first, flat)
    push(estate, first)
    stolen = replace(op, device_id=known(estate, second).id, value="poor")
    assert told(push(estate, second, [stolen])) == [("rejected", "op_reused")]
    assert count(estate, RejectedChange) == 1


def test_two_tablets_that_disagree_keep_the_later_value_and_show_the_other(estate: Estate, flat: Flat) -> None:
    early, late = enrolled(estate, now=ticking()), enrolled(estate, "paul", now=ticking(START_MS + 60_000))
    early.write(flat.root_id, flat.ids["wall"], "element", "state", "worn")
    late.write(flat.root_id, flat.ids["wall"], "element", "state", "poor")
    push(estate, late)
    assert told(push(estate, early)) == [("conflict_kept", None)]
    assert value(estate, flat, flat.ids["wall"], "state") == "poor"
    with estate.app.app_context():
        conflict = db.session.scalars(select(Conflict)).one()
    assert (json.loads(conflict.kept_value), json.loads(conflict.lost_value)) == ("poor", "worn")
    assert conflict.weighty
    assert header(estate, flat).conflicts == 1


def test_the_next_write_of_an_agent_who_saw_the_other_value_is_no_conflict(estate: Estate, flat: Flat) -> None:
    first, second = enrolled(estate), enrolled(estate, now=ticking(START_MS + 60_000))
    for tablet in (first, second):
        tablet.fetch_pack()
    first.write(flat.root_id, flat.ids["wall"], "element", "state", "worn")
    first.sync()
    second.sync()
    second.write(flat.root_id, flat.ids["wall"], "element", "state", "poor")
    assert told(push(estate, second)) == [("applied", None)]
    assert count(estate, Conflict) == 0


def test_a_caption_is_less_weighty_than_a_state(estate: Estate, flat: Flat) -> None:
    first, second = enrolled(estate), enrolled(estate, "paul", now=ticking(START_MS + 60_000))
    photo = photograph(first, flat, b"report", b"archive")
    push(estate, first)
    for tablet, caption in ((first, "Séjour"), (second, "Salon")):
        tablet.write(flat.root_id, photo, "photo", "caption", caption)
    push(estate, first)
    push(estate, second)
    with estate.app.app_context():
        assert not db.session.scalars(select(Conflict)).one().weighty


def test_a_gap_is_accepted_told_and_noted_until_it_closes(estate: Estate, flat: Flat) -> None:
    tablet = enrolled(estate)
    for number in range(5):
        tablet.write(flat.root_id, flat.ids["floor"], "element", "quantity", number)
    ops = tablet.contents.outbox
    answer = push(estate, tablet, ops[3:])
    assert told(answer) == [("applied", None)] * 2
    assert answer.gap is not None
    assert (answer.gap.expected, answer.gap.got) == (1, 4)
    with estate.app.app_context():
        assert db.session.scalars(select(Device.gap_since)).one() is not None
    assert push(estate, tablet, ops[:3]).gap is None
    with estate.app.app_context():
        assert db.session.scalars(select(Device.gap_since)).one() is None
    assert value(estate, flat, flat.ids["floor"], "quantity") == 4


def test_a_number_used_twice_tells_that_the_tablets_storage_went_back(estate: Estate, flat: Flat) -> None:
    tablet = enrolled(estate)
    op = write_one(tablet, flat)
    push(estate, tablet)
    other = write_one(tablet, flat, device_seq=op.device_seq)
    assert told(push(estate, tablet, [other])) == [("applied", None)]
    with estate.app.app_context():
        assert db.session.scalars(select(Device.seq_reused_at)).one() is not None


@pytest.mark.parametrize("days", (-2, 2))
def test_a_clock_two_days_off_is_flagged_and_nothing_is_refused(estate: Estate, flat: Flat, days: int) -> None:
    wrong = datetime.now(UTC) + timedelta(days=days)
    tablet = enrolled(estate, now=ticking(int(wrong.timestamp() * 1000)))
    op = write_one(tablet, flat)
    assert told(push(estate, tablet, sent_at=op.captured_at)) == [("applied", None)]
    with estate.app.app_context():
        device = db.session.scalars(select(Device)).one()
        assert device.clock_flagged_at is not None
        assert abs((device.clock_drift_seconds or 0) - days * 86_400) < 600
        change = db.session.get_one(ChangeRow, op.op_id)
        assert change.captured_at == moment.read(op.captured_at)
        assert abs(change.received_at - datetime.now(UTC)) < timedelta(minutes=10)


@pytest.mark.parametrize("year", ("0001", "9999"))
def test_even_a_clock_in_another_age_is_only_flagged(estate: Estate, flat: Flat, year: str) -> None:
    tablet = enrolled(estate)
    op = write_one(tablet, flat, captured_at=f"{year}-01-01T00:00:00.000Z")
    assert told(push(estate, tablet, [op], sent_at=op.captured_at)) == [("applied", None)]
    with estate.app.app_context():
        assert db.session.scalars(select(Device.clock_flagged_at)).one() is not None


def test_a_clock_that_was_put_right_loses_its_flag(estate: Estate, flat: Flat) -> None:
    tablet = enrolled(estate)
    write_one(tablet, flat)
    push(estate, tablet, sent_at="2020-01-01T00:00:00.000Z")
    push(estate, tablet, sent_at=moment.write(datetime.now(UTC)))
    with estate.app.app_context():
        assert db.session.scalars(select(Device.clock_flagged_at)).one() is None


def test_operations_from_the_future_tell_of_a_wrong_clock_too(estate: Estate, flat: Flat) -> None:
    tablet = enrolled(estate, now=ticking(int((datetime.now(UTC) + timedelta(days=2)).timestamp() * 1000)))
    write_one(tablet, flat)
    push(estate, tablet)
    with estate.app.app_context():
        assert db.session.scalars(select(Device.clock_flagged_at)).one() is not None


@pytest.mark.parametrize(
    ("changes", "code"),
    (
        ({"kind": "castle"}, "unknown_kind"),
        ({"field": "colour"}, "unknown_field"),
        ({"value": "marvellous"}, "bad_value"),
        ({"field": "quantity", "value": 1.5}, "bad_value"),
        ({"field": "note", "value": "half a pair \ud83d"}, "bad_value"),
        ({"field": "note", "value": "a bell \x07"}, "bad_value"),
        ({"field": "note", "value": "x" * 4001}, "bad_value"),
        ({"kind": "room", "field": "label", "value": "Séjour"}, "bad_value"),
        ({"kind": "inventory", "field": "remark", "value": ""}, "bad_value"),
        ({"root_id": "0190f5a0-0000-7000-8000-0000000000ee"}, "not_yours"),
        ({"actor_id": "0190f5a0-0000-7000-8000-0000000000ee"}, "not_yours"),
    ),
    ids=str,
)
def test_what_is_refused_is_kept_and_the_rest_of_the_push_is_taken(
    estate: Estate, flat: Flat, changes: dict[str, Any], code: str
) -> None:
    tablet = enrolled(estate)
    bad = write_one(tablet, flat, **changes)
    good = write_one(tablet, flat, value="worn")
    assert told(push(estate, tablet, [bad, good])) == [("rejected", code), ("applied", None)]
    with estate.app.app_context():
        kept = db.session.scalars(select(RejectedChange)).one()
    assert (kept.op_id, kept.code) == (bad.op_id, code)
    assert json.loads(kept.body) == bad.dump()
    assert value(estate, flat, flat.ids["floor"], "state") == "worn"


def test_a_refused_operation_is_refused_alike_when_it_comes_again(estate: Estate, flat: Flat) -> None:
    tablet = enrolled(estate)
    bad = write_one(tablet, flat, value="marvellous")
    for _ in range(2):
        assert told(push(estate, tablet, [bad])) == [("rejected", "bad_value")]
    assert count(estate, RejectedChange) == 1
    assert header(estate, flat).rejections == 1


@pytest.mark.parametrize("field", ("number", "context", "lease_kind"))
def test_a_tablet_does_not_write_what_the_office_knows(estate: Estate, flat: Flat, field: str) -> None:
    tablet = enrolled(estate)
    changed = {"context": {"rent": "0.00"}, "number": "E0", "lease_kind": "garage"}[field]
    tablet.write(flat.root_id, flat.root_id, "inventory", field, changed)
    assert told(push(estate, tablet)) == [("rejected", "not_yours")]


def test_a_colleague_of_the_agency_may_help_another_agency_may_not(estate: Estate, flat: Flat) -> None:
    for agent, expected in (("paul", ("applied", None)), ("sonia", ("rejected", "not_yours"))):
        tablet = enrolled(estate, agent)
        write_one(tablet, flat)
        assert told(push(estate, tablet)) == [expected]


def test_another_landlords_tablet_may_not_and_that_inventory_does_not_hear_of_it(estate: Estate, flat: Flat) -> None:
    stranger = enrolled(Estate.build(estate.app, "Un autre bailleur"))
    write_one(stranger, flat)
    assert told(push(estate, stranger)) == [("rejected", "not_yours")]
    assert header(estate, flat).rejections == 0


def test_a_push_in_another_devices_name_is_no_push(estate: Estate, flat: Flat) -> None:
    mine, other = enrolled(estate), enrolled(estate)
    write_one(mine, flat)
    with estate.app.app_context(), pytest.raises(intake.OtherDevice):
        intake.receive(Push(known(estate, other).id, mine.contents.outbox), known(estate, mine))


def test_a_photograph_is_written_once_and_never_changed(estate: Estate, flat: Flat) -> None:
    tablet = enrolled(estate)
    photo = photograph(tablet, flat, b"report", b"archive")
    (op,) = tablet.contents.outbox
    again = replace(op, op_id=tablet.new_id(), device_seq=2)
    other = replace(op, op_id=tablet.new_id(), device_seq=3, value={**op.value, "source": "file"})
    assert told(push(estate, tablet, [op, again, other])) == [
        ("applied", None),
        ("applied", None),
        ("rejected", "immutable"),
    ]
    assert value(estate, flat, photo, "body") == op.value


def test_a_photograph_taken_away_and_brought_back_is_waited_for_again(estate: Estate, flat: Flat) -> None:
    tablet = enrolled(estate)
    photo = photograph(tablet, flat, b"report", b"archive")
    push(estate, tablet)
    assert header(estate, flat).missing_photos == 2
    for deleted, waited in ((True, 0), (False, 2)):
        tablet.write(flat.root_id, photo, "photo", "deleted", deleted)
        push(estate, tablet)
        assert header(estate, flat).missing_photos == waited


def test_the_same_id_in_two_inventories_is_two_things(estate: Estate) -> None:
    one, two = estate.plan(), estate.plan()
    tablet = enrolled(estate)
    shared = tablet.new_id()
    for flat, label in ((one, "Cave"), (two, "Grenier")):
        tablet.write(flat.root_id, shared, "room", "label", label)
    push(estate, tablet)
    assert value(estate, one, shared, "label") == "Cave"
    assert value(estate, two, shared, "label") == "Grenier"


def raise_alert(tablet: Tablet, flat: Flat) -> str:
    alert = tablet.new_id()
    body = {"reason": "gas", "text": "Odeur de gaz", "subject_id": None, "at": "2026-11-18T09:10:00.000Z"}
    tablet.write(flat.root_id, alert, "alert", "body", body)
    return alert


def decide(estate: Estate, flat: Flat, alert: str, outcome: str) -> None:
    decision = {"outcome": outcome, "by": "Rita", "at": "2026-11-18T09:30:00.000Z", "reason": "Vérifié"}
    with estate.app.app_context():
        intake.write_server_ops(db.session(), flat.root_id, [(alert, "alert", "decision", decision)])
        db.session.commit()


def test_danger_holds_the_inventory_until_the_office_says_to_proceed(estate: Estate, flat: Flat) -> None:
    tablet = enrolled(estate)
    alert = raise_alert(tablet, flat)
    push(estate, tablet)
    assert header(estate, flat).state == "held"
    decide(estate, flat, alert, "stop")
    assert header(estate, flat).state == "held"
    decide(estate, flat, alert, "proceed")
    assert header(estate, flat).state == "in_progress"


def test_an_alert_that_has_arrived_is_closed_by_the_office_only(estate: Estate, flat: Flat) -> None:
    tablet = enrolled(estate)
    alert = raise_alert(tablet, flat)
    push(estate, tablet)
    tablet.write(flat.root_id, alert, "alert", "deleted", True)
    assert told(push(estate, tablet, tablet.contents.outbox[-1:])) == [("rejected", "immutable")]
    assert header(estate, flat).state == "held"


def test_an_alert_raised_by_mistake_is_withdrawn_before_it_is_sent_only(estate: Estate, flat: Flat) -> None:
    tablet = enrolled(estate)
    mistake, decided = raise_alert(tablet, flat), raise_alert(tablet, flat)
    tablet.write(flat.root_id, mistake, "alert", "deleted", True)
    push(estate, tablet)
    assert header(estate, flat).state == "held"
    decide(estate, flat, decided, "proceed")
    tablet.write(flat.root_id, decided, "alert", "deleted", True)
    assert told(push(estate, tablet, tablet.contents.outbox[-1:])) == [("rejected", "immutable")]


def test_only_the_office_decides(estate: Estate, flat: Flat) -> None:
    tablet = enrolled(estate)
    alert = raise_alert(tablet, flat)
    decision = {"outcome": "proceed", "by": "moi", "at": "2026-11-18T09:30:00.000Z", "reason": ""}
    tablet.write(flat.root_id, alert, "alert", "decision", decision)
    assert told(push(estate, tablet)) == [("applied", None), ("rejected", "not_yours")]


def test_an_interrupted_visit_says_so_and_goes_on(estate: Estate, flat: Flat) -> None:
    tablet = enrolled(estate)
    for interruption, state in (
        ({"reason": "unsafe", "at": "2026-11-18T09:10:00.000Z"}, "interrupted"),
        (None, "in_progress"),
    ):
        tablet.write(flat.root_id, flat.root_id, "inventory", "interruption", interruption)
        push(estate, tablet)
        assert header(estate, flat).state == state


@pytest.mark.parametrize(
    ("decide_for_tenant", "outcome"),
    (
        (lambda flat, raw: act(flat, "tenant", raw), "signed"),
        (
            lambda flat, raw: act(flat, "tenant", raw, method="typed", strokes=None, typed_name="Camille Essai"),
            "signed",
        ),
        (lambda flat, raw: refusal(flat, "tenant", raw), "refused"),
        (lambda flat, raw: refusal(flat, "tenant", raw, "absent"), "absent"),
    ),
    ids=("drawn", "typed", "refused", "absent"),
)
def test_the_acts_say_how_it_ended(
    estate: Estate, flat: Flat, decide_for_tenant: Callable[[Flat, bytes], Any], outcome: str
) -> None:
    tablet = enrolled(estate)
    tablet.fetch_pack()
    raw = record_of(tablet, flat)
    acts = [tablet.sign(flat.root_id, decide_for_tenant(flat, raw)), tablet.sign(flat.root_id, act(flat, "agent", raw))]
    tablet.close(flat.root_id, raw, acts)
    assert {status for status, _ in told(push(estate, tablet))} == {"applied"}
    row = header(estate, flat)
    assert (row.state, row.outcome) == ("closed", outcome)
    assert row.closed_at is not None


@pytest.mark.parametrize(
    ("changes", "code"),
    (
        ({"strokes": []}, "bad_value"),
        ({"strokes": [[[1, 1, 0]]]}, "bad_value"),
        ({"strokes": None}, "bad_value"),
        ({"strokes": [[[1, 1, 0], [3001, 1, 5]]]}, "bad_value"),
        ({"method": "typed", "typed_name": "  ", "strokes": None}, "bad_value"),
        ({"method": "none", "strokes": None}, "bad_value"),
        ({"decision": "refused", "method": "none", "strokes": None, "reason": " "}, "bad_value"),
        ({"record_sha256": "f" * 63}, "bad_value"),
    ),
    ids=str,
)
def test_an_act_that_expresses_nothing_is_refused(
    estate: Estate, flat: Flat, changes: dict[str, Any], code: str
) -> None:
    tablet = enrolled(estate)
    tablet.sign(flat.root_id, act(flat, "tenant", b"{}", **changes))
    assert told(push(estate, tablet)) == [("rejected", code)]


def test_an_act_that_this_tablet_did_not_sign_is_refused(estate: Estate, flat: Flat) -> None:
    tablet, other = enrolled(estate), enrolled(estate)
    tablet.sign(flat.root_id, act(flat, "tenant", b"{}"))
    other.sign(flat.root_id, act(flat, "tenant", b"{}"))
    (op,) = tablet.contents.outbox
    signature = other.contents.outbox[0].value["signature"]
    forged = [
        {**op.value, "name": "Somebody else"},
        {**op.value, "signature": signature},
        {**op.value, "signature": "AAAA"},
        {**op.value, "signature": "="},
    ]
    ops = [replace(op, op_id=tablet.new_id(), value=value) for value in forged]
    assert told(push(estate, tablet, ops)) == [("rejected", "bad_signature")] * 4


def test_an_act_over_another_record_is_kept(estate: Estate, flat: Flat) -> None:
    tablet = enrolled(estate)
    tablet.sign(flat.root_id, act(flat, "tenant", b"an earlier record"))
    assert told(push(estate, tablet)) == [("applied", None)]


def test_five_hundred_operations_arrive_together(estate: Estate, flat: Flat) -> None:
    tablet = enrolled(estate)
    entities = [tablet.new_id() for _ in range(50)]
    for entity in entities:
        for position in range(10):
            tablet.write(flat.root_id, entity, "element", "position", position)
    answer = push(estate, tablet)
    assert told(answer) == [("applied", None)] * 500
    assert [ack.rev for ack in answer.acks[:10]] == list(range(1, 11))
    assert {value(estate, flat, entity, "position") for entity in entities} == {9}


def test_a_seed_of_the_server_is_replaced_without_conflict(estate: Estate, flat: Flat) -> None:
    tablet = enrolled(estate, now=ticking(1_000_000_000_000))  # a tablet that believes it is 2001
    tablet.fetch_pack()
    tablet.write(flat.root_id, flat.ids["floor"], "element", "material", "Carrelage")
    assert told(push(estate, tablet)) == [("applied", None)]
    assert value(estate, flat, flat.ids["floor"], "material") == "Carrelage"
