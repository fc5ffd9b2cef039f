"""A proposal of a dwelling to a candidate: the commission's decision, the offer, how it ended."""

from enum import StrEnum


class CommissionDecision(StrEnum):
    """What the attribution commission (CALEOL) decides (CCH, art. R.441-3)."""

    ATTRIBUTION = "attribution"
    RANKED = "attribution_ranked"
    CONDITIONAL = "attribution_conditional"
    NON_ATTRIBUTION = "non_attribution"
    REJECTION = "rejection"


class CommissionStage(StrEnum):
    """Where a candidature stands towards the commission: visits happen before it or after."""

    BEFORE = "before"
    AFTER = "after"


class ProposalState(StrEnum):
    """How far a proposal has come: only a signed refusal or the end of the delay frees the dwelling for the next rank."""

    WAITING = "waiting"
    """In its rank, without an offer."""
    OFFERED = "offered"
    """Notified: the delay of CCH art. R.441-10 runs."""
    ACCEPTED = "accepted"
    REFUSED = "refused"
    LAPSED = "lapsed"
    """Silence until the end of the delay: in law a refusal."""
    WITHDRAWN = "withdrawn"
    SIGNED = "signed"
    """The lease is signed."""


FREED = frozenset({ProposalState.REFUSED, ProposalState.LAPSED, ProposalState.WITHDRAWN})
"""What lets the next rank be proposed."""

OPEN = frozenset({ProposalState.WAITING, ProposalState.OFFERED, ProposalState.ACCEPTED})
"""What still stands between a candidate and a dwelling."""
