"""Which files the rows of a landlord name: they leave with it."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

FOLDERS = {
    "charge_file.sha256": "proofs",
    "dwelling_picture.sha256": "photos",
    "inventory.record_sha256": "records",
    "photo.sha256": "photos",
    "photo_use.sha256": "photos",
    "refused_record.sha256": "records",
    "sealed_report.sha256": "reports",
    "settlement.document_sha256": "settlements",
    "settlement_report.sha256": "reports",
    "visit_document.record_sha256": "records",
    "visit_document.report_sha256": "reports",
}
"""In which folder the file of a column lies; a message's attachment says it itself, the pages of a paper entry stand in a field."""

NO_FILES = {
    "house_catalogue.sha256": "the document stands in the row",
    "import_run.sha256": "the imported file is erased once it is written",
    "price_list.sha256": "of the imported file, whose lines are rows",
    "wear_grid.sha256": "of the imported file, whose lines are rows",
}
"""Columns with the hash of something that no folder holds, and why."""

SUFFIXES = {"photos": ".jpg", "records": ".json", "reports": ".pdf", "settlements": ".json"}
"""Proofs are what people brought, in several forms: their rows say which."""


def named(table: str, row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Folder and hash of every file that a row names."""
    for name, value in row.items():
        folder = FOLDERS.get(f"{table}.{name}")
        if folder and value:
            yield folder, value
    if table == "mail_attachment":
        yield row["folder"], row["sha256"]
    if table == "field_state" and row["field"] == "entry":
        entry = json.loads(row["value"])
        for page in (entry.get("scan") or []) if isinstance(entry, dict) else []:
            yield "proofs", page["sha256"]
