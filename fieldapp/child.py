"""A process apart for what strangers send: it may be killed or stall without harm to the one that asks."""

import multiprocessing
import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from threading import Lock
from typing import ParamSpec, TypeVar

Given = ParamSpec("Given")
Answer = TypeVar("Answer")


class Died(Exception):
    """The process ended before it answered."""


class TooSlow(Exception):
    """The process did not answer in time and was ended."""


class Child:
    """A spawned process that does one thing at a time, and is replaced when that kills or stalls it.

    `seconds` is the time for one answer, `memory` the bytes of address space that it may use, `niceness` how far it
    gives way to other processes.
    """

    def __init__(self, seconds: float, *, memory: int | None = None, niceness: int = 0) -> None:
        self._seconds, self._memory, self._niceness = seconds, memory, niceness
        self._pool: ProcessPoolExecutor | None = None
        self._lock = Lock()

    def do(self, work: Callable[Given, Answer], *args: Given.args, **more: Given.kwargs) -> Answer:
        """The answer of `work`, a function of a module; raises `Died`, `TooSlow`, and whatever `work` raises."""
        with self._lock:
            if self._pool is None:
                self._pool = ProcessPoolExecutor(
                    max_workers=1,
                    mp_context=multiprocessing.get_context("spawn"),
                    initializer=_limit,
                    initargs=(self._memory, self._niceness),
                )
            try:
                asked = self._pool.submit(work, *args, **more)
            except BrokenProcessPool as error:
                self._end()
                raise Died from error
            try:
                return asked.result(self._seconds)
            except BrokenProcessPool as error:
                self._end()
                raise Died from error
            except TimeoutError as error:
                if asked.done():
                    raise
                self._end()
                raise TooSlow from error

    def close(self) -> None:
        """End the process; the next thing to do starts another."""
        with self._lock:
            self._end()

    def _end(self) -> None:
        if self._pool is None:
            return
        for process in list(self._pool._processes.values()):  # noqa: SLF001 - a stalled child has no public end
            process.kill()
        self._pool.shutdown(cancel_futures=True)
        self._pool = None


def _limit(memory: int | None, niceness: int) -> None:
    import resource

    os.nice(niceness)
    if memory is not None:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
