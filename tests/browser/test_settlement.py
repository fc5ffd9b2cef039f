"""The office's half of a move-out in a real browser: one cause is changed, the total follows, letter and assessment agree."""

import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from fieldapp.extensions import db
from fieldapp.web import create_app
from tests.browser.look import looked_at
from tests.domain.vectors import read
from tests.fieldwork.estate import PASSWORD, Estate, Flat
from tests.fieldwork.leaving import left, priced
from tests.support.chromium import LaunchOptions
from tests.support.server import live_server

EMAIL = "accountant@estate.example"
TODAY = "2028-07-05"
PAINT = read("wear/lines.json")["worked"][0]["expected"]["due"].replace(".", ",")
"""What 38 m² of paint of four years come to by the shared vector: 333,36."""
PATIENCE_SECONDS = 120


@dataclass(frozen=True)
class Office:
    """A running office with one sealed exit."""

    url: str
    flat: Flat

    def page(self, view: str) -> str:
        """The address of a view of the exit."""
        return f"{self.url}/office/inventories/{self.flat.root_id}/{view}"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with live_server(tmp_path_factory.mktemp("exit"), environ={"TESTS_TODAY": TODAY}) as server:
        estate = Estate.build(create_app(server.config))
        priced(estate)
        flat = left(estate)
        with estate.app.app_context():
            estate._account(EMAIL, "Alix", "accountant", None)
            db.session.commit()
            db.engine.dispose()
        yield Office(server.url, flat)


@pytest.fixture(scope="module")
def chromium(chromium_options: LaunchOptions) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(**chromium_options)
        yield running
        running.close()


@pytest.fixture(scope="module")
def page(chromium: Browser, office: Office) -> Page:
    own = chromium.new_context(locale="fr-FR", viewport={"width": 1280, "height": 900}).new_page()
    own.goto(f"{office.url}/office/sign-in")
    own.get_by_role("textbox").first.fill(EMAIL)
    own.locator("[type=password]").fill(PASSWORD)
    own.locator("main button").click()
    own.wait_for_url("**/office/inventories/")
    return own


def line(page: Page, label: str) -> Locator:
    """The line about a thing."""
    return page.get_by_role("article", name=label)


def save(page: Page, label: str) -> None:
    line(page, label).get_by_role("button", name="Enregistrer").click()


def said(page: Page, address: str) -> str:
    """What a person reads in a PDF."""
    pdf = page.request.get(address).body()
    found = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    return " ".join(found.replace("\u00a0", " ").replace("\u202f", " ").split())


def until_there(page: Page, wanted: Locator) -> None:
    """Load the page again until the worker has made what is wanted, as a person would."""
    patience = time.monotonic() + PATIENCE_SECONDS
    while not wanted.is_visible():
        assert time.monotonic() < patience, page.inner_text("main")
        page.reload()


def test_a_changed_cause_changes_the_total_and_both_papers_agree_to_the_cent(page: Page, office: Office) -> None:
    page.goto(f"{office.page('assessment')}?lang=fr")
    total = page.get_by_role("group", name="Total")
    wall, found = line(page, "Séjour, murs"), list[str]()
    found += looked_at(page)
    page.set_viewport_size({"width": 1280, "height": 900})

    # The keyboard alone: J goes to the first line, Tab into it.
    page.locator("h1").click()
    page.keyboard.press("j")
    expect(wall).to_be_focused()
    wall.get_by_label("Travaux et prix").select_option(label="Peinture murale, deux couches, 14,50\u00a0€ / m²")
    wall.get_by_label("Quantité").fill("38")
    wall.get_by_label("L’âge compte depuis").select_option("renewal")
    wall.get_by_label("Le", exact=True).fill("2024-05-12")
    save(page, "Séjour, murs")
    expect(total).to_contain_text(f"{PAINT}\u00a0€")

    line(page, "Séjour, murs").get_by_label("Cause").select_option("normal_wear")
    save(page, "Séjour, murs")
    expect(total).to_contain_text("Retenues 0,00\u00a0€")
    expect(line(page, "Séjour, murs")).to_contain_text("C’est l’usure normale : vous ne payez rien.")
    line(page, "Séjour, murs").get_by_label("Cause").select_option("damage")
    save(page, "Séjour, murs")
    line(page, "Clé, porte palière").get_by_label("Travaux et prix").select_option("list:badge")
    save(page, "Clé, porte palière")
    expect(total).to_contain_text("355,36\u00a0€")
    found += looked_at(page)
    page.set_viewport_size({"width": 1280, "height": 900})

    page.get_by_role("link", name="Établir le décompte").click()
    page.get_by_label("Fin du préavis").fill("2028-06-30")
    page.get_by_label("Loyer et charges déjà appelés jusqu’au").fill("2028-06-30")
    page.get_by_role("button", name="Enregistrer le compte").click()
    expect(page.get_by_text("À rendre au locataire")).to_be_visible()
    expect(page.locator(".total")).to_contain_text("57,01\u00a0€")
    found += looked_at(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_role("button", name="Approuver le décompte").click()
    until_there(page, page.get_by_role("link", name="Lire le décompte"))
    found += looked_at(page)
    assert found == []

    letter, assessment = (said(page, office.page(f"settlement/{kind}.pdf")) for kind in ("letter", "assessment"))
    for paper in (letter, assessment):
        assert f"× 55 % = {PAINT} €" in paper
        assert "355,36 €" in paper
    assert "57,01 €" in letter
    page.goto(office.page("assessment"))
    expect(page.get_by_role("button", name="Enregistrer")).to_have_count(0)
    expect(page.get_by_role("group", name="Total")).to_contain_text("355,36\u00a0€")


def test_the_same_pages_in_english_hold_on_every_screen(page: Page, office: Office) -> None:
    for view in ("assessment", "settlement"):
        page.goto(f"{office.page(view)}?lang=en")
        assert looked_at(page) == [], view
    page.goto(f"{office.url}/office/settlements/rule?lang=en")
    assert looked_at(page) == []
