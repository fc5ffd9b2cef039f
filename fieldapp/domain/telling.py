"""Which counts may be told beside each other, so that no subtraction of one from another leaves fewer than five people."""

from collections.abc import Iterable, Mapping
from math import prod

LEAST = 5

Path = tuple[str, ...]
"""A place on one axis, from the whole `()` down: `("north", "b1")` is a building of an agency."""

Node = tuple[Path, ...]
"""One count: a place on each axis."""


class Telling:
    """The counts of a table with hierarchies, and which of them are withheld.

    `cells` are the counts at the ends of all axes; those above are their sums. Withheld is what counts fewer than
    `least` people, and what would give such a count away: along each axis, the parts of a whole that are withheld are
    at least two and at least `least` people together, and nothing is told below what is withheld. This is the usual
    secondary suppression of official statistics, done once for the whole table and not for each question, so that it
    does not depend on what is asked first.

    The counts lie in one list, as a table of numbers does: a year of a large landlord has tens of thousands of them.
    """

    def __init__(self, cells: Mapping[Node, int], least: int = LEAST) -> None:
        self._least = least
        self._axes = [_Axis(paths) for paths in zip(*cells, strict=True)]
        self._strides = [prod(len(axis.paths) for axis in self._axes[place + 1 :]) for place in range(len(self._axes))]
        self._sizes = [0] * prod(len(axis.paths) for axis in self._axes)
        for node, many in cells.items():
            self._sizes[self._place_of(node)] += many
        for axis, stride in zip(self._axes, self._strides, strict=True):
            self._sum_up(axis, stride)
        self._withheld = bytearray(len(self._sizes))
        self._open: dict[tuple[int, int], None] = {}
        for place, many in enumerate(self._sizes):
            if 0 < many < least:
                self._withhold(place)
        while self._open:
            line = next(iter(self._open))
            del self._open[line]
            self._protect(*line)

    def size(self, node: Node) -> int:
        """How many people are behind a count, told or not."""
        return self._sizes[self._place_of(node)] if self._knows(node) else 0

    def told(self, node: Node) -> bool:
        """Whether this count may be told."""
        return self.size(node) > 0 and not self._withheld[self._place_of(node)]

    def _knows(self, node: Node) -> bool:
        return bool(self._axes) and all(path in axis.numbers for axis, path in zip(self._axes, node, strict=True))

    def _place_of(self, node: Node) -> int:
        return sum(
            axis.numbers[path] * stride for axis, path, stride in zip(self._axes, node, self._strides, strict=True)
        )

    def _sum_up(self, axis: "_Axis", stride: int) -> None:
        """Add to each whole of one axis its parts, the deepest first."""
        sizes, block = self._sizes, stride * len(axis.paths)
        for number in range(len(axis.paths) - 1, 0, -1):
            up = (axis.wholes[number] - number) * stride
            for start in range(number * stride, len(sizes), block):
                for place in range(start, start + stride):
                    sizes[place + up] += sizes[place]

    def _withhold(self, place: int) -> None:
        waiting = [place]
        while waiting:
            one = waiting.pop()
            if self._withheld[one]:
                continue
            self._withheld[one] = 1
            for number, (axis, stride) in enumerate(zip(self._axes, self._strides, strict=True)):
                here = one // stride % len(axis.paths)
                if here:
                    self._open[number, one + (axis.wholes[here] - here) * stride] = None
                waiting += self._parts(number, one)

    def _parts(self, number: int, whole: int) -> list[int]:
        """What a count is the sum of along one axis."""
        axis, stride = self._axes[number], self._strides[number]
        here = whole // stride % len(axis.paths)
        places = (whole + (part - here) * stride for part in axis.parts[here])
        return [place for place in places if self._sizes[place]]

    def _protect(self, number: int, whole: int) -> None:
        """Withhold more of the parts of a whole until those withheld cannot be found by subtraction."""
        parts = self._parts(number, whole)
        kept = [part for part in parts if self._withheld[part]]
        many, people = len(kept), sum(self._sizes[part] for part in kept)
        if len(parts) == 1:
            # The only part is the whole: both or neither.
            self._withhold(whole)
        elif many < 2 or people < self._least:
            shown = sorted((self._sizes[part], part) for part in parts if not self._withheld[part])
            for size, part in shown:
                if many >= 2 and people >= self._least:
                    return
                self._withhold(part)
                many, people = many + 1, people + size


class _Axis:
    """The places on one axis by number, wholes before their parts: the first one is the whole of everything."""

    def __init__(self, ends: Iterable[Path]) -> None:
        above = {path[:length] for path in set(ends) for length in range(len(path) + 1)}
        self.paths = sorted(above, key=lambda path: (len(path), path))
        self.numbers = {path: number for number, path in enumerate(self.paths)}
        self.wholes = [self.numbers[path[:-1]] if path else 0 for path in self.paths]
        self.parts: list[list[int]] = [[] for _ in self.paths]
        for number, whole in enumerate(self.wholes[1:], 1):
            self.parts[whole].append(number)
