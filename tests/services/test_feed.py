"""Tablets are fed in the order of commits, only what they hold, and told what leaves them."""

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from fieldapp.extensions import db
from fieldapp.records.account import Account
from fieldapp.records.field_state import FieldState
from fieldapp.records.holding import Holding
from fieldapp.records.inventory import Inventory
from fieldapp.records.photo import Photo
from fieldapp.services import feed, intake
from fieldapp.services.enrolment import tablet_of
from sync import canonical
from sync.envelope import Pull, Push
from sync.tablet import Tablet
from tests.fieldwork.estate import Estate, Flat
from tests.fieldwork.tablets import enrolled
from tests.fieldwork.visit import photograph


@pytest.fixture
def flat(estate: Estate) -> Flat:
    return estate.plan()


def pull(estate: Estate, tablet: Tablet, cursor: int) -> Pull:
    assert tablet.contents.enrolment is not None
    with estate.app.app_context():
        device = tablet_of(tablet.contents.enrolment.token)
        assert device is not None
        return feed.changes_since(device, cursor)


def write_as_server(estate: Estate, flat: Flat, *ops: tuple[str, str, str, Any]) -> None:
    with estate.app.app_context():
        intake.write_server_ops(db.session(), flat.root_id, ops)
        db.session.commit()


def change_header(estate: Estate, flat: Flat, **values: Any) -> None:
    with estate.app.app_context():
        db.session.execute(update(Inventory).where(Inventory.id == flat.root_id).values(**values))
        db.session.commit()


def test_a_tablet_hears_of_what_others_and_itself_wrote(estate: Estate, flat: Flat) -> None:
    one, two = enrolled(estate), enrolled(estate)
    for tablet in (one, two):
        tablet.fetch_pack()
    one.write(flat.root_id, flat.ids["floor"], "element", "state", "good")
    one.sync()
    two.sync()
    assert two.value(flat.root_id, flat.ids["floor"], "state") == "good"
    assert one.contents.fields[flat.root_id, flat.ids["floor"], "state"].rev == 1
    assert one.contents.cursor == two.contents.cursor


def test_a_cursor_that_is_up_to_date_gets_nothing(estate: Estate, flat: Flat) -> None:
    tablet = enrolled(estate)
    tablet.fetch_pack()
    cursor = tablet.contents.cursor or 0
    assert pull(estate, tablet, cursor) == Pull(cursor, more=False, changes=())


def test_only_the_last_value_of_a_field_is_fed(estate: Estate, flat: Flat) -> None:
    tablet = enrolled(estate)
    tablet.fetch_pack()
    for note in ("a", "b", "c"):
        write_as_server(estate, flat, (flat.ids["floor"], "element", "note", note))
    changes = pull(estate, tablet, tablet.contents.cursor or 0).changes
    assert [(change.value, change.rev) for change in changes] == [("c", 3)]


def test_many_changes_come_in_pages_and_none_is_missing(
    estate: Estate, flat: Flat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed, "PAGE", 7)
    tablet = enrolled(estate)
    tablet.fetch_pack()
    rooms = [tablet.new_id() for _ in range(30)]
    write_as_server(estate, flat, *((room, "room", "label", f"Pièce {room}") for room in rooms))
    tablet.sync()
    assert [tablet.value(flat.root_id, room, "label") for room in rooms] == [f"Pièce {room}" for room in rooms]


def test_a_cursor_from_beyond_the_feed_starts_again(estate: Estate, flat: Flat) -> None:
    tablet = enrolled(estate)
    tablet.fetch_pack()
    answer = pull(estate, tablet, 10**9)
    assert answer.cursor < 10**9
    assert {change.root_id for change in answer.changes} == {flat.root_id}


def test_a_tablet_is_not_fed_what_it_does_not_hold(estate: Estate, flat: Flat) -> None:
    colleague = enrolled(estate, "paul")
    colleague.fetch_pack()
    write_as_server(estate, flat, (flat.ids["floor"], "element", "note", "pour Nadia"))
    assert pull(estate, colleague, 0).changes == ()


def test_a_colleague_who_writes_to_an_inventory_is_fed_it(estate: Estate, flat: Flat) -> None:
    colleague = enrolled(estate, "paul")
    colleague.write(flat.root_id, flat.ids["floor"], "element", "state", "worn")
    colleague.sync()
    assert colleague.value(flat.root_id, flat.ids["floor"], "material") == "Parquet"


def test_the_verdict_on_a_photograph_reaches_the_tablets_that_hold_it(estate: Estate, flat: Flat) -> None:
    tablet, stranger = enrolled(estate), enrolled(estate, "sonia")
    tablet.fetch_pack()
    photograph(tablet, flat, b"report", b"archive")
    assert tablet.contents.enrolment is not None
    with estate.app.app_context():
        device = tablet_of(tablet.contents.enrolment.token)
        assert device is not None
        intake.receive(Push(device.id, tablet.contents.outbox), device)
        now = datetime.now(UTC)
        for data, verdict, reason in ((b"report", "safe", None), (b"archive", "unusable", "truncated")):
            db.session.add(
                Photo(
                    sha256=canonical.sha256_hex(data),
                    bytes=len(data),
                    verdict=verdict,
                    reason=reason,
                    received_at=now,
                    feed_position=feed.next_position(db.session()),
                )
            )
        db.session.commit()
    told = {photo["sha256"]: photo for photo in pull(estate, tablet, 0).photos}
    assert told[canonical.sha256_hex(b"report")]["verdict"] == "safe"
    assert told[canonical.sha256_hex(b"archive")]["reason"] == "truncated"
    assert pull(estate, stranger, 0).photos == ()


