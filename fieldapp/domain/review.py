"""What the office has decided about an inventory that it looked at."""

from enum import StrEnum


class Verdict(StrEnum):
    """The last word of the office; `CORRECTED` is the agent's answer to what was sent back."""

    ACCEPTED = "accepted"
    RETURNED = "returned"
    CORRECTED = "corrected"
    ADDENDUM = "addendum"
    DISPUTED = "disputed"

    @property
    def waits_for_agent(self) -> bool:
        """Whether the agent has something to do."""
        return self in {Verdict.RETURNED, Verdict.ADDENDUM}


class CommentOn(StrEnum):
    """What a comment of the office is pinned to."""

    INVENTORY = "inventory"
    ROOM = "room"
    ELEMENT = "element"
    METER = "meter"
    KEY = "key"
    EQUIPMENT = "equipment"
    PHOTO = "photo"
