"""The empty flat that waits for works: its check some weeks ago, and what was ordered then."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.demo.estate import UNDER_WORKS
from fieldapp.demo.identity import stable_id
from fieldapp.demo.people import SECOND_AGENT
from fieldapp.demo.scenes import shoot
from fieldapp.demo.stocking import LANDLORD, account_id, dwelling_id
from fieldapp.demo.strokes import signature
from fieldapp.demo.tablet import DemonstrationTablet
from fieldapp.domain import catalogue, technical_record
from fieldapp.domain.act import Decision, Method
from fieldapp.domain.appointment import AppointmentKind
from fieldapp.domain.works import WorksState
from fieldapp.domain.zone import PARIS
from fieldapp.extensions import db
from fieldapp.records.account import Account
from fieldapp.records.appointment import Appointment
from fieldapp.records.dwelling import Dwelling
from fieldapp.records.visit import Visit
from fieldapp.services import technical, visit_closing, works
from fieldapp.services.scope import Scope
from fieldapp.services.snapshot import state_of
from fieldapp.services.works import Settling
from sync import canonical

DAYS_AGO = 18
READINGS = {"cold_water": ("00231", ""), "electricity_hphc": ("018422", "009107")}

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Defect:
    """What the agent found: where, what, the scene to draw; then to whom it was given, and for how much in cents."""

    room: str
    element: str
    problem: str
    note: str
    scene: str
    detail: str
    given_to: str
    cost: int | None = None
    urgent: bool = False

    @property
    def id(self) -> str:
        """The defect's, which becomes the works request's."""
        return stable_id("snag", UNDER_WORKS, self.element)


DEFECTS = (
    Defect(
        "bathroom",
        "seals",
        "leak",
        "Joint de baignoire noirci, l’eau passe derrière",
        "bath",
        "mould",
        "Plomberie Aubépine",
        18400,
        urgent=True,
    ),
    Defect(
        "living_room",
        "shutter",
        "broken",
        "Volet bloqué à mi-hauteur, deux lames à remplacer",
        "window",
        "shutter",
        "Menuiserie des Trois Ponts",
        26900,
    ),
    Defect(
        "bedroom",
        "walls",
        "dirty",
        "Murs tachés, à lessiver et à repeindre",
        "wall",
        "marks",
        "Régie peinture, équipe 2",
    ),
)
DEFECTIVE = {"damp", "smoke_detector"}
"""Points of the checklist that do not hold."""


def add_check(today: date) -> None:
    """Make the check and order what it found, or go on where a start that was cut off left it.

    Its file is sealed by the worker, like that of any visit.
    """
    session = db.session()
    begins = datetime.combine(today - timedelta(days=DAYS_AGO), time(10), ZoneInfo(PARIS))
    visit_id = _planned(session) or _plan(session, begins)
    session.commit()
    _Check(visit_id, begins).make()
    for defect in DEFECTS:
        said = Settling(WorksState.ORDERED, defect.given_to, "", cost=defect.cost)
        works.settle(Scope(LANDLORD), defect.id, said, account_id("manager"))


def _planned(session: Session) -> str | None:
    """The check of a start that was cut off."""
    visit_id: str | None = session.scalar(
        select(Visit.id)
        .join(Appointment, Appointment.id == Visit.appointment_id)
        .where(Visit.dwelling_id == dwelling_id(UNDER_WORKS), Appointment.kind == AppointmentKind.VACANT_CHECK)
    )
    return visit_id


def _plan(session: Session, starts_at: datetime) -> str:
    home, agent = (
        session.get_one(Dwelling, dwelling_id(UNDER_WORKS)),
        session.get_one(Account, account_id(SECOND_AGENT)),
    )
    return technical.plan(session, home, AppointmentKind.VACANT_CHECK, agent, starts_at).id


class _Check:
    """One check of the empty flat, from the meters to the signature."""

    def __init__(self, root_id: str, begins: datetime) -> None:
        session = db.session()
        self.root_id = root_id
        self.document_id = stable_id("document", root_id)
        self.entities: Json = state_of(root_id)["entities"]
        self.agent = session.get_one(Account, account_id(SECOND_AGENT))
        self.tablet = DemonstrationTablet(self.agent, begins)

    def make(self) -> None:
        """Write what was seen and signed in one go, then hand the record in; the tablet goes back into its drawer."""
        if self.document_id not in self.entities:
            body = self._look()
            self._set(self.document_id, "document", body=body)
            act = self._act(canonical.sha256_hex(self._record(body)))
            self._set(act["act_id"], "act", body=act)
            said = {"record_sha256": act["record_sha256"], "at": self.tablet.tap(), "acts": [act["act_id"]]}
            self._set(self.document_id, "document", closed=said)
            self._set(self.root_id, "visit", ended={"end": "done", "reason": None, "at": self.tablet.tap()})
            self.tablet.push()
            self.entities = state_of(self.root_id)["entities"]
        record = self._record(self.entities[self.document_id]["fields"]["body"])
        visit_closing.close(self.tablet.device, self.root_id, self.document_id, record, canonical.sha256_hex(record))
        self.tablet.retire()

    def _look(self) -> Json:
        self._set(self.root_id, "visit", started_at=self.tablet.tap())
        points = [self._answer(one_id, fields["code"]) for one_id, fields in self._all("point")]
        readings = [self._read(one_id, fields["about"]) for one_id, fields in self._all("meter")]
        photos = [self._notice(defect) for defect in DEFECTS]
        words = {row["code"]: row["label"]["fr"] for row in catalogue.load_visits()["snag_kinds"]}
        return {
            "document_kind": AppointmentKind.VACANT_CHECK.value,
            "number": f"{self.entities[self.root_id]['fields']['number']}-1",
            "language": "fr",
            "made_at": self.tablet.tap(),
            "firm": None,
            "words": "Clés remises dans la boîte de la loge, casier 24.",
            "points": points,
            "works": [],
            "readings": readings,
            "snags": [
                {"id": one.id, "label": words[one.problem], "note": one.note, "urgent": one.urgent} for one in DEFECTS
            ],
            "photos": photos,
        }

    def _all(self, kind: str) -> list[tuple[str, Json]]:
        found = [(name, one["fields"]) for name, one in self.entities.items() if one["kind"] == kind]
        return sorted(found, key=lambda one: one[1]["position"])

    def _answer(self, point_id: str, code: str) -> Json:
        answer = "none" if code == "gas" else "no" if code in DEFECTIVE else "yes"
        note = {"damp": "Traces autour de la baignoire", "smoke_detector": "Pile à changer"}.get(code, "")
        self._set(point_id, "point", answer=answer, **({"note": note} if note else {}))
        return {"id": point_id, "code": code, "answer": answer, "note": note}

    def _read(self, meter_id: str, about: Json) -> Json:
        index, low = READINGS[about["meter_kind"]]
        self._set(meter_id, "meter", state="read", index=index, **({"index_low": low} if low else {}))
        said = {name: about[name] for name in ("label", "serial", "unit")}
        return {"id": meter_id, **said, "state": "read", "index": index, "index_low": low, "reason": ""}

    def _notice(self, defect: Defect) -> Json:
        """Write a defect, take its photograph; gives what the document says of the photograph."""
        seen = {"place": "dwelling", "room_kind": defect.room, "element_kind": defect.element}
        at = self.tablet.tap()
        self._set(defect.id, "snag", **seen, problem=defect.problem, note=defect.note, urgent=defect.urgent, at=at)
        archive, report = self.tablet.keep(shoot(defect.scene, defect.detail, seed=24))
        photo_id = stable_id("photo", self.root_id, defect.element)
        body = {
            "subject_kind": "snag",
            "subject_id": defect.id,
            "room_id": None,
            "taken_at": at,
            "source": "camera",
            "archive": archive.as_json(),
            "report": report.as_json(),
        }
        self._set(photo_id, "photo", body=body)
        shown = {name: body[name] for name in ("subject_id", "taken_at", "report", "archive")}
        return {"id": photo_id, **shown, "caption": "", "marks": []}

    def _record(self, body: Json) -> bytes:
        root = {"id": self.root_id, **self.entities[self.root_id]["fields"]}
        return canonical.dumps(technical_record.build(self.document_id, root, body, catalogue.load()))

    def _act(self, sha256: str) -> Json:
        return self.tablet.sign(
            {
                "act_id": stable_id("act", self.root_id),
                "visit_id": self.root_id,
                "document_id": self.document_id,
                "party_id": self.agent.id,
                "name": self.agent.name,
                "quality": "agent",
                "decision": Decision.SIGNED.value,
                "consent": technical_record.consent("agent", catalogue.load(), "fr"),
                "record_sha256": sha256,
                "method": Method.DRAWN.value,
                "strokes": signature(self.agent.name),
                "typed_name": None,
                "reason": None,
                "witnesses": None,
                "remarks": [],
                "at": self.tablet.tap(),
            }
        )

    def _set(self, entity_id: str, kind: str, **values: Any) -> None:
        for field, value in values.items():
            self.tablet.write(self.root_id, entity_id, kind, field, value)