def test_a_header_tells_its_state_and_the_photographs_that_are_missing(estate: Estate, flat: Flat) -> None:
    tablet = enrolled(estate)
    tablet.fetch_pack()
    photograph(tablet, flat, b"report", b"archive")
    assert tablet.contents.enrolment is not None
    with estate.app.app_context():
        device = tablet_of(tablet.contents.enrolment.token)
        assert device is not None
        intake.receive(Push(device.id, tablet.contents.outbox), device)
    (header,) = pull(estate, tablet, 0).inventories
    assert header["state"] == "in_progress"
    assert header["missing"] == sorted(map(canonical.sha256_hex, (b"report", b"archive")))


@pytest.mark.parametrize(
    ("received", "sealed", "fate"),
    ((8, 8, "leaves"), (8, 6, "stays"), (6, 8, "stays"), (None, 8, "stays"), (8, None, "stays")),
    ids=str,
)
def test_an_inventory_leaves_seven_days_after_the_later_of_receipt_and_seal(
    estate: Estate, flat: Flat, received: int | None, sealed: int | None, fate: str
) -> None:
    tablet = enrolled(estate)
    tablet.fetch_pack()
    now = datetime.now(UTC)
    change_header(
        estate,
        flat,
        received_at=None if received is None else now - timedelta(days=received),
        sealed_at=None if sealed is None else now - timedelta(days=sealed),
    )
    assert pull(estate, tablet, 0).evict == ((flat.root_id,) if fate == "leaves" else ())


def test_what_left_the_agents_scope_leaves_the_tablet_and_is_told_until_it_surely_knows(
    estate: Estate, flat: Flat
) -> None:
    tablet = enrolled(estate)
    tablet.fetch_pack()
    with estate.app.app_context():
        db.session.get_one(Account, estate.agents["nadia"]).agency_id = estate.agencies["south"]
        db.session.commit()
    change_header(estate, flat, agent_id=estate.agents["paul"])
    for _ in range(2):
        answer = pull(estate, tablet, 0)
        assert answer.evict == (flat.root_id,)
        assert answer.changes == ()
    with estate.app.app_context():
        long_ago = datetime.now(UTC) - timedelta(days=31)
        db.session.execute(update(Holding).values(evicted_at=long_ago))
        db.session.commit()
    assert pull(estate, tablet, 0).evict == ()


def test_an_evicted_inventory_goes_except_while_the_tablet_has_unsent_writes(estate: Estate, flat: Flat) -> None:
    tablet = enrolled(estate)
    tablet.fetch_pack()
    week_ago = datetime.now(UTC) - timedelta(days=8)
    change_header(estate, flat, received_at=week_ago, sealed_at=week_ago)
    tablet.sync()
    assert not tablet.contents.fields


def test_a_new_pack_holds_again_what_had_left(estate: Estate, flat: Flat) -> None:
    tablet = enrolled(estate)
    tablet.fetch_pack()
    change_header(estate, flat, agent_id=estate.agents["sonia"], agency_id=estate.agencies["south"])
    assert pull(estate, tablet, 0).evict == (flat.root_id,)
    change_header(estate, flat, agent_id=estate.agents["nadia"], agency_id=estate.agencies["north"])
    tablet.fetch_pack()
    answer = pull(estate, tablet, 0)
    assert answer.evict == ()
    assert answer.changes


def test_positions_follow_the_order_of_commits(estate: Estate) -> None:
    """A reader never passes a position that is committed after its look, however many write at once."""
    flats = [estate.plan() for _ in range(3)]
    tablet = enrolled(estate)
    tablet.fetch_pack()
    stop, seen, cursor = threading.Event(), set[int](), tablet.contents.cursor or 0

    def write(flat: Flat) -> None:
        for number in range(15):
            write_as_server(estate, flat, (flat.ids["floor"], "element", "note", str(number)))
            write_as_server(estate, flat, (tablet.new_id(), "room", "label", str(number)))

    writers = [threading.Thread(target=write, args=(flat,)) for flat in flats]

    def read() -> None:
        nonlocal cursor
        last = False
        while not last:
            last = stop.is_set()
            answer = pull(estate, tablet, cursor)
            seen.update(change.position for change in answer.changes)
            cursor = answer.cursor

    reader = threading.Thread(target=read)
    reader.start()
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    stop.set()
    reader.join()
    with estate.app.app_context():
        present = set(db.session.scalars(select(FieldState.position).where(FieldState.field == "label")))
        fresh = {position for position in present if position > (tablet.contents.cursor or 0)}
    assert len(fresh) == 45
    assert fresh <= seen
