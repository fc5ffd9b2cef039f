"""The marker segments of a JPEG file, read without decoding: what a photograph carries besides its picture (ITU-T T.81, B.1)."""

from collections.abc import Iterator

SOI = 0xD8
EOI = 0xD9
SOS = 0xDA
APP0 = 0xE0
LAST_APP = 0xEF
COMMENT = 0xFE
STANDALONE = {0x01, *range(0xD0, 0xD8)}


class NotJpeg(ValueError):
    """The bytes are not a sequence of JPEG segments."""


def segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The marker and payload of each segment before the picture itself; raises `NotJpeg`."""
    if data[:2] != bytes((0xFF, SOI)):
        raise NotJpeg
    at = 2
    while True:
        if data[at : at + 1] != b"\xff":
            raise NotJpeg
        while data[at : at + 1] == b"\xff":  # fill bytes may stand before a marker (B.1.1.2)
            at += 1
        marker = data[at] if at < len(data) else EOI
        if marker in {SOS, EOI}:
            return
        if marker in STANDALONE:
            at += 1
            continue
        length = int.from_bytes(data[at + 1 : at + 3], "big")
        if length < 2 or at + 1 + length > len(data):
            raise NotJpeg
        yield marker, data[at + 3 : at + 1 + length]
        at += 1 + length


def carries_metadata(data: bytes) -> bool:
    """Whether anything but a JFIF header is there: Exif, colour profiles, comments; raises `NotJpeg`."""
    for marker, payload in segments(data):
        if marker == COMMENT or APP0 < marker <= LAST_APP:
            return True
        if marker == APP0 and not payload.startswith(b"JFIF\0"):
            return True
    return False
