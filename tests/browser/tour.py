"""Every screen of the tablet in one visit, each in the states that a person meets."""

import re
from collections.abc import Callable, Iterator

from playwright.sync_api import Page, expect

from tests.browser.address import go
from tests.browser.filled import fill
from tests.browser.hand import CODE, Hand
from tests.browser.sale import Sale

WRONG = "000000"
FULL_DISK = """() => {
  window.put ??= IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = () => { throw new DOMException("full", "QuotaExceededError"); };
}"""
ROOM_AGAIN = "() => { IDBObjectStore.prototype.put = window.put; }"


def sign_in_pages(hand: Hand, email: str, password: str) -> Iterator[str]:
    """Signing in: empty, with every mistake, with the wrong password; ends enrolled, on the day."""
    page = hand.page
    yield "enrol"
    hand.tap("fa-enrol-screen form .button")
    expect(page.locator("[aria-invalid]").first).to_be_visible()
    yield "enrol, nothing written"
    answers = {"email": email, "password": "not this one", "deviceName": "Tablette", "code": CODE, "repeat": CODE}
    for name, text in answers.items():
        hand.type(f"#{name}", text)
    hand.tap("fa-enrol-screen form .button")
    expect(page.locator("#password-error")).to_be_visible()
    yield "enrol, wrong password"
    hand.enrol(email, password)


def day_pages(hand: Hand) -> Iterator[str]:
    """The day, the settings over it, the code."""
    page = hand.page
    expect(page.locator(".ready")).to_be_visible()
    yield "day"
    by_route = page.get_by_text(hand.says("Par trajet"))
    hand.tap(by_route)
    expect(
        page.get_by_text(
            hand.says(
                "Du premier rendez-vous au plus proche, à vol d’oiseau. Les heures restent celles qui sont convenues."
            )
        )
    ).to_be_visible()
    yield "day, by route"
    hand.tap(page.get_by_text(hand.says("Par heure")))
    hand.press("Réglages")
    expect(page.locator("dialog.sheet")).to_be_visible()
    yield "settings"
    hand.press("Verrouiller la tablette")
    expect(page.locator(".keypad")).to_be_visible()
    yield "unlock"
    for digit in WRONG:
        page.get_by_role("button", name=digit, exact=True).tap()
    expect(page.locator("#code-error")).not_to_be_empty()
    yield "unlock, wrong code"
    hand.unlock()
    expect(page.locator(".day li").first).to_be_visible()


def visit_pages(hand: Hand, inventory: str) -> Iterator[str]:
    """The walk: overview, a room in all its states, then what belongs to the whole dwelling."""
    page = hand.page
    go(page, f"#/inventory/{inventory}", "fa-overview-screen .rounds")
    yield "overview"
    hand.press("Changer l’ordre")
    expect(page.get_by_role("button", name=hand.says("Terminé"))).to_be_visible()
    yield "overview, order"
    hand.press("Terminé")
    hand.press("Ajouter une pièce")
    expect(page.locator("dialog.sheet label").first).to_be_visible()
    yield "add a room"
    close_sheet(hand)
    hand.tap("fa-overview-screen .actions .button")
    expect(page.locator("dialog.camera video")).to_be_visible()
    yield "camera"
    hand.tap("dialog.camera .shutter")
    expect(page.locator("dialog.camera")).to_have_count(0)
    yield "room"
    row = page.locator("fa-element-row").nth(1)
    hand.tap(row.locator("label[data-state=poor]"))
    expect(row.locator("fa-shooter video, .more .chips").first).to_be_visible()
    yield "room, defects"
    hand.tap(row.locator(".more .options label, .more .chips label").first)
    hand.tap(row.locator("fa-shooter .shutter"))
    expect(row.locator(".strip img")).to_be_visible()
    hand.tap(row.locator(".tool.note"))
    expect(row.locator("fa-element-details")).to_be_visible()
    row.locator("fa-element-details details").evaluate("(fold) => { fold.open = true; }")
    hand.tap(row.locator("fa-element-details .chip").last)
    expect(row.locator(".promise")).to_be_visible()
    yield "room, details"
    hand.tap(row.locator(".strip button"))
    expect(page.locator("dialog.sheet img")).to_be_visible()
    yield "photo"
    close_sheet(hand)
    fourth = page.locator("fa-element-row").nth(3)
    hand.tap(fourth.locator("label[data-state=other]"))
    expect(fourth.locator(".more label").first).to_be_visible()
    yield "room, other states"
    hand.tap("fa-room-screen .appbar .tool")
    expect(page.locator("dialog.sheet .entry").first).to_be_visible()
    yield "room menu"
    hand.tap(page.locator("dialog.sheet .entry").first)
    expect(page.locator("dialog.sheet label").first).to_be_visible()
    yield "add an element"
    close_sheet(hand)
    page.evaluate(FULL_DISK)
    hand.tap(page.locator("fa-element-row").nth(2).locator("label[data-state=new]"))
    expect(page.locator(".trouble")).to_be_visible()
    yield "room, full disk"
    page.evaluate(ROOM_AGAIN)
    hand.tap(".trouble .button")
    expect(page.locator(".trouble")).to_have_count(0)
    for step in ("meters", "keys", "equipment", "parties"):
        go(page, f"#/inventory/{inventory}/{step}", ".thing")
        unfold(page)
        yield step
    hand.press("Ajouter une personne")
    hand.tap(page.locator("dialog.sheet label").first)
    expect(page.locator("dialog.sheet")).to_have_count(0)
    expect(page.get_by_text(hand.says("Photographier le mandat"))).to_be_visible()
    yield "parties, proxy"
    hand.tap(page.get_by_role("button", name=hand.says("Retirer cette personne")).last)
    expect(page.get_by_text(hand.says("Photographier le mandat"))).to_have_count(0)
    go(page, f"#/inventory/{inventory}/room/{'0' * 8}", "main")
    yield "room that is gone"


