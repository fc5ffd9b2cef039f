"""Moments as they travel: UTC, to the millisecond, in one spelling that sorts as it orders."""

import re
from datetime import UTC, datetime

PATTERN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z")


def write(moment: datetime) -> str:
    """Write an aware moment like `2026-11-21T09:30:00.000Z`, cutting off what is below a millisecond."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"


def read(text: object) -> datetime:
    """Read that spelling; raises `ValueError` for any other and for days that no calendar has."""
    if not isinstance(text, str) or PATTERN.fullmatch(text) is None:
        raise ValueError("a UTC moment is written like 2026-11-21T09:30:00.000Z")
    return datetime.fromisoformat(text)
