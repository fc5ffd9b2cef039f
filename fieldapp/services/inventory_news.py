"""What other systems hear of a sealed inventory: its readings, keys and dates, and the state of each thing."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from fieldapp.domain.record_fields import Subject
from fieldapp.domain.record_told import told
from fieldapp.records.dwelling import Dwelling
from fieldapp.records.inventory import Inventory
from fieldapp.records.sealed_report import SealedReport
from fieldapp.records.tenancy import Tenancy
from sync import moment

Json = dict[str, Any]


def of(session: Session, row: Inventory, report: SealedReport, record: Mapping[str, Any]) -> Json:
    """The data of `inventory.sealed`, by its schema in `sync/record/schemas`; nobody is named in it."""
    return {
        "inventory": {
            "id": row.id,
            "number": row.number,
            "kind": row.kind,
            "outcome": row.outcome,
            "established_at": record["established_at"],
            "keys_handed_at": record["keys_handed_at"],
            "sealed_at": moment.write(report.sealed_at),
            "zone": record["zone"],
            "record_sha256": row.record_sha256,
            "report_sha256": report.sha256,
        },
        "dwelling": {"id": row.dwelling_id, "reference": session.get_one(Dwelling, row.dwelling_id).reference},
        "tenancy": {"id": row.tenancy_id, "reference": session.get_one(Tenancy, row.tenancy_id).reference},
        "dates": {one.field: one.value for one in told(record, row.tenancy_id) if one.subject is Subject.TENANCY},
        "readings": [
            {
                "meter_id": meter["id"],
                **_some(meter, "kind", "serial", "point", "state", "index", "index_low", "unit", "reason"),
            }
            for meter in record["meters"]
        ],
        "keys": [
            {"key_id": key["id"], **_some(key, "kind", "label", "destination", "number", "quantity")}
            for key in record["keys"]
        ],
        "elements": [
            {
                "element_id": element["id"],
                "room_id": room["id"],
                "room": room["label"],
                **_some(element, "kind", "label", "state", "working", "defects"),
                "renewed_on": (element.get("works") or {}).get("on"),
            }
            for room in record["rooms"]
            for element in room["elements"]
        ],
        "equipment": [
            {
                "equipment_id": thing["id"],
                **_some(thing, "kind", "label", "present", "place", "installed_on", "last_maintenance", "tested"),
            }
            for thing in record["equipment"]
        ],
    }


def _some(thing: Mapping[str, Any], *names: str) -> Json:
    return {name: thing[name] for name in names}
