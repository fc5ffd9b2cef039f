"""Photographs to send: real JPEGs of a chosen weight, each with bytes that no other has."""

import functools
import io

from PIL import Image

DENSITY = slice(14, 18)
"""Where a JFIF header (T.871, 10.1) holds its two densities: four bytes that change no pixel."""

QUALITY = 85
SIGMA = 90
STEPS = 12
TOLERANCE = 0.05
_PALE = [128 + tone // 2 for tone in range(256)]


def distinct(jpeg: bytes, number: int) -> bytes:
    """The same picture as the `number`-th file of its kind: another SHA-256, the same pixels and length."""
    changed = bytearray(jpeg)
    changed[DENSITY] = (0x00010001 + number).to_bytes(4)
    return bytes(changed)


@functools.cache
def weighing(kilobytes: int, width: int, height: int, number: int = 0) -> bytes:
    """A JPEG of this many pixels of about `kilobytes` (of 1000 bytes): soft shapes under a camera's grain.

    Each `number` is another picture. Raises ValueError when that many bytes cannot be had from that many pixels.
    """
    shapes = Image.effect_mandelbrot((width // 8, height // 8), (-1.6 + number / 50, -1.1, 0.6, 1.1), 60)
    soft = shapes.resize((width, height), Image.Resampling.BICUBIC)
    grain = Image.effect_noise((width, height), SIGMA)
    least, most = 0.0, 1.0
    for _ in range(STEPS):
        share = (least + most) / 2
        data = _encoded(soft, Image.blend(soft, grain, share))
        if abs(len(data) - kilobytes * 1000) <= kilobytes * 1000 * TOLERANCE:
            return data
        least, most = (share, most) if len(data) < kilobytes * 1000 else (least, share)
    raise ValueError(f"{width} by {height} pixels do not weigh {kilobytes} kB")


def _encoded(soft: Image.Image, grey: Image.Image) -> bytes:
    out = io.BytesIO()
    picture = Image.merge("RGB", (grey, grey.point(_PALE), soft))
    picture.save(out, "JPEG", quality=QUALITY, dpi=(1, 1))
    return out.getvalue()
