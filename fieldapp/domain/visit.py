"""A sales visit (visite commerciale): its life, who came, what a candidate thinks, and what is signed there."""

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
    """What a candidate signs at a visit."""

    SLIP = "visit_slip"
    ANSWER = "visit_answer"


class End(StrEnum):
    """How a visit ended as a whole."""

    DONE = "done"
    IMPOSSIBLE = "impossible"
    CANCELLED = "cancelled"


class Quality(StrEnum):
    """In which quality a person acts on a slip or an answer."""

    CANDIDATE = "candidate"
    AGENT = "agent"
