"""An act: what one party decided before the record, and how that was expressed."""

from dataclasses import dataclass
from enum import StrEnum

Point = tuple[int, int, int]
"""A point of the pen: x and y in the box, and milliseconds since the first."""

Stroke = tuple[Point, ...]

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


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature as it was expressed; drawn and typed are equal before the law."""

    method: Method
    strokes: tuple[Stroke, ...] = ()
    typed_name: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was expressed: no stroke of two points, no name."""
        if self.method is Method.DRAWN:
            return not any(len(stroke) >= 2 for stroke in self.strokes)
        return self.method is Method.NONE or not self.typed_name.strip()
