"""A building: one address, one or several dwellings."""

from dataclasses import dataclass

from fieldapp.domain.address import Address


@dataclass(frozen=True, slots=True)
class Building:
    """A building of the stock; `reference` is the landlord's own number for it."""

    id: str
    reference: str
    name: str
    address: Address
