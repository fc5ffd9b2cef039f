"""The cause of a change between entry and exit, as the landlord assesses it."""

from enum import StrEnum


class Cause(StrEnum):
    """Why an element changed; never part of what the tenant signs."""

    NORMAL_WEAR = "normal_wear"
    POOR_UPKEEP = "poor_upkeep"
    DAMAGE = "damage"
    LOSS = "loss"
    TRANSFORMATION = "transformation"
    INCIDENT = "incident"
    LANDLORD_WORKS = "landlord_works"
    CONSTRUCTION_DEFECT = "construction_defect"
    FORCE_MAJEURE = "force_majeure"
    THIRD_PARTY = "third_party"
    LANDLORD_FAULT = "landlord_fault"


NOT_THE_TENANTS = frozenset(
    {
        Cause.NORMAL_WEAR,
        Cause.CONSTRUCTION_DEFECT,
        Cause.FORCE_MAJEURE,
        Cause.THIRD_PARTY,
        Cause.LANDLORD_FAULT,
        Cause.LANDLORD_WORKS,
    }
)
"""What the tenant does not answer for (loi 89-462, art. 7 c and d; code civil, art. 1732, 1755)."""
