"""What a candidate needs of the place: a requirement on the dwelling or the meeting, never a word about health."""

from enum import StrEnum


class AccessNeed(StrEnum):
    """What the dwelling, or the meeting, must offer."""

    STEP_FREE = "step_free"
    WHEELCHAIR = "wheelchair"
    LOW_FLOOR = "low_floor"
    ADAPTED_BATHROOM = "adapted_bathroom"
    LARGE_PRINT = "large_print"
    SIGN_LANGUAGE = "sign_language"
