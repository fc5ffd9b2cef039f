"""Every screen of the tablet, looked at by axe, for overflow and for targets, on three sizes, in both lights and languages."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from fieldapp.demo.estate import UNDER_WORKS
from fieldapp.demo.people import PASSWORD
from fieldapp.demo.stocking import LANDLORD, account_id, dwelling_id
from fieldapp.domain.appointment import AppointmentKind
from fieldapp.domain.zone import PARIS
from fieldapp.extensions import db
from fieldapp.records.account import Account
from fieldapp.records.dwelling import Dwelling
from fieldapp.services import technical
from fieldapp.services.deciding import Outcome, decide_alert
from fieldapp.services.reviewing import NotHere
from fieldapp.services.scope import Scope
from fieldapp.web import create_app
from tests.browser import tour
from tests.browser.address import go
from tests.browser.at_work import tablet_of
from tests.browser.demonstration import demonstrating
from tests.browser.hand import Hand
from tests.browser.tour_technical import technical_pages
from tests.support.calendar import today

AGENT = "agent1@demo.fieldapp.example"
SELLER = "agent2@demo.fieldapp.example"
INDIVIDUAL_VISIT = """async () => {
  const { appointments } = await document.querySelector("fa-day-screen").store.day();
  return appointments.find(({ visit }) => visit?.slot === "individual").visit.id;
}"""
TECHNICAL_VISIT = """async (kind) => {
  const { appointments } = await document.querySelector("fa-day-screen").store.day();
  return appointments.find((each) => each.kind === kind).visit.id;
}"""
AXE = Path(__file__).resolve().parents[2] / "node_modules/axe-core/axe.min.js"
LOOKS = {
    "fr": ((320, 640, "light"), (768, 1024, "dark"), (1280, 800, "light")),
    "en": ((320, 640, "dark"), (768, 1024, "light"), (1280, 800, "dark")),
}
"""Width, height and light: every pair of size, light and language is there."""

ROWS = 10

SETTLED = """async () => {
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const ending = document.getAnimations().filter((each) => Number.isFinite(each.effect.getComputedTiming().endTime));
  await Promise.allSettled(ending.map((each) => each.finished));
}"""
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
    "preload": False,
    # Axe counts what lies under the actions at the bottom as covered; targets are measured below instead.
    "rules": {"target-size": {"enabled": False}},
}
WIDER = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.querySelectorAll("body *")].filter((each) => each.getBoundingClientRect().right > width + 0.5)
    .map((each) => each.outerHTML.slice(0, 80)).slice(-2);
}"""
SMALL = """() => {
  const inside = document.querySelector("dialog[open]") ?? document.body;
  const size = (each) => { const { width, height } = each.getBoundingClientRect(); return { width, height }; };
  const target = (each) => each.closest("label") ?? each;
  // A link in running text is as high as its line, and is not a control (WCAG 2.5.8, inline).
  const controls = [...inside.querySelectorAll("button, .button, .tool, summary, select, textarea, input, .rooms a")]
    .filter((each) => each.checkVisibility({ opacityProperty: false, visibilityProperty: true }));
  return controls.map(target).filter((each) => size(each).width > 1)
    .filter((each) => size(each).height < 47.5 || size(each).width < 43.5)
    .map((each) => `${Math.round(size(each).width)} × ${Math.round(size(each).height)} ${each.outerHTML.slice(0, 80)}`);
}"""


@dataclass
class Tablet:
    """One enrolled tablet; `page` shows its application."""

    page: Page
    app: Flask

    def office_decides(self, inventory: str, alert: str) -> None:
        """As soon as the alert is there, the office lets the visit go on."""
        with self.app.app_context():
            while True:
                try:
                    decide_alert(Scope(LANDLORD, None), inventory, alert, Outcome.PROCEED, "Réparé.", LANDLORD, "Odile")
                except NotHere:
                    db.session.rollback()
                    self.page.wait_for_timeout(200)
                else:
                    return


@pytest.fixture(scope="module")
def tablet(chromium: Browser, demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tablet]:
    folder = tmp_path_factory.mktemp("pages") / "server"
    with demonstrating(folder, demonstration, with_worker=False) as server, tablet_of(chromium) as context:
        page = context.new_page()
        page.goto(f"{server.url}/field/")
        yield Tablet(page, create_app(server.config))


def faults(page: Page, name: str, language: str) -> list[str]:
    """What is wrong with the screen that is shown, on every size."""
    found: list[str] = []
    for width, height, light in LOOKS[language]:
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=light)  # type: ignore[arg-type]
        page.evaluate(SETTLED)
        where = f"{name}, {language}, {width} {light}"
        found += [f"{where}: wider than the screen: {each}" for each in page.evaluate(WIDER)]
        found += [f"{where}: too small to touch: {each}" for each in page.evaluate(SMALL)]
        found += [f"{where}: {each}" for each in violations(page)]
    page.set_viewport_size({"width": 768, "height": 1024})
    page.emulate_media(color_scheme="light")
    return found


