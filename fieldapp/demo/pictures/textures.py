"""Flat floor and wall coverings, before perspective."""

import random

from PIL import Image, ImageDraw

from fieldapp.demo.pictures.canvas import Colour, noise, shade

SIZE = (1600, 1200)
OAK: Colour = (171, 125, 78)
STONEWARE: Colour = (206, 200, 188)


def planks(rng: random.Random, base: Colour = OAK) -> Image.Image:
    """Boards of uneven length with their grain."""
    texture = Image.new("RGB", SIZE, base)
    draw = ImageDraw.Draw(texture)
    for left in range(0, SIZE[0], 80):
        top = -rng.randint(0, 500)
        while top < SIZE[1]:
            length = rng.randint(380, 620)
            draw.rectangle((left, top, left + 78, top + length), fill=shade(base, rng.randint(-22, 18)))
            for _ in range(5):
                x = left + rng.randint(4, 74)
                tone = shade(base, rng.randint(-34, -8))
                draw.line((x, top, x + rng.randint(-6, 6), top + length), fill=tone)
            draw.line((left, top, left + 78, top), fill=shade(base, -70), width=3)
            top += length
        draw.line((left, 0, left, SIZE[1]), fill=shade(base, -74), width=3)
    return texture


def tiles(rng: random.Random, base: Colour = STONEWARE, step: int = 200) -> Image.Image:
    """Square tiles with their joints."""
    texture = Image.new("RGB", SIZE, (150, 146, 138))
    draw = ImageDraw.Draw(texture)
    for left in range(0, SIZE[0], step):
        for top in range(0, SIZE[1], step):
            box = (left + 4, top + 4, left + step - 4, top + step - 4)
            draw.rectangle(box, fill=shade(base, rng.randint(-8, 8)))
    return texture


def vinyl(rng: random.Random, base: Colour = (176, 172, 164)) -> Image.Image:
    """A sheet with a fine fleck."""
    grain = noise(rng, (SIZE[0] // 4, SIZE[1] // 4), 40).resize(SIZE)
    return Image.merge("RGB", [grain.point([round(part + (v - 128) * 0.3) for v in range(256)]) for part in base])


def concrete(rng: random.Random, base: Colour = (136, 132, 125)) -> Image.Image:
    """A bare slab."""
    grain = noise(rng, (SIZE[0] // 16, SIZE[1] // 16), 60).resize(SIZE, Image.Resampling.BICUBIC)
    return Image.merge("RGB", [grain.point([round(part + (v - 128) * 0.3) for v in range(256)]) for part in base])
