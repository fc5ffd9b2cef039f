"""What became of a thing during the tenancy: one code each, by identity, and nothing concluded from silence."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.domain.assessment import NoSubject, assessment_id
from fieldapp.domain.change import Change, Comparison, Reason, change_of, reading
from fieldapp.domain.condition import State
from fieldapp.domain.entry import Entries
from fieldapp.domain.record import build
from fieldapp.domain.snapshot import Snapshot
from fieldapp.domain.wording import Wording
from tests.domain.vectors import CATALOGUE, LEGAL, read

WORDS = Wording(CATALOGUE, "fr")


def compared(entry: dict[str, Any] | None, now: dict[str, Any], kind: str = "element") -> Comparison:
    thing = {"kind": kind, "fields": now | ({} if entry is None else {"entry": entry})}
    inventory = {"kind": "inventory", "fields": {"kind": "move_out", "entry": {"origin": "sealed"}}}
    snapshot = Snapshot({"entities": {"inventory": inventory, "thing": thing}})
    return change_of(snapshot.all(kind)[0], Entries(snapshot), WORDS)


@pytest.mark.parametrize(
    ("entry", "now", "differences"),
    (
        ({"state": "good"}, {"state": "good"}, ()),
        ({"state": "good"}, {"state": "absent"}, ("state",)),
        ({"state": "poor"}, {"state": "new"}, ("state",)),
        ({"state": "good", "working": None}, {"state": "good", "working": "yes"}, ()),
        ({"state": "good", "working": None}, {"state": "good", "working": "no"}, ("working",)),
        ({"state": "good", "working": "not_tested"}, {"state": "good", "working": "no"}, ()),
        ({"state": "good", "cleanliness": "to_clean"}, {"state": "good"}, ("cleanliness",)),
        ({"state": "good", "quantity": 3}, {"state": "good"}, ()),
        ({"state": "good", "quantity": 3}, {"state": "good", "quantity": 2}, ("quantity",)),
        ({"state": "good", "material": "Parquet chêne"}, {"state": "good", "material": "Oak parquet"}, ()),
        ({"state": "good", "material": "Parquet chêne"}, {"state": "good", "material": "Lino"}, ("material",)),
        ({"state": "good", "defects": ["hole", "stain"]}, {"state": "good", "defects": ["stain", "hole"]}, ()),
        ({"state": "good", "defects": ["mark"]}, {"state": "good", "defects": ["stain"]}, ()),
    ),
)
def test_only_what_somebody_said_on_both_sides_differs(
    entry: dict[str, Any], now: dict[str, Any], differences: tuple[str, ...]
) -> None:
    found = compared(entry, now)
    assert found == Comparison(Change.CHANGED if differences else Change.SAME, None, differences)


@pytest.mark.parametrize(
    ("entry", "now", "reason"),
    (
        ({"state": "not_checked"}, {"state": "poor"}, Reason.ENTRY_NOT_CHECKED),
        ({"state": "good"}, {"state": "not_checked"}, Reason.NOT_CHECKED),
        ({"state": "good"}, {}, Reason.NOT_SEEN),
        ({"state": "fair"}, {"state": "good"}, Reason.CATALOGUE),
        ({"state": None, "note": ""}, {"state": "good"}, Reason.NO_ENTRY),
    ),
)
def test_what_cannot_be_compared_says_why(entry: dict[str, Any], now: dict[str, Any], reason: Reason) -> None:
    assert compared(entry, now) == Comparison(Change.NOT_COMPARABLE, reason)


def test_works_end_the_comparison_and_a_new_thing_has_none() -> None:
    assert (
        compared({"state": "poor"}, {"state": "new", "works": {"on": None, "document": ""}}).change is Change.REPLACED
    )
    assert compared(None, {"state": "new"}).change is Change.CREATED


@given(st.sampled_from(State), st.lists(st.sampled_from(["hole", "stain", "scratch"]), unique=True))
def test_what_inchange_writes_is_the_same(state: State, defects: list[str]) -> None:
    said = {"state": state.value, "defects": defects}
    expected = Change.NOT_COMPARABLE if state is State.NOT_CHECKED else Change.SAME
    assert compared(said, said).change is expected


@given(st.sampled_from(State), st.sampled_from(State))
def test_every_two_states_have_exactly_one_answer(before: State, after: State) -> None:
    found = compared({"state": before.value}, {"state": after.value})
    assert (found.change is Change.NOT_COMPARABLE) == (State.NOT_CHECKED in (before, after))
    if found.change is not Change.NOT_COMPARABLE:
        assert (found.change is Change.SAME) == (before is after)


@pytest.mark.parametrize(
    ("index", "millionths"),
    (
        ("00482,137", 482_137_000),
        ("482.137", 482_137_000),
        ("1 234", 1_234_000_000),
        ("12 m3", None),
        ("", None),
        (12, None),
    ),
)
def test_an_index_is_read_as_it_is_written_on_meters(index: object, millionths: int | None) -> None:
    assert reading(index) == millionths


def test_a_thing_has_one_assessment_whoever_writes_it() -> None:
    thing = "019a0000-0000-7000-8000-000000000001"
    assert assessment_id(thing) == "019a0000-0000-8000-8000-000000000001"
    with pytest.raises(NoSubject):
        assessment_id(assessment_id(thing))


def test_no_cause_and_no_note_of_the_landlord_is_in_what_is_signed() -> None:
    state = read("state/move_out.json")
    before = build(state, CATALOGUE, LEGAL)
    element = next(key for key, entity in state["entities"].items() if entity["kind"] == "element")
    about = {"subject_kind": "element", "subject_id": element, "cause": "damage", "note": "Coups"}
    state["entities"][assessment_id(element)] = {"kind": "assessment", "fields": about}
    assert build(state, CATALOGUE, LEGAL) == before


def test_every_row_of_a_move_out_names_its_change_and_the_counts_agree() -> None:
    record = build(read("state/move_out.json"), CATALOGUE, LEGAL)
    changes = [element["change"] for room in record["rooms"] for element in room["elements"]]
    assert all(changes)
    told = {change.value: changes.count(change.value) for change in Change if change is not Change.REMOVED}
    assert record["counts"] == record["counts"] | told
    assert [room["label"] for room in record["removed"]["rooms"]] == ["Cave n° 14"]
    assert record["counts"]["removed"] == 1 + len(record["removed"]["rooms"][0]["elements"])


def test_rooms_that_only_share_a_name_are_never_paired() -> None:
    record = build(read("state/rooms_split_and_merged.json"), CATALOGUE, LEGAL)
    bathroom = next(room for room in record["rooms"] if room["label"] == "Salle de bains")
    assert (bathroom["change"], bathroom["from"]) == ("created", [])
    assert [room["label"] for room in record["removed"]["rooms"]] == ["Salle de bains"]
    office = next(room for room in record["rooms"] if room["label"] == "Bureau")
    assert [room["label"] for room in office["from"]] == ["Séjour"]
    assert office["elements"][0]["entry"]["remarks"] == [{"quality": "tenant", "text": "La rayure était là avant nous"}]


def test_an_exit_without_entry_says_so_and_compares_nothing() -> None:
    record = build(read("state/no_entry_at_all.json"), CATALOGUE, LEGAL)
    assert record["entry"]["origin"] == "none"
    assert record["entry"]["origin_words"]
    assert {element["change"] for room in record["rooms"] for element in room["elements"]} == {"not_comparable"}