def violations(page: Page) -> list[str]:
    """What axe says, with the first element of each."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text())
    result: dict[str, Any] = page.evaluate("(rules) => axe.run(document, rules)", RULES)
    return [f"{each['id']}: {each['nodes'][0]['html'][:160]}" for each in result["violations"]]


def test_every_screen_is_for_everybody_in_french(tablet: Tablet) -> None:
    hand = Hand(tablet.page)
    signing_in = [
        fault for name in tour.sign_in_pages(hand, AGENT, PASSWORD) for fault in faults(hand.page, name, "fr")
    ]
    assert "\n".join(signing_in + walked(tablet, hand, appointment=0)) == ""


def test_every_screen_is_for_everybody_in_english(tablet: Tablet) -> None:
    page = tablet.page
    go(page, "#/day", ".day li")
    Hand(page).press("Réglages")
    page.get_by_text("English").tap()
    expect(page.get_by_role("heading", name="My day")).to_be_visible()
    assert "\n".join(walked(tablet, Hand(page, "en"), appointment=2)) == ""


def test_every_screen_of_a_sales_visit_is_for_everybody(tablet: Tablet, chromium: Browser) -> None:
    with tablet_of(chromium) as another:
        page = another.new_page()
        page.goto(tablet.page.url.split("#")[0])
        hand = Hand(page)
        hand.enrol(SELLER, PASSWORD)
        visit = page.evaluate(INDIVIDUAL_VISIT)
        found = [fault for name in tour.sale_pages(hand, visit) for fault in faults(page, name, "fr")]
        assert "\n".join(found) == ""


@pytest.mark.parametrize(
    ("kind", "language"), ((AppointmentKind.ACCEPTANCE, "fr"), (AppointmentKind.VACANT_CHECK, "en"))
)
def test_every_screen_of_a_technical_visit_is_for_everybody(
    chromium: Browser, tablet: Tablet, kind: AppointmentKind, language: str
) -> None:
    if kind is AppointmentKind.VACANT_CHECK:
        _plan_a_check(tablet.app)
    with tablet_of(chromium) as context:
        page = context.new_page()
        page.goto(tablet.page.url.split("#")[0])
        Hand(page).enrol(SELLER, PASSWORD)
        if language == "en":
            Hand(page).press("Réglages")
            page.get_by_text("English").tap()
            expect(page.get_by_role("heading", name="My day")).to_be_visible()
        hand, visit = Hand(page, language), page.evaluate(TECHNICAL_VISIT, kind.value)
        found = [fault for name in technical_pages(hand, visit) for fault in faults(page, name, language)]
        assert "\n".join(found) == ""


def _plan_a_check(app: Flask) -> None:
    """The empty flat of the demonstration is checked again today."""
    with app.app_context():
        session, evening = db.session(), datetime.combine(today(), time(19), ZoneInfo(PARIS))
        home = session.get_one(Dwelling, dwelling_id(UNDER_WORKS))
        technical.plan(
            session, home, AppointmentKind.VACANT_CHECK, session.get_one(Account, account_id("agent2")), evening
        )
        session.commit()
        db.session.remove()


def test_ten_rows_stand_on_an_upright_tablet_without_scrolling(tablet: Tablet) -> None:
    page, hand = tablet.page, Hand(tablet.page, tablet.page.evaluate("document.documentElement.lang"))
    go(page, "#/day", ".day li")
    inventory = page.locator(".day h3 a").nth(3).evaluate("(link) => link.hash")
    go(page, inventory, "fa-overview-screen .rounds")
    hand.tap("fa-overview-screen .rounds a")
    hand.tap("dialog.camera .shutter")
    expect(page.locator("dialog.camera")).to_have_count(0)
    hand.tap(page.locator("fa-element-row").nth(2).locator("label[data-state=worn]"))
    expect(page.locator("fa-element-row .sync").first).to_be_attached()
    page.locator("fa-element-row").nth(2).locator("label[data-state=good]").tap()
    expect(page.locator("fa-shooter")).to_have_count(0)
    page.evaluate("window.scrollTo(0, 0)")
    limit = page.locator("fa-room-screen .actions").evaluate("(bar) => bar.getBoundingClientRect().top")
    ends = page.locator("fa-element-row").evaluate_all(
        "(rows) => rows.map((row) => row.getBoundingClientRect().bottom)"
    )
    assert len([end for end in ends if end <= limit]) >= min(ROWS, len(ends))


def walked(tablet: Tablet, hand: Hand, *, appointment: int) -> list[str]:
    """Everything that is wrong on the way through one inventory."""
    day = hand.page.locator("fa-day-screen")
    expect(day.locator(".day li").first).to_be_visible()
    inventories = day.locator(".day h3 a").evaluate_all("(links) => links.map(({ hash }) => hash.split('/')[2])")
    inventory = inventories[appointment]
    parts: list[Callable[[], Iterator[str]]] = [
        lambda: tour.day_pages(hand),
        lambda: tour.visit_pages(hand, inventory),
        lambda: tour.trouble_pages(hand, inventory, lambda alert: tablet.office_decides(inventory, alert)),
        lambda: tour.ceremony_pages(hand, inventory),
    ]
    return [fault for part in parts for name in part() for fault in faults(hand.page, name, hand.language)]
