"""Why a dwelling stands empty, and what that costs."""

from enum import StrEnum


class VacancyKind(StrEnum):
    """Whether it waits for a tenant, or for works."""

    COMMERCIAL = "commercial"
    TECHNICAL = "technical"
