"""Importing a grid and a price list in a real browser, on every screen, in both lights and languages."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from fieldapp.extensions import db
from fieldapp.web import create_app
from tests.browser.look import looked_at
from tests.fieldwork.estate import PASSWORD, Estate
from tests.support.server import LiveServer, live_server

DATA = Path(__file__).resolve().parents[1] / "data"
EMAIL = "accountant@estate.example"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    with live_server(tmp_path_factory.mktemp("tariffs"), with_worker=False) as server:
        estate = Estate.build(create_app(server.config))
        with estate.app.app_context():
            estate.new_account(EMAIL, "Alix", "accountant", None)
            db.session.commit()
            db.engine.dispose()
        yield server


def at_the_desk(chromium: Browser, office: LiveServer, language: str) -> Page:
    page = chromium.new_context(locale="fr-FR").new_page()
    page.goto(f"{office.url}/office/sign-in?lang={language}")
    page.get_by_role("textbox").first.fill(EMAIL)
    page.locator("[type=password]").fill(PASSWORD)
    page.locator("main button").click()
    page.wait_for_url("**/office/inventories/")
    return page


@pytest.mark.parametrize("language", ("fr", "en"))
def test_every_page_of_grids_and_prices_holds_on_every_screen(
    chromium: Browser, office: LiveServer, language: str
) -> None:
    page = at_the_desk(chromium, office, language)
    found: list[str] = []

    def look(name: str) -> None:
        found.extend(f"{name}: {trouble}" for trouble in looked_at(page))

    def press(button: str) -> None:
        # The next page, not what is left of this one, is what is looked at afterwards.
        with page.expect_event("load"):
            page.locator(f"[value={button}]").click()

    page.goto(f"{office.url}/office/grids/new")
    press("look")
    look("nothing answered")
    bad = (DATA / "wear-grid-a.csv").read_bytes() + b"door,Porte,-1,0,0,0\n"
    page.locator("[type=file]").set_input_files({"name": "a.csv", "mimeType": "text/csv", "buffer": bad})
    press("look")
    expect(page.get_by_role("alert")).to_be_visible()
    look("faults")
    answers = {"#title": f"Accord {language}", "#signatories": "Bailleur", "#perimeter": "Tout le patrimoine"}
    for place, text in (answers | {"#signed_on": "2019-01-02", "#starts_on": "2019-02-01"}).items():
        page.locator(place).fill(text)
    page.locator("[type=file]").set_input_files(DATA / "wear-grid-b.csv")
    press("look")
    look("preview")
    press("import")
    expect(page.get_by_role("status")).to_be_visible()
    look("grid")
    page.goto(f"{office.url}/office/grids")
    look("grids")
    page.goto(f"{office.url}/office/prices/new")
    page.locator("#title").fill("Bordereau")
    page.locator("#starts_on").fill("2026-01-01")
    page.locator("[type=file]").set_input_files(DATA / "price-list.csv")
    press("look")
    look("prices seen")
    press("import")
    expect(page.get_by_role("status")).to_be_visible()
    look("price list")
    page.goto(f"{office.url}/office/prices")
    look("price lists")
    assert found == []
