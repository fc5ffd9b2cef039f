"""Pictures drawn for the tests: good ones, and every kind of bad one."""

import io
import struct
import zlib

from PIL import Image

SMALL = (64, 48)


def jpeg(size: tuple[int, int] = SMALL, mode: str = "RGB", **options: object) -> bytes:
    """A JPEG with nothing but its JFIF header, unless an option adds more."""
    out = io.BytesIO()
    Image.effect_noise(size, 40).convert(mode).save(out, "JPEG", **options)
    return out.getvalue()


def jpeg_with_orientation(orientation: int) -> bytes:
    """A JPEG whose Exif says how it must be turned (1 to 8)."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    return jpeg(exif=exif)


def jpeg_claiming(width: int, height: int) -> bytes:
    """A small JPEG whose frame header claims another size: what a decompression bomb looks like from outside."""
    data = bytearray(jpeg())
    at = data.index(b"\xff\xc0")
    data[at + 5 : at + 9] = struct.pack(">HH", height, width)
    return bytes(data)


def png() -> bytes:
    """A picture that is no JPEG."""
    rows = b"".join(b"\0" + b"\x80" * 8 for _ in range(8))

    def chunk(kind: bytes, payload: bytes) -> bytes:
        return struct.pack(">I", len(payload)) + kind + payload + struct.pack(">I", zlib.crc32(kind + payload))

    header = struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
