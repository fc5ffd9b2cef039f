"""Whoever holds a link gets one report and nothing else."""

import re

import pytest

from tests.fieldwork.estate import Estate, Flat
from tests.fieldwork.office import PDF, Browser, browser, colleague, sealed


@pytest.fixture
def flat(quick_estate: Estate) -> Flat:
    return sealed(quick_estate)


def given(estate: Estate, flat: Flat) -> tuple[Browser, str]:
    """Somebody of the office, and the path of a link that was just made."""
    own = colleague(estate)
    page = f"/office/inventories/{flat.root_id}/copies"
    own.send(page, f"{page}/{flat.ids['tenant']}/link")
    (path,) = re.findall(r"http://127\.0\.0\.1:8000(/h/[\w-]+)", own.text(page))
    return own, path


def test_a_link_opens_without_an_account_and_names_nobody(quick_estate: Estate, flat: Flat) -> None:
    _, path = given(quick_estate, flat)
    stranger = browser(quick_estate)
    answer = stranger.get(path)
    assert answer.status_code == 200
    for personal in ("Camille", "Essai,", "Nadia", flat.root_id, flat.ids["tenant"]):
        assert personal not in answer.text
    report = stranger.get(f"{path}/report.pdf")
    assert report.data.startswith(PDF)
    assert report.headers["Content-Disposition"].startswith("attachment")


def test_neither_a_referrer_nor_a_cache_learns_a_link(quick_estate: Estate, flat: Flat) -> None:
    _, path = given(quick_estate, flat)
    for address in (path, f"{path}/report.pdf", "/h/guess"):
        headers = browser(quick_estate).get(address).headers
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["Cache-Control"] == "private, no-store"
        assert "Set-Cookie" not in headers


def test_the_office_sees_the_download_and_can_withdraw_the_link(quick_estate: Estate, flat: Flat) -> None:
    own, path = given(quick_estate, flat)
    browser(quick_estate).get(f"{path}/report.pdf")
    page = f"/office/inventories/{flat.root_id}/copies"
    html = own.text(page)
    assert "Téléchargé 1 fois" in html
    assert "Copie remise" in html
    (address,) = re.findall(r'action="(/office/links/[0-9a-f-]{36}/withdraw)"', html)
    own.send(page, address)
    dead = browser(quick_estate).get(path)
    assert dead.status_code == 410
    assert "ne s’ouvre plus" in dead.text
    assert browser(quick_estate).get(f"{path}/report.pdf").status_code == 410


def test_looking_at_the_page_is_not_a_handing_over(quick_estate: Estate, flat: Flat) -> None:
    own, path = given(quick_estate, flat)
    browser(quick_estate).get(path)
    assert "Pas encore téléchargé" in own.text(f"/office/inventories/{flat.root_id}/copies")


def test_guessing_is_limited(quick_estate: Estate, flat: Flat) -> None:
    guesser = browser(quick_estate)
    answers = [guesser.get(f"/h/guess-{number}").status_code for number in range(32)]
    assert set(answers[:30]) == {410}
    assert set(answers[30:]) == {429}


def test_the_page_has_its_english(quick_estate: Estate, flat: Flat) -> None:
    _, path = given(quick_estate, flat)
    answer = browser(quick_estate).get(path, headers={"Accept-Language": "en-GB"})
    assert "Your inventory is ready" in answer.text
    assert '<html lang="en"' in answer.text
