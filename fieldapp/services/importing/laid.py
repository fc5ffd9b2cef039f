"""Files that another system lays into a folder: imported by the worker, all of a file or nothing, each of them once."""

import fcntl
import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import delete, select

from fieldapp.domain import catalogue, covering_words, file_fault_words
from fieldapp.domain.import_tables import TABLES
from fieldapp.domain.wording import Wording
from fieldapp.extensions import db
from fieldapp.records.job import Job
from fieldapp.records.landlord import Landlord
from fieldapp.services import jobs
from fieldapp.services.importing import runs
from fieldapp.services.importing.tally import Tally
from fieldapp.services.installation import config
from fieldapp.services.scope import Scope

EVERY = timedelta(minutes=1)
SETTLED = timedelta(seconds=10)
"""A file that changed since is perhaps still being written."""

ACTOR = "folder"
NAME = re.compile(rf"({'|'.join(TABLES)})(?:[-_. ].*)?\.(?:csv|xlsx)", re.IGNORECASE)


def plan(when: datetime) -> None:
    """Ask for the look of a minute, once however many workers ask."""
    minute = when.replace(second=0, microsecond=0)
    jobs.enqueue(db.session(), "take_in", {}, key=f"take_in:{minute:%Y-%m-%dT%H:%M}", run_at=minute)
    db.session.commit()


def take_in(now: datetime) -> None:
    """Job: plan the next minute first, then import what lies in the folders of the landlords."""
    plan(now + EVERY)
    session = db.session()
    session.execute(delete(Job).where(Job.kind == "take_in", Job.state == "done"))
    landlords = session.scalars(select(Landlord.id)).all()
    session.commit()
    root = config().exchange / "imports"
    if not root.is_dir():
        return
    with _alone(root) as mine:
        if mine:
            for landlord_id in landlords:
                folders = [root / landlord_id, *([root] if len(landlords) == 1 else [])]
                for folder in folders:
                    _take(folder, landlord_id, now)


def _take(folder: Path, landlord_id: str, now: datetime) -> None:
    for path in _laid(folder, now):
        done, said = _bring(folder, path, landlord_id)
        _put_away(folder / ("done" if done else "refused"), path, said)


def _laid(folder: Path, now: datetime) -> list[Path]:
    """The files that are whole, in the order in which an empty installation is filled, then by name."""
    if not folder.is_dir():
        return []
    before = (now - SETTLED).timestamp()
    found = [
        path
        for path in folder.iterdir()
        if path.is_file() and not path.is_symlink() and not path.name.startswith(".") and path.suffix != ".part"
    ]
    kinds = list(TABLES)
    return sorted(
        (path for path in found if path.stat().st_mtime <= before),
        key=lambda path: (kinds.index(kind) if (kind := _kind(path)) else len(kinds), path.name),
    )


def _kind(path: Path) -> str | None:
    match = NAME.fullmatch(path.name)
    return match[1].lower() if match else None


def _bring(folder: Path, path: Path, landlord_id: str) -> tuple[bool, list[str]]:
    """Whether a file was imported, now or before, and what its report says."""
    kind = _kind(path)
    with force_locale("fr"):
        if kind is None:
            kinds = ", ".join(TABLES)
            return False, [_("Ce nom ne dit pas ce que le fichier contient : commencez-le par %(kinds)s.", kinds=kinds)]
        if path.stat().st_size > runs.MOST_BYTES:
            return False, [_("Ce fichier dépasse 100 Mo : coupez-le en plusieurs.")]
        if any(before.is_file() for before in (folder / "done").glob(f"*.{_digest(path)}.*")):
            return True, [_("Ce même fichier a déjà été importé : rien n’est lu une deuxième fois.")]
        told = runs.at_once(Scope(landlord_id), ACTOR, kind, path, lambda _rows: None, dry_run=False)
        return told.written, _words(told.tally)


def _words(tally: Tally) -> list[str]:
    if not tally.fault_count:
        words = Wording(catalogue.load(), "fr")
        return [
            _(
                "Importé : %(created)s nouveaux, %(changed)s changés, %(unchanged)s inchangés.",
                created=tally.created,
                changed=tally.changed,
                unchanged=tally.unchanged,
            ),
            *(covering_words.sentence(note, _, words) for note in tally.notes),
        ]
    lines = [_("Refusé, rien n’est écrit. Fautes : %(count)s.", count=tally.fault_count)]
    for fault in tally.faults:
        where = _("Ligne %(line)s, colonne %(column)s", line=fault.line, column=fault.name or fault.column)
        lines.append(f"{where} : {file_fault_words.sentence(fault, _)}")
    return lines


def _put_away(folder: Path, path: Path, said: list[str]) -> None:
    """Move a file out of the way under its own hash, its report beside it; the file itself is moved last."""
    folder.mkdir(mode=0o700, exist_ok=True)
    target = folder / f"{path.stem}.{_digest(path)}{path.suffix}"
    report = folder / f"{target.name}.txt"
    report.write_text("\n".join([f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC", path.name, *said, ""]), encoding="utf-8")
    path.replace(target)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:16]


@contextmanager
def _alone(root: Path) -> Iterator[bool]:
    """Whether no other worker is at it; a long file lasts more than a minute."""
    with (root / ".lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
