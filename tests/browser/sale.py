"""A sales visit on the tablet, as an agent and a candidate go through it, in either language."""

import re
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from fieldapp.domain import catalogue
from tests.browser.hand import CODE, Hand

TABLES = catalogue.load_visits()


@dataclass
class Sale:
    """One visit in an agent's hand."""

    hand: Hand

    @property
    def page(self) -> Page:
        """The tablet's page."""
        return self.hand.page

    def word(self, table: str, code: str) -> str:
        """A word of the catalogue in this person's language."""
        row = next(row for row in TABLES[table] if row["code"] == code)
        return str(row["label"][self.hand.language])

    def open(self, root_id: str) -> None:
        """From the day to the visit."""
        self.hand.tap(self.page.locator(f'fa-day-screen .day a[href$="{root_id}"]'))
        expect(self.page.locator("fa-sale-screen h1")).to_be_visible()

    def present(self) -> None:
        """Turn the dwelling towards the candidate, and take the tablet back with the code."""
        self.hand.press("Présenter le logement")
        expect(self.page.locator("fa-sale-present-screen .facts")).to_be_visible()
        self.hand.press("Agent")
        self.give_code()
        expect(self.page.locator("fa-sale-screen h1")).to_be_visible()

    def candidate(self, name: str) -> None:
        """Open a candidate from the visit."""
        self.hand.tap(self.page.locator("fa-sale-screen .signer", has_text=name))
        self.at(name)

    def at(self, name: str) -> None:
        """This candidate's page is open."""
        expect(self.page.locator("fa-sale-candidate-screen h1", has_text=name)).to_be_visible()

    def choose(self, table: str, code: str) -> None:
        """Touch one answer by its word."""
        words = re.compile(rf"^\s*{re.escape(self.word(table, code))}")
        self.hand.tap(self.page.locator("label", has_text=words).first)

    def opine(self, opinion: str) -> None:
        """The same opinion on every criterion."""
        for question in self.page.locator("section[aria-labelledby=criteria] fieldset").all():
            self.hand.tap(question.locator(f'label:has(input[value="{opinion}"])'))

    def sign(self) -> None:
        """Draw, and sign; then the agent takes the tablet back."""
        self.hand.draw()
        self.hand.press("Je signe")
        self.thanked()

    def thanked(self) -> None:
        """What was signed is kept."""
        expect(self.page.get_by_role("heading", name=self.hand.says("C’est noté. Merci."))).to_be_visible()

    def read_in_the_other_language_and_back(self, reason: str) -> None:
        """The document speaks the other language, and what was chosen and drawn stays."""
        row = next(row for row in TABLES["reasons"] if row["code"] == reason)
        language = self.page.locator("fa-sale-sign-screen .helps button[lang]")
        usual = self.hand.language
        for spoken in ("en" if usual == "fr" else "fr", usual):
            language.tap()
            expect(self.page.locator("fa-sale-sign-screen .ledger")).to_contain_text(row["label"][spoken])
            expect(self.page.locator("fa-signature-box path:not(.line)").first).to_be_attached()

    def take_back(self) -> None:
        """The tablet is the agent's again."""
        self.hand.press("Rendre la tablette")
        self.give_code()

    def give_code(self) -> None:
        """The six digits, typed: the last one leaves the page, and its field with it."""
        self.hand.page.locator("#agent-code").fill(CODE)
        self.hand.taps += 1
        self.hand.log.append("#agent-code")
