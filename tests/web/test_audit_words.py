"""The journal of the house speaks to people: no act and no subject is shown as a code."""

import ast
import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import pairwise
from pathlib import Path

from fieldapp.domain.addendum import AddendumState
from fieldapp.domain.message import Purpose
from fieldapp.domain.proposal import ProposalState
from fieldapp.domain.review import Verdict
from fieldapp.domain.visit import VisitState
from fieldapp.domain.works import WorksState
from fieldapp.services.importing.targets import TARGETS
from fieldapp.services.register import fieldwork, stock, tenancies
from fieldapp.services.register.noun import Noun
from fieldapp.web.house_words import DONE, SUBJECTS
from fieldapp.web.wording import ACTIONS

SERVICES = Path(__file__).parents[2] / "fieldapp/services"
WRITERS = frozenset({"record", "note_read", "_note", "_journal"})
ACT = re.compile(r"[a-z_]+\.[a-z_]+")
BUILT: dict[str, Sequence[str | StrEnum]] = {
    "addendum": [*(set(AddendumState) - {AddendumState.ASKED})],
    "appointment": (Purpose.CONVOCATION, Purpose.REMINDER, Purpose.CANCELLATION),
    "mail": ("sent", "failed"),
    "proposal": [*(set(ProposalState) - {ProposalState.WAITING, ProposalState.OFFERED})],
    "review": list(Verdict),
    "visit": list(VisitState),
    "works": list(WorksState),
}
"""The acts whose second word is a value: what it may be."""


def writing_calls() -> Iterator[ast.Call]:
    """Every call of the services that writes into the journal."""
    for path in SERVICES.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and _name(node.func) in WRITERS:
                yield node


def _name(called: ast.expr) -> str:
    return called.attr if isinstance(called, ast.Attribute) else called.id if isinstance(called, ast.Name) else ""


def acts(call: ast.Call) -> Iterator[str]:
    """The acts that a call may write."""
    for given in call.args:
        if isinstance(given, ast.Constant) and isinstance(given.value, str) and ACT.fullmatch(given.value):
            yield given.value
        if isinstance(given, ast.JoinedStr) and isinstance(given.values[0], ast.Constant):
            noun, dot, _ = str(given.values[0].value).partition(".")
            yield from (f"{noun}.{value}" for value in BUILT[noun]) if dot else ()


def test_each_act_that_a_service_writes_has_words() -> None:
    written = {act for call in writing_calls() for act in acts(call)}
    assert "works.ordered" in written
    assert "account.signed_in" in written
    assert sorted(written - {*ACTIONS, *DONE}) == []


def subjects(call: ast.Call) -> Iterator[str]:
    """The kind of thing that a call says an act was done to: the word after the act."""
    for act, subject in pairwise(call.args):
        if _is_act(act) and isinstance(subject, ast.Constant) and isinstance(subject.value, str):
            yield subject.value


def _is_act(given: ast.expr) -> bool:
    if isinstance(given, ast.JoinedStr):
        given = given.values[0]
    return isinstance(given, ast.Constant) and bool(re.match(r"[a-z_]+\.", str(given.value)))


def test_each_kind_of_thing_that_a_service_names_has_a_word() -> None:
    named = {subject for call in writing_calls() for subject in subjects(call)}
    assert "price_list" in named
    assert sorted(named - {*SUBJECTS}) == []


def test_what_other_systems_and_files_write_has_words() -> None:
    nouns = [one for module in (fieldwork, stock, tenancies) for one in vars(module).values() if isinstance(one, Noun)]
    written = {f"{one.name}.{what}" for one in nouns if one.write for what in ("created", "changed")}
    written.remove("reading.changed")  # A reading is never rewritten: there is no way in.
    read = {f"{one.name}.{what}" for one in nouns if one.personal for what in ("listed", "read")}
    imported = {f"{target.noun}.imported" for target in TARGETS.values()}
    assert "dwelling.changed" in written
    assert "tenancy.listed" in read
    assert "room.imported" in imported
    assert sorted((written | read | imported) - {*ACTIONS, *DONE}) == []
    assert sorted({act.partition(".")[0] for act in written | read | imported} - {*SUBJECTS}) == []
