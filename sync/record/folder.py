"""Exchange with systems that only know files: events go out as files, tables come in and are put aside when done."""

import contextlib
import os
import re
import secrets
from collections.abc import Iterator
from pathlib import Path

OUT, IN, DONE, FAILED = "out", "in", "done", "failed"
NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
"""A folder's name: never a path."""

MOST_BYTES = 50_000_000


class BadFolder(ValueError):
    """The name is none, or the folder cannot be used."""


def prepare(root: Path, name: str) -> Path:
    """Make the folder with its four places; raises `BadFolder`."""
    if NAME.fullmatch(name) is None:
        raise BadFolder("not_a_folder")
    folder = root / name
    try:
        for place in (OUT, IN, DONE, FAILED):
            (folder / place).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadFolder("folder_unusable") from error
    return folder


def drop(folder: Path, name: str, data: bytes) -> None:
    """Put a file into `out`, whole or not at all; the same file again changes nothing. Raises `OSError`."""
    target = folder / OUT / name
    if target.exists():
        return
    draft = folder / OUT / f".{secrets.token_hex(8)}.part"
    with draft.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    draft.rename(target)
    _sync(target.parent)


def waiting(folder: Path) -> Iterator[Path]:
    """The tables that lie in `in`, by name; files still being written (hidden, or `.part`, `.tmp`) are left alone."""
    with contextlib.suppress(FileNotFoundError):
        for path in sorted((folder / IN).iterdir()):
            if path.is_symlink() or not path.is_file():
                continue
            if path.suffix.lower() in {".csv", ".xlsx"} and not path.name.startswith("."):
                yield path


def put_aside(folder: Path, path: Path, place: str, report: str) -> None:
    """Move a file to `done` or `failed` under a name of its own, with a report beside it."""
    target = folder / place / f"{path.stem}.{secrets.token_hex(4)}{path.suffix}"
    target.with_suffix(".txt").write_text(report, encoding="utf-8")
    path.rename(target)
    _sync(target.parent)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
