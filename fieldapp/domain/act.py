"""An act: what one party decided before the record, and how that was expressed."""

from enum import StrEnum

BOX = (3000, 1150)
"""Width and height of the box in which strokes are drawn."""


class Decision(StrEnum):
    """What a party decided."""

    SIGNED = "signed"
    SIGNED_WITH_RESERVATIONS = "signed_with_reservations"
    REFUSED = "refused"
    ABSENT = "absent"

    @property
    def is_signature(self) -> bool:
        """Whether this decision signs the record."""
        return self in {Decision.SIGNED, Decision.SIGNED_WITH_RESERVATIONS}


class Method(StrEnum):
    """How a signature was given."""

    DRAWN = "drawn"
    TYPED = "typed"
    NONE = "none"
