"""Reading values that nobody has checked: whatever has another shape counts as missing."""

from collections.abc import Iterable, Mapping
from typing import Any


def mapping(value: object) -> Mapping[str, Any]:
    """A mapping, or an empty one."""
    return value if isinstance(value, Mapping) else {}


def text(values: Mapping[str, Any], name: str) -> str:
    """The text under a name, or none."""
    value = values.get(name)
    return value if isinstance(value, str) else ""


def things(values: Mapping[str, Any], name: str) -> Iterable[Mapping[str, Any]]:
    """The mappings in the list under a name."""
    listed = values.get(name)
    return [one for one in listed if isinstance(one, Mapping)] if isinstance(listed, list) else []


def codes(values: Mapping[str, Any], name: str) -> list[str]:
    """The texts in the list under a name."""
    listed = values.get(name)
    return [code for code in listed if isinstance(code, str)] if isinstance(listed, list) else []
