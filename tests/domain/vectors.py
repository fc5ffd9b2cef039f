"""The shared vectors, as the Python tests read them."""

import json
from pathlib import Path
from typing import Any

VECTORS = Path(__file__).parent.parent / "vectors"


def read(path: str) -> Any:
    """One file below tests/vectors."""
    return json.loads((VECTORS / path).read_text())


def names(folder: str) -> list[str]:
    """The cases of a folder, by name."""
    return sorted(path.stem for path in (VECTORS / folder).glob("*.json"))


CATALOGUE = read("catalogue.json")
LEGAL = read("legal.json")
