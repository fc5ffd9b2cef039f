"""Where a building, an agency or a landlord's seat stands."""

from dataclasses import dataclass

from fieldapp.domain.zone import zone_of


@dataclass(frozen=True, slots=True)
class Address:
    """A French postal address; the postcode keeps its leading zero."""

    street: str
    postcode: str
    town: str

    @property
    def line(self) -> str:
        """The address on one line, as it is printed after a name."""
        return f"{self.street}, {self.postcode} {self.town}"

    @property
    def zone(self) -> str:
        """The IANA zone in which hours and days are read there."""
        return zone_of(self.postcode)
