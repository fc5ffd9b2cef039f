"""A good line of an imported file, on its way to a record."""

from dataclasses import dataclass, field
from typing import Any

from fieldapp.domain.import_table import Header, Values


@dataclass(slots=True)
class Row:
    """What a line says by its columns, and what its record would hold by its attributes."""

    line: int
    header: Header
    values: Values
    said: dict[str, Any] = field(default_factory=dict)
