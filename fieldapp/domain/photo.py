"""A photograph: three pictures of one frame, known by what they hash to."""

from dataclasses import dataclass
from enum import StrEnum


class SubjectKind(StrEnum):
    """What a photograph or a remark is about."""

    INVENTORY = "inventory"
    ROOM = "room"
    ELEMENT = "element"
    METER = "meter"
    KEY = "key"
    EQUIPMENT = "equipment"
    PARTY = "party"
    ALERT = "alert"
    ENTRY = "entry"


class Source(StrEnum):
    """How the photograph reached the tablet."""

    CAMERA = "camera"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Picture:
    """One size of a photograph: baseline JPEG without metadata, in bytes and pixels."""

    sha256: str
    bytes: int
    width: int
    height: int

    def as_json(self) -> dict[str, str | int]:
        """The shape that travels and is signed."""
        return {"sha256": self.sha256, "bytes": self.bytes, "width": self.width, "height": self.height}
