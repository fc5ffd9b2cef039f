"""Moments read as days where the dwelling stands, and days written out in words."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
WEEKDAYS = {
    "fr": ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
}
MONTHS = {
    "fr": [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}


def moment(text: object) -> datetime | None:
    """The UTC moment of `2026-11-21T09:30:00.000Z`; None for anything else."""
    if not isinstance(text, str) or not _MOMENT.fullmatch(text):
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
    except ValueError:
        return None


def local_day(text: object, zone: str) -> date | None:
    """The calendar day of a UTC moment in an IANA zone, e.g. `Europe/Paris`."""
    when = moment(text)
    return when.astimezone(ZoneInfo(zone)).date() if when else None


def day(text: object) -> date | None:
    """The day of `2026-11-21`; None for anything else."""
    if not isinstance(text, str) or not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def long_day(value: date, language: str) -> str:
    """A day with its weekday: `mardi 1er décembre 2026`, `Tuesday 1 December 2026`."""
    spoken = language if language in MONTHS else "fr"
    number = "1er" if value.day == 1 and spoken == "fr" else str(value.day)
    return f"{WEEKDAYS[spoken][value.weekday()]} {number} {MONTHS[spoken][value.month - 1]} {value.year}"
