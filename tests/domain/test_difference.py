"""The place where two documents part is named, without what stands there."""

from typing import Any

import pytest

from fieldapp.domain.difference import first_difference


@pytest.mark.parametrize(
    ("left", "right", "place"),
    (
        ({"a": [1, {"b": "x"}]}, {"a": [1, {"b": "x"}]}, ""),
        ({"a": [1, {"b": "x"}]}, {"a": [1, {"b": "y"}]}, "$.a[1].b"),
        ({"a": 1}, {"a": 1, "b": 2}, "$.b"),
        ([1, 2], [1], "$[1]"),
        ([1], [True], "$[0]"),
        ({"a": {}}, {"a": []}, "$.a"),
        (None, 0, "$"),
    ),
)
def test_the_first_place_that_differs_is_named(left: Any, right: Any, place: str) -> None:
    assert first_difference(left, right) == place
