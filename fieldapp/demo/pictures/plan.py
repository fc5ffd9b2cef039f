"""A drawn floor plan: walls, doors and the names of the rooms."""

import io

from PIL import Image, ImageDraw, ImageFont

SIZE = (1000, 750)
ROOMS = (
    ("Séjour", (60, 60, 520, 420)),
    ("Cuisine", (520, 60, 780, 300)),
    ("Salle de bains", (780, 60, 940, 300)),
    ("Entrée", (520, 300, 940, 420)),
    ("Chambre", (60, 420, 500, 690)),
    ("Chambre", (500, 420, 940, 690)),
)
DOORS = (((520, 330), (520, 400)), ((600, 300), (680, 300)), ((820, 300), (890, 300)), ((620, 420), (700, 420)))
WALL, DOOR, GROUND = (32, 36, 40), (255, 255, 255), (255, 255, 255)


def draw_plan() -> bytes:
    """A JPEG without metadata."""
    image = Image.new("RGB", SIZE, GROUND)
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(30)
    for name, box in ROOMS:
        draw.rectangle(box, outline=WALL, width=8)
        draw.text(((box[0] + box[2]) / 2, (box[1] + box[3]) / 2), name, font=font, fill=WALL, anchor="mm")
    for begins, ends in (*DOORS, ((380, 420), (460, 420)), ((850, 420), (930, 420))):
        draw.line((begins, ends), fill=DOOR, width=8)
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=85)
    return buffer.getvalue()
