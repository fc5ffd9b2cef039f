"""Two agents share a tablet: neither sees the other's work, and none of it is hidden or lost."""

import json
import re
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from fieldapp.extensions import db
from fieldapp.records.field_state import FieldState
from fieldapp.web import create_app
from tests.browser.tablet_page import CODE, Planned, context_of
from tests.fieldwork.estate import PASSWORD
from tests.support.chromium import LaunchOptions
from tests.support.server import live_server

LEFT = re.compile(r"Un autre agent a laissé ici \d+ réponses ou photos à envoyer")
PUSHES = "**/api/field/push"

WRITE = """async () => {
  const { draft } = document.querySelector("fa-overview-screen");
  const [room] = draft.list("room");
  await draft.set(room.id, "room", "label", "Chambre bleue");
}"""


def sign_in(page: Page, email: str) -> None:
    """Address and password, on the screen that is there."""
    page.locator("#email").fill(email)
    page.locator("#password").fill(PASSWORD)
    page.locator("fa-enrol-screen form .button").click()


def choose_code(page: Page) -> None:
    """What is asked of whoever is new here."""
    for name, text in {"deviceName": "Tablette 4", "code": CODE, "repeat": CODE}.items():
        page.locator(f"#{name}").fill(text)
    page.locator("fa-enrol-screen form .button").click()


def labels_on_server(planned: Planned) -> list[str]:
    """What the server calls the room."""
    with create_app(planned.server.config).app_context():
        rows = db.session.query(FieldState).filter_by(entity_id=planned.room, field="label").all()
        labels = [json.loads(row.value) for row in rows]
        db.session.remove()
        db.engine.dispose()
    return labels


def test_what_one_agent_has_not_sent_is_said_to_the_next_one_and_leaves_when_they_come_back(
    chromium_options: LaunchOptions, tmp_path: Path
) -> None:
    with live_server(tmp_path / "server", with_worker=False) as server, sync_playwright() as playwright:
        planned = Planned(server)
        browser = playwright.chromium.launch(**chromium_options)
        with context_of(browser) as context:
            page = context.new_page()
            page.set_default_timeout(30_000)
            page.goto(f"{server.url}/field/")
            page.locator("#email").wait_for()
            sign_in(page, "nadia@estate.example")
            choose_code(page)
            page.locator("fa-day-screen .day li").first.wait_for()
            context.route(PUSHES, lambda route: route.abort())
            page.locator("fa-day-screen .day li a").first.click()
            page.locator("fa-overview-screen .rounds").first.wait_for()
            page.evaluate(WRITE)

            page.evaluate("() => { location.hash = '#/enrol'; }")
            sign_in(page, "paul@estate.example")
            expect(page.get_by_text("Première connexion de cette adresse ici")).to_be_visible(timeout=30_000)
            choose_code(page)
            expect(page.locator("fa-day-screen").get_by_text(LEFT)).to_be_visible(timeout=30_000)
            assert "Nadia" not in page.locator("fa-day-screen").inner_text()
            assert "Chambre bleue" not in page.content()

            page.evaluate("() => { location.hash = '#/enrol'; }")
            expect(page.locator("fa-enrol-screen").get_by_text(LEFT)).to_be_visible(timeout=30_000)
            context.unroute(PUSHES)
            sign_in(page, "nadia@estate.example")
            expect(page.get_by_text("Tout est sur le serveur")).to_be_visible(timeout=30_000)
            expect(page.get_by_text(LEFT)).to_have_count(0)
            assert labels_on_server(planned) == ["Chambre bleue"]
        browser.close()
