"""Days and moments as a page says them, where the dwelling stands and in the reader's language."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_timedelta
from flask import Flask, g
from flask_babel import gettext as _

from fieldapp.domain.local_day import day as parsed_day
from fieldapp.domain.local_day import moment as parsed
from fieldapp.domain.zone import PARIS, clock_words
from fieldapp.services.staff_clock import staff_zone
from fieldapp.web.auth.person import signed_in
from fieldapp.web.language import current

Moment = datetime | str | None


def furnish(app: Flask) -> None:
    """Give the filters to every template."""
    app.jinja_env.filters.update(
        short_day=short_day, day=day, clock=clock, at=at, at_place=at_place, iso=iso, span=span
    )
    app.jinja_env.globals.update(whose_clock=whose_clock)


def stand_in(zone: str) -> None:
    """From here on this page tells the hours of a place; without it, those of the reader."""
    g.zone = zone


def whose_clock() -> str:
    """`heure de La Réunion` when this page tells other hours than the reader's own, else nothing."""
    zone = _zone()
    return "" if zone == _own_zone() else clock_words(zone, _)


def short_day(value: Moment, zone: str | None = None, today: datetime | None = None) -> str:
    """`20/11` in a place's zone, with the year when it is another one than this."""
    local = _local(value, zone)
    if local is None:
        return ""
    now = (today or datetime.now(UTC)).astimezone(local.tzinfo)
    return local.strftime("%d/%m") if local.year == now.year else local.strftime("%d/%m/%Y")


def day(value: str | None) -> str:
    """A day of a document, `2026-11-26`, as `26/11/2026`."""
    read = parsed_day(value)
    return value or "" if read is None else f"{read:%d/%m/%Y}"


def clock(value: Moment, zone: str | None = None) -> str:
    """`15 h 12`, or `15:12` in English."""
    local = _local(value, zone)
    if local is None:
        return ""
    return local.strftime("%H:%M") if current() == "en" else f"{local.hour}\u00a0h\u00a0{local.minute:02d}"


def at(value: Moment, zone: str | None = None) -> str:
    """`20/11/2026 à 15 h 12`, `20/11/2026 at 15:12`; in a place's zone when one is given."""
    local = _local(value, zone)
    if local is None:
        return ""
    joined = "at" if current() == "en" else "à"
    return f"{local:%d/%m/%Y} {joined} {clock(value, zone)}"


def at_place(value: Moment) -> str:
    """The same for a page that stands alone: it says by itself whose hour it is when it is not the reader's."""
    said, whose = at(value), whose_clock()
    return f"{said} ({whose})" if said and whose else said


def span(value: timedelta) -> str:
    """How long, without direction: `2 jours`, `2 days`."""
    return format_timedelta(abs(value), threshold=1.5, locale=current())


def iso(value: Moment) -> str:
    """The moment for a machine, in UTC."""
    local = _local(value)
    return "" if local is None else local.astimezone(UTC).isoformat(timespec="seconds")


def _local(value: Moment, zone: str | None = None) -> datetime | None:
    when = parsed(value) if isinstance(value, str) else value
    return None if when is None else when.astimezone(ZoneInfo(zone or _zone()))


def _zone() -> str:
    place: str | None = g.get("zone")
    return place or _own_zone()


def _own_zone() -> str:
    """The reader's own: that of the agency of who is signed in, of Paris for a stranger."""
    if "own_zone" not in g:
        person = signed_in()
        g.own_zone = PARIS if person is None else staff_zone(person.landlord_id, person.agency_id)
    own: str = g.own_zone
    return own