def exit_pages(hand: Hand, inventory: str) -> Iterator[str]:
    """What a move-out shows otherwise than an entry: both states in a row, the entry through the camera, who goes where."""
    page = hand.page
    go(page, f"#/inventory/{inventory}", "fa-overview-screen .rounds")
    hand.tap("fa-overview-screen .actions .button")
    expect(page.locator("dialog.camera .entry img")).to_be_visible()
    hand.tap("dialog.camera .ghost-switch")
    expect(page.locator("dialog.camera .ghost img")).to_be_visible()
    yield "exit, camera"
    hand.tap("dialog.camera .shutter")
    expect(page.locator("dialog.camera")).to_have_count(0)
    row = page.locator("fa-element-row").nth(1)
    hand.tap(row.locator("label[data-state=poor]"))
    expect(row.locator("fa-shooter video, .more .chips").first).to_be_visible()
    yield "exit, room"
    hand.tap(row.locator(".tool.note"))
    expect(row.locator("fa-element-details")).to_be_visible()
    unfold(page)
    hand.press("Remplacé ou refait pendant le bail")
    expect(row.locator(".works")).to_be_visible()
    yield "exit, details"
    hand.press("Finalement non")
    hand.tap(page.locator(".entry-photo").first)
    expect(page.locator("dialog.sheet img")).to_be_visible()
    yield "exit, photo of the entry"
    close_sheet(hand)
    for step in ("meters", "keys", "equipment", "parties"):
        go(page, f"#/inventory/{inventory}/{step}", ".thing")
        unfold(page)
        yield f"exit, {step}"
    go(page, f"#/inventory/{inventory}/check", ".clauses")
    yield "exit, check"


def trouble_pages(hand: Hand, inventory: str, decide: Callable[[str], None]) -> Iterator[str]:
    """What stops a visit: danger, until the office has said `decide(alert)`; interruption; what is missing."""
    page = hand.page
    go(page, f"#/inventory/{inventory}/alert", ".alert-reasons")
    hand.tap(page.locator(".alert-reasons").last.locator(".button").first)
    expect(page.locator("fa-alert-screen textarea")).to_be_visible()
    yield "alert"
    hand.tap(page.locator(".alert-reasons").first.locator(".button").first)
    expect(page.locator(".numbers")).to_be_visible()
    yield "alert, gas"
    go(page, f"#/inventory/{inventory}", ".notice")
    yield "overview, danger"
    go(page, f"#/inventory/{inventory}/check", "#missing")
    yield "check, danger"
    go(page, f"#/inventory/{inventory}/alert", "fa-alert-screen main p a")
    hand.tap("fa-alert-screen main p a")
    expect(page.locator(".numbers")).to_be_visible()
    decide(page.url.rsplit("/", 1)[1])
    hand.press("Demander la réponse maintenant")
    expect(page.locator("fa-alert-screen .notice[data-tone=safe]")).to_be_visible()
    yield "alert, decided"
    go(page, f"#/inventory/{inventory}/interrupt", "fa-interrupt-screen label")
    hand.tap("fa-interrupt-screen footer button")
    expect(page.locator(".error")).to_be_visible()
    yield "interrupt"
    hand.tap("fa-interrupt-screen label")
    hand.tap("fa-interrupt-screen footer button")
    expect(page.locator(".day li").first).to_be_visible()
    go(page, f"#/inventory/{inventory}/interrupt", "fa-interrupt-screen h1")
    yield "interrupted"
    hand.press("Reprendre la visite")
    expect(page.locator("fa-overview-screen .rounds").first).to_be_visible()
    go(page, f"#/inventory/{inventory}/review", "fa-review-screen h1")
    yield "review, incomplete"


