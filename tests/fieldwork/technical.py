"""Technical visits for the tests: planned by the office, made and signed on a tablet."""

from datetime import UTC, datetime
from typing import Any

from fieldapp.domain import catalogue
from fieldapp.domain.appointment import AppointmentKind
from fieldapp.domain.technical_record import build, consent
from fieldapp.extensions import db
from fieldapp.records.account import Account
from fieldapp.records.dwelling import Dwelling
from fieldapp.records.works_request import WorksRequest
from fieldapp.services import technical
from fieldapp.services.identifier import new_id
from sync import canonical
from sync.tablet import Tablet
from tests.fieldwork.estate import Estate
from tests.fieldwork.visit import STROKES

MADE = "2026-11-23T09:10:00.000Z"
Json = dict[str, Any]


def request_works(estate: Estate, dwelling_id: str, **changes: Any) -> str:
    """A works request of a dwelling, ordered already; gives its id."""
    with estate.app.app_context():
        dwelling = db.session.get_one(Dwelling, dwelling_id)
        row = WorksRequest(
            **{
                "id": new_id(),
                "landlord_id": estate.landlord_id,
                "agency_id": estate.agencies["north"],
                "building_id": dwelling.building_id,
                "dwelling_id": dwelling_id,
                "source": "snag",
                "place": "dwelling",
                "room_kind": "kitchen",
                "element_kind": "walls",
                "problem": "broken",
                "text": "Murs à repeindre",
                "state": "ordered",
                "raised_by": estate.agents["nadia"],
                "raised_at": datetime(2026, 11, 2, 9, tzinfo=UTC),
                **changes,
            }
        )
        db.session.add(row)
        db.session.commit()
        return row.id


def plan_technical(
    estate: Estate, dwelling_id: str, kind: str = "acceptance", starts_at: datetime | None = None
) -> str:
    """A technical visit of this agent; gives its id."""
    with estate.app.app_context():
        visit = technical.plan(
            db.session(),
            db.session.get_one(Dwelling, dwelling_id),
            AppointmentKind(kind),
            db.session.get_one(Account, estate.agents["nadia"]),
            starts_at or datetime.now(UTC),
        )
        visit_id = visit.id
        db.session.commit()
    return visit_id


def found(kind: str = "acceptance", **changes: Any) -> Json:
    """The body of a technical document in which nothing is said yet."""
    return {
        "document_kind": kind,
        "number": "R261123-AAAAA-1",
        "language": "fr",
        "made_at": MADE,
        "firm": None,
        "words": "",
        "points": [],
        "works": [],
        "readings": [],
        "snags": [],
        "photos": [],
        **changes,
    }


def work(work_id: str, result: str, note: str = "", element: Json | None = None) -> Json:
    """What became of one request."""
    return {
        "id": work_id,
        "title": "Cassé : Murs à repeindre",
        "where": "Cuisine, Murs",
        "result": result,
        "note": note,
        "element": element,
    }


def sign_technical(tablet: Tablet, root_id: str, body: Json, *, qualities: tuple[str, ...] = ("agent",)) -> Any:
    """Write the document, an act for each quality and the closing; gives its id and the bytes of its record."""
    document_id = tablet.new_id()
    tablet.write(root_id, document_id, "document", "body", body)
    root = tablet.state(root_id)["entities"][root_id]["fields"]
    raw = canonical.dumps(build(document_id, {"id": root_id, **root}, body, catalogue.load()))
    sha256 = canonical.sha256_hex(raw)
    acts = [tablet.sign(root_id, _act(root_id, document_id, root, body, quality, sha256)) for quality in qualities]
    tablet.write(root_id, document_id, "document", "closed", {"record_sha256": sha256, "at": MADE, "acts": acts})
    return document_id, raw


def _act(root_id: str, document_id: str, root: Json, body: Json, quality: str, sha256: str) -> Json:
    agent, firm = root["context"]["agent"], body["firm"] or {}
    return {
        "visit_id": root_id,
        "document_id": document_id,
        "party_id": agent["id"] if quality == "agent" else firm["id"],
        "name": agent["name"] if quality == "agent" else firm["person"],
        "quality": quality,
        "decision": "signed",
        "consent": consent(quality, catalogue.load(), body["language"]),
        "record_sha256": sha256,
        "remarks": [],
        "method": "drawn",
        "strokes": STROKES,
        "typed_name": None,
        "reason": None,
        "witnesses": None,
        "at": MADE,
    }
