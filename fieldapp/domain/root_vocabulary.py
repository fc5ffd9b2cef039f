"""What may be written below one kind of root: the kinds of its entities, their fields, and the shape of each value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from fieldapp.domain.value_shape import Shape

Place = tuple[str, str]
"""Kind and field."""


class UnknownKind(ValueError):
    """No entity of this root is of this kind."""


class UnknownField(ValueError):
    """An entity of this kind has no such field."""


class BadValue(ValueError):
    """The value does not have the field's shape."""


@dataclass(frozen=True, slots=True)
class RootVocabulary:
    """The words of one kind of root; `root` is the kind of the entity that has the root's own id.

    `server_only` is what the office knows or decides. `weighty` is where two devices that disagree need a person.
    `after_closing` are kinds still written when the root's record was accepted.
    """

    root: str
    fields: Mapping[str, Mapping[str, Shape]]
    server_only: frozenset[Place]
    weighty: frozenset[Place]
    after_closing: frozenset[str] = field(default=frozenset())

    def check(self, kind: str, name: str, value: Any) -> None:
        """Raise `UnknownKind`, `UnknownField` or `BadValue` unless this value may be written there."""
        fields = self.fields.get(kind)
        if fields is None:
            raise UnknownKind(kind)
        shape = fields.get(name)
        if shape is None:
            raise UnknownField(f"{kind}.{name}")
        if not shape(value):
            raise BadValue(f"{kind}.{name}")
