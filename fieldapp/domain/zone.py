"""The clock of a place, by its postcode: overseas, a day begins and ends at other hours than in Paris."""

from collections.abc import Callable

PARIS = "Europe/Paris"

_ZONES = {
    "971": "America/Guadeloupe",
    "97133": "America/St_Barthelemy",
    "97150": "America/Marigot",
    "972": "America/Martinique",
    "973": "America/Cayenne",
    "974": "Indian/Reunion",
    "975": "America/Miquelon",
    "976": "Indian/Mayotte",
    "977": "America/St_Barthelemy",
    "978": "America/Marigot",
    "986": "Pacific/Wallis",
    "987": "Pacific/Tahiti",
    "9874": "Pacific/Marquesas",
    "98755": "Pacific/Gambier",
    "988": "Pacific/Noumea",
}
"""Beginnings of postcodes; the longest that fits counts (UPU, postal addressing systems: France, French Polynesia)."""


def zone_of(postcode: str) -> str:
    """The IANA zone of a French postcode; Paris for every other text."""
    digits = "".join(postcode.split())
    for length in (5, 4, 3):
        if digits[:length] in _ZONES:
            return _ZONES[digits[:length]]
    return PARIS


def known_zone(zone: object) -> str:
    """What a document says of its zone; Paris when it says none in which a dwelling of ours stands."""
    return zone if isinstance(zone, str) and zone in _ZONES.values() else PARIS


def clock_words(zone: str, say: Callable[[str], str]) -> str:
    """Whose time it is, `heure de La Réunion`; empty for a zone that no dwelling of ours stands in.

    `say` translates a French sentence: gettext, or the identity for French.
    """
    return {
        PARIS: say("heure de Paris"),
        "America/Guadeloupe": say("heure de la Guadeloupe"),
        "America/St_Barthelemy": say("heure de Saint-Barthélemy"),
        "America/Marigot": say("heure de Saint-Martin"),
        "America/Martinique": say("heure de la Martinique"),
        "America/Cayenne": say("heure de la Guyane"),
        "America/Miquelon": say("heure de Saint-Pierre-et-Miquelon"),
        "Indian/Reunion": say("heure de La Réunion"),
        "Indian/Mayotte": say("heure de Mayotte"),
        "Pacific/Wallis": say("heure de Wallis-et-Futuna"),
        "Pacific/Tahiti": say("heure de Tahiti"),
        "Pacific/Marquesas": say("heure des Marquises"),
        "Pacific/Gambier": say("heure des Gambier"),
        "Pacific/Noumea": say("heure de la Nouvelle-Calédonie"),
    }.get(zone, "")
