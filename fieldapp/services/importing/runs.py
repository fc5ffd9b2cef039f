"""An import from the file that was brought to the last line that was written: each step one transaction."""

import hashlib
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from fieldapp.domain.import_tables import TABLES
from fieldapp.extensions import db
from fieldapp.records.import_run import ImportRun
from fieldapp.records.sqlite import reading, writing
from fieldapp.services import indexing, installation, jobs
from fieldapp.services.identifier import new_id
from fieldapp.services.importing.batch import Task
from fieldapp.services.importing.carrying import NotForAgencies, carry, note_in
from fieldapp.services.importing.lines import form_of
from fieldapp.services.importing.tally import Tally, dumped
from fieldapp.services.importing.targets import TARGETS
from fieldapp.services.scope import Scope

MOST_BYTES = 100_000_000
KEPT = timedelta(days=2)
"""How long a file waits for its confirmation: it holds personal data."""

SHOWN = 20
"""How many earlier imports are listed."""


class TooHeavy(ValueError):
    """The file is larger than `MOST_BYTES`."""


class Nothing(ValueError):
    """The file is empty."""


class UnknownRun(LookupError):
    """No such import in this scope."""


class NotReady(ValueError):
    """The import is not at the point where this can be done: somebody else was quicker, or it went on."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the command line hears of a file."""

    tally: Tally
    written: bool


def bring(scope: Scope, account_id: str, kind: str, stream: IO[bytes]) -> str:
    """Keep a file and ask for it to be read; gives the import's id. Raises `TooHeavy`, `Nothing`, `NotForAgencies`."""
    if TARGETS[kind].landlord_wide and scope.agency_id is not None:
        raise NotForAgencies(kind)
    run_id = new_id()
    path = _path(run_id)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    try:
        sha256, size = _keep(stream, path)
        session = db.session()
        session.add(
            ImportRun(
                id=run_id,
                landlord_id=scope.landlord_id,
                scope_id=scope.agency_id,
                account_id=account_id,
                kind=kind,
                format=form_of(path),
                sha256=sha256,
                bytes=size,
                state="reading",
                faults=[],
                sample=[],
                created_at=datetime.now(UTC),
            )
        )
        jobs.enqueue(session, "read_import", {"run_id": run_id}, key=f"read_import:{run_id}")
        session.commit()
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return run_id


def look(run_id: str) -> None:
    """Job: read the whole file without writing any of it, and say what it would do."""
    session = db.session()
    run = session.get_one(ImportRun, run_id)
    if run.state != "reading":
        return
    task, path, total = _task(run), _path(run_id), 0
    session.rollback()
    if form_of(path) == "csv":
        with path.open("rb") as file:
            total = sum(1 for _ in file) - 1
    with reading():
        tally = carry(session, task, path, _progress(run_id, total), write=False)
        session.rollback()
    _tell(session, run_id, tally, "refused" if tally.fault_count else "ready")


def confirm(scope: Scope, run_id: str) -> None:
    """Ask for what was shown to be written; raises `UnknownRun` and `NotReady`."""
    session = db.session()
    run = _row(session, scope, run_id, lock=True)
    _insist(session, run.state == "ready", run_id)
    run.state, run.rows_read = "writing", 0
    jobs.enqueue(session, "write_import", {"run_id": run_id}, key=f"write_import:{run_id}")
    session.commit()


def write(run_id: str) -> None:
    """Job: write the whole file in one transaction, or nothing of it when the database has changed against it."""
    session = db.session()
    run = session.get_one(ImportRun, run_id)
    if run.state != "writing":
        return
    task, path, sha256 = _task(run), _path(run_id), run.sha256
    # SQLite has one place for a writer: nothing can be told there until all is written.
    progress = _silent if session.get_bind().dialect.name == "sqlite" else _progress(run_id, run.rows_total)
    session.rollback()
    tally = carry(session, task, path, progress, write=True)
    if tally.fault_count:
        session.rollback()
        _tell(session, run_id, tally, "refused")
        return
    note_in(session, task, tally, sha256)
    indexing.ask(session, run_id)
    _tell(session, run_id, tally, "done")
    path.unlink(missing_ok=True)


