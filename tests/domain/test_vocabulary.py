"""What may be written about an inventory, and what may not."""

import contextlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.domain import vocabulary
from tests.domain.vectors import read

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
FIELDS = [(kind, field) for kind, fields in vocabulary.FIELDS.items() for field in fields]


@pytest.mark.parametrize("name", ("f3", "f3_in_english", "garage", "commercial", "foyer", "alerts"))
def test_every_true_inventory_that_the_rules_are_tested_with_may_be_written(name: str) -> None:
    for entity in read(f"state/{name}.json")["entities"].values():
        for field, value in entity["fields"].items():
            vocabulary.check(entity["kind"], field, value)


@given(st.sampled_from(FIELDS), JSON)
def test_any_json_is_accepted_or_refused_in_words(place: tuple[str, str], value: Any) -> None:
    with contextlib.suppress(vocabulary.BadValue):
        vocabulary.check(*place, value)


@pytest.mark.parametrize(("kind", "field"), [place for place in FIELDS if place[1] in {"deleted", "position", "body"}])
def test_what_makes_an_entity_is_never_cleared(kind: str, field: str) -> None:
    with pytest.raises(vocabulary.BadValue):
        vocabulary.check(kind, field, None)


@pytest.mark.parametrize("kind", [kind for kind, fields in vocabulary.FIELDS.items() if "body" in fields])
def test_a_body_has_exactly_its_members(kind: str) -> None:
    with pytest.raises(vocabulary.BadValue):
        vocabulary.check(kind, "body", {})
    with pytest.raises(vocabulary.BadValue):
        vocabulary.check(kind, "body", {"anything": "else"})


def test_kinds_and_fields_that_are_not_there_are_named() -> None:
    with pytest.raises(vocabulary.UnknownKind, match="castle"):
        vocabulary.check("castle", "label", "")
    with pytest.raises(vocabulary.UnknownField, match=r"room\.colour"):
        vocabulary.check("room", "colour", "")


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
    with pytest.raises(vocabulary.BadValue):
        vocabulary.check("inventory", field, value)


def test_what_the_office_alone_writes_exists() -> None:
    assert set(FIELDS) >= vocabulary.SERVER_ONLY
    assert set(FIELDS) >= vocabulary.WEIGHTY
