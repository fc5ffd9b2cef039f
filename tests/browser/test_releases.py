"""A new release comes in when nothing can be lost by it, and the old one stays until the new one has started."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from fieldapp.web.assets import PACKAGE
from tests.browser.tablet_page import CODE, EMAIL, Planned, context_of
from tests.fieldwork.estate import PASSWORD
from tests.support.chromium import LaunchOptions
from tests.support.server import live_server

BETTER = "document.documentElement.dataset.edition = 'second';\n"
BROKEN = "throw new Error('this release cannot start');\n"

LOOK = """async () => {
  const registration = await navigator.serviceWorker.getRegistration("/field/");
  await registration.update();
  const coming = registration.installing;
  if (coming) await new Promise((done) => coming.addEventListener("statechange", done, { once: true }));
  return Boolean(registration.waiting);
}"""
"""Looks for a new version and waits until it is installed; true while it waits."""

WAITS = "navigator.serviceWorker.getRegistration('/field/').then((found) => Boolean(found.waiting))"
PUT_AWAY_AND_BACK = "document.dispatchEvent(new Event('visibilitychange'))"

TALK = """() => {
  let left = 300;
  const again = setInterval(() => {
    fetch("/api/field/time", { method: "POST" }).catch(() => {});
    left -= 1;
    if (left === 0) clearInterval(again);
  }, 4);
}"""
"""Requests one after the other, as while photographs leave: Chromium then forgets that a worker was let in."""

SLOW_DISK = """() => {
  const encrypt = crypto.subtle.encrypt.bind(crypto.subtle);
  const gate = new Promise((open) => { window.goOn = open; });
  crypto.subtle.encrypt = async (...given) => { await gate; return encrypt(...given); };
  const { draft } = document.querySelector("fa-overview-screen");
  const [room] = draft.list("room");
  window.kept = draft.set(room.id, "room", "label", "Chambre bleue").then(() => true);
}"""
"""Begins a write that does not end before `goOn()`."""


class Tablet(Planned):
    """An enrolled tablet whose page belongs to the first release."""

    def __init__(self, planned: Planned, context: BrowserContext) -> None:
        self.server, self.flat = planned.server, planned.flat
        self.page = context.new_page()
        self.page.set_default_timeout(30_000)
        self.page.goto(f"{self.server.url}/field/")
        answers = {"email": EMAIL, "password": PASSWORD, "deviceName": "Tablette 4", "code": CODE, "repeat": CODE}
        for name, text in answers.items():
            self.page.locator(f"#{name}").fill(text)
        self.page.locator("fa-enrol-screen form .button").click()
        self.page.locator("fa-day-screen .day li").first.wait_for()
        self.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        # From the second start on the worker stands between the page and the network.
        self.page.reload()
        self.unlock()
        self.first = release(self.page)

    def unlock(self) -> None:
        """Give the code."""
        for digit in CODE:
            self.page.get_by_role("button", name=digit, exact=True).click()
        self.page.locator("fa-day-screen .day li").first.wait_for()

    def publish(self, folder: Path, first_line: str) -> None:
        """Start the server again with another release: its first module begins with this line."""
        for part in ("static", "templates/field"):
            shutil.copytree(PACKAGE / part, folder / part)
        main = folder / "static/field/main.js"
        main.write_text(first_line + main.read_text())
        self.server.stop()
        self.server.environ = {"TESTS_PACKAGE": str(folder)}
        self.server.start()

    def caches(self) -> set[str]:
        """The releases whose files are on the tablet."""
        names: list[str] = self.page.evaluate("caches.keys()")
        return {name.removeprefix("fieldapp-") for name in names}

    def go(self, address: str) -> None:
        """Go to a screen, as a link does."""
        self.page.evaluate("(address) => { location.hash = address; }", address)


@pytest.fixture(scope="module")
def browser(chromium_options: LaunchOptions) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(**chromium_options)
        yield chromium
        chromium.close()


@pytest.fixture
def tablet(browser: Browser, tmp_path: Path) -> Iterator[Tablet]:
    with live_server(tmp_path / "server", with_worker=False) as server, context_of(browser) as context:
        yield Tablet(Planned(server), context)


def release(page: Page) -> str:
    """The release that the page belongs to."""
    found: str = page.evaluate("document.documentElement.dataset.release")
    return found


def test_a_release_waits_while_a_form_is_open_and_the_old_one_goes_on_whole(tablet: Tablet, tmp_path: Path) -> None:
    page = tablet.page
    tablet.go("#/enrol")
    page.locator("#email").fill("nadia@")
    tablet.publish(tmp_path / "second", BETTER)
    assert page.evaluate(LOOK) is True
    page.evaluate(PUT_AWAY_AND_BACK)
    assert page.evaluate(WAITS) is True
    assert page.locator("#email").input_value() == "nadia@"
    assert release(page) == tablet.first
    assert len(tablet.caches()) == 2

    # What this page has not asked for yet is no longer on the server, and comes all the same.
    old = f"/assets/{tablet.first}/field/screens/meters.js"
    assert page.request.get(f"{tablet.server.url}{old}").status == 404
    assert page.evaluate("(address) => fetch(address).then((answer) => answer.status)", old) == 200

    tablet.go("#/day")
    expect(page.locator("html[data-edition=second]")).to_be_attached()
    tablet.unlock()
    second = release(page)
    assert second != tablet.first
    page.wait_for_function("caches.keys().then((names) => names.length === 1)")
    assert tablet.caches() == {second}, "it has started: the old files may go"


def test_a_release_waits_while_an_answer_is_on_its_way_to_the_disk(tablet: Tablet, tmp_path: Path) -> None:
    page = tablet.page
    tablet.go(f"#/inventory/{tablet.root}")
    page.locator("fa-overview-screen .rounds").first.wait_for()
    page.wait_for_function("!document.querySelector('fa-overview-screen').draft.saving")
    page.evaluate(SLOW_DISK)
    tablet.publish(tmp_path / "second", BETTER)
    assert page.evaluate(LOOK) is True
    page.evaluate(PUT_AWAY_AND_BACK)
    tablet.go(f"#/inventory/{tablet.root}/meters")
    page.locator("fa-meters-screen").wait_for()
    assert page.evaluate(WAITS) is True
    assert release(page) == tablet.first

    page.evaluate("() => { window.goOn(); return window.kept; }")
    page.wait_for_function("!document.querySelector('fa-meters-screen').draft.saving")
    page.evaluate(PUT_AWAY_AND_BACK)
    expect(page.locator("html[data-edition=second]")).to_be_attached()
    for digit in CODE:
        page.get_by_role("button", name=digit, exact=True).click()
    page.locator("fa-meters-screen").wait_for()
    tablet.go(f"#/inventory/{tablet.root}")
    expect(page.get_by_text("Chambre bleue").first).to_be_visible()


def test_a_release_comes_in_while_the_tablet_talks_to_the_server(tablet: Tablet, tmp_path: Path) -> None:
    page = tablet.page
    tablet.go("#/enrol")
    page.locator("#email").wait_for()
    tablet.publish(tmp_path / "second", BETTER)
    assert page.evaluate(LOOK) is True
    page.evaluate(TALK)
    tablet.go("#/day")
    expect(page.locator("html[data-edition=second]")).to_be_attached()


def test_the_files_of_the_old_release_stay_when_the_new_one_cannot_start(tablet: Tablet, tmp_path: Path) -> None:
    page = tablet.page
    tablet.go("#/enrol")
    page.locator("#email").wait_for()
    tablet.publish(tmp_path / "broken", BROKEN)
    assert page.evaluate(LOOK) is True
    tablet.go("#/day")
    page.wait_for_function("(first) => document.documentElement.dataset.release !== first", arg=tablet.first)
    broken = release(page)
    expect(page.locator("fa-app")).to_have_count(0)
    assert tablet.caches() == {tablet.first, broken}
