"""A room holds what the landlord's catalogue says, and what the law asks for whatever that catalogue forgot."""

from fieldapp.domain.catalogue import load
from fieldapp.domain.house_catalogue import document_of, missing_coverings, usual_elements
from tests.domain.vectors import CATALOGUE, read


def test_a_new_room_holds_what_the_shared_vector_says() -> None:
    vector = read("house/usual.json")
    for case in vector["cases"]:
        house = vector["house"] if case["house"] else None
        assert usual_elements(CATALOGUE, house, case["room"]) == case["usual"], case["room"]


def test_no_covering_that_the_decree_asks_for_is_lost_with_a_poor_catalogue() -> None:
    house = document_of([("kitchen", "EVIER", "sink", "Évier deux bacs", "Inox")])
    usual = usual_elements(CATALOGUE, house, "kitchen")
    assert [element["kind"] for element in usual] == ["sink", "floor", "walls", "ceiling"]
    assert missing_coverings(CATALOGUE, usual, "kitchen") == []


def test_ground_is_a_floor() -> None:
    house = document_of([("cellar", "S", "ground", "Dalle", "Béton")])
    assert "floor" not in [element["kind"] for element in usual_elements(load(), house, "cellar")]
