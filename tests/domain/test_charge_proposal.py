"""Which things of a signed exit an office is asked about."""

from collections.abc import Mapping
from typing import Any

import pytest

from fieldapp.domain.charge_proposal import gone_ids, proposals
from fieldapp.domain.condition import State
from tests.domain.vectors import read


def element(state: str, before: str, defects: tuple[str, ...] = ()) -> Mapping[str, Any]:
    said: dict[str, Any] = {
        "working": None,
        "cleanliness": "",
        "quantity": 1,
        "material": "",
        "photos": [],
        "defects": [],
        "note": "",
    }
    return {
        **said,
        "id": "019b0000-0000-7000-8000-000000000001",
        "kind": "towel_rail",
        "ref": "6.7",
        "label": "Sèche-serviettes",
        "state": state,
        "defects": list(defects),
        "labels": {},
        "entry": {**said, "state": before, "labels": {}},
        "change": "not_comparable",
        "differences": [],
        "works": None,
    }


def exit_with(thing: Mapping[str, Any]) -> Mapping[str, Any]:
    room = {"label": "Salle de bain", "elements": [thing], "removed": []}
    return {
        "rooms": [room],
        "keys": [],
        "equipment": [],
        "removed": {"rooms": [], "keys": [], "equipment": []},
    }


def test_what_neither_inventory_has_seen_waits_for_nobody() -> None:
    assert proposals(exit_with(element("not_checked", "not_checked")), {}) == []


@pytest.mark.parametrize(
    ("state", "before", "defects"),
    (("poor", "not_checked", ()), ("not_checked", "good", ()), ("not_checked", "not_checked", ("missing",))),
)
def test_what_one_of_them_has_seen_is_for_a_person(state: str, before: str, defects: tuple[str, ...]) -> None:
    [line] = proposals(exit_with(element(state, before, defects)), {})
    assert (line.entry_state, line.exit_state) == (State(before), State(state))


def test_what_is_no_longer_there_is_one_line_that_counts_all_of_it() -> None:
    gone = {**element("absent", "good"), "change": "changed", "differences": ["state", "quantity"], "quantity": 0}
    gone["entry"] = {**gone["entry"], "quantity": 2}
    [line] = proposals(exit_with(gone), {})
    assert (line.exit_state, line.missing, line.defects) == (State.ABSENT, 2, ("missing",))


def test_what_only_the_entry_had_is_of_the_kind_that_the_tablet_knew() -> None:
    said = element("absent", "good")["entry"]
    gone = {**said, "id": "019b0000-0000-7000-8000-000000000002", "label": "Lavabo", "ref": "6.1"}
    exit_record = {**exit_with(element("good", "good")), "removed": {"rooms": [], "keys": [], "equipment": []}}
    exit_record["rooms"] = [{"label": "Salle de bain", "elements": [], "removed": [gone]}]
    [line] = proposals(exit_record, {gone["id"]: "washbasin"})
    assert (line.kind, line.label, line.missing) == ("washbasin", "Salle de bain, lavabo", 1)


@pytest.mark.parametrize(("name", "expected"), read("wear/proposals.json")["exits"].items())
def test_an_exit_proposes_the_lines_of_the_shared_vectors(name: str, expected: list[dict[str, Any]]) -> None:
    vector = read(f"record/{name}.json")
    entities, record = read(f"state/{vector['state']}.json")["entities"], vector["record"]
    gone = {key: _kind_of(entities[key]["fields"]) for key in gone_ids(record) if key in entities}
    found = [
        {**{field: getattr(line, field) for field in one}, "started_on": line.started_on and str(line.started_on)}
        for line, one in zip(proposals(record, gone), expected, strict=True)
    ]
    assert [{**one, "defects": list(one["defects"])} for one in found] == expected


def _kind_of(fields: dict[str, Any]) -> str:
    return next((fields[name] for name in ("element_kind", "key_kind", "equipment_kind") if fields.get(name)), "")
