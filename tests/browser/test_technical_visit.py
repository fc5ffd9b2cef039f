"""An acceptance of works without any network: looked at, signed by the agent and the firm, then sealed and in the record."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright
from sqlalchemy import select

from fieldapp.extensions import db
from fieldapp.records.record_value import RecordValue
from fieldapp.records.visit import Visit
from fieldapp.records.visit_document import VisitDocument
from fieldapp.records.works_request import WorksRequest
from fieldapp.services import installation
from fieldapp.web import create_app
from tests.browser.at_work import AGENT, MANAGER, add_manager, noon
from tests.browser.hand import Hand
from tests.fieldwork.estate import PASSWORD, Estate
from tests.fieldwork.technical import plan_technical, request_works
from tests.support.chromium import LaunchOptions
from tests.support.server import LiveServer, live_server

FIELDAPP = str(Path(sys.executable).with_name("fieldapp"))
PATIENCE_MS = 120_000
expect.set_options(timeout=30_000)


@dataclass
class Work:
    """A server with a planned acceptance of two requests, and the agent's tablet."""

    server: LiveServer
    estate: Estate
    root_id: str
    home: dict[str, str]
    painted: str
    leaking: str
    page: Page
    hand: Hand
    troubles: list[str]

    def watch(self, page: Page) -> None:
        """Work on this page from now on."""
        page.set_default_timeout(30_000)
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page, self.hand = page, Hand(page)

    def document(self) -> VisitDocument | None:
        """What was accepted."""
        with self.estate.app.app_context():
            row = db.session.scalar(select(VisitDocument))
            db.session.expunge_all()
            db.session.rollback()
        return row


@pytest.fixture
def work(chromium_options: LaunchOptions, tmp_path: Path) -> Iterator[Work]:
    """Today's acceptance on an enrolled tablet."""
    with live_server(tmp_path / "server") as server, sync_playwright() as playwright:
        estate = Estate.build(create_app(server.config))
        add_manager(estate)
        home = estate.plan(starts_at=noon()).ids
        painted = request_works(estate, home["dwelling"])
        leaking = request_works(estate, home["dwelling"], problem="leak", element_kind="tap", text="Robinet")
        root_id = plan_technical(estate, home["dwelling"], starts_at=noon())
        browser = playwright.chromium.launch(**chromium_options)
        context = browser.new_context(
            viewport={"width": 768, "height": 1024}, has_touch=True, permissions=["camera"], locale="fr-FR"
        )
        page = context.new_page()
        found = Work(server, estate, root_id, home, painted, leaking, page, Hand(page), [])
        found.watch(page)
        page.goto(f"{server.url}/field/")
        found.hand.enrol(AGENT, PASSWORD)
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        yield found
        assert found.troubles == []
        browser.close()


def test_works_accepted_offline_are_done_dated_and_sealed(work: Work) -> None:
    lose_the_network(work)
    look_at_the_works(work)
    go_through_the_checklist(work)
    sign_together(work)
    work.server.start()
    work.page.evaluate("window.dispatchEvent(new Event('online'))")
    the_record_knows(work)
    the_office_reads_it(work)


def lose_the_network(work: Work) -> None:
    """The server is stopped for good, and the tablet starts again without it."""
    context = work.page.context
    work.server.stop()
    work.page.close()
    work.watch(context.new_page())
    work.page.goto(f"{work.server.url}/field/")
    work.hand.unlock()
    work.hand.tap(work.page.locator(f'fa-day-screen .day a[href*="{work.root_id}"]'))
    expect(work.page.locator("fa-sale-checks-screen h1")).to_be_visible()


def look_at_the_works(work: Work) -> None:
    """One is done and has renewed the walls, with a photograph; the other has a reserve, which must be written."""
    page, hand = work.page, work.hand
    hand.press("Travaux")
    painted = page.locator("section.thing", has_text="Murs à repeindre")
    hand.tap(painted.locator("label.chip", has_text="Fait, accepté"))
    painted.get_by_label("Élément remplacé ou posé").select_option(work.home["wall"])
    expect(painted.locator("label.chip", has_text="Remplacé ou refait")).to_be_visible()
    hand.tap(painted.get_by_role("button", name="Photo"))
    hand.tap(painted.locator("fa-shooter .shutter"))
    expect(painted.locator(".strip li")).to_have_count(1)
    leaking = page.locator("section.thing", has_text="Robinet")
    hand.tap(leaking.locator("label.chip", has_text="Fait, avec réserve"))
    hand.press("C’est noté")
    hand.press("Relire et signer")
    expect(page.locator("fa-sale-approve-screen .notice")).to_contain_text("réserve écrite")
    hand.press("Compléter")
    hand.type(page.locator("section.thing", has_text="Robinet").locator("textarea"), "Goutte encore un peu")
    hand.press("C’est noté")


