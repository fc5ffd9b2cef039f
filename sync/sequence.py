"""Which of a device's operation numbers have arrived: all up to one, and ranges beyond it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Arrived:
    """Every number below `next_seq`, and the closed ranges `ahead` beyond it, ascending and apart."""

    next_seq: int = 1
    ahead: tuple[tuple[int, int], ...] = ()

    @classmethod
    def read(cls, next_seq: int, ahead: Iterable[Sequence[int]]) -> "Arrived":
        """Build it from stored numbers."""
        return cls(next_seq, tuple((first, last) for first, last in ahead))

    def has(self, number: int) -> bool:
        """Whether an operation with this number has arrived."""
        return number < self.next_seq or any(first <= number <= last for first, last in self.ahead)

    def add(self, numbers: Iterable[int]) -> "Arrived":
        """Give what has arrived once these numbers have too, in any order, known ones among them."""
        ranges = sorted([*self.ahead, *((number, number) for number in numbers if number >= self.next_seq)])
        next_seq, ahead = self.next_seq, list[tuple[int, int]]()
        for first, last in ranges:
            if first <= next_seq:
                next_seq = max(next_seq, last + 1)
            elif ahead and first <= ahead[-1][1] + 1:
                ahead[-1] = (ahead[-1][0], max(ahead[-1][1], last))
            else:
                ahead.append((first, last))
        return Arrived(next_seq, tuple(ahead))

    @property
    def gap(self) -> tuple[int, int] | None:
        """The first number that is wanted and the first that came instead; None when nothing is missing."""
        return (self.next_seq, self.ahead[0][0]) if self.ahead else None
