"""Canonical JSON: what goes in comes out, in one spelling, or is refused."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync import canonical

SCALARS = st.none() | st.booleans() | st.integers(-canonical.LARGEST, canonical.LARGEST) | st.text()
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner))


@given(VALUES)
def test_a_document_reads_back_as_it_was(value: Any) -> None:
    assert canonical.loads(canonical.dumps(value)) == value


@given(st.dictionaries(st.text(), st.integers(0, 9)))
def test_the_order_of_writing_does_not_show(value: dict[str, int]) -> None:
    backwards = dict(reversed(value.items()))
    assert canonical.dumps(backwards) == canonical.dumps(value)


@given(st.dictionaries(st.text(), st.none()))
def test_keys_stand_in_the_order_of_javascript(value: dict[str, None]) -> None:
    keys = list(json.loads(canonical.dumps(value)))
    assert keys == sorted(value, key=lambda key: key.encode("utf-16-be"))


@pytest.mark.parametrize(
    "document",
    (b'{"a": 1}', b'{"b":1,"a":2}', b'{"a":1,"a":1}', b'"\\u0041"', b"1.0", b"", b"\xff", b"[" * 100_000, b'"a"\n'),
    ids=(
        "a space",
        "unsorted",
        "a key twice",
        "an escape too many",
        "a float",
        "nothing",
        "no text",
        "deep",
        "a line end",
    ),
)
def test_a_document_in_another_spelling_is_refused(document: bytes) -> None:
    with pytest.raises(canonical.NotCanonical):
        canonical.loads(document)


@pytest.mark.parametrize("value", (1.0, float("nan"), b"bytes", {1: "a"}, {"a": {2}}, 2**53), ids=repr)
def test_what_has_no_canonical_form_is_named_with_its_place(value: Any) -> None:
    with pytest.raises(canonical.NotCanonical, match=r"^\$\[0\]"):
        canonical.dumps([value])
