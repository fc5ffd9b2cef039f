"""What a sales visit leaves to the office: a question to answer, a copy to post."""

from enum import StrEnum


class FollowUpKind(StrEnum):
    """What is to be done."""

    QUESTION = "question"
    COPY = "copy"


class FollowUpState(StrEnum):
    """How far it is; `DROPPED` was settled on the spot after all."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"
