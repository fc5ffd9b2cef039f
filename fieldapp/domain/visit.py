"""A visit of a dwelling: its life, who came, what a candidate thinks or what a technical visit found, and what is signed there."""

from enum import StrEnum


class VisitState(StrEnum):
    """How far a visit has come."""

    PLANNED = "planned"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    CANCELLED = "cancelled"


class Presence(StrEnum):
    """Whether a candidate came."""

    PRESENT = "present"
    LATE = "late"
    ABSENT_EXCUSED = "absent_excused"
    ABSENT_UNEXCUSED = "absent_unexcused"
    UNREACHABLE = "unreachable"

    @property
    def came(self) -> bool:
        """Whether the candidate saw the dwelling."""
        return self in {Presence.PRESENT, Presence.LATE}


class Outcome(StrEnum):
    """What a candidate thinks of the dwelling after the visit: an opinion, never the answer to an offer."""

    ACCEPTS = "accepts"
    INTERESTED = "interested"
    THINKING = "thinking"
    REFUSES = "refuses"


class Answer(StrEnum):
    """The formal answer to a notified offer (CCH, art. R. 441-10)."""

    ACCEPTS = "accepts"
    REFUSES = "refuses"


class DocumentKind(StrEnum):
    """What is signed at a visit: by a candidate, by the agent and a firm at a technical one, by both parties of an inventory."""

    SLIP = "visit_slip"
    ANSWER = "visit_answer"
    ACCEPTANCE = "acceptance"
    VACANT_CHECK = "vacant_check"
    ADDENDUM = "addendum"


TECHNICAL_DOCUMENTS = frozenset({DocumentKind.ACCEPTANCE, DocumentKind.VACANT_CHECK})
"""Signed by the agent, for the landlord; no candidate is in them."""

WITHOUT_CANDIDATE = TECHNICAL_DOCUMENTS | {DocumentKind.ADDENDUM}
"""Those that show photographs and are kept as long as what they are about."""


class End(StrEnum):
    """How a visit ended as a whole."""

    DONE = "done"
    IMPOSSIBLE = "impossible"
    CANCELLED = "cancelled"


class Quality(StrEnum):
    """In which quality a person acts on a document of a visit."""

    CANDIDATE = "candidate"
    AGENT = "agent"
    FIRM = "firm"
    TENANT = "tenant"
    PROXY = "proxy"
