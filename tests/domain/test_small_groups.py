"""A figure never points at a person: groups of fewer than five are counted together."""

from fieldapp.domain.small_groups import Group, merged


def told(*sizes: int) -> list[tuple[str | None, int]]:
    groups = [Group(chr(ord("a") + place), size, (size,)) for place, size in enumerate(sizes)]
    return [(group.key, group.size) for group in merged(groups)]


def test_large_groups_stay_as_they_are() -> None:
    assert told(5, 9) == [("a", 5), ("b", 9)]


def test_small_groups_are_counted_together_with_their_counts() -> None:
    assert told(9, 3, 4) == [("a", 9), (None, 7)]
    assert merged([Group("a", 9, (1, 2)), Group("b", 3, (3, 0)), Group("c", 2, (1, 1))])[1].counts == (4, 1)


def test_what_is_left_over_cannot_be_found_by_subtraction() -> None:
    assert told(9, 6, 2) == [("a", 9), (None, 8)]


def test_of_a_total_below_five_nothing_is_told() -> None:
    assert told(2, 2) == []
    assert told() == []
