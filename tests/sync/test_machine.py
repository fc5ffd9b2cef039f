"""Whatever storage and network do to three tablets, what one of them acknowledged to its agent is never lost or doubled.

Hypothesis makes the schedules; each runs against the real application and a real database. `FIELDAPP_SOAK=1` makes many
more, and other ones each time.
"""

import contextlib
import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import func, select, update

from fieldapp.extensions import db
from fieldapp.records.appointment import Appointment
from fieldapp.records.change import Change as ChangeRow
from fieldapp.records.conflict import Conflict
from fieldapp.records.device import Device
from fieldapp.records.field_state import FieldState
from fieldapp.records.inventory import Inventory
from fieldapp.records.photo import Photo
from fieldapp.records.rejected_change import RejectedChange
from fieldapp.services import installation
from sync import canonical
from sync.envelope import Change
from sync.tablet import Tablet
from sync.transport import Unreachable
from tests.fieldwork.estate import Estate, Flat
from tests.fieldwork.tablets import START_MS, enrolled, in_process, ticking
from tests.fieldwork.visit import fill, photograph, sign_and_close
from tests.sync.faults import Crash, CrashableStore, Fault, FaultyNetwork

SOAK = os.environ.get("FIELDAPP_SOAK") == "1"
SCHEDULES = {"sqlite": 100, "postgresql": 50}
"""Of 20 steps each; PostgreSQL is slower to reach and finds the same faults."""

DAY_MS = 86_400_000
NAMES = ("first", "second", "colleague")

TABLETS = st.sampled_from(NAMES)
SURFACES = st.sampled_from(("floor", "wall", "ceiling"))
WRITES = st.sampled_from(
    (
        ("state", "new"),
        ("state", "worn"),
        ("note", "tache"),
        ("note", ""),
        ("quantity", 1),
        ("quantity", 2),
        ("defects", ["hole"]),
    )
)
STOP = st.sampled_from(("", "", "before it is kept", "once it is kept"))
"""Whether and where the tablet stops during one act of its agent."""

STOPS = st.none() | st.tuples(st.integers(1, 6), st.booleans())
"""Where the tablet's storage stops during a sync: at which save, and whether it still became durable."""

FATES = st.lists(st.sampled_from(list(Fault)), max_size=8)
"""The fate of each request of a sync, in order; those beyond the list are answered."""


@dataclass
class Holder:
    """One tablet, what surrounds it, and what it has acknowledged to its agent."""

    tablet: Tablet
    store: CrashableStore
    network: FaultyNetwork
    fates: list[Fault] = field(default_factory=list)
    operations: dict[str, Change] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    photos: list[str] = field(default_factory=list)


