"""Whose inventories somebody may see: one landlord's, or only one of its agencies'."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlalchemy.orm import InstrumentedAttribute

from fieldapp.records.inventory import Inventory


@dataclass(frozen=True, slots=True)
class Scope:
    """A landlord, and an agency when the account belongs to one."""

    landlord_id: str
    agency_id: str | None = None

    def conditions(self) -> tuple[ColumnElement[bool], ...]:
        """What every query of inventories is narrowed by."""
        own = Inventory.landlord_id == self.landlord_id
        return (own,) if self.agency_id is None else (own, Inventory.agency_id == self.agency_id)

    def of(
        self,
        landlord: InstrumentedAttribute[str],
        agency: InstrumentedAttribute[str] | InstrumentedAttribute[str | None] | None = None,
    ) -> tuple[ColumnElement[bool], ...]:
        """The same for rows that name a landlord and an agency in these columns; without an agency's, the landlord."""
        own = landlord == self.landlord_id
        return (own,) if self.agency_id is None or agency is None else (own, agency == self.agency_id)
