"""A slip or an answer at a sales visit, signed on a tablet as a candidate would."""

from typing import Any

from fieldapp.domain import catalogue
from fieldapp.domain.slip_record import build, consent
from fieldapp.extensions import db
from fieldapp.records.visit import Visit
from fieldapp.services import visit_closing
from fieldapp.services.closing import Closed
from fieldapp.services.tablet import Tablet as Caller
from sync import canonical
from sync.tablet import Tablet
from tests.fieldwork.estate import Estate
from tests.fieldwork.visit import STROKES

MADE = "2026-11-23T09:10:00.000Z"
OFFER = {"notified_on": "2026-11-20", "reply_by": "2026-11-30", "dalo": False}


def said(candidate_id: str, **changes: Any) -> dict[str, Any]:
    """What a candidate who came and wants to say yes has said: the body of a slip."""
    return {
        "document_kind": "visit_slip",
        "number": "V261123-AAAAA-1",
        "language": "fr",
        "made_at": MADE,
        "candidate_id": candidate_id,
        "name": "Alex Essai",
        "unique_number": None,
        "rank": None,
        "presence": "present",
        "companions": [],
        "presented": ["rooms"],
        "opinions": [],
        "outcome": "accepts",
        "due": None,
        "principal": None,
        "reasons": [],
        "words": "",
        "questions": [],
        "documents": [],
        "papers": [],
        "offer": None,
        "answer": None,
        **changes,
    }


def refusal(candidate_id: str, **changes: Any) -> dict[str, Any]:
    """The formal refusal of an offer, with two reasons."""
    reasons: dict[str, Any] = {"outcome": "refuses", "principal": "noise", "reasons": ["noise", "distance"]}
    answer: dict[str, Any] = {"document_kind": "visit_answer", "answer": "refuses", "offer": OFFER}
    return said(candidate_id, **{**reasons, **answer, **changes})


def sign_document(tablet: Tablet, root_id: str, body: dict[str, Any], *, decision: str = "signed") -> tuple[str, bytes]:
    """Write the document, the candidate's act over it and its closing; gives its id and the bytes of its record."""
    document_id = tablet.new_id()
    tablet.write(root_id, document_id, "document", "body", body)
    root = tablet.state(root_id)["entities"][root_id]["fields"]
    raw = canonical.dumps(build(document_id, {"id": root_id, **root}, body, catalogue.load()))
    sha256, signs = canonical.sha256_hex(raw), decision == "signed"
    act = {
        "visit_id": root_id,
        "document_id": document_id,
        "party_id": body["candidate_id"],
        "name": body["name"],
        "quality": "candidate",
        "decision": decision,
        "consent": consent(body["document_kind"], decision, catalogue.load(), body["language"]),
        "record_sha256": sha256,
        "remarks": [],
        "method": "drawn" if signs else "none",
        "strokes": STROKES if signs else None,
        "typed_name": None,
        "reason": None if signs else "Ne souhaite pas signer",
        "witnesses": None,
        "at": MADE,
    }
    act_id = tablet.sign(root_id, act)
    closed = {"record_sha256": sha256, "at": MADE, "acts": [act_id]}
    tablet.write(root_id, document_id, "document", "closed", closed)
    return document_id, raw


def end(tablet: Tablet, root_id: str) -> None:
    """The agent ends the visit."""
    tablet.write(root_id, root_id, "visit", "ended", {"end": "done", "reason": None, "at": MADE})


def hand_in(estate: Estate, tablet: Tablet, root_id: str, document_id: str, raw: bytes) -> Closed:
    """Hand the bytes in, as this tablet."""
    enrolment = tablet.contents.enrolment
    assert enrolment is not None
    with estate.app.app_context():
        visit = db.session.get_one(Visit, root_id)
        caller = Caller(enrolment.device_id, enrolment.actor_id, visit.agency_id, visit.landlord_id, "{}")
        return visit_closing.close(caller, root_id, document_id, raw, canonical.sha256_hex(raw))
