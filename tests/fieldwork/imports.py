"""Files that a landlord imports, made for the tests: a whole small stock, as its old system would give it."""

import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook

from fieldapp.domain.import_tables import TABLES
from fieldapp.services.importing import runs
from fieldapp.services.importing.tally import Tally
from fieldapp.services.scope import Scope
from tests.fieldwork.estate import Estate

DPE = ("C", "2529E0000001A", "14/03/2025", "640", "920")
STOCK: Mapping[str, Sequence[Sequence[str]]] = {
    "agencies": [("AG-1", "Agence du Port", "2 quai des Essais", "29000", "Quimper", "02 00 00 00 02")],
    "buildings": [("R-1", "AG-1", "Résidence du Port", "3 quai des Essais", "29000", "Quimper", "48,0021", "-4,1025")],
    "places": [
        ("R-1", "ARRET-1", "stop", "Arrêt des Essais", "1, 5", "", "48,0031", "-4,1025"),
        ("R-1", "RESEAU", "coverage", "4G et 5G", "", "Bon partout", "", ""),
    ],
    "dwellings": [
        ("L-1", "R-1", "Appartement", "T2", "45,20", "Porte 1", "", "", "individual", "gas", "individual", *DPE),
    ],
    "catalogue": [("kitchen", "EVIER", "sink", "Évier", "Inox")],
    "rooms": [
        ("L-1", "P1", "living_room", "Séjour", "non"),
        ("L-1", "P2", "kitchen", "Cuisine", "oui"),
    ],
    "elements": [("L-1", "P1", "SOL", "floor", "Sol", "Parquet", "", "01/09/2012", "15/06/2021")],
    "meters": [("L-1", "EF", "cold_water", "Eau froide", "D1", "Gaine palière", "")],
    "keys": [("L-1", "C1", "key", "Clé palière", "Porte palière", "3", "")],
    "equipment": [("L-1", "DAAF", "smoke_detector", "Détecteur de fumée", "Entrée", "01/09/2022", "", "", "")],
    "tenancies": [("B-1", "L-1", "dwelling", "20/08/2026", "01/09/2026", "412,37", "86", "412,37", "non")],
    "occupants": [
        ("B-1", "1", "Camille Essai", "tenant", "", "camille@tenant.example", "06 00 00 00 00", "en"),
        ("B-1", "2", "Alix Essai", "co_tenant", "", "", "", ""),
    ],
    "spouses": [("B-1", "2", "1", "pacs")],
    "candidates": [("C-1", "Dominique Essai", "AG-1", "", "", "029012345678901234", "fr", "")],
    "proposals": [("L-1", "C-1", "1", "Attribution avec rang", "non", "offered", "02/02/2026", "", "")],
}
"""One of everything, in the order in which an empty installation is filled."""


def csv_of(kind: str, rows: Sequence[Sequence[str]], separator: str = ";") -> bytes:
    """A file as a French spreadsheet saves it."""
    titles = [column.name for column in TABLES[kind].columns]
    lines = [separator.join(f'"{cell}"' if separator in cell else cell for cell in line) for line in (titles, *rows)]
    return "\ufeff".encode() + "\r\n".join([*lines, ""]).encode()


def xlsx_of(kind: str, rows: Sequence[Sequence[object]]) -> bytes:
    """The same as a workbook."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for line in ([column.name for column in TABLES[kind].columns], *rows):
        sheet.append(list(line))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def brought(estate: Estate, kind: str, data: bytes, *, agency: str | None = None, dry_run: bool = False) -> Tally:
    """What becomes of a file that the command line brings; needs no application context."""
    with estate.app.app_context():
        path = Path(estate.app.extensions["fieldapp.config"].data) / "brought"
        path.write_bytes(data)
        scope = Scope(estate.landlord_id, estate.agencies[agency] if agency else None)
        return runs.at_once(scope, "server", kind, path, lambda _rows: None, dry_run=dry_run).tally


def fill(estate: Estate) -> None:
    """Bring the whole stock."""
    for kind, rows in STOCK.items():
        tally = brought(estate, kind, csv_of(kind, rows))
        assert (tally.created + tally.changed, tally.faults) == (len(rows), []), kind
