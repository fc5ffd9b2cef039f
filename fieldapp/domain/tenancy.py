"""A tenancy: one lease of one dwelling, its kind, and who holds it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class LeaseKind(StrEnum):
    """The kind of lease, which selects texts, deadlines and what must be complete."""

    DWELLING = "dwelling"
    GARAGE = "garage"
    COMMERCIAL = "commercial"
    FOYER = "foyer"


@dataclass(frozen=True, slots=True)
class Tenancy:
    """A lease; amounts in integer cents a month, the deposit in integer cents."""

    id: str
    reference: str
    lease_kind: LeaseKind
    signed_on: date
    starts_on: date
    rent: int
    charges: int
    deposit: int
    furnished: bool = False


def euros(cents: int) -> str:
    """An amount as the decimal text that documents carry: 41237 is `412.37`."""
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def square_metres(hundredths: int) -> str:
    """An area as the decimal text that documents carry: 6430 is `64.30`."""
    return euros(hundredths)
