"""The scan of an entry on paper: its pages travel inside the exit's report, whose record names their hashes."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}


class ScanLost(Exception):
    """A page that the record names is not here, or is another one."""


@dataclass(frozen=True, slots=True)
class Page:
    """One file of the scan, as the report calls it."""

    name: str
    sha256: str


def pages_of(record: Mapping[str, Any]) -> list[Page]:
    """The files of the scan in their order; none for anything but an exit on top of a paper entry."""
    scan = (record.get("entry") or {}).get("scan") or []
    return [
        Page(f"entry-{number}.{ENDINGS.get(page['media_type'], 'bin')}", page["sha256"])
        for number, page in enumerate(scan, 1)
    ]


def read(page: Page, files: Mapping[str, Path]) -> bytes:
    """The bytes of a page; raises ScanLost."""
    path = files.get(page.sha256)
    data = path.read_bytes() if path is not None else b""
    if hashlib.sha256(data).hexdigest() != page.sha256:
        raise ScanLost(page.name)
    return data
