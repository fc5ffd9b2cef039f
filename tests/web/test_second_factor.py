"""A stolen password opens nothing once a second code is asked for, and a lost telephone locks nobody out."""

import re
from datetime import datetime

import pytest

from fieldapp.domain.one_time_code import STEP_SECONDS, at_step
from fieldapp.services import second_factor
from tests.fieldwork.estate import Estate
from tests.fieldwork.office import Browser, browser, colleague

EMAIL = "reviewer@estate.example"
STEP = "/office/second-step"


class Telephone:
    """An authenticator, and a clock that both sides share."""

    def __init__(self, secret: str, monkeypatch: pytest.MonkeyPatch) -> None:
        self.secret = secret
        self.step = 60_000_000
        monkeypatch.setattr(second_factor, "now", lambda: datetime.fromtimestamp(self.step * STEP_SECONDS).astimezone())

    def code(self) -> str:
        """The next code: each is good once."""
        self.step += 1
        return at_step(self.secret, self.step)


def protected(estate: Estate, monkeypatch: pytest.MonkeyPatch) -> tuple[Browser, Telephone, list[str]]:
    """The reviewer switches the second code on; gives the browser, the telephone and the recovery codes."""
    own = browser(estate)
    own.sign_in(EMAIL)
    secret = re.findall(r'<code class="breaks">([A-Z2-7 \u202f\xa0]+)</code>', own.text("/office/account"))[0]
    telephone = Telephone(re.sub(r"\s", "", secret), monkeypatch)
    answer = own.send("/office/account", "/office/account/second-factor", code=telephone.code())
    assert answer.status_code == 200, answer.text
    return own, telephone, re.findall(r"<code>([a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4})</code>", answer.text)


def test_after_the_password_the_code_is_asked_for_and_opens_the_page_that_was_wanted(
    quick_estate: Estate, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, telephone, codes = protected(quick_estate, monkeypatch)
    assert len(set(codes)) == 10
    other = browser(quick_estate)
    assert other.sign_in(EMAIL, to="/office/outbox").headers["Location"] == STEP
    assert other.get("/office/inventories/").status_code == 302
    assert other.send(STEP, STEP, code="000000").status_code == 401
    assert other.get("/office/inventories/").status_code == 302
    code = telephone.code()
    assert other.send(STEP, STEP, code=code).headers["Location"] == "/office/outbox"
    assert other.get("/office/inventories/").status_code == 200
    third = browser(quick_estate)
    third.sign_in(EMAIL)
    assert third.send(STEP, STEP, code=code).status_code == 401, "a code that was seen over a shoulder is used up"


def test_a_recovery_code_replaces_the_telephone_once(quick_estate: Estate, monkeypatch: pytest.MonkeyPatch) -> None:
    own, _, codes = protected(quick_estate, monkeypatch)
    for expected in (302, 401):
        other = browser(quick_estate)
        other.sign_in(EMAIL)
        assert other.send(STEP, STEP, code=codes[0].upper()).status_code == expected
    assert "9 codes de secours" in own.text("/office/account")


def test_codes_cannot_be_guessed(quick_estate: Estate, monkeypatch: pytest.MonkeyPatch) -> None:
    _, telephone, _ = protected(quick_estate, monkeypatch)
    other = browser(quick_estate)
    other.sign_in(EMAIL)
    answers = [other.send(STEP, STEP, code=f"{number:06}").status_code for number in range(10)]
    assert set(answers[:7]) == {401}
    assert answers[-1] == 429
    assert other.send(STEP, STEP, code=telephone.code()).status_code == 429


def test_nobody_reaches_the_second_step_without_the_password(quick_estate: Estate) -> None:
    assert browser(quick_estate).get(STEP).headers["Location"] == "/office/sign-in"


def test_it_is_taken_off_only_with_a_code(quick_estate: Estate, monkeypatch: pytest.MonkeyPatch) -> None:
    own, telephone, _ = protected(quick_estate, monkeypatch)
    off = "/office/account/second-factor/off"
    assert own.send("/office/account", off, code="000000").status_code == 400
    assert own.send("/office/account", off, code=telephone.code()).status_code == 302
    assert browser(quick_estate).sign_in(EMAIL).headers["Location"] == "/office/inventories/"


def test_a_wrong_first_code_switches_nothing_on(quick_estate: Estate) -> None:
    own = browser(quick_estate)
    own.sign_in(EMAIL)
    assert own.send("/office/account", "/office/account/second-factor", code="000000").status_code == 400
    assert browser(quick_estate).sign_in(EMAIL).headers["Location"] == "/office/inventories/"


def test_another_browser_is_signed_out_from_here(quick_estate: Estate) -> None:
    first, second = browser(quick_estate), browser(quick_estate)
    for own in (first, second):
        own.sign_in(EMAIL)
    page = second.text("/office/account")
    ends = re.findall(r'action="(/office/account/sessions/[0-9a-f-]+/end)"', page)
    assert len(ends) == 2
    assert second.send("/office/account", ends[1]).status_code == 302
    assert first.get("/office/inventories/").status_code == 302
    assert second.get("/office/inventories/").status_code == 200
    stranger = colleague(quick_estate)
    assert stranger.send("/office/account", ends[0]).status_code == 404


def test_a_cookie_that_was_copied_is_worthless_after_signing_out(quick_estate: Estate) -> None:
    own = browser(quick_estate)
    own.sign_in(EMAIL)
    cookie = own.client.get_cookie("fieldapp")
    assert cookie is not None
    own.send("/office/inventories/", "/office/sign-out")
    thief = browser(quick_estate)
    thief.client.set_cookie("fieldapp", cookie.value)
    assert thief.get("/office/inventories/").status_code == 302
