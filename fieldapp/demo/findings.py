"""What was seen in the flat whose inventory is sealed: exceptions, readings, photographs, a remark."""

from dataclasses import dataclass

from fieldapp.domain.condition import State


@dataclass(frozen=True, slots=True)
class Finding:
    """An element that differs: room by its place, element by its kind; `repair_in` days when a repair is promised."""

    room: int
    element: str
    state: State
    note: str
    defects: tuple[str, ...] = ()
    works: str | None = None
    repair: str = ""
    repair_in: int = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """A photograph: what it shows (`""` is the room itself), the scene to draw and its detail."""

    place: str
    caption: str
    scene: str
    detail: str = ""
    room: int = 0


FINDINGS = (
    Finding(1, "floor", State.WORN, "Un carreau fissuré sur 38 cm, au pied de la porte", ("crack",)),
    Finding(1, "lock", State.NEW, "Cylindre changé avant l’entrée", works="yes"),
    Finding(1, "electrical_panel", State.NEW, "Essai du différentiel fait", works="yes"),
    Finding(2, "floor", State.WORN, "Micro-rayures devant la fenêtre", ("scratch",)),
    Finding(
        2,
        "walls",
        State.POOR,
        "Cinq trous de chevilles à gauche de la fenêtre",
        ("hole",),
        repair="Rebouchage et peinture du mur",
        repair_in=21,
    ),
    Finding(
        2,
        "shutter",
        State.OUT_OF_ORDER,
        "Bloqué à mi-hauteur, deux lames décrochées",
        ("stuck", "broken"),
        works="no",
        repair="Remplacement des lames",
        repair_in=14,
    ),
    Finding(3, "sink", State.WORN, "Dépôts de calcaire autour du mitigeur", ("limescale",)),
    Finding(4, "walls", State.WORN, "Traces de meubles, ombres de cadres", ("stain",)),
    Finding(5, "radiator", State.WORN, "Point de rouille sous le robinet", ("rust",), works="yes"),
    Finding(
        6,
        "ceiling",
        State.POOR,
        "Auréole de 60 × 25 cm, sèche au toucher",
        ("stain", "damp"),
        repair="Recherche de fuite, puis peinture",
        repair_in=30,
    ),
    Finding(
        6,
        "seals",
        State.POOR,
        "Moisissures sur 1,70 m le long de la baignoire",
        ("mould",),
        repair="Joint à refaire",
        repair_in=14,
    ),
    Finding(6, "towel_rail", State.NOT_CHECKED, "Fusible retiré ce jour-là", works="not_tested"),
    Finding(8, "lighting", State.ABSENT, "Éclairage par la cave commune"),
)

READINGS = {"cold_water": ("00012", ""), "hot_water": ("00004", ""), "electricity_hphc": ("004217", "002980")}

PICTURES = (
    Picture("", "vue depuis la porte", "entrance", room=1),
    Picture("floor", "carreau fissuré au pied de la porte", "tiled_floor", "crack", room=1),
    Picture("", "vue depuis la porte", "living_room", room=2),
    Picture("floor", "micro-rayures devant la fenêtre", "parquet", "scratch", room=2),
    Picture("walls", "trous à gauche de la fenêtre", "wall", "holes", room=2),
    Picture("shutter", "bloqué à mi-hauteur", "window", "shutter", room=2),
    Picture("", "vue depuis la porte", "kitchen", room=3),
    Picture("sink", "calcaire autour du mitigeur", "kitchen_sink", "scale", room=3),
    Picture("", "vue depuis la porte", "living_room", "vinyl", room=4),
    Picture("walls", "traces de meubles", "wall", "marks", room=4),
    Picture("", "vue depuis la porte", "living_room", "planks", room=5),
    Picture("radiator", "rouille sous le robinet", "radiator", "rust", room=5),
    Picture("", "vue depuis la porte", "bathroom", room=6),
    Picture("ceiling", "auréole sèche", "ceiling", "damp", room=6),
    Picture("seals", "moisissures le long de la baignoire", "bath", "mould", room=6),
    Picture("", "vue depuis la porte", "toilet_room", room=7),
    Picture("", "vue depuis la porte", "cellar", room=8),
    Picture("cold_water", "index 00012", "meter", "00012"),
    Picture("hot_water", "index 00004", "meter", "00004"),
    Picture("electricity_hphc", "heures pleines 004217", "meter", "004217"),
    Picture("key", "avec le badge, avant la remise", "keys", "4"),
    Picture("smoke_detector", "pendant l’essai", "ceiling", "detector"),
)

REMARK = (
    2,
    "shutter",
    "Nous voulons que le volet du séjour soit réparé avant Noël : sans lui, on voit tout depuis la rue.",
)
"""In the tenant's words: room, element, text."""

INSURER = "Mutuelle du Bocage"
