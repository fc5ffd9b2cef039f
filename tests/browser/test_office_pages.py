"""Every page made by the server, looked at by axe and for overflow, on three screens, in both lights and languages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from fieldapp.extensions import db
from fieldapp.records.account import Account
from fieldapp.records.job import Job
from fieldapp.services.identifier import new_id
from fieldapp.web import create_app
from sync import canonical
from tests.browser.look import looked_at
from tests.fieldwork.estate import PASSWORD, Estate, Flat
from tests.fieldwork.leaving import left_with_pictures
from tests.fieldwork.office import colleague, sealed
from tests.fieldwork.trouble import at_work, disagree, examined, raise_alert, refuse
from tests.photos.pictures import jpeg
from tests.support.server import live_server

EMAIL = "reviewer@estate.example"
MANAGER = "manager@estate.example"
LONG_NAME = "Wilhelmine-Marguerite de Montmorency-Schwarzenberg-Wojciechowska"


@dataclass(frozen=True)
class Office:
    """A running office with inventories in every kind of trouble; `pages` are by what they show."""

    url: str
    pages: dict[str, str]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with live_server(tmp_path_factory.mktemp("office"), with_worker=False) as server:
        estate = Estate.build(create_app(server.config))
        pages = _furnish(estate)
        with estate.app.app_context():
            _appoint_manager(estate)
            _give_up_sealing(pages["findings"].rpartition("/")[2])
            db.session.commit()
            db.engine.dispose()
        yield Office(server.url, pages)


def _furnish(estate: Estate) -> dict[str, str]:
    held, tablet = at_work(estate)
    raise_alert(held, tablet)
    tablet.write(held.root_id, held.ids["tenant"], "party", "name", LONG_NAME)
    tablet.sync()
    done, conflict, rejected, paper = _photographed(estate), estate.plan(), estate.plan(), estate.plan()
    disagree(estate, conflict)
    refuse(estate, rejected)
    leaving, without_entry = estate.plan_exit(done), estate.plan_exit(paper)
    base = f"/office/inventories/{done.root_id}"
    lease = f"/office/tenancies/{done.ids['tenancy']}"
    own = colleague(estate)
    own.send(f"{base}/copies", f"{base}/copies/{done.ids['tenant']}/link")
    own.send(f"{base}/copies", f"{base}/copies/{done.ids['tenant']}/email", email="camille@tenant.example")
    (link,) = re.findall(r"<code>http://[^/]+(/h/[\w-]+)</code>", own.text(f"{base}/copies"))
    (letter,) = re.findall(r'href="(/office/outbox/[0-9a-f-]{36})"', own.text("/office/outbox"))
    return {
        "list": "/office/inventories/",
        "empty list": "/office/inventories/?agent=nobody",
        "narrowed list": "/office/inventories/?reason=rejected&kind=move_in&from=2020-01-01",
        "search": "/office/search",
        "alert": f"/office/inventories/{held.root_id}",
        "disagreement": f"/office/inventories/{conflict.root_id}",
        "refused entry": f"/office/inventories/{rejected.root_id}",
        "paper entry": f"/office/inventories/{without_entry.root_id}",
        "findings": base,
        "changes": f"/office/inventories/{left_with_pictures(estate).root_id}",
        "photographs": f"{base}/photos",
        "signatures": f"{base}/signatures",
        "copies": f"{base}/copies",
        "not sealed": f"/office/inventories/{conflict.root_id}/copies",
        "journal": f"{base}/journal",
        "leases": "/office/tenancies/",
        "lease": lease,
        "stock": "/office/dwellings",
        "no dwelling": "/office/dwellings?q=nulle+part",
        "dwelling": f"/office/dwellings/{done.ids['dwelling']}",
        "value": f"/office/record/key/{done.ids['key']}/quantity",
        "planning": f"{lease}/appointment",
        "appointment": f"/office/inventories/{leaving.root_id}/appointment",
        "outbox": "/office/outbox",
        "letter": letter,
        "link": link,
        "dead link": "/h/nothing",
        "verify": "/verify",
        "not there": "/office/inventories/nothing",
    }


def _appoint_manager(estate: Estate) -> None:
    reviewer = db.session.scalars(select(Account).where(Account.email == EMAIL)).one()
    kept = {"password_hash": reviewer.password_hash, "created_at": reviewer.created_at}
    own = {"id": new_id(), "landlord_id": estate.landlord_id, "email": MANAGER, "name": LONG_NAME, "role": "manager"}
    db.session.add(Account(**own, **kept))


def _give_up_sealing(root_id: str) -> None:
    now, args = datetime.now(UTC), {"root_id": root_id}
    db.session.add(Job(kind="seal", args=args, state="given_up", attempts=12, run_at=now, created_at=now))


def _photographed(estate: Estate) -> Flat:
    """A sealed inventory with a photograph to see, one that is unusable, and a refusal among its signatures."""
    seen, spoilt = jpeg((900, 600)), jpeg((600, 900))
    flat = sealed(estate, tenant="refused", photos=(seen, spoilt))
    examined(estate, canonical.sha256_hex(seen), "safe")
    examined(estate, canonical.sha256_hex(spoilt), "unusable", "truncated")
    return flat


@pytest.fixture(scope="module")
def page(chromium: Browser, office: Office) -> Page:
    """A French browser in which the reviewer is signed in."""
    own = chromium.new_context(locale="fr-FR").new_page()
    sign_in(own, office)
    return own


def sign_in(page: Page, office: Office, email: str = EMAIL) -> None:
    page.goto(f"{office.url}/office/sign-in")
    page.get_by_label("Adresse e-mail professionnelle").fill(email)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_url("**/office/inventories/")


@pytest.mark.parametrize("language", ("fr", "en"))
def test_axe_finds_nothing_and_nothing_overflows(page: Page, office: Office, language: str) -> None:
    troubles: list[str] = []
    page.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
    found: list[str] = []
    for name, address in office.pages.items():
        page.goto(f"{office.url}{address}{'&' if '?' in address else '?'}lang={language}")
        assert page.locator("html").get_attribute("lang") == language, name
        found += [f"{name}: {trouble}" for trouble in looked_at(page)]
    assert found == []
    # A page that is not there is an error to the browser's console and nothing else is.
    assert [trouble for trouble in troubles if "status of 4" not in trouble] == []


@pytest.mark.parametrize("language", ("fr", "en"))
def test_the_upkeep_too_which_only_a_manager_sees(chromium: Browser, office: Office, language: str) -> None:
    own = chromium.new_context(locale="fr-FR").new_page()
    sign_in(own, office, MANAGER)
    own.goto(f"{office.url}/office/upkeep?lang={language}")
    own.locator(".drop:not(.who) summary").press("Enter")
    expect(own.get_by_role("link", name={"fr": "Entretien", "en": "Upkeep"}[language], exact=True)).to_be_visible()
    # Work to try again, and tablets to shut out.
    expect(own.locator("main form")).not_to_have_count(0)
    expect(own.locator("#failed")).to_be_visible()
    assert looked_at(own) == []


def test_on_a_telephone_the_bar_takes_two_lines_and_the_page_in_hand_is_in_sight(page: Page, office: Office) -> None:
    page.set_viewport_size({"width": 320, "height": 900})
    page.goto(f"{office.url}{office.pages['journal']}?lang=fr")
    bar = page.locator(".appbar").bounding_box()
    assert bar
    assert bar["height"] < 120
    here = page.locator(".heading .tabs [aria-current]").bounding_box()
    assert here
    assert here["x"] >= 0
    assert here["x"] + here["width"] <= 320


@pytest.mark.parametrize("language", ("fr", "en"))
def test_on_a_tablet_every_place_of_the_bar_is_in_sight(page: Page, office: Office, language: str) -> None:
    page.set_viewport_size({"width": 768, "height": 900})
    page.goto(f"{office.url}/office/search?lang={language}")
    places = page.locator(".appbar > .tabs")
    expect(places.locator("a")).to_have_count(8)
    assert places.evaluate("(nav) => nav.scrollWidth <= nav.clientWidth")
    bar = page.locator(".appbar").bounding_box()
    assert bar
    assert bar["height"] < 120


@pytest.mark.parametrize("language", ("fr", "en"))
def test_pages_for_strangers_too(chromium: Browser, office: Office, language: str) -> None:
    own = chromium.new_context(locale="fr-FR").new_page()
    own.goto(f"{office.url}/office/sign-in?lang={language}")
    assert looked_at(own) == []
    own.get_by_role("textbox").first.fill("nobody@estate.example")
    own.locator("[type=password]").fill("wrong")
    own.locator("main button").click()
    expect(own.get_by_role("alert")).to_be_visible()
    assert looked_at(own) == []
    own.goto(f"{office.url}/verify?lang={language}")
    own.locator("[type=file]").set_input_files({"name": "x.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"})
    own.locator("main button").click()
    expect(own.get_by_role("status")).to_be_visible()
    assert looked_at(own) == []


def test_the_office_works_without_a_script(chromium: Browser, office: Office) -> None:
    page = chromium.new_context(locale="fr-FR", java_script_enabled=False).new_page()
    sign_in(page, office)
    page.get_by_role("link", name="À traiter").click()
    page.get_by_role("row", name="Alerte à décider").get_by_role("link").click()
    page.get_by_label("La remise des clés peut avoir lieu").check()
    page.get_by_label("Pourquoi, en une phrase").fill("Le plombier est passé.")
    page.get_by_role("button", name="Enregistrer la décision").click()
    expect(page.get_by_role("status")).to_contain_text("Votre décision est enregistrée")
    expect(page.get_by_text("Le plombier est passé.")).to_be_visible()


def test_the_account_menu_and_the_folds_open_by_keyboard(page: Page, office: Office) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{office.url}{office.pages['findings']}?lang=fr")
    fold = page.locator(".folds summary").first
    fold.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("table").first).to_be_visible()
    page.locator(".who summary").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Se déconnecter")).to_be_visible()


def test_one_slider_by_keyboard_says_how_much_of_the_exit_covers_the_entry(page: Page, office: Office) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{office.url}{office.pages['changes']}?lang=fr")
    slider = page.get_by_role("slider", name="De l’entrée à la sortie")
    before, after = page.get_by_alt_text(re.compile("à l’entrée$")), page.get_by_alt_text(re.compile("à la sortie$"))
    expect(after).to_have_css("clip-path", "inset(0px 50% 0px 0px)")
    for key, covered in (("ArrowRight", "45%"), ("ArrowLeft", "50%"), ("Home", "100%"), ("End", "0%")):
        slider.press(key)
        expect(after).to_have_css("clip-path", f"inset(0px {covered} 0px 0px)")
    assert before.bounding_box() == after.bounding_box()
    for picture in (before, after):
        assert picture.evaluate("(image) => image.decode().then(() => image.naturalWidth > 0)")
