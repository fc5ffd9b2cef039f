"""The very record that the parties of an inventory signed, as it is kept."""

import json
from typing import Any

from fieldapp.records.inventory import Inventory
from fieldapp.services import installation

Json = dict[str, Any]


def read(row: Inventory) -> Json:
    """The record of an inventory whose bytes were accepted."""
    with installation.blobs().open(f"records/{row.record_sha256}") as file:
        record: Json = json.load(file)
    return record