def drop(scope: Scope, run_id: str) -> None:
    """Throw a file away that was not written; raises `UnknownRun` and `NotReady`."""
    session = db.session()
    run = _row(session, scope, run_id, lock=True)
    _insist(session, run.state in {"ready", "refused"}, run_id)
    _end(run, "dropped")
    session.commit()
    _path(run_id).unlink(missing_ok=True)


def clear_old(now: datetime) -> None:
    """Throw away the files that nobody confirmed."""
    session = db.session()
    waiting = ImportRun.state.in_(("reading", "ready", "refused"))
    for run in session.scalars(select(ImportRun).where(waiting, ImportRun.created_at < now - KEPT)).all():
        _end(run, "dropped")
        _path(run.id).unlink(missing_ok=True)
    session.commit()


def run_of(scope: Scope, run_id: str) -> ImportRun:
    """One import; raises `UnknownRun`."""
    return _row(db.session(), scope, run_id)


def recent(scope: Scope) -> list[ImportRun]:
    """The last imports, the newest first."""
    query = select(ImportRun).where(*_own(scope)).order_by(ImportRun.id.desc()).limit(SHOWN)
    return list(db.session.scalars(query))


def at_once(scope: Scope, actor: str, kind: str, path: Path, progress: Callable[[int], None], *, dry_run: bool) -> Told:
    """Import a file without showing it first, all of it or nothing; `dry_run` only says what it would do."""
    session = db.session()
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    task = Task(TABLES[kind], TARGETS[kind], scope, actor, new_id())
    with reading() if dry_run else writing():
        tally = carry(session, task, path, progress, write=not dry_run)
        written = not (dry_run or tally.fault_count)
        if written:
            note_in(session, task, tally, sha256)
            indexing.ask(session, task.import_id)
            session.commit()
        else:
            session.rollback()
    return Told(tally, written)


def _keep(stream: IO[bytes], path: Path) -> tuple[str, int]:
    with path.open("xb") as file:
        path.chmod(0o600)
        shutil.copyfileobj(stream, file)
        size = file.tell()
    if size > MOST_BYTES:
        raise TooHeavy(size)
    if not size:
        raise Nothing
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest(), size


def _task(run: ImportRun) -> Task:
    scope = Scope(run.landlord_id, run.scope_id)
    return Task(TABLES[run.kind], TARGETS[run.kind], scope, f"account:{run.account_id}", run.id)


def _tell(session: Session, run_id: str, tally: Tally, state: str) -> None:
    """Keep what a file came to, and commit."""
    run = session.get_one(ImportRun, run_id, with_for_update=True)
    run.rows_read = run.rows_total = tally.rows
    run.created, run.changed, run.unchanged = tally.created, tally.changed, tally.unchanged
    run.notes = tally.notes
    run.fault_count, run.faults = tally.fault_count, [dumped(fault) for fault in tally.faults]
    if state == "done":
        _end(run, state)
    else:
        run.state, run.sample = state, tally.sample
    session.commit()


def _end(run: ImportRun, state: str) -> None:
    """Nothing of what stood in the file stays in the row."""
    run.state, run.sample, run.faults, run.ended_at = state, [], [], datetime.now(UTC)


def _progress(run_id: str, total: int) -> Callable[[int], None]:
    """Says how far an import is, beside the transaction that reads or writes."""

    def tell(rows: int) -> None:
        with writing(), Session(db.engine) as beside:
            beside.execute(
                update(ImportRun).where(ImportRun.id == run_id).values(rows_read=rows, rows_total=max(total, rows))
            )
            beside.commit()

    return tell


def _silent(_rows: int) -> None:
    """Tell nobody."""


def _path(run_id: str) -> Path:
    return installation.config().data / "imports" / run_id


def _own(scope: Scope) -> tuple[ColumnElement[bool], ...]:
    own = ImportRun.landlord_id == scope.landlord_id
    return (own,) if scope.agency_id is None else (own, ImportRun.scope_id == scope.agency_id)


def _row(session: Session, scope: Scope, run_id: str, *, lock: bool = False) -> ImportRun:
    query = select(ImportRun).where(ImportRun.id == run_id, *_own(scope))
    run = session.scalars(query.with_for_update() if lock else query).one_or_none()
    if run is None:
        session.rollback()
        raise UnknownRun(run_id)
    return run


def _insist(session: Session, right: bool, run_id: str) -> None:  # noqa: FBT001 - said at both calls
    if not right:
        session.rollback()
        raise NotReady(run_id)
