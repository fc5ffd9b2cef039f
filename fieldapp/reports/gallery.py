"""How photographs are cut into rows that fill the width of the page and leave no ragged end."""

from collections.abc import Iterator, Sequence


def sizes(count: int) -> list[int]:
    """Rows of four, then as many rows of three as make the sum; only 1, 2 and 5 photographs need a row of less."""
    if count in {1, 2}:
        return [count]
    if count == 5:
        return [3, 2]
    threes = -count % 4
    return [4] * ((count - 3 * threes) // 4) + [3] * threes


def spans(cut: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Where each row starts, and its size."""
    start = 0
    for size in cut:
        yield start, size
        start += size
