"""Accents, capitals, signs and a typing error do not keep anybody from being found."""

import pytest

from fieldapp.domain.search_words import distance, folded, forgiven, grams, words_asked, words_kept


def test_words_are_compared_without_accents_and_ligatures() -> None:
    assert folded("Éléonore CŒUR-d’Ève") == "eleonore coeur-d'eve"


def test_a_reference_is_found_whole_and_by_its_parts() -> None:
    assert words_kept(["EDL-2026-0042"]) == {"edl20260042", "edl", "2026", "0042"}
    assert words_asked("edl-2026-0042") == ("edl20260042",)


def test_a_double_name_is_two_words_and_streets_are_not_found_by_the_word_street() -> None:
    assert words_kept(["Marie-Claire, 12 rue des Tanneurs"]) == {"marie", "claire", "marieclaire", "12", "tanneurs"}
    assert words_asked("12 rue des Tanneurs Marie-Claire") == ("12", "tanneurs", "marie", "claire")


def test_a_question_of_common_words_alone_is_still_a_question() -> None:
    assert words_asked("rue de la") == ("rue", "de", "la")
    assert words_asked(" ,;! ") == ()


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    (("martin", "martin", 0), ("martin", "matin", 1), ("martin", "mratin", 1), ("martin", "marten", 1),
     ("martin", "matine", 2), ("ferrand", "durand", 3), ("", "ab", 2)),
)  # fmt: skip
def test_a_slip_of_the_finger_is_one_error(one: str, other: str, apart: int) -> None:
    assert distance(one, other, 3) == distance(other, one, 3) == apart
    assert distance(one, other, 0) == (0 if apart == 0 else 1)


def test_short_words_and_numbers_are_taken_as_they_are() -> None:
    assert [forgiven(word) for word in ("bay", "haddad", "schwarzen", "e2026")] == [0, 1, 2, 0]


def test_one_error_leaves_most_triples_of_letters_in_common() -> None:
    for wrong in ("hadad", "haddda", "hadded", "haddads"):
        assert len(grams("haddad") & grams(wrong)) >= len(grams(wrong)) - 3
