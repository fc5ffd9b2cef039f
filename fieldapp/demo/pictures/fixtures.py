"""Close views of sanitary ware, joinery, heating and electricity."""

import random

from PIL import Image, ImageDraw

from fieldapp.demo.pictures.canvas import HEIGHT, WIDTH, blank, mottle, shade
from fieldapp.demo.pictures.defects import crack, mould, stain


def kitchen_sink(rng: random.Random, defect: str) -> Image.Image:
    """A steel sink with its mixer; `scale`."""
    image = blank((228, 226, 220))
    draw = ImageDraw.Draw(image)
    for x in range(0, WIDTH, 125):
        for y in range(0, 330, 110):
            draw.rectangle((x + 2, y + 2, x + 122, y + 107), fill=shade((236, 234, 228), rng.randint(-6, 5)))
    draw.polygon([(0, 330), (WIDTH, 330), (WIDTH, HEIGHT), (0, HEIGHT)], fill=(142, 130, 116))
    image = mottle(image, rng, 0.1, 60)
    draw = ImageDraw.Draw(image)
    draw.polygon([(150, 380), (850, 380), (930, 690), (70, 690)], fill=(196, 199, 202))
    draw.polygon([(220, 420), (620, 420), (650, 650), (170, 650)], fill=(150, 154, 158))
    draw.polygon([(250, 450), (595, 450), (620, 640), (200, 640)], fill=(176, 180, 184))
    draw.ellipse((380, 540, 440, 580), fill=(96, 99, 102), outline=(214, 216, 218), width=5)
    for rib in range(6):
        draw.line((690 + rib * 28, 430, 712 + rib * 33, 650), fill=(168, 171, 174), width=5)
    draw.rounded_rectangle((392, 120, 428, 400), 16, fill=(208, 211, 214), outline=(140, 143, 147), width=3)
    draw.arc((392, 70, 560, 230), 180, 360, fill=(204, 207, 210), width=34)
    draw.rectangle((526, 150, 560, 214), fill=(200, 203, 206))
    draw.rounded_rectangle((428, 300, 520, 330), 12, fill=(198, 201, 205))
    if defect == "scale":
        for _ in range(26):
            stain(image, rng, (rng.randint(360, 560), rng.randint(110, 420)), (238, 238, 230), 20)
        stain(image, rng, (410, 566), (226, 214, 186), 60)
    return image


def washbasin(rng: random.Random, defect: str) -> Image.Image:
    """A ceramic basin; `chip`."""
    image = blank((216, 222, 224))
    draw = ImageDraw.Draw(image)
    for x in range(0, WIDTH, 200):
        for y in range(0, 420, 140):
            draw.rectangle((x + 3, y + 3, x + 196, y + 136), fill=shade((224, 231, 233), rng.randint(-5, 5)))
    draw.rectangle((0, 420, WIDTH, HEIGHT), fill=(236, 238, 238))
    draw.ellipse((150, 400, 850, 720), fill=(250, 251, 251), outline=(206, 210, 212), width=5)
    draw.ellipse((225, 440, 775, 680), fill=(224, 228, 230))
    draw.ellipse((262, 470, 738, 668), fill=(240, 243, 244))
    draw.ellipse((472, 560, 528, 592), fill=(130, 134, 136))
    draw.rounded_rectangle((476, 300, 524, 450), 16, fill=(206, 209, 212), outline=(150, 153, 156), width=3)
    draw.rounded_rectangle((476, 300, 660, 336), 16, fill=(212, 215, 218), outline=(150, 153, 156), width=3)
    draw.rectangle((0, 408, WIDTH, 424), fill=(246, 247, 247))
    if defect == "chip":
        draw.polygon([(690, 470), (742, 462), (760, 508), (716, 524)], fill=(92, 88, 84))
        crack(image, rng, (720, 520), (640, 610), 2, (110, 106, 100))
    return image


