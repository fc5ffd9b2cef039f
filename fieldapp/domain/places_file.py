"""Reads what is around a building from a CSV or a GeoJSON file: all of it, or nothing and the list of what is wrong."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from fieldapp.domain.distance import E7, Point, in_france, is_swapped
from fieldapp.domain.file_fault import BadFile, Fault, Problem
from fieldapp.domain.place import WITHOUT_POINT, PlaceKind
from fieldapp.domain.table_file import read
from fieldapp.domain.table_row import TableRow

COLUMNS = ("kind", "name", "lines", "detail", "lat", "lon")
LONGEST = 120
_DEGREES = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,15})?")


@dataclass(frozen=True, slots=True)
class ImportedPlace:
    """A place as the file says it; coverage and risks have no point."""

    kind: PlaceKind
    name: str
    lines: str
    detail: str
    point: Point | None


def read_places(data: bytes) -> list[ImportedPlace]:
    """The places of a file; one that begins with a brace is GeoJSON, every other CSV. Raises `BadFile`."""
    return _read_geojson(data) if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") else _read_csv(data)


def _read_csv(data: bytes) -> list[ImportedPlace]:
    """Latitude and longitude are degrees with a point (WGS 84)."""

    def place(cells: TableRow) -> ImportedPlace:
        kind = cells.choice("kind", PlaceKind)
        point = None
        if kind not in WITHOUT_POINT:
            point = Point(_degrees(cells, "lat"), _degrees(cells, "lon"))
            if is_swapped(point):
                raise cells.bad("lat", Problem.SWAPPED_AXES)
            if not in_france(point):
                raise cells.bad("lat", Problem.OUT_OF_FRANCE, other=cells.text("lon"))
        name = cells.text("name")
        if len(name) > LONGEST:
            raise cells.bad("name", Problem.TOO_LONG, most=LONGEST)
        return ImportedPlace(kind, name, cells.optional_text("lines")[:LONGEST], cells.optional_text("detail"), point)

    return read(data, COLUMNS, place)


def _degrees(cells: TableRow, name: str) -> int:
    text = cells.text(name)
    if not _DEGREES.fullmatch(text):
        raise cells.bad(name, Problem.NOT_DEGREES)
    return _e7(Decimal(text))


def _e7(degrees: Decimal) -> int:
    return int((degrees * E7).to_integral_value(ROUND_HALF_EVEN))


def _read_geojson(data: bytes) -> list[ImportedPlace]:
    """A FeatureCollection of points (RFC 7946: longitude first); a fault's line is the number of the feature."""
    try:
        document = json.loads(data.decode("utf-8-sig"), parse_float=Decimal)
    except json.JSONDecodeError as error:
        raise BadFile([Fault(Problem.NOT_GEOJSON, error.lineno, error.colno)]) from error
    except (UnicodeDecodeError, RecursionError) as error:
        raise BadFile([Fault(Problem.NOT_UTF8, 1, 1)]) from error
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list) or document.get("type") != "FeatureCollection":
        raise BadFile([Fault(Problem.NOT_GEOJSON, 1, 1)])
    if not features:
        raise BadFile([Fault(Problem.NO_ROWS, 1, 1)])
    places: list[ImportedPlace] = []
    faults: list[Fault] = []
    for number, feature in enumerate(features, 1):
        try:
            places.append(_of_feature(number, feature))
        except BadFile as error:
            faults.extend(error.faults)
    if faults:
        raise BadFile(faults)
    return places


def _of_feature(number: int, feature: object) -> ImportedPlace:
    def bad(problem: Problem, column: int, name: str, **given: str | int) -> BadFile:
        return BadFile([Fault(problem, number, column, name, given)])

    whole: Mapping[str, Any] = feature if isinstance(feature, dict) else {}
    said = whole.get("properties")
    properties: Mapping[str, Any] = said if isinstance(said, dict) else {}
    kind = str(properties.get("kind") or "")
    if kind not in {one.value for one in PlaceKind}:
        known = ", ".join(one.value for one in PlaceKind)
        raise bad(Problem.UNKNOWN_WORD, 1, "kind", found=kind[:LONGEST], known=known)
    name = str(properties.get("name") or "").strip()
    if not name:
        raise bad(Problem.EMPTY_CELL, 2, "name")
    if len(name) > LONGEST:
        raise bad(Problem.TOO_LONG, 2, "name", most=LONGEST)
    point = None
    if PlaceKind(kind) not in WITHOUT_POINT:
        point = _point(whole.get("geometry"))
        if point is None:
            raise bad(Problem.NOT_A_POINT, 5, "geometry")
        if is_swapped(point):
            raise bad(Problem.SWAPPED_AXES, 5, "geometry", found=name)
        if not in_france(point):
            raise bad(Problem.OUT_OF_FRANCE, 5, "geometry", found=_text(point.lat_e7), other=_text(point.lon_e7))
    lines, detail = str(properties.get("lines") or ""), str(properties.get("detail") or "")
    return ImportedPlace(PlaceKind(kind), name, lines[:LONGEST], detail[:300], point)


def _point(geometry: object) -> Point | None:
    if not isinstance(geometry, dict) or geometry.get("type") != "Point":
        return None
    pair = geometry.get("coordinates")
    if not isinstance(pair, list) or len(pair) < 2 or not all(isinstance(one, int | Decimal) for one in pair[:2]):
        return None
    lon, lat = (Decimal(one) for one in pair[:2])
    return Point(_e7(lat), _e7(lon)) if abs(lat) <= 180 and abs(lon) <= 180 else None


def _text(e7: int) -> str:
    return f"{Decimal(e7) / E7}"
