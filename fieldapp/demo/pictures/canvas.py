"""The drawing board: light, perspective and the faults of a small lens."""

import random
from collections.abc import Callable, Sequence

from PIL import Image, ImageChops, ImageDraw, ImageFilter

Colour = tuple[int, int, int]
Quad = Sequence[tuple[float, float]]

WIDTH, HEIGHT = 1000, 750
"""The board; photographs are larger, but nothing is drawn finer than this."""


def shade(colour: Colour, delta: int) -> Colour:
    """The colour, lighter or darker."""
    red, green, blue = (max(0, min(255, part + delta)) for part in colour)
    return red, green, blue


def blank(colour: Colour) -> Image.Image:
    """An empty board."""
    return Image.new("RGB", (WIDTH, HEIGHT), colour)


def blurred(paint: Callable[[ImageDraw.ImageDraw], None], radius: float) -> Image.Image:
    """A soft mask of what `paint` draws."""
    mask = Image.new("L", (WIDTH, HEIGHT), 0)
    paint(ImageDraw.Draw(mask))
    return mask.filter(ImageFilter.GaussianBlur(radius))


def noise(rng: random.Random, size: tuple[int, int], spread: float) -> Image.Image:
    """Grey noise around 128 that the seed alone decides (Pillow's own noise is never twice the same)."""
    levels = bytes(max(0, min(255, round(128 + (step - 128) * spread / 74))) for step in range(256))
    return Image.frombytes("L", size, rng.randbytes(size[0] * size[1])).point(list(levels))


def mottle(image: Image.Image, rng: random.Random, strength: float, cell: int) -> Image.Image:
    """Slow variation of light, as on plaster or wood."""
    small = noise(rng, (max(2, image.width // cell), max(2, image.height // cell)), 60 * strength)
    soft = small.resize(image.size, Image.Resampling.BICUBIC)
    return ImageChops.overlay(image, Image.merge("RGB", (soft, soft, soft)))


def finish(image: Image.Image, rng: random.Random, size: tuple[int, int]) -> Image.Image:
    """The board as a tablet would have photographed it: lamp from one side, soft lens, grain; in `size` pixels."""
    image = image.filter(ImageFilter.GaussianBlur(0.7)).resize(size, Image.Resampling.BICUBIC)
    width, height = size
    lamp = Image.radial_gradient("L").resize((width * 2, height * 2))
    x, y = rng.randint(width // 4, width * 3 // 4), rng.randint(0, height // 2)
    lamp = lamp.crop((width - x, height - y, 2 * width - x, 2 * height - y))
    lamp = lamp.point([255 - int(level * 0.42) for level in range(256)])
    image = ImageChops.multiply(image, Image.merge("RGB", (lamp, lamp, lamp)))
    grain = noise(rng, (width // 2, height // 2), 9).resize(size, Image.Resampling.BILINEAR)
    return ImageChops.overlay(image, Image.merge("RGB", (grain, grain, grain)))


def lay(texture: Image.Image, onto: Image.Image, corners: Quad) -> None:
    """Put a flat texture in perspective onto the quadrilateral `corners`: far left, far right, near right, near left."""
    width, height = texture.size
    flat = ((0, 0), (width, 0), (width, height), (0, height))
    rows: list[list[float]] = []
    for (x, y), (u, v) in zip(corners, flat, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    placed = texture.transform(onto.size, Image.Transform.PERSPECTIVE, _solve(rows), Image.Resampling.BICUBIC)
    onto.paste(placed, (0, 0), blurred(lambda draw: draw.polygon(list(corners), fill=255), 0.5))


def _solve(rows: list[list[float]]) -> list[float]:
    """Gauss and Jordan on rows of coefficients that end with the right-hand side."""
    count = len(rows)
    for pivot in range(count):
        best = max(range(pivot, count), key=lambda row: abs(rows[row][pivot]))
        rows[pivot], rows[best] = rows[best], rows[pivot]
        rows[pivot] = [value / rows[pivot][pivot] for value in rows[pivot]]
        for other in range(count):
            if other != pivot:
                factor = rows[other][pivot]
                rows[other] = [value - factor * known for value, known in zip(rows[other], rows[pivot], strict=True)]
    return [row[count] for row in rows]
