"""An addendum: the office asks, both sides sign on a tablet without any network, and it is sealed beside the original."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, ViewportSize, expect, sync_playwright
from sqlalchemy import select

from fieldapp.domain.review import CommentOn
from fieldapp.extensions import db
from fieldapp.records.addendum import Addendum
from fieldapp.records.inventory import Inventory
from fieldapp.records.outgoing_mail import OutgoingMail
from fieldapp.records.visit_document import VisitDocument
from fieldapp.services import installation, verdicts
from fieldapp.services.scope import Scope
from fieldapp.web import create_app
from tests.browser.at_work import AGENT, MANAGER, add_manager
from tests.browser.hand import Hand
from tests.browser.look import looked_at
from tests.fieldwork.estate import PASSWORD, Estate, Flat
from tests.fieldwork.office import sealed
from tests.support.chromium import LaunchOptions
from tests.support.server import LiveServer, live_server

FIELDAPP = str(Path(sys.executable).with_name("fieldapp"))
PATIENCE_MS = 120_000
PORTRAIT: ViewportSize = {"width": 768, "height": 1024}
expect.set_options(timeout=30_000)


@dataclass
class Work:
    """A server with a sealed entry and a comment on its wall, the office's page and the agent's."""

    server: LiveServer
    estate: Estate
    flat: Flat
    office: Page
    page: Page
    hand: Hand
    troubles: list[str]

    def watch(self, page: Page) -> None:
        """Work on this page of the tablet from now on."""
        page.set_default_timeout(30_000)
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page, self.hand = page, Hand(page)

    @property
    def file(self) -> str:
        """The page of the original."""
        return f"{self.server.url}/office/inventories/{self.flat.root_id}"

    def original(self) -> str | None:
        """The hash of what was signed first."""
        with self.estate.app.app_context():
            return db.session.get_one(Inventory, self.flat.root_id).record_sha256

    def signed(self) -> tuple[VisitDocument | None, str]:
        """The document that was accepted, and how far the addendum is."""
        with self.estate.app.app_context():
            row = db.session.scalar(select(VisitDocument))
            state = db.session.scalar(select(Addendum.state)) or ""
            db.session.expunge_all()
            db.session.rollback()
        return row, state


@pytest.fixture
def work(chromium_options: LaunchOptions, tmp_path: Path) -> Iterator[Work]:
    """A manager at a desk, and a tablet that is not enrolled yet."""
    with live_server(tmp_path / "server") as server:
        estate = Estate.build(create_app(server.config))
        add_manager(estate)
        flat = sealed(estate)
        with estate.app.app_context():
            wall = (CommentOn.ELEMENT, flat.ids["wall"])
            verdicts.comment(Scope(estate.landlord_id), flat.root_id, wall, "Dater le trou.", flat.ids["agent"])
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(**chromium_options)
            office = browser.new_context(locale="fr-FR").new_page()
            office.set_default_timeout(30_000)
            context = browser.new_context(viewport=PORTRAIT, has_touch=True, permissions=["camera"], locale="fr-FR")
            page = context.new_page()
            found = Work(server, estate, flat, office, page, Hand(page), [])
            found.watch(page)
            yield found
            assert found.troubles == []
            browser.close()


def test_an_addendum_is_asked_for_signed_offline_by_both_and_sealed(work: Work) -> None:
    original = work.original()
    ask_for_it(work)
    lose_the_network(work)
    say_what_is_otherwise(work)
    sign_together(work)
    hand_over(work)
    work.server.start()
    work.page.evaluate("window.dispatchEvent(new Event('online'))")
    it_is_sealed_and_verifies(work)
    the_file_lists_it(work)
    assert work.original() == original


def ask_for_it(work: Work) -> None:
    """From the file, by the comment that is pinned to the wall; a day that cannot be is said."""
    page = work.office
    page.goto(work.file)
    page.get_by_label("Adresse e-mail").fill(MANAGER)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_url(f"{work.file}*")
    page.get_by_role("link", name="Demander un avenant").click()
    expect(page.get_by_label("Murs : Dater le trou.")).to_be_checked()
    assert looked_at(page) == []
    page.get_by_label("Demande du locataire après l’entrée").check()
    page.get_by_label("Agent", exact=True).select_option(work.estate.agents["nadia"])
    now = datetime.now(ZoneInfo("Europe/Paris"))
    page.get_by_label("Jour", exact=True).fill(f"{now:%Y-%m-%d}")
    page.get_by_label("Heure", exact=True).fill("23:50")
    page.get_by_role("button", name="Demander cet avenant").click()
    expect(page.get_by_text("le délai de dix jours en dépend")).to_be_visible()
    page.get_by_label("Correction d’un commun accord").check()
    page.get_by_role("button", name="Demander cet avenant").click()
    expect(page.get_by_role("heading", name="Avenants")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Demandé à l’agent")


def lose_the_network(work: Work) -> None:
    """The tablet takes its day along; then the server is stopped for good, and the tablet starts again without it."""
    work.page.goto(f"{work.server.url}/field/")
    work.hand.enrol(AGENT, PASSWORD)
    expect(work.page.locator('fa-day-screen .day a[href$="/amend"]')).to_be_visible()
    work.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    context = work.page.context
    work.server.stop()
    work.page.close()
    work.watch(context.new_page())
    work.page.goto(f"{work.server.url}/field/")
    work.hand.unlock()
    work.hand.tap('fa-day-screen .day a[href$="/amend"]')
    expect(work.page.locator("fa-sale-amend-screen h1")).to_be_visible()


def say_what_is_otherwise(work: Work) -> None:
    """The wall that was asked about, with a photograph, and a count of keys that nobody had asked about."""
    page, hand = work.page, work.hand
    wall = page.locator("section.thing", has_text="Dater le trou.")
    expect(wall.locator("q")).to_have_text("Bon")
    hand.press("Relire et signer")
    expect(page.locator("fa-sale-amend-sign-screen .notice")).to_contain_text("Chaque point doit dire quelque chose")
    hand.press("Compléter")
    hand.tap(wall.locator("label.chip", has_text="Mauvais"))
    hand.tap(wall.locator("label.chip", has_text="trou"))
    hand.type(wall.locator("textarea"), "Trou près de la fenêtre, déjà là à l’entrée")
    hand.tap(wall.get_by_role("button", name="Photo"))
    hand.tap(wall.locator("fa-shooter .shutter"))
    expect(wall.locator(".strip li")).to_have_count(1)
    page.get_by_label("Ajouter un point sur").select_option(work.flat.ids["key"])
    hand.press("Ajouter")
    keys = page.locator("section.thing").nth(1)
    hand.tap(keys.get_by_role("button", name="Un de plus"))
    expect(keys.locator("output")).not_to_have_text("–")
    assert looked_at(page) == []
    page.set_viewport_size(PORTRAIT)


def sign_together(work: Work) -> None:
    """Nobody there is no addendum; nothing is signed without both, and then nothing changes any more."""
    page, hand = work.page, work.hand
    hand.press("Relire et signer")
    tenant = page.locator("[data-person]")
    hand.tap(tenant.locator("label.chip", has_text="N’est pas là"))
    hand.press("Relire le document")
    expect(page.get_by_role("alert")).to_contain_text("au moins un locataire")
    hand.tap(tenant.locator("label.chip", has_text="Est là"))
    hand.press("Relire le document")
    document = page.locator("fa-sale-amend-sign-screen main")
    expect(document.locator(".ledger").first).to_contain_text("Écrit : Bon")
    expect(document.locator(".ledger").first).to_contain_text("Mauvais : trou")
    expect(document).to_contain_text("qui ne change pas")
    assert looked_at(page) == []
    page.set_viewport_size(PORTRAIT)
    hand.draw()
    hand.press("Signer le document")
    expect(page.get_by_role("alert")).to_contain_text("Il manque la signature de Nadia")
    agent = page.locator('[data-quality="agent"]')
    hand.tap(agent.locator("label.chip", has_text="Écrire mon nom"))
    hand.type(agent.get_by_label("Votre nom"), "Nadia")
    hand.press("Signer le document")
    expect(page.locator("fa-sale-amend-screen .notice").first).to_contain_text("Plus rien n’y change")


def hand_over(work: Work) -> None:
    """The tenant gives an address for the copy, and the appointment ends."""
    page, hand = work.page, work.hand
    hand.press("Voir la copie")
    expect(page.locator("fa-sale-copy-screen main")).to_contain_text("Trou près de la fenêtre")
    hand.type(page.get_by_label("Votre adresse e-mail"), "locataire@exemple.fr")
    hand.press("Par e-mail")
    expect(page.get_by_role("button", name="Par e-mail")).to_have_count(0)
    hand.tap("fa-sale-copy-screen .back")
    hand.press("Terminer le rendez-vous")
    hand.press("La visite est terminée")
    expect(page.locator("fa-day-screen .day li").first).to_be_visible()


def it_is_sealed_and_verifies(work: Work) -> None:
    """The file is what was sealed, names the original's hash, and leaves for the tenant once."""
    row, state = work.signed()
    for _ in range(PATIENCE_MS // 200):
        if row is not None and row.sealed_at is not None and state == "signed":
            break
        work.page.wait_for_timeout(200)
        row, state = work.signed()
    assert row is not None
    assert (row.kind, row.decision, state) == ("addendum", "signed", "signed")
    with work.estate.app.app_context():
        file = installation.blobs().path(f"reports/{row.report_sha256}")
        sent = db.session.scalars(select(OutgoingMail.to_address)).all()
        db.session.rollback()
    assert sent == ["locataire@exemple.fr"]
    told = subprocess.run((FIELDAPP, "verify", str(file)), capture_output=True, text=True, check=False)
    assert told.stdout.startswith("Intact"), told.stdout
    assert f"dont le code de contrôle est {work.original()}" in told.stdout


def the_file_lists_it(work: Work) -> None:
    """The office reads what became of it, and opens the sealed file."""
    page = work.office
    page.goto(work.file)
    expect(page.locator("main")).to_contain_text("Signé des deux côtés")
    expect(page.locator("main")).to_contain_text("Corrigé par l’agent, à relire")
    expect(page.get_by_role("link", name="Ouvrir le PDF scellé")).to_be_visible()
