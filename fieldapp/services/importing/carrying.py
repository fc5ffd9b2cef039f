"""Reads a whole file against the database: to say what it would do, or to do it, in the caller's transaction."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.file_fault import BadFile, Fault, Problem
from fieldapp.domain.import_table import Header, Values
from fieldapp.records.catalogue_element import CatalogueElement
from fieldapp.records.landlord import Landlord
from fieldapp.services import audit, house_catalogues
from fieldapp.services.importing import coverings
from fieldapp.services.importing.batch import Batch, Task
from fieldapp.services.importing.lines import read_file
from fieldapp.services.importing.tally import Tally

ROWS_AT_ONCE = 2000


class NotForAgencies(PermissionError):
    """What the whole landlord shares is not imported by one agency."""


def carry(session: Session, task: Task, path: Path, progress: Callable[[int], None], *, write: bool) -> Tally:
    """What a file comes to. With `write` its rows are written as they are read: roll back when anything is wrong.

    Holds so many lines at a time, and one text a line to find doubles. Raises `NotForAgencies`.
    """
    if task.target.landlord_wide and task.scope.agency_id is not None:
        raise NotForAgencies(task.table.code)
    if write:  # one import after the other; whoever only refers to the landlord does not wait
        session.execute(
            select(Landlord.id).where(Landlord.id == task.scope.landlord_id).with_for_update(key_share=True)
        )
    tally = Tally()
    batch = Batch(session, task, tally)
    catalogue: dict[coverings.Place, str] = {}
    try:
        _read(task, path, batch, tally, progress, catalogue, write=write)
    except BadFile as error:
        tally.wrong(list(error.faults))
    if len(batch):
        batch.settle(write=write and not tally.fault_count)
    if catalogue and not tally.fault_count:
        tally.notes = coverings.notes(session, task.scope.landlord_id, catalogue)
        if write:
            house_catalogues.keep_version(session, task.scope.landlord_id)
    tally.faults.sort(key=lambda fault: (fault.line, fault.column))
    progress(tally.rows)
    return tally


def note_in(session: Session, task: Task, tally: Tally, sha256: str) -> None:
    """Write into the journal that a file was imported, in the caller's transaction."""
    audit.record(
        session,
        task.actor,
        "import.done",
        "import",
        task.import_id,
        task.scope.landlord_id,
        kind=task.table.code,
        created=tally.created,
        changed=tally.changed,
        unchanged=tally.unchanged,
        sha256=sha256,
    )


def _read(
    task: Task,
    path: Path,
    batch: Batch,
    tally: Tally,
    progress: Callable[[int], None],
    catalogue: dict[coverings.Place, str],
    *,
    write: bool,
) -> None:
    """Take the lines in; those of a catalogue are remembered by kind of room and reference."""
    seen: dict[str, int] = {}
    for line, header, values, faults in read_file(task.table, path):
        tally.rows += 1
        wrong = faults or _doubled(task, line, header, values, seen)
        if wrong:
            tally.wrong(wrong)
        else:
            batch.add(line, header, values)
            if task.target.record is CatalogueElement:
                catalogue[str(values["room_kind"]), str(values["reference"])] = str(values["element_kind"])
        if len(batch) == ROWS_AT_ONCE or tally.rows % (5 * ROWS_AT_ONCE) == 0:
            batch.settle(write=write and not tally.fault_count)
            progress(tally.rows)


def _doubled(task: Task, line: int, header: Header, values: Values, seen: dict[str, int]) -> list[Fault]:
    """The fault of a line about something that an earlier one is about; `seen` remembers the lines."""
    first = seen.setdefault("\0".join(str(values[name]) for name in task.table.key), line)
    if first == line:
        return []
    last = task.table.key[-1]
    return [Fault(Problem.DUPLICATE, line, header.place(last), last, {"found": str(values[last]), "first": first})]
