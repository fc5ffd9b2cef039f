"""How the keys came back at the end of a tenancy: what the deposit's clock starts from (loi 89-462, art. 22)."""

from enum import StrEnum


class KeysReturn(StrEnum):
    """The ways, with the one that has not happened yet."""

    IN_HAND = "in_hand"
    AGENCY = "agency"
    CARETAKER = "caretaker"
    REGISTERED_POST = "registered_post"
    NOT_YET = "not_yet"