def ceremony_pages(hand: Hand, inventory: str) -> Iterator[str]:
    """From the complete list to the copy."""
    page = hand.page
    go(page, f"#/inventory/{inventory}", "fa-overview-screen .rounds")
    fill(page, poor=3, photos=4)
    go(page, f"#/inventory/{inventory}/check", ".clauses")
    yield "check"
    hand.start_ceremony()
    yield "who signs"
    signers = page.locator(".signers a.signer")
    person = (signers.first.get_attribute("href") or "").rsplit("/", 1)[1]
    step = f"#/inventory/{inventory}/sign"
    hand.tap(signers.first)
    expect(page.locator(".noted").first).to_be_visible()
    unfold(page)
    yield "read"
    hand.tap(".noted .remark-start")
    hand.type(page.locator(".noted textarea"), "La tache était déjà là en mars.")
    expect(page.locator(".remark .soft").first).to_be_visible()
    yield "read, remark"
    hand.tap(".helps .tool[aria-pressed]")
    yield "read, large type"
    hand.press("J’ai lu, continuer")
    expect(page.locator("main > fa-remark textarea")).to_be_visible()
    yield "remark, large type"
    hand.press("Continuer")
    hand.type(page.locator(".by-email input"), "")
    hand.tap(page.locator(".by-email .button"))
    expect(page.locator(".choices-of-copy .error")).to_be_visible()
    yield "copy wanted, large type"
    hand.press("Ici, avant de partir")
    expect(page.locator("fa-signature-box")).to_be_visible()
    yield "sign, large type"
    hand.tap(".helps .tool[aria-pressed]")
    alone = page.get_by_label(hand.says("Pour moi seulement"))
    if alone.count():
        hand.tap(alone)
    hand.press("Je signe")
    expect(page.locator("#pen-problem")).to_be_visible()
    yield "sign, nothing drawn"
    hand.draw()
    yield "sign, drawn"
    # Who changes the language in the middle of it loses nothing that was drawn.
    for language in ("en", "fr") if hand.language == "fr" else ("fr", "en"):
        hand.tap(".helps .tool[lang]")
        expect(page.locator(f"html[lang={language}]")).to_be_attached()
        expect(page.locator(f".helps .tool:not([lang={language}])[lang]")).to_be_visible()
    expect(page.locator("fa-signature-box path:not(.line)")).to_have_count(1)
    hand.tap(page.get_by_label(hand.says("Écrire mon nom")))
    expect(page.get_by_label(hand.says("Votre nom"))).to_be_visible()
    yield "sign, typed"
    hand.press("Je ne signe pas")
    hand.press("Je confirme : je ne signe pas")
    expect(page.locator(".error")).to_be_visible()
    yield "refuse"
    go(page, f"{step}/absent/{person}", "#agent-code")
    page.locator("#agent-code").fill(WRONG)
    expect(page.locator("#agent-code-error")).to_be_visible()
    yield "absent, code"
    page.locator("#agent-code").fill(CODE)
    expect(page.locator("#agent-code")).to_have_count(0)
    expect(page.locator("fa-sign-screen fieldset label").first).to_be_visible()
    yield "absent"
    hand.tap("fa-sign-screen fieldset label")
    hand.press("Confirmer l’absence")
    expect(page.locator(".signers")).to_be_visible()
    hand.sign_all()
    yield "receipt"
    hand.tap("fa-receipt-screen footer .button:last-of-type")
    expect(page.locator("fa-copy-screen .record, fa-copy-screen main h1").first).to_be_visible()
    yield "copy"
    go(page, "#/day", ".keypad")
    hand.unlock()
    expect(page.locator(".day li").first).to_be_visible()
    yield "day, one done"


