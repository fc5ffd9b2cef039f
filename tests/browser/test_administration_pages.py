"""The pages of administrators and auditors, looked at by axe and for overflow, on three screens, in both lights and languages."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from fieldapp.domain.one_time_code import STEP_SECONDS, at_step
from fieldapp.extensions import db
from fieldapp.records.import_run import ImportRun
from fieldapp.services import second_factor
from fieldapp.services.importing import runs
from fieldapp.web import create_app
from tests.browser.look import looked_at
from tests.fieldwork.estate import PASSWORD, Estate
from tests.fieldwork.imports import csv_of
from tests.fieldwork.office import Browser as Office
from tests.fieldwork.office import colleague, sealed
from tests.support.server import live_server

EMAIL = "admin@estate.example"
LONG = "Progiciel-de-gestion-locative-intercommunale-et-de-comptabilité-analytique"


@dataclass(frozen=True)
class House:
    """A running office with connectors, tokens and a journal."""

    url: str
    estate: Estate
    pages: dict[str, str]
    code: str
    """Replaces the telephone at the one sign-in."""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with live_server(tmp_path_factory.mktemp("house"), with_worker=False) as server:
        estate = Estate.build(create_app(server.config))
        pages, code = _furnish(estate)
        with estate.app.app_context():
            db.engine.dispose()
        yield House(server.url, estate, pages, code)


def _furnish(estate: Estate) -> tuple[dict[str, str], str]:
    with estate.app.app_context():
        ada = estate.new_account(EMAIL, "Ada Administration", "admin", None)
        db.session.commit()
        secret, now = second_factor.new_secret(), second_factor.now()
        codes = second_factor.switch_on(ada, secret, at_step(secret, int(now.timestamp()) // STEP_SECONDS), now)
    flat, own = sealed(estate), colleague(estate, "admin")
    own.text(f"/office/inventories/{flat.root_id}")
    own.send("/office/connectors", "/office/tokens", label=LONG, scope="write")
    made = own.send("/office/connectors", "/office/connectors", kind="folder", name=LONG, target="progiciel")
    (connector,) = set(re.findall(r'href="(/office/connectors/[0-9a-f-]{36})"', made.text))
    empty = own.send("/office/connectors", "/office/connectors", kind="folder", name="Vide", target="vide")
    own.send(connector, f"{connector}/try")
    (other,) = set(re.findall(r'role="status".*?href="(/office/connectors/[0-9a-f-]{36})"', empty.text, re.DOTALL))
    sofia = {"name": LONG, "email": "sofia@estate.example", "role": "manager", "agency": "", "language": "fr"}
    invited = own.send("/office/accounts", "/office/accounts", **sofia).text
    (link,) = re.findall(r"<code>http://127[0-9.:]+(/office/password/[\w-]+)</code>", invited)
    (member,) = set(re.findall(r'action="(/office/accounts/[0-9a-f-]{36})"', invited))
    ready, refused, reading = _imports(estate, own)
    pages = {
        "imports": "/office/imports",
        "columns of an import": "/office/imports/dwellings",
        "import that waits for a yes": ready,
        "refused import": refused,
        "import being read": reading,
        "exports": "/office/exports",
        "accounts": "/office/accounts",
        "one account": member,
        "choosing a password": link,
        "forgotten password": "/office/password/",
        "connectors": "/office/connectors",
        "connector": connector,
        "no events": other,
        "journal": "/office/audit",
        "no acts": "/office/audit?day=2020-01-01",
        "account": "/office/account",
    }
    return pages, codes[0]


def _imports(estate: Estate, own: Office) -> list[str]:
    """One import that waits for a yes, one that is refused, one that is still read."""
    good = ("R-9", "Agence north", LONG, "1 rue des Essais", "29000", "Quimper")
    changed = ("B1", "Agence north", "Résidence", "2 rue des Essais", "29000", "Quimper")
    wrong = ("R-8", LONG[:40], "Tour", "1 rue des Essais", "2900", "Quimper")
    page, made = "/office/imports/buildings", []
    for lines in ([good, changed], [wrong], [good]):
        file = (io.BytesIO(csv_of("buildings", lines)), "stock.csv")
        made.append(own.send(page, page, file=file).headers["Location"])
    with estate.app.app_context():
        for address in made[:2]:
            runs.look(address.rsplit("/", 1)[1])
    return made


@pytest.fixture(scope="module")
def page(chromium: Browser, house: House) -> Page:
    """A French browser in which the administrator is signed in."""
    own = chromium.new_context(locale="fr-FR").new_page()
    own.goto(f"{house.url}/office/sign-in")
    own.get_by_label("Adresse e-mail professionnelle").fill(EMAIL)
    own.get_by_label("Mot de passe").fill(PASSWORD)
    own.get_by_role("button", name="Se connecter").click()
    own.get_by_label("Code").fill(house.code)
    own.get_by_role("button", name="Continuer").click()
    own.wait_for_url("**/office/inventories/")
    return own


@pytest.mark.parametrize("language", ("fr", "en"))
def test_axe_finds_nothing_and_nothing_overflows(page: Page, house: House, language: str) -> None:
    found: list[str] = []
    for name, address in house.pages.items():
        page.goto(f"{house.url}{address}{'&' if '?' in address else '?'}lang={language}")
        for fold in page.locator("main details").all():
            fold.evaluate("fold => { fold.open = true; }")
        found += [f"{name}: {trouble}" for trouble in looked_at(page)]
    assert found == []


def test_a_token_is_given_and_shown_once(page: Page, house: House) -> None:
    page.goto(f"{house.url}/office/connectors?lang=fr")
    page.get_by_text("Donner un jeton").first.click()
    page.get_by_label("Nom du système").last.fill("Compteurs")
    page.get_by_label("Lire", exact=True).check()
    page.get_by_role("button", name="Donner un jeton").click()
    expect(page.get_by_role("status")).to_contain_text("fieldapp_")
    assert looked_at(page) == []


def test_an_import_is_followed_without_the_page_being_opened_anew(page: Page, house: House) -> None:
    address = house.pages["import being read"]
    run_id = address.rsplit("/", 1)[1]
    page.goto(f"{house.url}{address}?lang=fr")
    page.get_by_role("link", name="Actualiser").focus()
    with house.estate.app.app_context():
        db.session.get_one(ImportRun, run_id).rows_total = 4
        db.session.get_one(ImportRun, run_id).rows_read = 3
        db.session.commit()
    expect(page.get_by_text("3 / 4 lignes")).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="75 %")).to_have_count(1)
    expect(page.get_by_role("progressbar")).to_have_attribute("value", "3")
    expect(page.get_by_role("link", name="Actualiser")).to_be_focused()
    with house.estate.app.app_context():
        runs.look(run_id)
    expect(page.get_by_text("1 ligne lue, sans erreur")).to_be_visible()
