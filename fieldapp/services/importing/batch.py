"""Some lines of a file at a time: compared with what the database holds, and written when that is wanted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from fieldapp.domain.file_fault import Fault, Problem
from fieldapp.domain.import_table import SHOWN, Header, ImportTable, Values
from fieldapp.records.audit_entry import AuditEntry
from fieldapp.services.identifier import new_id
from fieldapp.services.importing.furnishing import furnish
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


@dataclass(slots=True)
class _Row:
    line: int
    header: Header
    values: Values
    said: dict[str, Any] = field(default_factory=dict)
    """What the record would hold, by its attributes."""


class Batch:
    """The lines between two looks at the database; `tally` is told what becomes of each."""

    def __init__(self, session: Session, task: Task, tally: Tally) -> None:
        self._session = session
        self._task = task
        self._tally = tally
        self._rows: list[_Row] = []
        self._references = {column.name for column in task.table.columns if column.names} | {"furnish"}

    def add(self, line: int, header: Header, values: Values) -> None:
        """Take one more good line."""
        self._rows.append(_Row(line, header, values))

    def __len__(self) -> int:
        return len(self._rows)

    def settle(self, *, write: bool) -> None:
        """Say of each line whether it is new, changed or the same, or what is wrong; write it if wanted."""
        rows = self._placed()
        there = self._there(rows)
        if self._task.target.own is not None:
            rows = self._allowed(rows, there)
        fresh: list[_Row] = []
        changed: list[tuple[str, _Row, list[list[str]]]] = []
        for row in rows:
            known = there.get(self._identity(row.said))
            if known is None:
                fresh.append(row)
                self._tally.show(row.line, "created", self._name(row), [])
            elif differences := self._differences(known, row.said):
                changed.append((known["id"], row, differences))
                self._tally.show(row.line, "changed", self._name(row), differences)
        self._tally.created += len(fresh)
        self._tally.changed += len(changed)
        self._tally.unchanged += len(rows) - len(fresh) - len(changed)
        if write:
            self._create(fresh)
            self._change(changed)
            self._index(fresh, changed)
        self._rows.clear()

    def _placed(self) -> list[_Row]:
        """The lines whose parent is there, with what their record would hold."""
        task, parent = self._task, self._task.target.parent
        for row in self._rows:
            row.said = {name: value for name, value in row.values.items() if name not in self._references}
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

    def _names(self, row: _Row) -> bool:
        parent = self._task.target.parent
        return parent is not None and row.values.get(parent.columns[0]) is not None

    def _there(self, rows: Sequence[_Row]) -> dict[Name, dict[str, Any]]:
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
        )
        rows_there = [dict(found) for found in self._session.execute(query).mappings()]
        return {self._identity(found): found for found in rows_there}

    def _allowed(self, rows: list[_Row], there: Mapping[Name, dict[str, Any]]) -> list[_Row]:
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

    def _moved(self, known: Mapping[str, Any], row: _Row) -> bool:
        parent = self._task.target.parent
        return parent is not None and not parent.may_move and known[parent.attribute] != row.said[parent.attribute]

    def _create(self, rows: Sequence[_Row]) -> None:
        if not rows:
            return
        target, scope = self._task.target, self._task.scope
        empty = {
            column.name: column.empty for column in self._task.table.columns if column.name not in self._references
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

    def _change(self, changed: Sequence[tuple[str, _Row, list[list[str]]]]) -> None:
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

    def _index(self, fresh: Sequence[_Row], changed: Sequence[tuple[str, _Row, list[list[str]]]]) -> None:
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

    def _differences(self, known: Mapping[str, Any], said: Mapping[str, Any]) -> list[list[str]]:
        """Name, value here and value in the file of each attribute that is not the same."""
        return [
            [name, _shown(known[name]), _shown(value)] for name, value in sorted(said.items()) if known[name] != value
        ]

    def _name(self, row: _Row) -> str:
        return " / ".join(str(row.values[name]) for name in self._task.table.key)

    def _wrong(self, row: _Row, column: str, problem: Problem) -> None:
        found = str(row.values[column])[:SHOWN]
        self._tally.wrong([Fault(problem, row.line, row.header.place(column), column, {"found": found})])


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    return value.isoformat() if isinstance(value, date) else str(value)
