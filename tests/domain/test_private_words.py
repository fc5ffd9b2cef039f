"""A comment about a person is noticed, one about the dwelling is not; what is found is a code, never the words."""

import pytest

from fieldapp.domain import catalogue
from fieldapp.domain.private_words import private_subjects
from tests.domain.vectors import read


@pytest.mark.parametrize(("text", "found"), read("private_words.json"))
def test_what_is_said_about_a_person_is_noticed(text: str, found: list[str]) -> None:
    assert private_subjects(text, catalogue.load_visits()) == found
