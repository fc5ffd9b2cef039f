"""Figures that never point at a person: groups of fewer than five are counted together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

LEAST = 5


@dataclass(frozen=True, slots=True)
class Group:
    """So many people (`size`) behind `counts`; `key` is None for those counted together."""

    key: str | None
    size: int
    counts: tuple[int, ...] = ()


def merged(groups: Iterable[Group], least: int = LEAST) -> list[Group]:
    """The groups of at least `least` in their order, then the others as one.

    When the others together are still too few, the smallest group joins them: whoever knows the total could otherwise
    subtract. Nothing at all is left of a total below `least`.
    """
    listed = [group for group in groups if group.size > 0]
    large = [group for group in listed if group.size >= least]
    small = [group for group in listed if group.size < least]
    while small and large and sum(group.size for group in small) < least:
        smallest = min(large, key=lambda group: group.size)
        large.remove(smallest)
        small.append(smallest)
    if not small or sum(group.size for group in small) < least:
        return large
    return [*large, _together(small)]


def _together(groups: Sequence[Group]) -> Group:
    counts = tuple(sum(values) for values in zip(*(group.counts for group in groups), strict=True))
    return Group(None, sum(group.size for group in groups), counts)
