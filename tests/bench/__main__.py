"""Measures, family by family, each in a process of its own and within its time: `python -m tests.bench --help`."""

import argparse
import os
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Sequence
from importlib import import_module
from types import FrameType
from typing import NoReturn

from tests.bench.figure import Figure, log, report

BUDGET_SECONDS = 560
GRACE_SECONDS = 20
LARGE, LARGE_SECONDS = "FIELDAPP_BENCH_LARGE", 3600
FAMILIES = {
    "weight": 40,
    "push": 110,
    "photos": 80,
    "field": 110,
    "opening": 90,
    "sealed_report": 150,
    "line": 100,
    "start": 80,
    "settling": 60,
    "exit_opening": 100,
    "day_pack": 40,
    "sheet": 70,
    "figures": 80,
    "office": 60,
    "importing": 80,
}
"""The modules that measure, in their order, and the seconds that each may take."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Print one JSON line a figure; a target that is missed, or a family that fails, is a line like the others."""
    parser = argparse.ArgumentParser(
        prog="bin/bench",
        description="Measures on this machine and prints one line of JSON for each figure; how it goes is told on the "
        f"other output. Ends within {(BUDGET_SECONDS + GRACE_SECONDS) // 60 + 1} minutes, with exit status 0 also when a "
        "target is missed.",
    )
    parser.add_argument("--only", metavar="NAME", choices=tuple(FAMILIES), action="append", help=", ".join(FAMILIES))
    parser.add_argument("--large", action="store_true", help="the stock that the targets are for: minutes, not seconds")
    parser.add_argument("--here", choices=tuple(FAMILIES), help=argparse.SUPPRESS)
    wanted = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, _leave)
    if wanted.here is not None:
        import_module(f"tests.bench.{wanted.here}").measure()
        return
    if wanted.large:
        os.environ[LARGE] = "1"
    end = time.monotonic() + (LARGE_SECONDS if wanted.large else BUDGET_SECONDS)
    for name in wanted.only or FAMILIES:
        _measure(name, min(LARGE_SECONDS if wanted.large else FAMILIES[name], end - time.monotonic()))


def _measure(name: str, seconds: float) -> None:
    log(f"{name}:")
    if seconds <= 0:
        _say_unmeasured(name, "no time was left")
        return
    child = subprocess.Popen([sys.executable, "-m", "tests.bench", "--here", name])
    try:
        if child.wait(seconds) != 0:
            _say_unmeasured(name, "it failed, the reason is on the other output")
    except subprocess.TimeoutExpired:
        _say_unmeasured(name, f"it took more than {seconds:.0f} seconds")
    finally:
        _end(child)


def _end(child: subprocess.Popen[bytes]) -> None:
    """A family that is told to stop ends what it started."""
    if child.poll() is None:
        child.terminate()
        try:
            child.wait(GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _say_unmeasured(name: str, why: str) -> None:
    report(Figure(f"{name}: not all measured, {why}", None, "", 0, "lower"))


def _leave(_number: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(1)


if __name__ == "__main__":
    try:
        main()
    except (KeyboardInterrupt, BrokenPipeError):
        traceback.print_exc()
