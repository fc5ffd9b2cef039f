"""The present content of an inventory, as the rules and the record builder read it."""

import json
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.extensions import db
from fieldapp.records.field_state import FieldState


def state_of(root_id: str) -> dict[str, Any]:
    """Give `{"entities": {entity_id: {"kind", "fields": {name: value}}}}`; no entities for an unknown inventory."""
    return state_in(db.session(), root_id)


def state_in(session: Session, root_id: str) -> dict[str, Any]:
    """The same within the caller's transaction."""
    rows = session.execute(
        select(FieldState.entity_id, FieldState.kind, FieldState.field, FieldState.value).where(
            FieldState.root_id == root_id
        )
    )
    entities: dict[str, Any] = {}
    for entity_id, kind, field, value in rows:
        entity = entities.setdefault(entity_id, {"kind": kind, "fields": {}})
        entity["fields"][field] = json.loads(value)
    return {"entities": entities}


def acts_of(root_id: str) -> list[dict[str, Any]]:
    """Give the bodies of the acts, by the moment that their device noted."""
    return acts_in(db.session(), root_id)


def acts_in(session: Session, root_id: str) -> list[dict[str, Any]]:
    """The same within the caller's transaction."""
    rows = session.scalars(
        select(FieldState.value).where(
            FieldState.root_id == root_id, FieldState.kind == "act", FieldState.field == "body"
        )
    )
    bodies: list[dict[str, Any]] = [json.loads(value) for value in rows]
    return sorted(bodies, key=lambda body: (body["at"], body["act_id"]))
