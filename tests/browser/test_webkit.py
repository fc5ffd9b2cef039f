"""The tablet in WebKit, the engine of every iPad: enrolled, started without a server, one answer kept and sent."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
from selenium.webdriver import WebKitGTK
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from fieldapp.demo.people import PASSWORD
from fieldapp.extensions import db
from fieldapp.records.field_state import FieldState
from fieldapp.web import create_app
from tests.browser.demonstration import demonstrating
from tests.browser.tablet_page import CODE
from tests.support.server import LiveServer
from tests.support.webkit import webkit

PATIENCE_SECONDS = 90
AGENT = "agent1@demo.fieldapp.example"

SHOWN = "return document.querySelector(arguments[0])?.getClientRects().length > 0"
CONTROLLED = "const done = arguments[0]; navigator.serviceWorker.ready.then(() => done(true))"
ROOMS = "fa-overview-screen a[href*='/room/']"


pytestmark = pytest.mark.filterwarnings("ignore:setting remote_server_addr:DeprecationWarning")  # selenium's own


@pytest.fixture
def server(tmp_path: Path, demonstration: Path) -> Iterator[LiveServer]:
    with demonstrating(tmp_path / "server", demonstration) as server:
        yield server


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[WebKitGTK]:
    with webkit(tmp_path / "profile") as browser:
        browser.set_script_timeout(PATIENCE_SECONDS)
        yield browser


def test_an_answer_given_without_a_server_is_kept_and_arrives_afterwards(
    browser: WebKitGTK, server: LiveServer
) -> None:
    browser.get(f"{server.url}/field/")
    enrol(browser)
    assert browser.execute_async_script(CONTROLLED)

    server.stop()
    browser.get("about:blank")
    browser.get(f"{server.url}/field/")
    unlock(browser)
    element = judge_one_element(browser, "worn")
    browser.get("about:blank")
    browser.get(f"{server.url}/field/")
    unlock(browser)
    open_first_room(browser)
    assert state_shown(browser, element) == "worn", "it was on the disk"
    assert states_on_server(server, element) == []

    server.start()
    browser.execute_script("window.dispatchEvent(new Event('online'))")
    until(browser, lambda: states_on_server(server, element) == ["worn"], "the answer arrives")


def enrol(browser: WebKitGTK) -> None:
    """The first morning: address, password, name of the tablet, code."""
    answers = {"email": AGENT, "password": PASSWORD, "deviceName": "Tablette 4", "code": CODE, "repeat": CODE}
    wait_for(browser, "#email")
    for name, text in answers.items():
        browser.find_element(By.ID, name).send_keys(text)
    press(browser, "fa-enrol-screen form .button")
    wait_for(browser, "fa-day-screen .day li")


def unlock(browser: WebKitGTK) -> None:
    """Give the six-digit code on the screen's own keys."""
    wait_for(browser, ".keypad button")
    for digit in CODE:
        keys = browser.find_elements(By.CSS_SELECTOR, ".keypad button")
        next(key for key in keys if key.text.strip() == digit).click()
    wait_for(browser, "fa-day-screen .day li")


def open_first_room(browser: WebKitGTK) -> None:
    """From the day to the first room of the first dwelling; this WebKit has no camera to offer."""
    wait_for(browser, "fa-day-screen .day li a")
    press(browser, "fa-day-screen .day li a")
    wait_for(browser, ROOMS)
    press(browser, ROOMS)
    wait_for(browser, "fa-element-row")


def judge_one_element(browser: WebKitGTK, state: str) -> str:
    """Tap one element's state; returns its id once the screen says that it is kept."""
    open_first_room(browser)
    element = str(browser.find_element(By.CSS_SELECTOR, "fa-element-row").get_attribute("data-element"))
    press(browser, f'[data-element="{element}"] label[data-state={state}]')
    until(browser, lambda: place_said(browser, element) == "Sur la tablette", "word that it is kept")
    return element


def place_said(browser: WebKitGTK, element: str) -> str:
    """Where the row says that its answer is, as a screen reader hears it: in view there is an icon only."""
    badge = browser.find_element(By.CSS_SELECTOR, f'[data-element="{element}"] .name .sync')
    return str(badge.get_property("textContent")).strip()


def state_shown(browser: WebKitGTK, element: str) -> Any:
    """The state that the row shows as chosen."""
    return browser.execute_script(
        "return document.querySelector(`[data-element='${arguments[0]}'] .states input:checked`)?.value", element
    )


def states_on_server(server: LiveServer, element: str) -> list[Any]:
    """What the server holds of this element's state."""
    with create_app(server.config).app_context():
        rows = db.session.query(FieldState).filter_by(entity_id=element, field="state").all()
        values = [json.loads(row.value) for row in rows]
        db.session.remove()
        db.engine.dispose()
    return values


def press(browser: WebKitGTK, selector: str) -> None:
    """Touch the first thing that the selector finds."""
    target = browser.find_element(By.CSS_SELECTOR, selector)
    browser.execute_script("arguments[0].scrollIntoView({ block: 'center' })", target)
    target.click()


def wait_for(browser: WebKitGTK, selector: str) -> None:
    """Wait until it is there to be seen."""
    until(browser, lambda: bool(browser.execute_script(SHOWN, selector)), selector)


def until(browser: WebKitGTK, holds: Callable[[], bool], what: str) -> None:
    """Wait for a condition, and say which one never came with what the page shows instead."""
    gone = (NoSuchElementException, StaleElementReferenceException)
    waiting = WebDriverWait(browser, PATIENCE_SECONDS, poll_frequency=0.2, ignored_exceptions=gone)
    try:
        waiting.until(lambda _: holds())
    except Exception as error:
        shown = browser.execute_script("return location.href + '\\n' + document.body?.innerText")
        raise AssertionError(f"{what} never came; the page shows: {shown}") from error