def sale_pages(hand: Hand, visit: str) -> Iterator[str]:
    """A sales visit: the dwelling shown, an opinion with everything that it may hold, what is broken, the slip, its copy, the end."""
    page = hand.page
    sale = Sale(hand)
    go(page, f"#/visit/{visit}", "fa-sale-screen .signer")
    yield "sale"
    hand.press("Présenter le logement")
    expect(page.locator("fa-sale-present-screen .facts")).to_be_visible()
    yield "sale, presented"
    hand.press("Agent")
    expect(page.locator("#agent-code")).to_be_visible()
    yield "sale, presented, code"
    page.locator("#agent-code").fill(CODE)
    hand.tap(page.locator("fa-sale-screen .signer").first)
    presence = page.locator("fa-sale-candidate-screen fieldset label").first
    expect(presence).to_be_visible()
    yield "candidate"
    hand.tap(presence)
    hand.press("Faire signer le bon")
    expect(page.locator("fa-sale-candidate-screen .error")).to_be_visible()
    yield "candidate, nothing said"
    sale.choose("outcomes", "refuses")
    sale.choose("reasons", "noise")
    sale.choose("reasons", "distance")
    expect(page.locator("#reasons input[type=radio]").first).to_be_attached()
    hand.tap(page.locator("details summary", has_text=re.compile("question")))
    unfold(page)
    topic = page.get_by_role("group", name=hand.says("À propos de quoi ?")).locator("label").first
    hand.tap(topic)
    hand.tap(page.get_by_text(hand.says("Le bureau répondra")))
    expect(page.get_by_role("radio", name=hand.says("Le bureau répondra"))).to_be_checked()
    yield "candidate, all said"
    hand.press("Signaler un défaut")
    hand.press("Noter un défaut")
    expect(page.locator("fa-sale-snags-screen fieldset").first).to_be_visible()
    yield "snag"
    hand.tap(page.locator("fa-sale-snags-screen fieldset label").first)
    hand.press("C’est noté")
    hand.press("Demande d’un habitant")
    expect(page.get_by_label(hand.says("Où, dans l’immeuble"))).to_be_visible()
    yield "request"
    hand.press("C’est noté")
    expect(page.locator("fa-sale-snags-screen .signers").first).to_be_visible()
    yield "snags"
    go(page, f"#/visit/{visit}", "fa-sale-screen .signer")
    hand.tap(page.locator("fa-sale-screen .signer").first)
    hand.press("Faire signer le bon")
    expect(page.locator("fa-signature-box")).to_be_visible()
    hand.press("Je signe")
    expect(page.locator("fa-sale-sign-screen .error")).to_be_visible()
    yield "slip"
    hand.press("Je ne signe pas")
    expect(page.get_by_role("heading", name=hand.says("Vous ne signez pas"))).to_be_visible()
    yield "slip, declined"
    hand.press("Revenir")
    expect(page.locator("fa-signature-box")).to_be_visible()
    hand.draw()
    hand.press("Je signe")
    expect(page.get_by_role("heading", name=hand.says("C’est noté. Merci."))).to_be_visible()
    yield "slip, signed"
    hand.press("Remettre la copie")
    hand.tap(page.locator(".by-email .button"))
    expect(page.locator("fa-sale-copy-screen .error")).to_be_visible()
    yield "copy of a slip"
    hand.type(page.locator(".by-email input"), "quelquun@courriel.example")
    hand.tap(page.locator(".by-email .button"))
    expect(
        page.get_by_text(hand.says("Pas encore remise : partira par e-mail dès qu’il y a du réseau"))
    ).to_be_visible()
    yield "copy of a slip, promised"
    go(page, f"#/visit/{visit}/end", ".keypad")
    hand.unlock()
    expect(page.locator("fa-sale-end-screen h1")).to_be_visible()
    yield "sale, the end"


def unfold(page: Page) -> None:
    """Open everything that is folded away."""
    page.locator("main details").evaluate_all("(folds) => { for (const fold of folds) fold.open = true; }")


def close_sheet(hand: Hand) -> None:
    """Close the sheet with its own button."""
    hand.tap("dialog.sheet header .tool")
    expect(hand.page.locator("dialog.sheet")).to_have_count(0)