def bath(rng: random.Random, defect: str) -> Image.Image:
    """A bath under tiles; `mould` on its joint."""
    image = blank((198, 206, 210))
    draw = ImageDraw.Draw(image)
    for x in range(0, WIDTH, 160):
        for y in range(0, 430, 110):
            draw.rectangle((x + 3, y + 3, x + 157, y + 107), fill=shade((226, 233, 236), rng.randint(-5, 6)))
    draw.polygon([(0, 430), (WIDTH, 430), (WIDTH, HEIGHT), (0, HEIGHT)], fill=(248, 249, 249))
    draw.rounded_rectangle((90, 500, 910, 830), 120, fill=(226, 230, 232), outline=(206, 210, 213), width=6)
    draw.rounded_rectangle((120, 530, 880, 830), 110, fill=(240, 243, 244))
    draw.rounded_rectangle((430, 340, 570, 372), 14, fill=(202, 205, 208), outline=(148, 151, 154), width=3)
    draw.rectangle((478, 372, 522, 420), fill=(200, 203, 206))
    draw.line((540, 330, 700, 120), fill=(196, 199, 203), width=14)
    if defect == "mould":
        mould(image, rng, 432, 420)
    return image


def toilet(rng: random.Random, defect: str) -> Image.Image:
    """A toilet pan with its cistern; `crack`."""
    image = mottle(blank((222, 218, 208)), rng, 0.15, 60)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 620, WIDTH, HEIGHT), fill=(176, 168, 156))
    draw.rounded_rectangle((330, 90, 670, 360), 24, fill=(250, 250, 249), outline=(206, 205, 202), width=5)
    draw.ellipse((470, 74, 530, 108), fill=(206, 208, 210), outline=(150, 152, 155), width=3)
    draw.ellipse((310, 350, 690, 560), fill=(252, 252, 251), outline=(206, 205, 202), width=6)
    draw.ellipse((365, 390, 635, 530), fill=(206, 210, 212))
    draw.polygon([(370, 530), (630, 530), (590, 700), (410, 700)], fill=(246, 246, 245))
    if defect == "crack":
        crack(image, rng, (330, 420), (420, 560), 3, (92, 88, 82))
    return image


def door(rng: random.Random, defect: str) -> Image.Image:
    """A panelled door; `scratch` or `hole`."""
    image = blank((226, 221, 211))
    draw = ImageDraw.Draw(image)
    draw.rectangle((230, 0, 790, HEIGHT), fill=(238, 234, 226), outline=(186, 180, 170), width=6)
    draw.rectangle((262, 0, 758, HEIGHT), fill=(200, 178, 146))
    image = mottle(image, rng, 0.14, 90)
    draw = ImageDraw.Draw(image)
    for left, top, right, bottom in ((320, 40, 700, 330), (320, 410, 700, 720)):
        draw.rectangle((left, top, right, bottom), outline=(160, 138, 108), width=8)
        draw.rectangle((left + 14, top + 14, right - 14, bottom - 14), outline=(216, 196, 166), width=4)
    draw.rounded_rectangle((286, 350, 314, 470), 10, fill=(196, 196, 194), outline=(130, 130, 128), width=3)
    draw.rounded_rectangle((292, 372, 400, 396), 10, fill=(210, 210, 208), outline=(140, 140, 138), width=3)
    if defect == "scratch":
        for number in range(5):
            y = 520 + number * 24
            draw.line((380, y, 560 + rng.randint(-30, 30), y - 40), fill=(232, 214, 182), width=3)
    if defect == "hole":
        edge = [(430, 500), (520, 470), (600, 530), (580, 610), (470, 620), (420, 560)]
        draw.polygon(edge, fill=(74, 58, 42))
        draw.line([*edge, edge[0]], fill=(232, 214, 182), width=8, joint="curve")
        crack(image, rng, (600, 530), (690, 440), 2, (110, 90, 66))
    return image


