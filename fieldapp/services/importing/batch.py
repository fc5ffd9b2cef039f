"""Some lines of a file at a time: compared with what the database holds, and written when that is wanted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from fieldapp.domain.distance import E7
from fieldapp.domain.file_fault import Fault, Problem
from fieldapp.domain.import_cell import Degrees, Hundredths
from fieldapp.domain.import_table import SHOWN, Column, Header, ImportTable, Values
from fieldapp.records.audit_entry import AuditEntry
from fieldapp.services.identifier import new_id
from fieldapp.services.importing.furnishing import furnish
from fieldapp.services.importing.refining import Memory
from fieldapp.services.importing.row import Row
from fieldapp.services.importing.tally import Tally
from fieldapp.services.importing.targets import Target
from fieldapp.services.importing.wanted import Name, fits, wanted
from fieldapp.services.indexing import index_touched
from fieldapp.services.scope import Scope


@dataclass(frozen=True, slots=True)
class Task:
    """One import: of what, into what, for whom, by whom; `import_id` is how the journal names it."""

    table: ImportTable
    target: Target
    scope: Scope
    actor: str
    import_id: str


class Batch:
    """The lines between two looks at the database; `tally` is told what becomes of each."""

    def __init__(self, session: Session, task: Task, tally: Tally) -> None:
        self._session = session
        self._task = task
        self._tally = tally
        self._rows: list[Row] = []
        self._references = {column.name for column in task.table.columns if column.names} | {"furnish"}
        self._attributes = {column.name: column.attribute or column.name for column in task.table.columns}
        self._columns = {self._attributes[column.name]: column for column in task.table.columns}
        for attribute, name in task.target.named.items():
            self._columns[attribute] = next(column for column in task.table.columns if column.name == name)
        self._memory: Memory = {}

    def add(self, line: int, header: Header, values: Values) -> None:
        """Take one more good line."""
        self._rows.append(Row(line, header, values))

    def __len__(self) -> int:
        return len(self._rows)

    def settle(self, *, write: bool) -> None:
        """Say of each line whether it is new, changed or the same, or what is wrong; write it if wanted."""
        rows = self._refined(self._placed())
        there = self._there(rows)
        if self._task.target.own is not None:
            rows = self._allowed(rows, there)
        fresh: list[Row] = []
        changed: list[tuple[str, Row, list[list[str]]]] = []
        for row in rows:
            known = there.get(self._identity(row.said))
            if known is None and self._task.target.known_only:
                self._wrong(row, "reference", Problem.NAMES_NOTHING)
            elif known is None:
                fresh.append(row)
                self._tally.show(row.line, "created", self._name(row), [])
            elif differences := self._differences(known, row):
                changed.append((known["id"], row, differences))
                self._tally.show(row.line, "changed", self._name(row), differences)
        self._tally.created += len(fresh)
        self._tally.changed += len(changed)
        self._tally.unchanged += sum(self._identity(row.said) in there for row in rows) - len(changed)
        if write:
            self._create(fresh)
            self._change(changed)
            if self._task.target.after is not None and changed:
                self._task.target.after(self._session, [own_id for own_id, _, _ in changed])
            self._index(fresh, changed)
        self._rows.clear()

    def _placed(self) -> list[Row]:
        """The lines whose parent is there, with what their record would hold."""
        task, parent = self._task, self._task.target.parent
        for row in self._rows:
            row.said = {
                self._attributes[name]: value for name, value in row.values.items() if name not in self._references
            }
        if parent is None:
            return self._rows
        named = {tuple(str(row.values[one]) for one in parent.columns) for row in self._rows if self._names(row)}
        found = parent.find(self._session, task.scope, named) if named else {}
        placed = []
        for row in self._rows:
            if not self._names(row):
                if parent.columns[0] in row.values or task.scope.agency_id is not None:
                    row.said[parent.attribute] = task.scope.agency_id
                placed.append(row)
                continue
            name = tuple(str(row.values[one]) for one in parent.columns)
            if name in found:
                row.said[parent.attribute] = found[name]
                placed.append(row)
            else:
                self._wrong(row, parent.columns[-1], Problem.NAMES_NOTHING)
        return placed

    def _refined(self, rows: list[Row]) -> list[Row]:
        """The lines that hold together with what is around them."""
        refine = self._task.target.refine
        if refine is None or not rows:
            return rows
        wrong = list(refine(self._session, self._task.scope, rows, self._memory))
        for one in wrong:
            place = one.row.header.place(one.column)
            self._tally.wrong([Fault(one.problem, one.row.line, place, one.column, one.given)])
        bad = {id(one.row) for one in wrong}
        return [row for row in rows if id(row) not in bad]

    def _names(self, row: Row) -> bool:
        parent = self._task.target.parent
        return parent is not None and row.values.get(parent.columns[0]) is not None

    def _there(self, rows: Sequence[Row]) -> dict[Name, dict[str, Any]]:
        """The rows that these lines are about, by their identity."""
        if not rows:
            return {}
        record, task = self._task.target.record, self._task
        said = set(rows[0].said).union(*(row.said for row in rows[1:])) | {"id"} | set(task.target.identity)
        names = wanted(self._session, {self._identity(row.said) for row in rows})
        query = (
            select(*(getattr(record, name) for name in sorted(said)))
            .join(names, fits(names, *(getattr(record, name) for name in task.target.identity)))
            .where(record.landlord_id == task.scope.landlord_id)
            .order_by(record.id)
        )
        rows_there = [dict(found) for found in self._session.execute(query).mappings()]
        return {self._identity(found): found for found in rows_there}

    def _allowed(self, rows: list[Row], there: Mapping[Name, dict[str, Any]]) -> list[Row]:
        """Without the lines about what another agency has, or about what may not go elsewhere."""
        task, target = self._task, self._task.target
        mine = None
        if task.scope.agency_id is not None and target.own is not None and there:
            ids = [found["id"] for found in there.values()]
            mine = set(
                self._session.scalars(
                    select(target.record.id).where(target.record.id.in_(ids), *target.own(task.scope))
                )
            )
        kept = []
        for row in rows:
            known = there.get(self._identity(row.said))
            if known is not None and mine is not None and known["id"] not in mine:
                self._wrong(row, "reference", Problem.NOT_YOURS)
            elif known is not None and self._moved(known, row):
                self._wrong(row, "reference", Problem.FIXED)
            else:
                kept.append(row)
        return kept

    def _moved(self, known: Mapping[str, Any], row: Row) -> bool:
        parent = self._task.target.parent
        return parent is not None and not parent.may_move and known[parent.attribute] != row.said[parent.attribute]

    def _create(self, rows: Sequence[Row]) -> None:
        if not rows:
            return
        target, scope = self._task.target, self._task.scope
        empty = {
            self._attributes[column.name]: column.empty
            for column in self._task.table.columns
            if column.name not in self._references
        }
        made = [
            {**empty, **row.said, "id": new_id(), "landlord_id": scope.landlord_id, **target.also()} for row in rows
        ]
        if target.parent is not None:
            for one in made:
                one.setdefault(target.parent.attribute, None)
        if target.ordered is not None:
            self._number(made, target.ordered)
        self._session.execute(insert(target.record.__table__), made)
        wanted = [one for one, row in zip(made, rows, strict=True) if row.values.get("furnish") is True]
        if wanted:
            furnish(self._session, scope.landlord_id, wanted)

    def _number(self, made: Sequence[dict[str, Any]], ordered: str) -> None:
        """Places after those that are taken."""
        record = self._task.target.record
        within = getattr(record, ordered)
        taken = self._session.execute(
            select(within, func.max(record.position))
            .where(record.landlord_id == self._task.scope.landlord_id, within.in_({one[ordered] for one in made}))
            .group_by(within)
        )
        last: dict[str, int] = {key: position for key, position in taken}  # noqa: C416 - rows are no pairs
        for one in made:
            one["position"] = last[one[ordered]] = last.get(one[ordered], 0) + 1

    def _change(self, changed: Sequence[tuple[str, Row, list[list[str]]]]) -> None:
        if not changed:
            return
        target, task = self._task.target, self._task
        names = sorted(set(changed[0][1].said) - set(target.identity))
        table = target.record.__table__
        self._session.execute(
            update(table)
            .where(table.c.id == bindparam("own_id"))
            .values({name: bindparam(f"new_{name}") for name in names}),
            [{"own_id": own_id, **{f"new_{name}": row.said[name] for name in names}} for own_id, row, _ in changed],
        )
        now = datetime.now(UTC)
        self._session.execute(
            insert(AuditEntry),
            [
                {
                    "id": new_id(),
                    "at": now,
                    "landlord_id": task.scope.landlord_id,
                    "actor": task.actor,
                    "action": f"{target.noun}.imported",
                    "subject_kind": target.noun,
                    "subject_id": own_id,
                    "facts": {"import": task.import_id, "fields": ",".join(name for name, _, _ in differences)},
                }
                for own_id, _, differences in changed
            ],
        )

    def _index(self, fresh: Sequence[Row], changed: Sequence[tuple[str, Row, list[list[str]]]]) -> None:
        """Keep the words of what has changed; what is new is indexed once the file is written."""
        noun, ids = self._task.target.noun, {own_id for own_id, _, _ in changed}
        leases = {
            row.said["tenancy_id"] for row in (*fresh, *(row for _, row, _ in changed)) if "tenancy_id" in row.said
        }
        touched = [ids if noun == one else set() for one in ("building", "dwelling", "tenancy", "candidate")]
        buildings, dwellings, tenancies, candidates = touched
        index_touched(self._session, buildings, dwellings, tenancies | leases, candidates)

    def _identity(self, said: Mapping[str, Any]) -> Name:
        return tuple(said[name] for name in self._task.target.identity)

    def _differences(self, known: Mapping[str, Any], row: Row) -> list[list[str]]:
        """Column, value here and value in the file of each attribute that is not the same; what follows from them is not told."""
        other = [name for name, value in sorted(row.said.items()) if known[name] != value]
        told = []
        for name in other:
            column = self._columns.get(name)
            if column is not None and column.names:
                told.append([column.name, "…", _shown(column, row.values.get(column.name))])
            elif column is not None:
                told.append([column.name, _shown(column, known[name]), _shown(column, row.said[name])])
        return told or [[name, _plain(known[name]), _plain(row.said[name])] for name in other]

    def _name(self, row: Row) -> str:
        return " / ".join(str(row.values[name]) for name in self._task.table.key)

    def _wrong(self, row: Row, column: str, problem: Problem) -> None:
        found = str(row.values[column])[:SHOWN]
        self._tally.wrong([Fault(problem, row.line, row.header.place(column), column, {"found": found})])


def _shown(column: Column, value: Any) -> str:
    """A value as somebody would write it into the file."""
    if isinstance(column.cell, Hundredths | Degrees) and isinstance(value, int):
        return str(Decimal(value) / (100 if isinstance(column.cell, Hundredths) else E7))
    return _plain(value)


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    return value.isoformat() if isinstance(value, date) else str(value)