def go_through_the_checklist(work: Work) -> None:
    """One point does not hold, the rest does."""
    page, hand = work.page, work.hand
    hand.press("Points à contrôler")
    papers = page.locator("section.thing", has_text="Notices, garanties")
    hand.tap(papers.locator("label.chip", has_text="Non"))
    hand.type(papers.locator("textarea"), "Notice du robinet à envoyer")
    hand.press("Le reste : oui")
    expect(page.get_by_role("button", name="Le reste : oui")).to_have_count(0)
    hand.press("C’est noté")


def sign_together(work: Work) -> None:
    """The firm is there: nothing is signed without its name and both signatures; then nothing changes any more."""
    page, hand = work.page, work.hand
    hand.press("Relire et signer")
    hand.type(page.get_by_label("Entreprise", exact=True), "Peinture Odet")
    hand.tap(page.locator("label.chip", has_text="Oui, elle signe"))
    hand.press("Relire le document")
    expect(page.get_by_role("alert")).to_contain_text("Écrivez le nom")
    hand.type(page.get_by_label("Nom de cette personne"), "Sacha Exemple")
    hand.press("Relire le document")
    expect(page.locator("fa-sale-approve-screen .ledger").first).to_contain_text("Goutte encore un peu")
    expect(page.locator("fa-sale-approve-screen main")).to_contain_text("avec les réserves")
    hand.draw()
    hand.press("Signer le document")
    expect(page.get_by_role("alert")).to_contain_text("Il manque la signature de Sacha Exemple")
    firm = page.locator('[data-quality="firm"]')
    hand.tap(firm.locator("label.chip", has_text="Écrire mon nom"))
    hand.type(firm.get_by_label("Votre nom"), "Sacha Exemple")
    hand.press("Signer le document")
    expect(page.locator("fa-sale-checks-screen .notice")).to_contain_text("Plus rien n’y change")
    hand.press("Voir la copie")
    expect(page.locator("fa-sale-copy-screen main")).to_contain_text("Peinture Odet")
    hand.tap("fa-sale-copy-screen .back")
    hand.press("Terminer la visite")
    hand.press("La visite est terminée")
    expect(page.locator("fa-day-screen .day li").first).to_be_visible()


def the_record_knows(work: Work) -> None:
    """What was accepted is done, the reserve goes on, the walls are new; the file verifies and the tablet may forget."""
    row = work.document()
    for _ in range(PATIENCE_MS // 200):
        if row is not None and row.sealed_at is not None:
            break
        work.page.wait_for_timeout(200)
        row = work.document()
    assert row is not None
    assert (row.kind, row.candidate_id) == ("acceptance", None)
    with work.estate.app.app_context():
        states = {one.id: (one.state, one.note) for one in db.session.scalars(select(WorksRequest))}
        dated = db.session.execute(select(RecordValue.entity_id, RecordValue.field, RecordValue.document_id)).all()
        received = db.session.get_one(Visit, work.root_id).received_at
        file = installation.blobs().path(f"reports/{row.report_sha256}")
        db.session.rollback()
    assert states[work.painted] == ("done", "")
    assert states[work.leaking][0] == "ordered"
    assert states[work.leaking][1].endswith("Goutte encore un peu")
    assert [tuple(one) for one in dated] == [(work.home["wall"], "renewed_on", row.id)]
    assert received is not None
    told = subprocess.run((FIELDAPP, "verify", str(file)), capture_output=True, text=True, check=False)
    assert told.stdout.startswith("Intact"), told.stdout


def the_office_reads_it(work: Work) -> None:
    """The visit's page says what was found and has the file; the element's history names the document."""
    browser = work.page.context.browser
    assert browser is not None
    office = browser.new_page(locale="fr-FR")
    office.set_default_timeout(30_000)
    office.goto(f"{work.server.url}/office/")
    office.get_by_label("Adresse e-mail").fill(MANAGER)
    office.get_by_label("Mot de passe").fill(PASSWORD)
    office.get_by_role("button", name="Se connecter").click()
    office.wait_for_url(f"{work.server.url}/office/**")
    office.goto(f"{work.server.url}/office/visits/{work.root_id}")
    expect(office.locator("main")).to_contain_text("Goutte encore un peu")
    expect(office.get_by_role("link", name="Ouvrir le PDF scellé")).to_be_visible()
    office.goto(f"{work.server.url}/office/record/element/{work.home['wall']}/renewed_on")
    expect(office.locator(".ledger a")).to_have_attribute("href", f"/office/visits/{work.root_id}")
    office.close()
