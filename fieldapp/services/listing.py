"""What the command line lists and hands out: inventories, and their sealed reports."""

from dataclasses import asdict, dataclass

from sqlalchemy import select

from fieldapp.extensions import db
from fieldapp.records.dwelling import Dwelling
from fieldapp.records.inventory import Inventory
from fieldapp.records.sealed_report import SealedReport
from fieldapp.services.installation import blobs


class NotSealed(LookupError):
    """There is no sealed report of this inventory; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Row:
    """One inventory in a list: `kind`, `state` and `outcome` by their codes, `dwelling` by its reference."""

    id: str
    kind: str
    state: str
    outcome: str | None
    number: str
    dwelling: str

    def as_dict(self) -> dict[str, str | None]:
        """The same for JSON."""
        return asdict(self)


def inventories() -> list[Row]:
    """Every inventory, the newest first."""
    query = (
        select(
            Inventory.id,
            Inventory.kind,
            Inventory.state,
            Inventory.outcome,
            Inventory.number,
            Dwelling.reference,
        )
        .join(Dwelling, Dwelling.id == Inventory.dwelling_id)
        .order_by(Inventory.id.desc())
    )
    return [Row(*row) for row in db.session.execute(query)]


def sealed_report(inventory_id: str) -> bytes:
    """The sealed PDF of an inventory; raises `NotSealed`."""
    state = db.session.scalar(select(Inventory.state).where(Inventory.id == inventory_id))
    if state is None:
        raise NotSealed(f"There is no inventory {inventory_id}.")
    sha256 = db.session.scalar(select(SealedReport.sha256).where(SealedReport.inventory_id == inventory_id))
    if sha256 is None:
        raise NotSealed(f"Inventory {inventory_id} is not sealed yet: its state is {state}.")
    with blobs().open(f"reports/{sha256}") as file:
        return file.read()
