"""Days and moments as a page says them, where the dwelling stands and in the reader's language."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_timedelta
from flask import Flask

from fieldapp.domain.local_day import day as parsed_day
from fieldapp.domain.local_day import moment as parsed
from fieldapp.web.language import current

ZONE = ZoneInfo("Europe/Paris")

Moment = datetime | str | None


def furnish(app: Flask) -> None:
    """Give the filters to every template."""
    app.jinja_env.filters.update(short_day=short_day, day=day, clock=clock, at=at, iso=iso, span=span)


def short_day(value: Moment, today: datetime | None = None) -> str:
    """`20/11`, with the year when it is another one than this."""
    local = _local(value)
    if local is None:
        return ""
    now = (today or datetime.now(UTC)).astimezone(ZONE)
    return local.strftime("%d/%m") if local.year == now.year else local.strftime("%d/%m/%Y")


def day(value: str | None) -> str:
    """A day of a document, `2026-11-26`, as `26/11/2026`."""
    read = parsed_day(value)
    return value or "" if read is None else f"{read:%d/%m/%Y}"


def clock(value: Moment) -> str:
    """`15 h 12`, or `15:12` in English."""
    local = _local(value)
    if local is None:
        return ""
    return local.strftime("%H:%M") if current() == "en" else f"{local.hour}\u00a0h\u00a0{local.minute:02d}"


def at(value: Moment) -> str:
    """`20/11/2026 à 15 h 12`, `20/11/2026 at 15:12`."""
    local = _local(value)
    if local is None:
        return ""
    joined = "at" if current() == "en" else "à"
    return f"{local:%d/%m/%Y} {joined} {clock(value)}"


def span(value: timedelta) -> str:
    """How long, without direction: `2 jours`, `2 days`."""
    return format_timedelta(abs(value), threshold=1.5, locale=current())


def iso(value: Moment) -> str:
    """The moment for a machine, in UTC."""
    local = _local(value)
    return "" if local is None else local.astimezone(UTC).isoformat(timespec="seconds")


def _local(value: Moment) -> datetime | None:
    when = parsed(value) if isinstance(value, str) else value
    return None if when is None else when.astimezone(ZONE)
