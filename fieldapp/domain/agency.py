"""An agency: the landlord's local office, to which buildings and staff belong."""

from dataclasses import dataclass

from fieldapp.domain.address import Address


@dataclass(frozen=True, slots=True)
class Agency:
    """A local office with its own address and telephone."""

    id: str
    name: str
    address: Address
    phone: str
