"""What may be written about an inventory or a visit, and what may not."""

import contextlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.domain.root_vocabulary import BadValue, RootVocabulary, UnknownField, UnknownKind
from fieldapp.domain.visit_vocabulary import VISIT
from fieldapp.domain.vocabulary import INVENTORY
from tests.domain.vectors import read

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
ROOTS = (INVENTORY, VISIT)
FIELDS = [(root, kind, field) for root in ROOTS for kind, fields in root.fields.items() for field in fields]
BODIES = [(root, kind) for root, kind, field in FIELDS if field == "body"]


@pytest.mark.parametrize("name", ("f3", "f3_in_english", "garage", "commercial", "foyer", "alerts"))
def test_every_true_inventory_that_the_rules_are_tested_with_may_be_written(name: str) -> None:
    for entity in read(f"state/{name}.json")["entities"].values():
        for field, value in entity["fields"].items():
            INVENTORY.check(entity["kind"], field, value)


@given(st.sampled_from(FIELDS), JSON)
def test_any_json_is_accepted_or_refused_in_words(place: tuple[RootVocabulary, str, str], value: Any) -> None:
    root, kind, field = place
    with contextlib.suppress(BadValue):
        root.check(kind, field, value)


@pytest.mark.parametrize(
    ("root", "kind", "field"), [one for one in FIELDS if one[2] in {"deleted", "position", "body"}]
)
def test_what_makes_an_entity_is_never_cleared(root: RootVocabulary, kind: str, field: str) -> None:
    with pytest.raises(BadValue):
        root.check(kind, field, None)


@pytest.mark.parametrize(("root", "kind"), BODIES)
def test_a_body_has_exactly_its_members(root: RootVocabulary, kind: str) -> None:
    with pytest.raises(BadValue):
        root.check(kind, "body", {})
    with pytest.raises(BadValue):
        root.check(kind, "body", {"anything": "else"})


def test_kinds_and_fields_that_are_not_there_are_named() -> None:
    with pytest.raises(UnknownKind, match="castle"):
        INVENTORY.check("castle", "label", "")
    with pytest.raises(UnknownField, match=r"room\.colour"):
        INVENTORY.check("room", "colour", "")


@pytest.mark.parametrize(
    ("field", "value"),
    (
        ("established_at", "2026-11-18T09:00:00Z"),
        ("established_at", "2026-02-30T09:00:00.000Z"),
        ("insurance", {"seen": True, "expires": "18/11/2026"}),
        ("insurance", {"insurer": "Mutuelle"}),
        ("language", "de"),
        ("closed", {"record_sha256": "A" * 64, "at": "2026-11-18T09:00:00.000Z", "acts": []}),
    ),
)
def test_values_of_nearly_the_right_shape_are_refused(field: str, value: Any) -> None:
    with pytest.raises(BadValue):
        INVENTORY.check("inventory", field, value)


def test_what_the_office_alone_writes_exists() -> None:
    for root in ROOTS:
        places = {(kind, field) for kind, fields in root.fields.items() for field in fields}
        assert places >= root.server_only
        assert places >= root.weighty


@pytest.mark.parametrize("field", ("words", "note", "text"))
def test_a_visit_has_no_free_text_about_persons(field: str) -> None:
    written = {kind for _, kind, name in FIELDS if name == field and kind not in INVENTORY.fields}
    # Points, works and amendments are about things of the dwelling, and the words of a whole visit are about it.
    assert written <= {"attendance", "snag", "request", "point", "work", "amendment", "visit"}
    assert "note" not in VISIT.fields["attendance"]
