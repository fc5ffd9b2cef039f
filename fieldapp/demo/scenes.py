"""Drawn photographs: baseline JPEG without metadata, at the two sizes that a tablet uploads."""

import io
import random
from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image

from fieldapp.demo.pictures import counted, fixtures, rooms, surfaces
from fieldapp.demo.pictures.canvas import finish

ARCHIVE = (1600, 1200)
REPORT = (1000, 750)
QUALITY = 80

_PICTURES: tuple[Callable[[random.Random, str], Image.Image], ...] = (
    surfaces.parquet,
    surfaces.tiled_floor,
    surfaces.vinyl_floor,
    surfaces.wall,
    surfaces.ceiling,
    fixtures.kitchen_sink,
    fixtures.washbasin,
    fixtures.bath,
    fixtures.toilet,
    fixtures.door,
    fixtures.window,
    fixtures.radiator,
    fixtures.panel,
    fixtures.cellar_door,
    counted.meter,
    counted.keys,
    rooms.living_room,
    rooms.entrance,
    rooms.kitchen,
    rooms.bathroom,
    rooms.toilet_room,
    rooms.cellar,
)
SCENES = {picture.__name__: picture for picture in _PICTURES}


@dataclass(frozen=True, slots=True)
class Shot:
    """One photograph at both sizes, as JPEG bytes."""

    archive: bytes
    report: bytes


def shoot(scene: str, detail: str = "", seed: int = 1) -> Shot:
    """Draw a scene; `detail` is its defect, its covering or what its dial shows. The same arguments, the same bytes.

    Raises `KeyError` for a scene that nobody drew.
    """
    rng = random.Random(f"{scene} {seed}")  # noqa: S311 - a drawing, not a secret
    image = finish(SCENES[scene](rng, detail), rng, ARCHIVE)
    return Shot(_jpeg(image), _jpeg(image.resize(REPORT, Image.Resampling.LANCZOS)))


def _jpeg(image: Image.Image) -> bytes:
    """Baseline JPEG with a JFIF header and nothing else."""
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=QUALITY, progressive=False, optimize=True)
    return buffer.getvalue()
