"""What may be wrong with an inventory, as the office meets it: an alert, a disagreement, a refused entry."""

import json
from datetime import UTC, datetime

from fieldapp.extensions import db
from fieldapp.records.conflict import Conflict
from fieldapp.records.inventory import Inventory
from fieldapp.records.photo import Photo
from fieldapp.records.rejected_change import RejectedChange
from fieldapp.services import standing
from fieldapp.services.identifier import new_id
from sync.tablet import Tablet
from tests.fieldwork.estate import Estate, Flat
from tests.fieldwork.tablets import enrolled

NOW = "2026-11-18T09:30:00.000Z"


def at_work(estate: Estate) -> tuple[Flat, Tablet]:
    """A planned inventory and the tablet that has it."""
    flat = estate.plan()
    tablet = enrolled(estate)
    tablet.fetch_pack()
    return flat, tablet


def raise_alert(flat: Flat, tablet: Tablet) -> str:
    """The agent smells gas; gives the alert's id."""
    alert = new_id()
    body = {"reason": "gas", "text": "Odeur près du compteur.", "subject_id": flat.ids["floor"], "at": NOW}
    tablet.write(flat.root_id, flat.root_id, "inventory", "started_at", NOW)
    tablet.write(flat.root_id, alert, "alert", "body", body)
    tablet.sync()
    return alert


def disagree(estate: Estate, flat: Flat) -> None:
    """Two tablets said different things of the floor."""
    sides = {f"{side}_{what}": new_id() for side in ("kept", "lost") for what in ("op_id", "device_id")}
    with estate.app.app_context():
        db.session.add(
            Conflict(
                landlord_id=estate.landlord_id,
                root_id=flat.root_id,
                entity_id=flat.ids["floor"],
                kind="element",
                field="state",
                kept_value='"good"',
                kept_hlc="0",
                lost_value='"poor"',
                lost_hlc="0",
                weighty=True,
                found_at=datetime.now(UTC),
                **sides,
            )
        )
        db.session.get_one(Inventory, flat.root_id).conflicts = 1
        standing.judge_in(db.session(), [flat.root_id])
        db.session.commit()


def refuse(estate: Estate, flat: Flat) -> None:
    """The server did not take what a tablet said of the walls."""
    with estate.app.app_context():
        db.session.add(
            RejectedChange(
                op_id=new_id(),
                landlord_id=estate.landlord_id,
                device_id=new_id(),
                device_seq=7,
                root_id=flat.root_id,
                kind="element",
                field="state",
                code="bad_value",
                body=json.dumps({"entity_id": flat.ids["wall"], "value": "superbe"}),
                received_at=datetime.now(UTC),
            )
        )
        db.session.get_one(Inventory, flat.root_id).rejections = 1
        standing.judge_in(db.session(), [flat.root_id])
        db.session.commit()


def examined(estate: Estate, sha256: str, verdict: str, reason: str | None = None) -> None:
    """The worker looked at a file."""
    with estate.app.app_context():
        row = db.session.get_one(Photo, sha256)
        row.verdict, row.reason = verdict, reason
        db.session.commit()
