"""What strangers send is looked at in a process apart, which may die or stall."""

import os
import resource
import signal
import threading
from collections.abc import Iterator

import pytest

from fieldapp.child import Child, Died, TooSlow

GIGABYTE = 1024**3


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def stall() -> None:
    threading.Event().wait()


def give_up() -> None:
    raise TimeoutError("the work's own")


@pytest.fixture
def child() -> Iterator[Child]:
    child = Child(60, memory=GIGABYTE, niceness=3)
    yield child
    child.close()


def test_the_work_is_done_elsewhere_within_its_limits(child: Child) -> None:
    assert child.do(os.getpid) != os.getpid()
    assert child.do(os.nice, 0) == os.nice(0) + 3
    assert child.do(resource.getrlimit, resource.RLIMIT_AS) == (GIGABYTE, GIGABYTE)


def test_a_death_is_told_and_the_next_one_is_served(child: Child) -> None:
    with pytest.raises(Died):
        child.do(die)
    assert child.do(len, "next") == 4


def test_what_the_work_itself_raises_is_told_and_ends_nothing(child: Child) -> None:
    same = child.do(os.getpid)
    with pytest.raises(TimeoutError, match="own"):
        child.do(give_up)
    assert child.do(os.getpid) == same


def test_who_stalls_is_ended() -> None:
    child = Child(0.01)
    with pytest.raises(TooSlow):
        child.do(stall)
    assert child._pool is None
