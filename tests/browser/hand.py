"""An agent's hand on the tablet: it taps, types and counts, and knows the screens by what they show."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources

from playwright.sync_api import Locator, Page, expect

CODE = "246810"
TABLET = "Tablette 4"

ENGLISH = json.loads(resources.files("fieldapp").joinpath("static/field/messages.en.json").read_text())


@dataclass
class Hand:
    """One person at one page; `taps` counts what a finger does, a typed field once."""

    page: Page
    language: str = "fr"
    taps: int = 0
    log: list[str] = field(default_factory=list)

    def says(self, french: str) -> str:
        """The words of a button in this person's language."""
        return french if self.language == "fr" else ENGLISH[french]

    def tap(self, target: Locator | str) -> None:
        """Touch one thing."""
        self._one(target).tap()
        self._count(target)

    def press(self, french: str) -> None:
        """Touch the button or link with these words."""
        words = self.says(french)
        self.tap(self.page.get_by_role("button", name=words).or_(self.page.get_by_role("link", name=words)).first)

    def type(self, target: Locator | str, text: str) -> None:
        """Touch a field and type; leaving it is part of the next touch."""
        found = self._one(target)
        found.fill(text)
        found.blur()
        self._count(target)

    def draw(self) -> None:
        """Draw a signature in the box with one finger."""
        box = self.page.locator("fa-signature-box svg, fa-signature-box canvas").first
        # To the middle: the actions at the bottom lie over the page.
        box.evaluate("(box) => box.scrollIntoView({ block: 'center' })")
        place = box.bounding_box()
        assert place is not None
        mouse = self.page.mouse
        mouse.move(place["x"] + 40, place["y"] + place["height"] * 0.7)
        mouse.down()
        for step in range(1, 30):
            dip = 0.3 if step % 4 < 2 else 0.7
            mouse.move(place["x"] + 40 + step * (place["width"] - 80) / 30, place["y"] + place["height"] * dip)
        mouse.up()
        self._count("signature")

    def enrol(self, email: str, password: str) -> None:
        """Sign in for the first time on this tablet."""
        answers = {"email": email, "password": password, "deviceName": TABLET, "code": CODE, "repeat": CODE}
        for name, text in answers.items():
            self.type(f"#{name}", text)
        self.tap("fa-enrol-screen form .button")
        expect(self.page.locator("fa-day-screen .day li").first).to_be_visible(timeout=20_000)

    def unlock(self) -> None:
        """Give the six-digit code."""
        for digit in CODE:
            self.page.get_by_role("button", name=digit, exact=True).tap()

    def walk_room(self, exceptions: Mapping[str, str], *, photographed: Sequence[str]) -> None:
        """One room: doorway photo, the exceptions (element id to state), safety rows, the rest in one touch."""
        self.tap("dialog.camera .shutter")
        expect(self.page.locator("dialog.camera")).to_have_count(0)
        room = self.page.locator("fa-room-screen h1").inner_text()
        for element, state in exceptions.items():
            row = self.page.locator(f'[data-element="{element}"]')
            self.tap(row.locator(f"label[data-state={state}]"))
            self.tap(row.locator(".more .options label, .more .chips label").first)
            if element in photographed:
                self.tap(row.locator("fa-shooter .shutter"))
                expect(row.locator("fa-shooter")).to_have_count(0)
        unseen = self.page.locator("fa-element-row[data-safety]")
        for left in range(unseen.count(), 0, -1):
            self.tap(unseen.first.locator("label[data-state=good]"))
            expect(unseen).to_have_count(left - 1)
        self.press("Le reste : bon état")
        expect(self.page.locator("fa-room-screen h1", has_text=room)).to_have_count(0)

    def read_meters(self) -> int:
        """Read and photograph every meter; gives how many."""
        meters = self.page.locator("fa-meters-screen section.thing")
        expect(meters.first).to_be_visible()
        count = meters.count()
        for number in range(count):
            meter = meters.nth(number)
            for index in range(meter.locator("fa-text.index input").count()):
                self.type(meter.locator("fa-text.index input").nth(index), f"0042{number}{index}")
            self.tap(meter.locator(".shutter"))
            expect(meter.locator("fa-thumb, .strip img").first).to_be_visible()
        self.press("Suite")
        return count

    def hand_keys(self) -> None:
        """Everything is handed over as listed."""
        self.press("Tout est remis comme indiqué")
        expect(self.page.locator("fa-equipment-screen")).to_be_visible()

    def look_at_equipment(self, insured_until: str) -> None:
        """The smoke detector sounds; the certificate of insurance was seen."""
        self.tap(self.page.get_by_text(self.says("Présent, essayé, sonne"), exact=True))
        self.tap(self.page.get_by_text(self.says("Attestation vue"), exact=True))
        self.type(self.page.get_by_label(self.says("Assureur")), "Mutuelle du Marais")
        self.type(self.page.get_by_label(self.says("Valable jusqu’au")), insured_until)
        self.press("Suite")
        expect(self.page.locator("fa-parties-screen")).to_be_visible()

    def start_ceremony(self) -> None:
        """From the list of what the law asks to the page on which people say who they are."""
        self.press("Relire, puis faire signer")
        self.press("Faire signer")
        expect(self.page.locator(".signers")).to_be_visible()

    def sign_all(self) -> None:
        """Every party signs: those who have to read, read."""
        people = self.page.locator(".signers a.signer")
        receipt = self.page.locator("fa-receipt-screen .receipt")
        while True:
            expect(people.or_(receipt).first).to_be_visible()
            if receipt.count():
                return
            reads = "/read/" in (people.first.get_attribute("href") or "")
            self.tap(people.first)
            if reads:
                self.press("J’ai lu, continuer")
                self.press("Continuer")
                self.press("Ici, avant de partir")
            self.sign()

    def sign(self) -> None:
        """One party's signature, drawn; of two spouses the first one signs for both."""
        expect(self.page.locator("fa-signature-box")).to_be_visible()
        both = self.page.get_by_role("group", name=self.says("Pour qui signez-vous ?")).locator("label").first
        if both.count():
            self.tap(both)
        self.draw()
        self.press("Je signe")
        expect(self.page.locator("fa-signature-box")).to_have_count(0)

    def _one(self, target: Locator | str) -> Locator:
        return self.page.locator(target).first if isinstance(target, str) else target

    def _count(self, target: Locator | str) -> None:
        self.taps += 1
        self.log.append(str(target))