def window(rng: random.Random, defect: str) -> Image.Image:
    """A window over the town; `shutter` hanging askew."""
    image = blank((224, 220, 211))
    draw = ImageDraw.Draw(image)
    for y in range(70, 620):
        part = (y - 70) / 550
        draw.line((170, y, 830, y), fill=(int(176 + 50 * part), int(202 + 26 * part), int(226 - 4 * part)))
    for x, top in ((190, 430), (330, 380), (470, 450), (610, 400), (730, 440)):
        draw.rectangle((x, top, x + 110, 620), fill=shade((150, 152, 158), rng.randint(-12, 16)))
        for row in range(top + 16, 610, 38):
            for column in range(x + 12, x + 96, 30):
                draw.rectangle((column, row, column + 14, row + 20), fill=(108, 116, 128))
    for box in ((150, 50, 500, 640), (500, 50, 850, 640)):
        draw.rectangle(box, outline=(246, 246, 244), width=30)
        draw.rectangle(box, outline=(196, 194, 190), width=3)
    draw.rounded_rectangle((480, 320, 520, 420), 10, fill=(236, 236, 234), outline=(170, 168, 164), width=3)
    draw.rectangle((110, 640, 890, 676), fill=(238, 236, 231), outline=(190, 186, 178), width=3)
    if defect == "shutter":
        for y in range(66, 300, 26):
            low = y + 23 if y < 200 else y + 40
            draw.rectangle((178, y, 474, y + 23), fill=(214, 212, 206), outline=(176, 174, 168))
            draw.rectangle((526, y, 822, low), fill=(214, 212, 206), outline=(176, 174, 168))
    return image


def radiator(rng: random.Random, defect: str) -> Image.Image:
    """A steel radiator; `rust`."""
    image = mottle(blank((230, 225, 214)), rng, 0.16, 70)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 640, WIDTH, HEIGHT), fill=(160, 120, 78))
    for x in range(160, 840, 68):
        draw.rounded_rectangle((x, 180, x + 56, 590), 18, fill=(246, 245, 242), outline=(200, 198, 192), width=3)
        draw.line((x + 14, 200, x + 14, 570), fill=(255, 255, 254), width=8)
        draw.line((x + 48, 200, x + 48, 570), fill=(216, 214, 208), width=6)
    draw.rounded_rectangle((838, 520, 890, 570), 10, fill=(236, 236, 234), outline=(160, 158, 154), width=3)
    draw.line((864, 570, 864, 660), fill=(190, 188, 184), width=14)
    if defect == "rust":
        stain(image, rng, (420, 570), (150, 84, 40), 50)
    return image


def panel(rng: random.Random, _defect: str) -> Image.Image:
    """An electrical panel with its breakers."""
    image = blank((220, 216, 208))
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((200, 80, 800, 680), 14, fill=(246, 246, 244), outline=(186, 184, 180), width=5)
    for y in (160, 360, 540):
        draw.rectangle((250, y, 750, y + 110), fill=(222, 222, 219))
        for x in range(260, 740, 62):
            draw.rectangle((x, y + 8, x + 54, y + 102), fill=(250, 250, 250), outline=(170, 170, 168), width=2)
            draw.rectangle((x + 16, y + 38, x + 38, y + 74), fill=(52, 54, 58))
    return mottle(image, rng, 0.12, 80)


def cellar_door(rng: random.Random, defect: str) -> Image.Image:
    """A slatted cellar door; `boxes` that somebody left."""
    image = mottle(blank((150, 146, 139)), rng, 0.2, 50)
    draw = ImageDraw.Draw(image)
    draw.polygon([(0, 560), (WIDTH, 560), (WIDTH, HEIGHT), (0, HEIGHT)], fill=(112, 108, 102))
    for x in range(290, 710, 46):
        draw.rectangle((x, 80, x + 36, 640), fill=shade((168, 128, 84), rng.randint(-14, 10)))
    for y in (150, 520):
        draw.rectangle((280, y, 716, y + 40), fill=(150, 112, 72))
    draw.rounded_rectangle((660, 340, 712, 410), 8, fill=(190, 180, 120), outline=(110, 100, 60), width=4)
    if defect == "boxes":
        for x, y, width, height in ((60, 470, 220, 200), (110, 330, 170, 140), (740, 500, 210, 180)):
            box = (x, y, x + width, y + height)
            draw.rectangle(box, fill=(178, 142, 96), outline=(128, 98, 62), width=4)
            draw.line((x, y + height * 0.3, x + width, y + height * 0.3), fill=(206, 186, 150), width=12)
    return image
