"""What the parties decided, read from their acts: signed by all, or not an inventory signed by both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from fieldapp.domain.completeness_papers import BESIDE

Act = Mapping[str, Any]

SIGNATURES = frozenset({"signed", "signed_with_reservations"})
TENANT_SIDE = frozenset({"tenant", "co_tenant", "proxy", "guardian"})


class Outcome(StrEnum):
    """How an inventory ended, the weakest decision first."""

    REFUSED = "refused"
    ABSENT = "absent"
    SIGNED_WITH_RESERVATIONS = "signed_with_reservations"
    SIGNED = "signed"


@dataclass(frozen=True, slots=True)
class Decided:
    """The outcome, and the acts of those who did not sign.

    `tenant_signed`: somebody of the tenant's side signed; without it nothing says that the keys were handed over.
    `by_both` says whether at least one person of each side signed (loi 89-462, art. 3-2: made by both parties);
    a curator or a witness, who stands beside a party, counts for neither.
    """

    outcome: Outcome
    unsigned: tuple[Act, ...]
    by_both: bool
    tenant_signed: bool

    @property
    def by_all(self) -> bool:
        """Whether everybody who had to sign did."""
        return self.by_both and not self.unsigned


def decided(acts: Sequence[Act]) -> Decided:
    """Reads the outcome from the acts of the parties, those who stand beside them left out."""
    mine = [act for act in acts if act["quality"] not in BESIDE]
    decisions = {str(act["decision"]) for act in mine}
    signed = [act for act in mine if act["decision"] in SIGNATURES]
    sides = {act["quality"] in TENANT_SIDE for act in signed}
    return Decided(
        outcome=next((outcome for outcome in Outcome if outcome in decisions), Outcome.ABSENT),
        unsigned=tuple(act for act in mine if act["decision"] not in SIGNATURES),
        by_both=sides == {True, False},
        tenant_signed=True in sides,
    )
