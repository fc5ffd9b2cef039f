"""Repairs that the landlord promised in an accepted inventory wait in the works list, like what visits met."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.inventory import InventoryKind
from fieldapp.domain.works import INSIDE, WorksSource
from fieldapp.records.dwelling import Dwelling
from fieldapp.records.inventory import Inventory
from fieldapp.records.works_request import WorksRequest
from fieldapp.services.identifier import new_id
from sync import moment


def raise_in(session: Session, row: Inventory, record: Mapping[str, Any]) -> None:
    """One request a promise of a move-in, in the caller's transaction; the same inventory again raises none.

    The record of a move-out repeats what its entry promised: that was raised with the entry.
    """
    known = session.scalar(select(WorksRequest.id).where(WorksRequest.inventory_id == row.id).limit(1))
    if row.kind != InventoryKind.MOVE_IN or known is not None:
        return
    building_id = session.get_one(Dwelling, row.dwelling_id).building_id
    at = record["established_at"]
    session.add_all(
        WorksRequest(
            id=new_id(),
            landlord_id=row.landlord_id,
            agency_id=row.agency_id,
            building_id=building_id,
            dwelling_id=row.dwelling_id,
            inventory_id=row.id,
            element_id=element["id"],
            source=WorksSource.PROMISE,
            place=INSIDE,
            room_kind=room["kind"] or None,
            element_kind=element["kind"] or None,
            where=f"{room['label']}, {element['label']}"[:200],
            text=element["promise"]["text"],
            due=date.fromisoformat(element["promise"]["due"]) if element["promise"]["due"] else None,
            raised_by=row.agent_id,
            raised_at=moment.read(at) if at else datetime.now(UTC),
        )
        for room in record["rooms"]
        for element in room["elements"]
        if element["promise"]
    )
    session.flush()
