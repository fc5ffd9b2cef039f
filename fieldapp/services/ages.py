"""From when things of the stock age, as an import, an inventory or an earlier assessment said it."""

import json
from collections.abc import Collection
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.ageing import Start, start_by
from fieldapp.records.element import Element
from fieldapp.records.equipment import Equipment
from fieldapp.records.record_value import RecordValue

INSTALLED, RENEWED = "installed_on", "renewed_on"


def starts_in(session: Session, entity_ids: Collection[str], by: date) -> dict[str, Start]:
    """From when each of these things aged on a day, by id; what nobody knows is left out."""
    if not entity_ids:
        return {}
    said: dict[tuple[str, str], list[date]] = {}
    elements = select(Element.id, Element.installed_on, Element.renewed_on).where(Element.id.in_(entity_ids))
    for thing_id, installed, renewed in session.execute(elements):
        for field, on in ((INSTALLED, installed), (RENEWED, renewed)):
            if on is not None:
                said[thing_id, field] = [on]
    equipment = select(Equipment.id, Equipment.installed_on).where(Equipment.id.in_(entity_ids))
    for thing_id, installed in session.execute(equipment):
        if installed is not None:
            said[thing_id, INSTALLED] = [installed]
    rows = session.execute(
        select(RecordValue.entity_id, RecordValue.field, RecordValue.value)
        .where(RecordValue.entity_id.in_(entity_ids), RecordValue.field.in_((INSTALLED, RENEWED)))
        .order_by(RecordValue.since, RecordValue.written_at, RecordValue.id)
    )
    for entity_id, field, value in rows:
        said.setdefault((entity_id, field), []).append(date.fromisoformat(json.loads(value)))
    found = {
        entity_id: start_by(said.get((entity_id, INSTALLED), ()), said.get((entity_id, RENEWED), ()), by)
        for entity_id, _field in said
    }
    return {entity_id: start for entity_id, start in found.items() if start is not None}
