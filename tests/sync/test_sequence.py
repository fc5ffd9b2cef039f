"""A gap in a tablet's numbers is seen, and closes when what was missing arrives."""

from hypothesis import given
from hypothesis import strategies as st

from sync.sequence import Arrived


def test_numbers_in_order_leave_no_gap() -> None:
    assert Arrived().add((1, 2, 3)) == Arrived(4)


def test_a_gap_names_the_first_wanted_and_the_first_that_came() -> None:
    assert Arrived(3).add((5, 6, 9)).gap == (3, 5)


def test_what_was_missing_closes_the_gap() -> None:
    late = Arrived(3).add((5, 6)).add((3, 4))
    assert late == Arrived(7)
    assert late.gap is None


@given(st.permutations(range(1, 30)), st.integers(1, 28))
def test_the_order_and_the_cutting_into_pushes_do_not_matter(numbers: list[int], cut: int) -> None:
    arrived = Arrived().add(numbers[:cut])
    assert all(arrived.has(number) for number in numbers[:cut])
    assert not any(arrived.has(number) for number in numbers[cut:])
    assert arrived.add(numbers[cut:]).add(numbers) == Arrived(30)


@given(st.sets(st.integers(1, 60)))
def test_what_is_stored_is_read_back(numbers: set[int]) -> None:
    arrived = Arrived().add(numbers)
    assert Arrived.read(arrived.next_seq, [list(span) for span in arrived.ahead]) == arrived
