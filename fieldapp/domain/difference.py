"""Where two JSON documents first differ, told without their content: the place may be logged, the words may not."""

from typing import Any


def first_difference(left: Any, right: Any, where: str = "$") -> str:
    """Give the path of the first member that differs, "" when the documents are equal."""
    if isinstance(left, dict) and isinstance(right, dict):
        for key in sorted(left.keys() | right.keys()):
            if key not in left or key not in right:
                return f"{where}.{key}"
            if found := first_difference(left[key], right[key], f"{where}.{key}"):
                return found
        return ""
    if isinstance(left, list) and isinstance(right, list):
        for index, (one, other) in enumerate(zip(left, right, strict=False)):
            if found := first_difference(one, other, f"{where}[{index}]"):
                return found
        return "" if len(left) == len(right) else f"{where}[{min(len(left), len(right))}]"
    return "" if type(left) is type(right) and left == right else where
