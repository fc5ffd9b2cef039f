"""A party: a person who takes part in an inventory, and in which quality."""

from dataclasses import dataclass
from enum import StrEnum


class Quality(StrEnum):
    """In which quality a person signs."""

    TENANT = "tenant"
    CO_TENANT = "co_tenant"
    PROXY = "proxy"
    GUARDIAN = "guardian"
    AGENT = "agent"
    WITNESS = "witness"


REPRESENTATIVES = frozenset({Quality.PROXY, Quality.GUARDIAN})
"""Those who sign for somebody else: without a written mandate their signature binds nobody (Cass. 3e civ., 3 July 2025)."""


@dataclass(frozen=True, slots=True)
class Party:
    """A person of the inventory; `represents` is the id of the party for whom a proxy or guardian signs."""

    id: str
    name: str
    quality: Quality
    domicile: str = ""
    represents: str | None = None
    mandate: str = ""

    @property
    def needs_mandate(self) -> bool:
        """Whether this person signs for another and has shown no mandate yet."""
        return self.quality in REPRESENTATIVES and not self.mandate.strip()
