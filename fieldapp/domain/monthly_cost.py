"""What a dwelling costs each month: rent, charges and the energy that its certificate expects, as one figure."""

from dataclasses import dataclass

MONTHS_OF_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class MonthlyCost:
    """Cents a month; `energy` is None without a certificate. Estimated aids are not taken off: they are not certain."""

    rent: int
    charges: int
    energy: int | None

    @property
    def total(self) -> int:
        """Rent, charges and estimated energy together."""
        return self.rent + self.charges + (self.energy or 0)


def monthly_cost(rent: int, charges: int, cost_low: int | None, cost_high: int | None) -> MonthlyCost:
    """The energy is the middle of the certificate's yearly range, a twelfth of it, half up to the cent."""
    if cost_low is None or cost_high is None:
        return MonthlyCost(rent, charges, None)
    doubled, parts = cost_low + cost_high, 2 * MONTHS_OF_A_YEAR
    return MonthlyCost(rent, charges, (2 * doubled + parts) // (2 * parts))
