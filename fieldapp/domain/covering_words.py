"""Says to a person what the law asks for in rooms whose imported catalogue does not name it."""

from collections.abc import Mapping
from typing import Any

from fieldapp.domain.wear_words import Translate
from fieldapp.domain.wording import Wording


def sentence(note: Mapping[str, Any], gettext: Translate, wording: Wording) -> str:
    """One sentence about a kind of room; `note` is `{room, elements}` in codes. Nothing is refused for it."""
    said = gettext(
        "{room} : le décret n° 2016-382 demande aussi {elements}, que votre catalogue ne nomme pas. "
        "Chaque pièce de cette sorte le reçoit en plus, avec nos mots."
    )
    elements = ", ".join(wording.label("elements", code).lower() for code in note["elements"])
    return said.format(room=wording.label("rooms", note["room"]), elements=elements)
