"""What goes wrong with surfaces: holes, stains, cracks, scratches, mould."""

import random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from fieldapp.demo.pictures.canvas import WIDTH, Colour, blurred, shade

Point = tuple[float, float]


def stain(image: Image.Image, rng: random.Random, where: Point, colour: Colour, size: int = 120) -> None:
    """A stain with the darker ring that drying leaves."""
    x, y = where

    def blot(draw: ImageDraw.ImageDraw) -> None:
        for _ in range(14):
            radius = rng.randint(size // 4, size // 2)
            dx, dy = rng.randint(-size, size), rng.randint(-size // 3, size // 3)
            draw.ellipse((x + dx - radius, y + dy - radius * 0.55, x + dx + radius, y + dy + radius * 0.55), fill=190)

    mask = blurred(blot, 7)
    ring = ImageChops.subtract(mask, mask.filter(ImageFilter.GaussianBlur(14)))
    image.paste(colour, (0, 0), mask.point([int(level * 0.55) for level in range(256)]))
    image.paste(shade(colour, -40), (0, 0), ring.point([min(255, level * 2) for level in range(256)]))


def crack(
    image: Image.Image, rng: random.Random, start: Point, end: Point, width: int = 3, colour: Colour = (70, 62, 55)
) -> None:
    """A crack with its side branches."""
    draw = ImageDraw.Draw(image)
    steps = 26
    points = [start]
    for step in range(1, steps + 1):
        part = step / steps
        x = start[0] + (end[0] - start[0]) * part + rng.uniform(-14, 14)
        points.append((x, start[1] + (end[1] - start[1]) * part + rng.uniform(-10, 10)))
    draw.line(points, fill=shade(colour, 90), width=width + 4, joint="curve")
    draw.line(points, fill=colour, width=width, joint="curve")
    for x, y in points[4:-3:6]:
        tip = (x + rng.randint(-60, 60), y + rng.randint(20, 60))
        draw.line(((x, y), tip), fill=colour, width=max(1, width - 1))


def holes(image: Image.Image, rng: random.Random, box: tuple[int, int, int, int], count: int) -> None:
    """Holes of wall plugs that nobody filled."""
    draw = ImageDraw.Draw(image)
    for _ in range(count):
        x, y = rng.randint(box[0], box[2]), rng.randint(box[1], box[3])
        draw.ellipse((x - 22, y - 18, x + 20, y + 21), fill=(226, 222, 214))
        draw.ellipse((x - 10, y - 10, x + 10, y + 10), fill=(58, 52, 48))
        draw.arc((x - 10, y - 10, x + 10, y + 10), 20, 160, fill=(150, 140, 130), width=3)


def scratches(image: Image.Image, rng: random.Random, where: Point, colour: Colour) -> None:
    """Long thin scratches side by side."""
    draw = ImageDraw.Draw(image)
    for number in range(7):
        x, y = where[0] + number * 22, where[1] + number * 17
        draw.line((x, y, x + 360 - number * 13, y + rng.randint(-28, 24)), fill=colour, width=3)


def mould(image: Image.Image, rng: random.Random, height: int, count: int) -> None:
    """Black dots along a joint."""
    draw = ImageDraw.Draw(image)
    for _ in range(count):
        x, y, radius = rng.randint(0, WIDTH), height + rng.randint(-10, 10), rng.randint(1, 8)
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=shade((50, 52, 42), rng.randint(-12, 30)))
