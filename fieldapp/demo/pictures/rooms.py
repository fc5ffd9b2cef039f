"""Wide views of rooms, as from the doorway."""

import random

from PIL import Image, ImageDraw

from fieldapp.demo.pictures.canvas import HEIGHT, WIDTH, Colour, blank, lay, mottle, shade
from fieldapp.demo.pictures.textures import concrete, planks, tiles, vinyl

# The far wall; floor, ceiling and side walls run from it to the edges of the board.
LEFT, TOP, RIGHT, BOTTOM = 270, 150, 730, 500

FLOORS = {"planks": planks, "tiles": tiles, "vinyl": vinyl, "concrete": concrete}


def _shell(rng: random.Random, floor: str, wall: Colour) -> Image.Image:
    image = blank(wall)
    near = ((LEFT, BOTTOM), (RIGHT, BOTTOM), (WIDTH + 120, HEIGHT), (-120, HEIGHT))
    lay(FLOORS[floor](rng), image, near)
    draw = ImageDraw.Draw(image)
    draw.polygon([(0, 0), (LEFT, TOP), (LEFT, BOTTOM), (-120, HEIGHT), (0, HEIGHT)], fill=shade(wall, -14))
    draw.polygon(
        [(WIDTH, 0), (RIGHT, TOP), (RIGHT, BOTTOM), (WIDTH + 120, HEIGHT), (WIDTH, HEIGHT)], fill=shade(wall, -22)
    )
    draw.polygon([(0, 0), (WIDTH, 0), (RIGHT, TOP), (LEFT, TOP)], fill=shade(wall, 14))
    for line in (
        (0, 0, LEFT, TOP),
        (WIDTH, 0, RIGHT, TOP),
        (LEFT, TOP, RIGHT, TOP),
        (LEFT, TOP, LEFT, BOTTOM),
        (RIGHT, TOP, RIGHT, BOTTOM),
    ):
        draw.line(line, fill=shade(wall, -40), width=3)
    skirting = (244, 243, 239)
    draw.polygon([(LEFT, BOTTOM - 14), (RIGHT, BOTTOM - 14), (RIGHT, BOTTOM), (LEFT, BOTTOM)], fill=skirting)
    return mottle(image, rng, 0.12, 120)


def _opening(draw: ImageDraw.ImageDraw) -> None:
    """Two casements in the far wall, with the sky behind."""
    for y in range(200, 400):
        tone = (y - 200) / 200
        draw.line((400, y, 600, y), fill=(int(186 + 40 * tone), int(208 + 20 * tone), int(228 - 4 * tone)))
    for box in ((400, 196, 500, 402), (500, 196, 600, 402)):
        draw.rectangle(box, outline=(250, 250, 248), width=12)
        draw.rectangle(box, outline=(200, 198, 194), width=2)


def _leaf(draw: ImageDraw.ImageDraw, x: int) -> None:
    """A door in the left wall, in perspective."""
    draw.polygon([(x, 214), (x + 96, 236), (x + 96, 542), (x, 620)], fill=(214, 198, 172), outline=(160, 146, 124))
    draw.ellipse((x + 74, 396, x + 88, 410), fill=(150, 150, 148))


def living_room(rng: random.Random, floor: str) -> Image.Image:
    """A room with a window and a radiator below it."""
    image = _shell(rng, floor or "planks", (228, 223, 212))
    draw = ImageDraw.Draw(image)
    _opening(draw)
    for x in range(410, 590, 22):
        draw.rounded_rectangle((x, 420, x + 17, 482), 5, fill=(248, 247, 244), outline=(206, 204, 198))
    _leaf(draw, 90)
    return image


def entrance(rng: random.Random, floor: str) -> Image.Image:
    """A hall with doors on both sides and the panel."""
    image = _shell(rng, floor or "tiles", (230, 227, 220))
    draw = ImageDraw.Draw(image)
    draw.rectangle((430, 210, 570, 500), fill=(206, 190, 164), outline=(160, 146, 124), width=4)
    draw.ellipse((550, 360, 562, 372), fill=(150, 150, 148))
    _leaf(draw, 110)
    draw.rectangle((800, 250, 876, 360), fill=(248, 248, 246), outline=(190, 188, 184), width=3)
    return image


def kitchen(rng: random.Random, floor: str) -> Image.Image:
    """Units along the far wall under a band of tiles."""
    image = _shell(rng, floor or "tiles", (232, 230, 224))
    draw = ImageDraw.Draw(image)
    for x in range(LEFT + 6, RIGHT - 20, 38):
        draw.rectangle((x, 300, x + 35, 352), fill=shade((240, 240, 236), rng.randint(-6, 6)))
    draw.rectangle((LEFT + 4, 352, RIGHT - 4, 370), fill=(150, 132, 112))
    for x in range(LEFT + 8, RIGHT - 40, 112):
        draw.rectangle((x, 372, x + 106, 488), fill=(246, 246, 244), outline=(204, 202, 198), width=3)
        draw.rectangle((x + 84, 420, x + 90, 450), fill=(150, 152, 154))
    draw.polygon([(430, 346), (560, 346), (570, 358), (420, 358)], fill=(190, 194, 198))
    draw.line((500, 346, 500, 300), fill=(176, 180, 184), width=9)
    draw.rectangle((440, 190, 560, 282), fill=(198, 214, 230), outline=(248, 248, 246), width=10)
    return image


def bathroom(rng: random.Random, floor: str) -> Image.Image:
    """Tiled walls, a bath on the right, a basin at the far wall."""
    image = _shell(rng, floor or "tiles", (222, 228, 230))
    draw = ImageDraw.Draw(image)
    for x in range(LEFT, RIGHT - 10, 46):
        for y in range(TOP + 60, BOTTOM - 20, 46):
            draw.rectangle((x + 2, y + 2, x + 43, y + 43), fill=shade((232, 238, 240), rng.randint(-5, 5)))
    draw.polygon([(640, 430), (740, 430), (990, 640), (760, 690)], fill=(250, 251, 251), outline=(206, 210, 212))
    draw.polygon([(660, 445), (728, 445), (930, 625), (780, 655)], fill=(228, 233, 235))
    draw.ellipse((340, 372, 480, 428), fill=(250, 251, 251), outline=(206, 210, 212), width=3)
    draw.rectangle((392, 424, 428, 500), fill=(244, 245, 245))
    draw.rectangle((350, 230, 470, 340), fill=(206, 222, 230), outline=(240, 240, 238), width=6)
    return image


def toilet_room(rng: random.Random, floor: str) -> Image.Image:
    """A narrow room with its pan."""
    image = _shell(rng, floor or "tiles", (228, 225, 216))
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((440, 300, 560, 400), 10, fill=(250, 250, 249), outline=(206, 205, 202), width=3)
    draw.ellipse((425, 400, 575, 500), fill=(252, 252, 251), outline=(206, 205, 202), width=4)
    draw.polygon([(455, 490), (545, 490), (530, 560), (470, 560)], fill=(244, 244, 243))
    return image


def cellar(rng: random.Random, _floor: str) -> Image.Image:
    """A bare cellar with one lamp."""
    image = _shell(rng, "concrete", (150, 146, 139))
    draw = ImageDraw.Draw(image)
    for y in range(TOP + 30, BOTTOM, 58):
        draw.line((LEFT, y, RIGHT, y), fill=(126, 122, 116), width=3)
    draw.ellipse((470, 84, 530, 124), fill=(252, 246, 214))
    return image