class Visits(RuleBasedStateMachine):
    """Two tablets of one agent and one of a colleague, at work in the same dwelling."""

    estate: Estate

    def __init__(self) -> None:
        super().__init__()
        self.devices: dict[str, Holder] = {}
        self.numbers = 0

    @initialize(skews=st.tuples(*(st.sampled_from((0, -2 * DAY_MS, 2 * DAY_MS)) for _ in NAMES)))
    def enrol(self, skews: tuple[int, ...]) -> None:
        """Each clock is right or two days off, and no two are alike."""
        self.flat: Flat = self.estate.plan()
        for place, (name, skew) in enumerate(zip(NAMES, skews, strict=True)):
            self.devices[name] = self._enrolled(name, place, skew)
        fill(self.devices["first"].tablet, self.flat)
        # A pack brings only the agent's own day: a colleague is fed what she has written to.
        colleague = self.devices["colleague"].tablet
        colleague.write(self.flat.root_id, self.flat.ids["wall"], "element", "note", "bonjour")
        self._quieten()

    @rule(name=TABLETS, surface=SURFACES, written=WRITES, stop=STOP)
    def write(self, name: str, surface: str, written: tuple[str, Any], stop: str) -> None:
        """The agent taps; the tablet may stop before or after the tap is durable."""
        device, entity = self.devices[name], self.flat.ids[surface]
        self._doing(device, lambda: device.tablet.write(self.flat.root_id, entity, "element", *written), stop)

    @rule(name=TABLETS, stop=STOP)
    def take_photo(self, name: str, stop: str) -> None:
        """A photograph and its operation are kept together or not at all."""
        device = self.devices[name]
        self.numbers += 1
        report, archive = (f"{size} {self.numbers} of {self.flat.root_id}".encode() for size in ("report", "archive"))
        taken = self._doing(device, lambda: photograph(device.tablet, self.flat, report, archive), stop)
        if taken is not None:
            device.photos.append(taken)
            device.files |= {canonical.sha256_hex(data): data for data in (report, archive)}

    @precondition(lambda self: any(device.photos for device in self.devices.values()))
    @rule(data=st.data(), deleted=st.sampled_from(("away", "back")))
    def delete_photo(self, data: st.DataObject, deleted: str) -> None:
        """The agent takes a photograph away, or back."""
        name = data.draw(st.sampled_from([name for name in NAMES if self.devices[name].photos]))
        device = self.devices[name]
        photo = data.draw(st.sampled_from(device.photos))
        self._doing(
            device, lambda: device.tablet.write(self.flat.root_id, photo, "photo", "deleted", deleted == "away"), ""
        )

    @rule(name=TABLETS, fates=FATES, stop=STOPS)
    def sync(self, name: str, fates: list[Fault], stop: tuple[int, bool] | None) -> None:
        """The tablet finds a network, more or less; it may stop anywhere on the way."""
        device = self.devices[name]
        device.fates = list(reversed(fates))
        if stop is not None:
            device.store.stop_at(stop[0], durable=stop[1])
        with contextlib.suppress(Unreachable, Crash):
            device.tablet.sync()
        device.store.go_on()
        device.fates = []

    @precondition(lambda self: any(device.network.on_the_way for device in self.devices.values()))
    @rule(data=st.data())
    def deliver_late(self, data: st.DataObject) -> None:
        """A request that its tablet gave up arrives after all, in any order."""
        late = [(name, index) for name in NAMES for index in range(len(self.devices[name].network.on_the_way))]
        name, index = data.draw(st.sampled_from(late))
        self.devices[name].network.deliver(index)

    @precondition(lambda self: not self._accepted())
    @rule(name=TABLETS)
    def close(self, name: str) -> None:
        """The parties sign what this tablet shows; whether it is all there is, only the server can know."""
        device = self.devices[name]
        sign_and_close(device.tablet, self.flat)
        self._acknowledge(device)

    @invariant()
    def what_was_acknowledged_is_on_the_server_once_or_still_here(self) -> None:
        """The oracle, after every step."""
        if not self.devices:
            return
        with self.estate.app.app_context():
            log = self._log()
            refused = set(db.session.scalars(select(RejectedChange.op_id)))
            received = set(db.session.scalars(select(Photo.sha256)))
            blobs = installation.blobs()
            for device in self.devices.values():
                waiting = {op.op_id for op in device.tablet.contents.outbox}
                for op_id, op in device.operations.items():
                    if op_id in log:
                        assert op_id not in refused
                        assert log[op_id] == canonical.dumps(op.value).decode()
                    else:
                        assert op_id in refused or op_id in waiting, f"{op.kind}.{op.field} is lost"
                for sha256, file in device.tablet.contents.files.items():
                    if file.receipted:
                        assert sha256 in received
                        assert blobs.path(f"photos/{sha256}").read_bytes() == file.data
                    elif sha256 in device.files:
                        assert file.data == device.files[sha256]

    def teardown(self) -> None:
        """Quiet: everything arrives, every tablet asks twice, and all agree with the server."""
        if self.devices:
            self._quieten()
            self._judge()
            with self.estate.app.app_context():
                # The next schedule's packs shall not carry this one's inventory.
                db.session.execute(update(Appointment).values(state="cancelled"))
                db.session.commit()

    def _quieten(self) -> None:
        for device in self.devices.values():
            while device.network.on_the_way:
                device.network.deliver(0)
        for _ in range(2):
            for device in self.devices.values():
                device.tablet.sync()

    def _judge(self) -> None:
        self.what_was_acknowledged_is_on_the_server_once_or_still_here()
        with self.estate.app.app_context():
            header = db.session.get_one(Inventory, self.flat.root_id)
            self._all_agree()
            self._every_write_counted_once()
            self._the_latest_write_won()
            self._nothing_is_missing()
            self._no_loss_is_hidden()
            self._the_record_is_the_signed_one(header)
        for device in self.devices.values():
            codes = {code for _, code in device.tablet.contents.stuck}
            assert codes <= ({"sealed"} if header.record_sha256 else set())

    def _all_agree(self) -> None:
        rows = db.session.execute(
            select(FieldState.entity_id, FieldState.field, FieldState.value, FieldState.rev).where(
                FieldState.root_id == self.flat.root_id
            )
        )
        server = {(entity_id, name): (json.loads(value), rev) for entity_id, name, value, rev in rows}
        for device in self.devices.values():
            contents = device.tablet.contents
            here = {place: known for place, known in contents.fields.items() if place[0] == self.flat.root_id}
            shown = {(place[1], place[2]): (known.value, known.rev) for place, known in here.items()}
            assert not contents.outbox
            # Revision 0: written on this tablet after another one's closing, kept for the office, part of nothing signed.
            for (entity_id, name), (_, rev) in shown.items():
                assert rev > 0 or self._kept_aside(entity_id, name)
            assert {place: held for place, held in shown.items() if held[1] > 0} == server

    def _every_write_counted_once(self) -> None:
        """Each applied write has its own number; only a write kept aside after a closing moves the rev without one."""
        applied = dict[tuple[str, str], list[int | None]]()
        root = self.flat.root_id
        for change in db.session.scalars(
            select(ChangeRow).where(ChangeRow.root_id == root, ChangeRow.rev.is_not(None))
        ):
            applied.setdefault((change.entity_id, change.field), []).append(change.rev)
        for state in db.session.scalars(select(FieldState).where(FieldState.root_id == root)):
            revs = applied[state.entity_id, state.field]
            assert len(revs) == len(set(revs))
            aside = self._kept_aside(state.entity_id, state.field)
            assert state.rev - aside <= len(revs) <= state.rev
            assert aside or set(revs) == set(range(1, state.rev + 1))

    def _the_latest_write_won(self) -> None:
        """Whatever the order of arrival, each field holds the value with the greatest (clock, device)."""
        root, latest = self.flat.root_id, dict[tuple[str, str], ChangeRow]()
        for change in db.session.scalars(select(ChangeRow).where(ChangeRow.root_id == root)):
            place = (change.entity_id, change.field)
            held = latest.setdefault(place, change)
            latest[place] = max(held, change, key=lambda one: (one.hlc, one.device_id))
        for state in db.session.scalars(select(FieldState).where(FieldState.root_id == root)):
            held = latest[state.entity_id, state.field]
            assert state.op_id == held.op_id or self._kept_aside(state.entity_id, state.field, held.op_id)

    def _kept_aside(self, entity_id: str, field: str, op_id: str | None = None) -> int:
        """How many writes of a field (or whether this one) arrived after another tablet's closing: kept, not applied."""
        closings = select(ChangeRow.device_id).where(
            ChangeRow.root_id == self.flat.root_id, ChangeRow.field == "closed", ChangeRow.rev.is_not(None)
        )
        query = select(func.count()).where(
            ChangeRow.root_id == self.flat.root_id,
            ChangeRow.entity_id == entity_id,
            ChangeRow.field == field,
            ChangeRow.rev.is_(None),
        )
        if op_id is not None:
            query = query.where(ChangeRow.op_id == op_id)
        return int(db.session.scalar(query) or 0) if db.session.scalars(closings).first() else 0

    def _nothing_is_missing(self) -> None:
        for device in self.devices.values():
            contents = device.tablet.contents
            assert contents.enrolment is not None
            row = db.session.get_one(Device, contents.enrolment.device_id)
            assert (row.next_seq, row.ahead, row.gap_since, row.seq_reused_at) == (contents.seq + 1, [], None, None)
            assert all(file.receipted for file in contents.files.values())

    def _no_loss_is_hidden(self) -> None:
        """What another device overwrote without having seen it, or what lost, is in the conflicts."""
        root = self.flat.root_id
        changes = list(db.session.scalars(select(ChangeRow).where(ChangeRow.root_id == root)))
        shown = set(db.session.scalars(select(Conflict.lost_op_id).where(Conflict.root_id == root)))
        for lost in changes:
            rivals = [other for other in changes if (other.entity_id, other.field) == (lost.entity_id, lost.field)]
            mine = [other for other in rivals if other.device_id == lost.device_id and other.hlc > lost.hlc]
            same = [other for other in rivals if other.device_id != lost.device_id and other.value == lost.value]
            if lost.rev is None and not mine and not same:
                assert lost.op_id in shown

    def _the_record_is_the_signed_one(self, header: Inventory) -> None:
        records = [record for device in self.devices.values() for record in device.tablet.contents.records.values()]
        if header.record_sha256 is None:
            assert all(record.state in {"record_differs", "not_signed"} for record in records)
            return
        assert header.record_sha256 in {record.sha256 for record in records}
        for record in records:
            if record.sha256 == header.record_sha256:
                assert record.state == "sealing"
                assert installation.blobs().path(f"records/{record.sha256}").read_bytes() == record.raw
            else:
                assert record.state in {"sealed", "record_differs", "not_signed"}
        assert (header.missing_photos, header.received_at is not None) == (0, True)

    def _accepted(self) -> bool:
        """Whether a tablet has heard that its record was accepted."""
        records = (record for device in self.devices.values() for record in device.tablet.contents.records.values())
        return any(record.state in {"sealing", "missing_photos", "sealed"} for record in records)

    def _doing(self, device: Holder, act: Callable[[], str], stop: str) -> str | None:
        """Let the agent do something; only what returns was acknowledged."""
        if stop:
            device.store.stop_at(1, durable=stop == "once it is kept")
        try:
            done = act()
        except Crash:
            return None
        self._acknowledge(device)
        return done

    def _acknowledge(self, device: Holder) -> None:
        device.operations |= {op.op_id: op for op in device.tablet.contents.outbox}

    def _enrolled(self, name: str, place: int, skew: int) -> Holder:
        store, fates = CrashableStore(), list[Fault]()
        network = FaultyNetwork(in_process(self.estate.app), lambda: device.fates.pop() if device.fates else Fault.NONE)
        tablet = enrolled(
            self.estate,
            "paul" if name == "colleague" else "nadia",
            store=store,
            transport=network,
            now=ticking(START_MS + place * 10_000_000 + skew),
        )
        device = Holder(tablet, store, network, fates)
        if name != "colleague":
            tablet.fetch_pack()
        return device

    def _log(self) -> dict[str, str]:
        rows = db.session.execute(
            select(ChangeRow.op_id, ChangeRow.value).where(ChangeRow.root_id == self.flat.root_id)
        )
        return dict(rows.all())


def test_what_a_tablet_acknowledged_is_never_lost_or_doubled(estate: Estate) -> None:
    class Here(Visits):
        pass

    Here.estate = estate
    with estate.app.app_context():
        kind = db.engine.dialect.name
    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=settings().max_examples if SOAK else SCHEDULES[kind],
            stateful_step_count=50 if SOAK else 20,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )
