"""A figure never points at a person, neither by itself nor subtracted from another one."""

import random
from itertools import combinations

from fieldapp.domain.telling import LEAST, Node, Telling

MONTHS = [f"2026-{number:02d}" for number in range(1, 13)]


def by_month(*sizes: int) -> tuple[Telling, list[bool]]:
    """A year whose first months have so many visits, and whether each month is told."""
    nodes: list[Node] = [((month,),) for month in MONTHS[: len(sizes)]]
    telling = Telling(dict(zip(nodes, sizes, strict=True)))
    return telling, [telling.told(node) for node in nodes]


def test_groups_of_five_and_more_are_told() -> None:
    assert by_month(5, 9)[1] == [True, True]


def test_a_small_group_takes_the_smallest_others_with_it_until_they_are_five_and_two() -> None:
    assert by_month(9, 3, 4)[1] == [True, False, False]
    assert by_month(9, 6, 2)[1] == [True, False, False]
    assert by_month(9, 6, 4, 2)[1] == [True, True, False, False]


def test_of_a_total_below_five_nothing_is_told() -> None:
    telling, months = by_month(2, 2)
    assert months == [False, False]
    assert not telling.told(((),))
    assert not Telling({}).told(((),))


def test_what_is_withheld_for_one_question_is_withheld_for_every_other() -> None:
    # Building a has one visit in February: neither its year less its January, nor the town's February less the other
    # building's, may show it.
    cells: dict[Node, int] = {
        (("2026-01",), ("north", "a")): 9,
        (("2026-02",), ("north", "a")): 1,
        (("2026-01",), ("north", "b")): 8,
        (("2026-02",), ("north", "b")): 7,
    }
    telling = Telling(cells)
    assert telling.told(((), ()))
    told = [node for node in cells if telling.told(node)]
    assert told == []


def test_no_two_answers_subtracted_leave_fewer_than_five_people() -> None:
    chance = random.Random(20261128)
    for _ in range(60):
        telling, cells = invented(chance)
        answers = {node: frozenset(parts(node, cells)) for node in every(cells) if telling.told(node)}
        for (_one, first), (_two, second) in combinations(answers.items(), 2):
            if second < first or first < second:
                left = sum(cells[cell] for cell in first ^ second)
                assert left == 0 or left >= LEAST


def test_no_whole_less_its_told_parts_leaves_fewer_than_five_people() -> None:
    chance = random.Random(28112026)
    for _ in range(200):
        telling, cells = invented(chance)
        for whole in every(cells):
            for axis in range(len(whole)):
                below = {
                    node
                    for node in every(cells)
                    if node[axis][:-1] == whole[axis]
                    and node[axis] != ()
                    and all(node[other] == whole[other] for other in range(len(whole)) if other != axis)
                }
                if telling.told(whole) and below:
                    left = telling.size(whole) - sum(telling.size(node) for node in below if telling.told(node))
                    assert left == 0 or left >= LEAST


def invented(chance: random.Random) -> tuple[Telling, dict[Node, int]]:
    """Some months of some buildings of two agencies, few visits in each."""
    cells: dict[Node, int] = {}
    for month in MONTHS[: chance.randint(1, 4)]:
        for agency in ("north", "south"):
            for building in "abc"[: chance.randint(1, 3)]:
                many = chance.choice((0, 1, 3, 6, 12, 20))
                if many:
                    cells[(month,), (agency, agency + building)] = many
    return Telling(cells), cells


def every(cells: dict[Node, int]) -> set[Node]:
    """Every question that can be asked about these cells."""
    return {(time[:months], place[:places]) for time, place in cells for months in range(2) for places in range(3)}


def parts(node: Node, cells: dict[Node, int]) -> list[Node]:
    """The cells that a question covers."""
    return [cell for cell in cells if all(cell[axis][: len(path)] == path for axis, path in enumerate(node))]
