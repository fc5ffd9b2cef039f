"""A tenant's answer to the question where he goes (décret 2016-382, art. 2, 2°)."""

from enum import StrEnum


class AddressAnswer(StrEnum):
    """Given, refused, or not asked because the person did not come."""

    GIVEN = "given"
    REFUSED = "refused"
    NOT_ASKED = "not_asked"
