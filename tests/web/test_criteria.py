"""The landlord says on what candidates are asked their opinion, in both languages."""

from datetime import UTC, datetime
from typing import Any

import pytest

from fieldapp.domain import value_shape
from fieldapp.services.criteria import MOST
from fieldapp.services.packing import day_pack
from tests.fieldwork.estate import Estate, account_of
from tests.fieldwork.office import Browser, colleague
from tests.fieldwork.visits import plan_slot

PAGE = "/office/criteria"
CALM, SUN = ("Le calme", "Quiet"), ("La lumière", "Light")


@pytest.fixture
def own(quick_estate: Estate) -> Browser:
    return colleague(quick_estate, "manager")


def send(own: Browser, *lines: tuple[str, str], codes: list[str] | None = None) -> tuple[int, str]:
    more = MOST - len(lines)
    answer = own.send(
        PAGE,
        PAGE,
        code=[*(codes or [""] * len(lines)), *[""] * more],
        fr=[*(fr for fr, _ in lines), *[""] * more],
        en=[*(en for _, en in lines), *[""] * more],
    )
    return answer.status_code, answer.text


def carried(estate: Estate) -> list[dict[str, Any]] | None:
    """The criteria that the day pack of an agent carries."""
    with estate.app.app_context():
        pack = day_pack(account_of(estate.agents["nadia"]), datetime.now(UTC).date())
        found: list[dict[str, Any]] | None = pack["appointments"][0]["visit"]["criteria"]
        return found


def test_the_tablets_ask_what_the_landlord_wrote_and_new_words_keep_the_code(
    quick_estate: Estate, own: Browser
) -> None:
    plan_slot(quick_estate)
    assert carried(quick_estate) is None
    assert "Surface et agencement" in own.text(PAGE)
    assert send(own, CALM, SUN)[0] == 302
    first, second = carried(quick_estate) or []
    assert value_shape.code(first["code"])
    assert first["label"] == {"fr": "Le calme", "en": "Quiet"}
    assert send(own, SUN, ("Le calme du lieu", "Quiet"), codes=[second["code"], first["code"]])[0] == 302
    assert [(one["code"], one["label"]["fr"]) for one in carried(quick_estate) or []] == [
        (second["code"], "La lumière"),
        (first["code"], "Le calme du lieu"),
    ]


def test_without_any_those_of_the_program_come_back(quick_estate: Estate, own: Browser) -> None:
    plan_slot(quick_estate)
    send(own, CALM)
    send(own)
    assert carried(quick_estate) is None


@pytest.mark.parametrize(
    ("lines", "said"),
    (
        (((CALM), ("La lumière", "")), "dans les deux langues"),
        ((CALM, ("le CALME", "Calm")), "Ce critère y est déjà"),
        ((CALM, ("x" * 81, "Light")), "Quatre-vingts caractères au plus"),
    ),
    ids=("one language", "twice", "too long"),
)
def test_a_wrong_line_is_said_and_nothing_is_kept(
    quick_estate: Estate, own: Browser, lines: tuple[tuple[str, str], ...], said: str
) -> None:
    plan_slot(quick_estate)
    status, text = send(own, *lines)
    assert status == 400
    assert said in text
    assert 'value="Le calme"' in text
    assert carried(quick_estate) is None


def test_neither_a_reviewer_nor_one_agency_changes_what_all_ask(quick_estate: Estate) -> None:
    assert colleague(quick_estate).get(PAGE).status_code == 403
    assert colleague(quick_estate, "manager", agency="north").get(PAGE).status_code == 403
