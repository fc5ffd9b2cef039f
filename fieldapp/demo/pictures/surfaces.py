"""Close views of floors, walls and ceilings."""

import random

from PIL import Image, ImageDraw

from fieldapp.demo.pictures.canvas import HEIGHT, WIDTH, Colour, blank, lay, mottle
from fieldapp.demo.pictures.defects import crack, holes, scratches, stain
from fieldapp.demo.pictures.textures import planks, tiles, vinyl


def _floor(texture: Image.Image, wall: Colour) -> Image.Image:
    """A floor seen from standing height, with the skirting board behind it."""
    top = round(HEIGHT * 0.32)
    image = blank(wall)
    lay(texture, image, ((-60, top), (WIDTH + 60, top), (WIDTH + 700, HEIGHT), (-700, HEIGHT)))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, top - 62, WIDTH, top), fill=(236, 234, 229))
    draw.line((0, top - 62, WIDTH, top - 62), fill=(200, 197, 190), width=3)
    draw.line((0, top, WIDTH, top), fill=(90, 80, 70), width=4)
    return image


def parquet(rng: random.Random, defect: str) -> Image.Image:
    """Oak boards; `scratch` or `stain`."""
    image = mottle(_floor(planks(rng), (226, 221, 211)), rng, 0.25, 90)
    if defect == "scratch":
        scratches(image, rng, (330, 470), (224, 198, 160))
    if defect == "stain":
        stain(image, rng, (560, 560), (70, 48, 32))
    return image


def tiled_floor(rng: random.Random, defect: str) -> Image.Image:
    """Stoneware tiles; `crack`."""
    image = _floor(tiles(rng), (232, 230, 224))
    if defect == "crack":
        crack(image, rng, (330, 480), (700, 690), 4)
    return image


def vinyl_floor(rng: random.Random, defect: str) -> Image.Image:
    """A vinyl sheet; `stain`."""
    image = _floor(vinyl(rng), (230, 227, 219))
    if defect == "stain":
        stain(image, rng, (520, 560), (112, 98, 82), 110)
    return image


def wall(rng: random.Random, defect: str) -> Image.Image:
    """A painted wall with a socket; `holes`, `marks` or `crack`."""
    image = mottle(blank((232, 226, 214)), rng, 0.22, 60)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 660, WIDTH, HEIGHT), fill=(240, 238, 233))
    draw.line((0, 660, WIDTH, 660), fill=(192, 188, 180), width=4)
    _socket(draw, 760, 500)
    if defect == "holes":
        holes(image, rng, (220, 160, 620, 420), 5)
    if defect == "marks":
        for _ in range(9):
            stain(image, rng, (rng.randint(150, 700), rng.randint(150, 560)), (150, 140, 126), 34)
        crack(image, rng, (180, 210), (420, 330), 2, (120, 112, 102))
    if defect == "crack":
        crack(image, rng, (250, 20), (520, 650))
    return image


def ceiling(rng: random.Random, defect: str) -> Image.Image:
    """A corner of a ceiling; `damp`, or the smoke `detector` that hangs there."""
    image = mottle(blank((240, 239, 235)), rng, 0.14, 70)
    draw = ImageDraw.Draw(image)
    draw.polygon([(0, 520), (420, 430), (420, HEIGHT), (0, HEIGHT)], fill=(214, 208, 196))
    draw.polygon([(420, 430), (WIDTH, 560), (WIDTH, HEIGHT), (420, HEIGHT)], fill=(224, 219, 208))
    draw.line((0, 520, 420, 430, WIDTH, 560), fill=(188, 183, 172), width=5)
    draw.line((420, 430, 420, HEIGHT), fill=(190, 184, 172), width=4)
    if defect == "damp":
        stain(image, rng, (560, 300), (188, 158, 104), 170)
    if defect == "detector":
        draw.ellipse((330, 120, 650, 330), fill=(214, 212, 206))
        draw.ellipse((330, 104, 650, 312), fill=(250, 250, 248), outline=(196, 194, 188), width=4)
        draw.ellipse((430, 165, 550, 245), outline=(206, 204, 198), width=4)
        draw.ellipse((592, 200, 606, 212), fill=(196, 30, 30))
    return image


def _socket(draw: ImageDraw.ImageDraw, x: int, y: int) -> None:
    box = (x, y, x + 104, y + 104)
    draw.rounded_rectangle(box, 12, fill=(246, 246, 243), outline=(192, 190, 185), width=3)
    draw.ellipse((x + 18, y + 18, x + 86, y + 86), fill=(224, 223, 219), outline=(175, 173, 168), width=2)
    for hole in (38, 66):
        draw.ellipse((x + hole - 6, y + 46, x + hole + 6, y + 58), fill=(48, 46, 44))
    draw.rectangle((x + 48, y + 24, x + 56, y + 40), fill=(160, 158, 150))
