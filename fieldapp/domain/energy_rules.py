"""Whether the energy class still lets a dwelling be let anew (loi 89-462, art. 6 and loi 2021-1104, art. 160)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from fieldapp.domain.public_holidays import department_of

MAINLAND: Mapping[str, date] = {"G": date(2025, 1, 1), "F": date(2028, 1, 1), "E": date(2034, 1, 1)}
"""From which day a class is no longer decent in mainland France."""

OVERSEAS: Mapping[str, date] = {"G": date(2028, 1, 1), "F": date(2031, 1, 1)}
"""The same in Guadeloupe, Martinique, French Guiana, Réunion and Mayotte."""

_OVERSEAS = frozenset({"971", "972", "973", "974", "976"})


@dataclass(frozen=True, slots=True)
class EnergyRule:
    """From when this class may no longer be let where the dwelling stands, None when no day is fixed."""

    letter: str
    ends_on: date | None

    def forbids(self, day: date) -> bool:
        """Whether a lease may no longer begin on this day."""
        return self.ends_on is not None and day >= self.ends_on


def energy_rule(letter: str, postcode: str) -> EnergyRule:
    """The rule of a class at a place; data with its dates, because both are moved by law."""
    days = OVERSEAS if department_of(postcode) in _OVERSEAS else MAINLAND
    return EnergyRule(letter, days.get(letter))
