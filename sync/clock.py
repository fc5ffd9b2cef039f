"""Hybrid logical clock: stamps that follow the wall clock, never go back, and never fall behind what was seen.

Kulkarni et al., Logical Physical Clocks (2014). A stamp is text that sorts as it orders: 13 digits of milliseconds since
1970, a dash, 4 hexadecimal digits that count within one millisecond.
"""

import re

ZERO = "0000000000000-0000"
PATTERN = re.compile(r"[0-9]{13}-[0-9a-f]{4}")
END = "7258118400000-0000"
"""The year 2200: a stamp from there on would leave no room for those that must come after it."""

_LAST_COUNT = 0xFFFF


def stamp(milliseconds: int, counter: int) -> str:
    """Write a stamp; a counter that is full carries into the next millisecond."""
    if counter > _LAST_COUNT:
        milliseconds, counter = milliseconds + 1, 0
    return f"{milliseconds:013d}-{counter:04x}"


def read(text: str) -> tuple[int, int]:
    """Split a stamp into milliseconds and counter; raises `ValueError` for anything else."""
    if PATTERN.fullmatch(text) is None:
        raise ValueError("not a clock stamp")
    return int(text[:13]), int(text[14:], 16)


def tick(last: str, now_ms: int) -> str:
    """Give the stamp of a new event after `last`, at wall-clock `now_ms`."""
    ms, counter = read(last)
    return stamp(now_ms, 0) if now_ms > ms else stamp(ms, counter + 1)


def observe(last: str, seen: str, now_ms: int) -> str:
    """Give the clock after another device's stamp was seen: the next `tick` comes after both."""
    latest = max(last, seen)
    ms, _ = read(latest)
    return stamp(now_ms, 0) if now_ms > ms else latest
