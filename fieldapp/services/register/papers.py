"""Which bytes prove an inventory: the hash of its signed record and of its sealed report."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, select

from fieldapp.extensions import db
from fieldapp.records.inventory import Inventory
from fieldapp.records.sealed_report import SealedReport
from fieldapp.services import audit
from fieldapp.services.register.noun import NotThere
from fieldapp.services.scope import Scope


class NotYet(LookupError):
    """The inventory is there; this paper of it is not."""


def record_of(scope: Scope, inventory_id: str, actor: str) -> str:
    """The hash of the record that the parties signed; raises `NotThere` and `NotYet`."""
    query = select(Inventory.record_sha256).where(Inventory.id == inventory_id, *scope.conditions())
    return _found(scope, inventory_id, actor, "record.read", db.session.execute(query).all())


def report_of(scope: Scope, inventory_id: str, actor: str) -> str:
    """The hash of the sealed report; raises `NotThere` and `NotYet`."""
    query = (
        select(SealedReport.sha256)
        .select_from(Inventory)
        .outerjoin(SealedReport, SealedReport.inventory_id == Inventory.id)
        .where(Inventory.id == inventory_id, *scope.conditions())
    )
    return _found(scope, inventory_id, actor, "report.read", db.session.execute(query).all())


def _found(scope: Scope, inventory_id: str, actor: str, action: str, rows: Sequence[Row[Any]]) -> str:
    if not rows:
        raise NotThere(inventory_id)
    sha256: str | None = rows[0][0]
    if sha256 is None:
        raise NotYet(inventory_id)
    audit.note_read(actor, action, "inventory", inventory_id, scope.landlord_id)
    return sha256
