"""Addenda for the tests: asked for by the office, made and signed on a tablet."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select

from fieldapp.domain import catalogue
from fieldapp.domain.addendum import AddendumKind
from fieldapp.domain.addendum_record import build, consent
from fieldapp.extensions import db
from fieldapp.records.appointment import Appointment
from fieldapp.records.review import Review
from fieldapp.services import addenda
from fieldapp.services.addenda import Request
from fieldapp.services.booking import Slot
from fieldapp.services.scope import Scope
from sync import canonical
from sync.tablet import Tablet
from tests.fieldwork.estate import Estate, Flat
from tests.fieldwork.visit import STROKES

DAY = timedelta(days=1)
MADE = "2026-11-23T09:10:00.000Z"
Json = dict[str, Any]


def request(kind: str = "correction", **changes: Any) -> Request:
    """A correction by agreement of what the words say."""
    given: Json = {"requested_on": None, "due_on": None, "words": "Les murs du séjour", **changes}
    return Request(AddendumKind(kind), **given)


def ask_addendum(
    estate: Estate, flat: Flat, asked: Request | None = None, starts_at: datetime | None = None, rev: int | None = None
) -> str:
    """The office asks this agent for an addendum; gives the id of the visit at which it is made."""
    with estate.app.app_context():
        known = db.session.get_one(Review, flat.root_id).rev
        # The inventory was made the day before: its hour is over, and its agent free.
        made = db.session.scalars(select(Appointment).where(Appointment.inventory_id == flat.root_id)).one()
        made.starts_at, made.ends_at = made.starts_at - DAY, made.ends_at - DAY
        db.session.commit()
        begins = starts_at or datetime.now(UTC) + timedelta(minutes=2)
        slot = Slot(estate.agents["nadia"], begins, timedelta(minutes=30))
        account = flat.ids["agent"]
        chosen = known if rev is None else rev
        return addenda.ask(Scope(estate.landlord_id), flat.root_id, chosen, asked or request(), slot, account)


def point(point_id: str, kind: str = "general", subject_id: str | None = None, **changes: Any) -> Json:
    """One point in which nothing is said yet."""
    said: Json = {"id": point_id, "subject_kind": kind, "subject_id": subject_id, "state": None, "defects": []}
    return {**said, "index": "", "index_low": "", "quantity": None, "note": "", **changes}


def amended(tablet: Tablet, root_id: str, points: list[Json], **changes: Any) -> Json:
    """The body of an addendum to which every tenant of the original answers."""
    parties = tablet.state(root_id)["entities"][root_id]["fields"]["original"]["parties"]
    there = {"quality": "tenant", "person": "", "mandate": "", "present": True}
    return {
        "document_kind": "addendum",
        "number": "A261123-AAAAA-1",
        "language": "fr",
        "made_at": MADE,
        "people": [{"id": party["id"], "name": party["name"], **there} for party in parties],
        "amendments": points,
        "photos": [],
        **changes,
    }


def sign_addendum(
    tablet: Tablet, root_id: str, body: Json, *, tenants: str = "signed", agent: bool = True
) -> tuple[str, bytes]:
    """Write the document, an act of everybody who is there and the closing; gives its id and the bytes of its record."""
    document_id = tablet.new_id()
    tablet.write(root_id, document_id, "document", "body", body)
    root = tablet.state(root_id)["entities"][root_id]["fields"]
    record = build(document_id, {"id": root_id, **root}, body, catalogue.load())
    raw = canonical.dumps(record)
    sha256 = canonical.sha256_hex(raw)
    acts = []
    for party in record["parties"]:
        decision = "signed" if party["quality"] == "agent" else tenants
        if agent or party["quality"] != "agent":
            act = _act(root_id, document_id, party, decision, sha256, body["language"])
            acts.append(tablet.sign(root_id, act))
    tablet.write(root_id, document_id, "document", "closed", {"record_sha256": sha256, "at": MADE, "acts": acts})
    return document_id, raw


def _act(root_id: str, document_id: str, party: Json, decision: str, sha256: str, language: str) -> Json:
    signs = decision == "signed"
    return {
        "visit_id": root_id,
        "document_id": document_id,
        "party_id": party["id"],
        "name": party["name"],
        "quality": party["quality"],
        "decision": decision,
        "consent": consent(party["quality"], decision, catalogue.load(), language),
        "record_sha256": sha256,
        "remarks": [],
        "method": "drawn" if signs else "none",
        "strokes": STROKES if signs else None,
        "typed_name": None,
        "reason": None if signs else "N’est pas d’accord",
        "witnesses": None,
        "at": MADE,
    }
