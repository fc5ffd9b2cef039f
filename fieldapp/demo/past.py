"""The sealed inventory: made four years ago on a tablet, through everything that a real one goes through."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.demo.day import add_tenancy
from fieldapp.demo.estate import HOMES, SEALED_F3
from fieldapp.demo.findings import FINDINGS, INSURER, PICTURES, READINGS, REMARK, Picture
from fieldapp.demo.identity import stable_id
from fieldapp.demo.people import FIRST_AGENT, TENANTS
from fieldapp.demo.scenes import Shot, shoot
from fieldapp.demo.stocking import LANDLORD, account_id, dwelling_id
from fieldapp.demo.strokes import signature
from fieldapp.demo.tablet import DemonstrationTablet
from fieldapp.domain import catalogue
from fieldapp.domain.act import Decision, Method
from fieldapp.domain.appointment import AppointmentKind
from fieldapp.domain.condition import State
from fieldapp.domain.party import Quality
from fieldapp.domain.record import build
from fieldapp.domain.snapshot import Entity, Snapshot
from fieldapp.domain.works import WorksState
from fieldapp.domain.zone import PARIS
from fieldapp.extensions import db
from fieldapp.records.account import Account
from fieldapp.records.dwelling import Dwelling
from fieldapp.records.inventory import Inventory
from fieldapp.records.review import Review
from fieldapp.services import closing, verdicts, works
from fieldapp.services.identifier import new_id
from fieldapp.services.scheduling import schedule
from fieldapp.services.scope import Scope
from fieldapp.services.sealing import seal_inventory
from fieldapp.services.snapshot import acts_of, state_of
from fieldapp.services.works import Settling
from sync import canonical, moment

DAYS_AGO = 1640
"""Long enough that wear has its say when the household leaves."""
HOUSEHOLD = TENANTS[1]
_HOME = next(home for home in HOMES if home.reference == SEALED_F3)


def add_past(today: date) -> None:
    """Make, close, seal and accept the earlier inventory, or go on where a start that was cut off left it.

    What the landlord promised in it was mended long ago.
    """
    session = db.session()
    root_id = session.scalar(select(Inventory.id).where(Inventory.dwelling_id == dwelling_id(SEALED_F3)))
    root_id = root_id or _plan(session, today - timedelta(days=DAYS_AGO))
    accepted = session.scalar(select(Inventory.record_sha256).where(Inventory.id == root_id))
    session.commit()
    if accepted is None:
        visit = _Visit(root_id)
        if not acts_of(root_id):
            visit.make()
        visit.close()
    seal_inventory(root_id)
    review = session.get_one(Review, root_id)
    if review.verdict is None:
        verdicts.accept(Scope(LANDLORD), root_id, review.rev, account_id("reviewer"))
    for work in works.listed(Scope(LANDLORD)):
        if work.request.inventory_id == root_id:
            said = Settling(WorksState.DONE, "Régie, équipe 2", "")
            works.settle(Scope(LANDLORD), work.request.id, said, account_id("manager"))


def _plan(session: Session, day: date) -> str:
    lease = add_tenancy(session, _HOME, day, HOUSEHOLD)
    appointment = schedule(
        session,
        AppointmentKind.MOVE_IN,
        session.get_one(Dwelling, lease.dwelling_id),
        lease,
        session.get_one(Account, account_id(FIRST_AGENT)),
        datetime.combine(day, time(10), ZoneInfo(PARIS)),
        length=timedelta(minutes=90),
    )
    session.commit()
    return appointment.inventory_made


class _Visit:
    """One visit to the flat, from the first room to the closing."""

    def __init__(self, root_id: str) -> None:
        session = db.session()
        header = session.get_one(Inventory, root_id)
        self.root_id = root_id
        self.view = Snapshot(state_of(root_id))
        tenancy = self.view.context_of("tenancy")
        self.day = date.fromisoformat(str(tenancy["starts_on"]))
        begins = datetime.combine(self.day, time(10, 4), ZoneInfo(PARIS))
        self.tablet = DemonstrationTablet(session.get_one(Account, header.agent_id), begins)

    def make(self) -> None:
        """Look at everything, photograph, sign."""
        self._set(self.root_id, "inventory", started_at=self.tablet.tap(), established_at=self.tablet.tap())
        for number, room in enumerate(self.view.all("room"), 1):
            self._look(number, room)
        self._read_meters()
        self._count_keys()
        self._test_equipment()
        with ThreadPoolExecutor() as drawing:  # Pillow draws beside the examination of what is drawn already
            for picture, shot in zip(PICTURES, drawing.map(_draw, PICTURES), strict=True):
                self._keep(picture, shot)
        self._meet()
        self.tablet.push()
        self._sign()

    def close(self) -> None:
        """Hand in the record that was signed; the tablet then goes back into its drawer."""
        record = self._record()
        closing.close(self.tablet.device, self.root_id, record, canonical.sha256_hex(record))
        self.tablet.retire()

    def _record(self) -> bytes:
        return canonical.dumps(build(state_of(self.root_id), catalogue.load(), catalogue.load_legal()))

    def _set(self, entity_id: str, kind: str, **values: Any) -> None:
        for field, value in values.items():
            self.tablet.write(self.root_id, entity_id, kind, field, value)

    def _look(self, number: int, room: Entity) -> None:
        found = {finding.element: finding for finding in FINDINGS if finding.room == number}
        for element in self.view.elements_of(room):
            finding = found.get(element.text("element_kind"))
            if finding is None:
                self._set(element.id, "element", state=State.GOOD.value, filled_at_one_touch=True)
            else:
                self._set(element.id, "element", state=finding.state.value, note=finding.note)
                if finding.defects:
                    self._set(element.id, "element", defects=list(finding.defects))
                if finding.works:
                    self._set(element.id, "element", working=finding.works)
                if finding.repair:
                    due = (self.day + timedelta(days=finding.repair_in)).isoformat()
                    self._set(element.id, "element", promise={"text": finding.repair, "due": due})
            if element.text("element_kind") in {"floor", "walls", "ceiling"}:
                self._set(element.id, "element", material_confirmed=True)

    def _read_meters(self) -> None:
        for meter in self.view.all("meter"):
            index, low = READINGS[meter.text("meter_kind")]
            self._set(meter.id, "meter", state="read", index=index)
            if low:
                self._set(meter.id, "meter", index_low=low)

    def _count_keys(self) -> None:
        for key in self.view.all("key"):
            self._set(key.id, "key", confirmed=True)

    def _test_equipment(self) -> None:
        for thing in self.view.all("equipment"):
            self._set(thing.id, "equipment", present=True, tested="works")
        expires = date(self.day.year + 1, self.day.month, 1) - timedelta(days=1)
        insurance = {"seen": True, "insurer": INSURER, "expires": expires.isoformat()}
        self._set(self.root_id, "inventory", insurance=insurance)

    def _keep(self, picture: Picture, shot: Shot) -> None:
        subject, room = self._subject(picture)
        archive, report = self.tablet.keep(shot)
        photo_id = stable_id("photo", self.root_id, subject.id, picture.scene)
        body = {
            "subject_kind": subject.kind,
            "subject_id": subject.id,
            "room_id": room.id if room else None,
            "taken_at": moment.write(self._moment_of(picture)),
            "source": "camera",
            "archive": archive.as_json(),
            "report": report.as_json(),
        }
        self._set(photo_id, "photo", body=body, caption=picture.caption)

    def _moment_of(self, picture: Picture) -> datetime:
        """Decided by the picture alone, so that a visit that is made again says the same."""
        begins = datetime.combine(self.day, time(10, 5), ZoneInfo(PARIS))
        return begins + timedelta(seconds=131 * PICTURES.index(picture))

    def _subject(self, picture: Picture) -> tuple[Entity, Entity | None]:
        if picture.room:
            room = self.view.all("room")[picture.room - 1]
            return (self._element(picture.room, picture.place) if picture.place else room), room
        kinds = (("meter", "meter_kind"), ("equipment", "equipment_kind"))
        for kind, field in kinds:
            for thing in self.view.all(kind):
                if thing.text(field) == picture.place:
                    return thing, None
        return self.view.all("key")[0], None

    def _element(self, room: int, kind: str) -> Entity:
        elements = self.view.elements_of(self.view.all("room")[room - 1])
        return next(element for element in elements if element.text("element_kind") == kind)

    def _meet(self) -> None:
        for party in self.view.all("party"):
            self._set(party.id, "party", present=True)
        room, kind, text = REMARK
        remark = {
            "party_id": self._tenants()[0].id,
            "subject_kind": "element",
            "subject_id": self._element(room, kind).id,
            "text": text,
        }
        self._set(stable_id("remark", self.root_id), "remark", body=remark)
        self._set(self.root_id, "inventory", keys_handed_at=self.tablet.tap())

    def _tenants(self) -> list[Entity]:
        return [party for party in self.view.all("party") if party.text("quality") != Quality.AGENT]

    def _sign(self) -> None:
        sha256 = canonical.sha256_hex(self._record())
        acts = [self._act(party, sha256) for party in self.view.all("party")]
        for act in acts:
            self._set(act["act_id"], "act", body=act)
        closed = {"record_sha256": sha256, "at": self.tablet.tap(), "acts": [act["act_id"] for act in acts]}
        self._set(self.root_id, "inventory", closed=closed)
        for party in self._tenants():
            copy = {"party_id": party.id, "channel": "print", "at": self.tablet.tap(), "to": None, "done": True}
            self._set(new_id(), "handover", body=copy)
        self.tablet.push()

    def _act(self, party: Entity, sha256: str) -> dict[str, Any]:
        remarks = [] if party.id != self._tenants()[0].id else [self._remark()]
        decision = Decision.SIGNED_WITH_RESERVATIONS if remarks else Decision.SIGNED
        return self.tablet.sign(
            {
                "act_id": new_id(),
                "inventory_id": self.root_id,
                "party_id": party.id,
                "name": party.text("name"),
                "quality": party.text("quality"),
                "decision": decision.value,
                "consent": catalogue.load_legal()["consent"][decision]["fr"],
                "record_sha256": sha256,
                "remarks": remarks,
                "method": Method.DRAWN.value,
                "strokes": signature(party.text("name")),
                "typed_name": None,
                "reason": None,
                "witnesses": None,
                "at": self.tablet.tap(),
            }
        )

    def _remark(self) -> dict[str, str]:
        room, kind, text = REMARK
        return {"subject_kind": "element", "subject_id": self._element(room, kind).id, "text": text}


def _draw(picture: Picture) -> Shot:
    return shoot(picture.scene, picture.detail, picture.room)
