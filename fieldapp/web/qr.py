"""A code to scan, as one SVG path."""

from dataclasses import dataclass

import segno
from flask import Flask


@dataclass(frozen=True, slots=True)
class Drawing:
    """A QR code (ISO/IEC 18004) on a grid of `size` × `size`, quiet zone of four modules included."""

    size: int
    path: str


def furnish(app: Flask) -> None:
    """Let templates draw codes."""
    app.jinja_env.globals["qr_of"] = qr_of


def qr_of(text: str) -> Drawing:
    """The smallest code for the text at error level M."""
    code = segno.make_qr(text, error="m")
    runs = []
    for y, line in enumerate(code.matrix_iter(border=4)):
        runs += [f"M{x} {y}h1v1h-1z" for x, dark in enumerate(line) if dark]
    return Drawing(int(code.symbol_size(border=4)[0]), "".join(runs))
