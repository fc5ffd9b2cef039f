"""Sales visits without any network: an individual and a group visit, slips and an answer signed, then sealed in the office."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select, update

from fieldapp.extensions import db
from fieldapp.records.candidate import Candidate
from fieldapp.records.proposal import Proposal
from fieldapp.records.visit import Visit
from fieldapp.records.visit_document import VisitDocument
from fieldapp.records.visit_outcome import VisitOutcome
from fieldapp.services import installation, snapshot
from fieldapp.services.identifier import new_id
from fieldapp.web import create_app
from tests.browser.at_work import AGENT, MANAGER, add_manager, noon, tablet_of
from tests.browser.hand import Hand
from tests.browser.sale import Sale
from tests.fieldwork.estate import PASSWORD, Estate
from tests.fieldwork.visits import Slot, plan_slot
from tests.support.server import LiveServer, live_server

FIELDAPP = str(Path(sys.executable).with_name("fieldapp"))
MOST_TAPS = 18
BEFORE = 6
"""Who said no to the building earlier in the year: without them a figure would point at a person."""
PATIENCE_MS = 120_000
COUNT_PAGES_TO_SIGN = """() => {
  window.pagesToSign = 0;
  const count = (found) => { window.pagesToSign += found.localName === "fa-sale-sign-screen" ? 1 : 0; };
  new MutationObserver((changes) => { for (const { addedNodes } of changes) addedNodes.forEach(count); })
    .observe(document.querySelector("fa-app"), { childList: true });
}"""


@dataclass
class Day:
    """A server with two planned visits, and the agent's tablet."""

    server: LiveServer
    estate: Estate
    alone: Slot
    group: Slot
    page: Page
    hand: Hand
    troubles: list[str]

    @property
    def sale(self) -> Sale:
        """The agent's hand, at a sales visit."""
        return Sale(self.hand)

    def watch(self, page: Page) -> None:
        """Work on this page from now on."""
        page.set_default_timeout(30_000)
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page, self.hand = page, Hand(page, self.hand.language)

    def documents(self) -> list[VisitDocument]:
        """What was accepted, the oldest first."""
        with self.estate.app.app_context():
            rows = list(db.session.scalars(select(VisitDocument).order_by(VisitDocument.accepted_at)))
            db.session.expunge_all()
            db.session.rollback()
        return rows

    def wait(self, there: object, what: str) -> None:
        """Wait for something on the server, looking now and then."""
        assert callable(there)
        for _ in range(PATIENCE_MS // 200):
            if there():
                return
            self.page.wait_for_timeout(200)
        raise TimeoutError(f"waited for {what}")


@pytest.fixture(params=((768, 1024, "fr"), (360, 800, "en")), ids=("768-fr", "360-en"))
def day(request: pytest.FixtureRequest, chromium: Browser, tmp_path: Path) -> Iterator[Day]:
    """Two visits today: one candidate alone, then two in one slot, the first of whom holds a notified offer."""
    width, height, language = request.param
    with live_server(tmp_path / "server") as server, tablet_of(chromium, width, height) as context:
        estate = Estate.build(create_app(server.config))
        today = noon()
        alone = plan_slot(estate, "Alex Seul", starts_at=today)
        group = plan_slot(
            estate,
            "Dominique Premier",
            "Claude Second",
            starts_at=today + timedelta(hours=1),
            notified_on=today.date() - timedelta(days=2),
        )
        with estate.app.app_context():
            refused_before(estate, today)
            db.session.execute(update(Candidate).values(language=language))
            db.session.commit()
        page = context.new_page()
        found = Day(server, estate, alone, group, page, Hand(page, language), [])
        found.watch(page)
        page.goto(f"{server.url}/field/")
        if language == "en":
            page.get_by_role("button", name="English").tap()
            expect(page.get_by_role("heading", name="Hello.")).to_be_visible()
        found.hand.enrol(AGENT, PASSWORD)
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        yield found
        assert found.troubles == []


def refused_before(estate: Estate, moment: datetime) -> None:
    """What a colleague's visit came to, in the same month."""
    slot = plan_slot(estate, agent="paul", starts_at=moment)
    own = {"landlord_id": estate.landlord_id, "agency_id": estate.agencies["north"], "building_id": estate.building_id}
    seen = {"dwelling_id": slot.dwelling_id, "visit_id": slot.root_id, "candidate_id": slot.candidates[0]}
    came = {"day": moment.date(), "month": f"{moment:%Y-%m}", "result": "refuses", "principal_reason": "rent"}
    db.session.add_all(VisitOutcome(id=new_id(), **own, **seen, **came) for _ in range(BEFORE))


def test_visits_made_offline_become_sealed_slips_and_an_answer_in_the_office(day: Day) -> None:
    lose_the_network(day)
    one_says_yes(day)
    one_refuses_and_one_is_absent(day)
    day.server.start()
    day.page.evaluate("window.dispatchEvent(new Event('online'))")
    the_office_has_it_all(day)
    the_office_sees_what_follows(day)
    nobody_is_left_on_the_tablet(day)


def lose_the_network(day: Day) -> None:
    """The server is stopped for good, and the tablet starts again without it."""
    context = day.page.context
    day.server.stop()
    day.page.close()
    day.watch(context.new_page())
    day.page.goto(f"{day.server.url}/field/")
    day.hand.unlock()
    expect(day.page.locator("fa-day-screen .day li")).to_have_count(2)


def one_says_yes(day: Day) -> None:
    """The dwelling is presented, then one candidate gives an opinion and signs: within the budget of taps."""
    sale = day.sale
    day.hand.taps = 0
    sale.open(day.alone.root_id)
    sale.present()
    sale.candidate("Alex Seul")
    sale.choose("presences", "present")
    sale.choose("outcomes", "accepts")
    sale.opine("yes")
    day.page.evaluate(COUNT_PAGES_TO_SIGN)
    day.hand.press("Faire signer le bon")
    expect(day.page.locator("fa-sale-sign-screen .notice")).to_contain_text(
        "n’est pas votre réponse" if day.hand.language == "fr" else "not your answer"
    )
    assert "Dominique" not in day.page.locator("body").inner_text()
    sale.sign()
    # A page made again by the lock would lose what the candidate had begun to draw.
    assert day.page.evaluate("pagesToSign") == 1
    sale.take_back()
    day.hand.press("Terminer la visite")
    assert day.hand.taps <= MOST_TAPS, day.hand.log
    finish(day)


def one_refuses_and_one_is_absent(day: Day) -> None:
    """In the group: a formal refusal with two reasons, an absence, and a defect with its photograph."""
    sale, page = day.sale, day.page
    sale.open(day.group.root_id)
    sale.candidate("Dominique Premier")
    sale.choose("presences", "late")
    sale.choose("outcomes", "refuses")
    sale.choose("reasons", "noise")
    sale.choose("reasons", "distance")
    expect(page.locator("section[aria-labelledby=clock]")).to_contain_text(
        "minuit" if day.hand.language == "fr" else "midnight"
    )
    day.hand.press("Donner la réponse maintenant")
    day.hand.press("Je refuse l’offre")
    expect(page.locator("fa-sale-sign-screen .ledger")).to_contain_text(sale.word("reasons", "noise"))
    day.hand.draw()
    sale.read_in_the_other_language_and_back("noise")
    day.hand.press("Je signe")
    sale.thanked()
    sale.take_back()
    sale.at("Claude Second")
    sale.choose("presences", "absent_unexcused")
    day.hand.press("Signaler un défaut")
    day.hand.press("Noter un défaut")
    sale.choose("snag_kinds", "leak")
    day.hand.press("Photographier")
    day.hand.tap("fa-shooter .shutter")
    expect(page.locator(".strip li")).to_have_count(1)
    day.hand.press("C’est noté")
    day.hand.tap(page.locator("fa-sale-snags-screen .back"))
    expect(page.locator("fa-sale-screen h1")).to_be_visible()
    day.hand.press("Terminer la visite")
    finish(day)


def finish(day: Day) -> None:
    """Keys back, the visit is over, the day again."""
    expect(day.page.locator("fa-sale-end-screen h1")).to_be_visible()
    day.hand.tap(day.page.get_by_text(day.hand.says("Les clés sont rendues"), exact=True))
    day.hand.press("La visite est terminée")
    expect(day.page.locator("fa-day-screen .day li").first).to_be_visible()


def the_office_has_it_all(day: Day) -> None:
    """Slip and answer are sealed and verify; the offer is answered; the defect has come with its photograph."""
    day.wait(lambda: len([row for row in day.documents() if row.sealed_at]) == 2, "two sealed documents")
    kinds = {row.kind: row for row in day.documents()}
    assert (kinds["visit_slip"].candidate_id, kinds["visit_slip"].answer) == (day.alone.candidates[0], None)
    assert (kinds["visit_answer"].candidate_id, kinds["visit_answer"].answer) == (day.group.candidates[0], "refuses")
    with day.estate.app.app_context():
        sealed = [installation.blobs().path(f"reports/{row.report_sha256}") for row in kinds.values()]
        states = [db.session.get_one(Proposal, proposal).state for proposal in day.group.proposals]
        assert states == ["refused", "waiting"]
        assert db.session.get_one(Proposal, day.alone.proposals[0]).state == "waiting"
        group = snapshot.state_of(day.group.root_id)["entities"]
        assert group[day.group.candidates[1]]["fields"]["presence"] == "absent_unexcused"
        snags = [entity["fields"] for entity in group.values() if entity["kind"] == "snag"]
        assert [snag["problem"] for snag in snags] == ["leak"]
        assert [entity["kind"] for entity in group.values()].count("photo") == 1
    for file in sealed:
        told = subprocess.run((FIELDAPP, "verify", str(file)), capture_output=True, text=True, check=False)
        assert told.stdout.startswith("Intact"), told.stdout


def the_office_sees_what_follows(day: Day) -> None:
    """It is the next rank's turn, the defect is among the works, and the figures count the day with those before."""
    add_manager(day.estate)
    browser = day.page.context.browser
    assert browser is not None
    office = browser.new_page(locale="fr-FR")
    office.set_default_timeout(30_000)
    office.goto(f"{day.server.url}/office/")
    office.get_by_label("Adresse e-mail").fill(MANAGER)
    office.get_by_label("Mot de passe").fill(PASSWORD)
    office.get_by_role("button", name="Se connecter").click()
    office.wait_for_url(f"{day.server.url}/office/**")
    office.goto(f"{day.server.url}/office/lettings/{day.group.dwelling_id}")
    expect(office.locator(".people [aria-current]")).to_contain_text("Claude Second")
    office.goto(f"{day.server.url}/office/works")
    expect(office.locator(".works li")).to_have_count(1)
    expect(office.locator(".works li")).to_contain_text("Fuite")
    office.goto(f"{day.server.url}/office/figures")
    expected = office.locator(".facts div", has_text="Personnes attendues").locator("dd")
    expect(expected).to_have_text(str(BEFORE + 3))
    expect(office.get_by_role("row", name=f"Résidence {BEFORE + 2} {BEFORE + 1} ")).to_be_visible()
    office.close()
    with day.estate.app.app_context():
        counted = select(VisitOutcome.candidate_id, VisitOutcome.result, VisitOutcome.principal_reason)
        results = {candidate: (result, reason) for candidate, result, reason in db.session.execute(counted)}
        db.session.rollback()
    assert results[day.alone.candidates[0]] == ("accepts", None)
    assert results[day.group.candidates[0]] == ("refuses", "noise")
    assert results[day.group.candidates[1]] == ("absent_unexcused", None)


def nobody_is_left_on_the_tablet(day: Day) -> None:
    """Once all is receipted, the visits stand on the day without a name."""

    def received() -> bool:
        with day.estate.app.app_context():
            rows = [db.session.get_one(Visit, root).received_at for root in (day.alone.root_id, day.group.root_id)]
            db.session.rollback()
        return None not in rows

    day.wait(received, "the receipt of both visits")
    day.page.evaluate("window.dispatchEvent(new Event('online'))")
    for name in ("Alex Seul", "Dominique Premier", "Claude Second"):
        expect(day.page.locator("fa-day-screen .day")).not_to_contain_text(name)
    day.page.evaluate("(hash) => { location.hash = hash; }", f"#/visit/{day.alone.root_id}")
    expect(day.page.locator("main").first).not_to_contain_text("Alex")
