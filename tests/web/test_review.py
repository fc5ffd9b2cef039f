"""The office reads a file, sends it back with comments, and decides; the second of two reviewers overwrites nothing."""

import re

import pytest

from fieldapp.extensions import db
from fieldapp.records.inventory import Inventory
from sync.tablet import Tablet
from tests.fieldwork.estate import Estate, Flat
from tests.fieldwork.office import Browser, colleague
from tests.fieldwork.tablets import enrolled
from tests.fieldwork.trouble import at_work
from tests.fieldwork.visit import fill, sign_and_close

COMMENT = "Photographier la prise de près."


@pytest.fixture
def own(quick_estate: Estate) -> Browser:
    return colleague(quick_estate)


@pytest.fixture
def work(quick_estate: Estate) -> tuple[Flat, Tablet]:
    """A signed inventory in which a wall is worn, and the tablet that still holds it."""
    flat = quick_estate.plan()
    tablet = enrolled(quick_estate)
    tablet.fetch_pack()
    fill(tablet, flat)
    tablet.write(flat.root_id, flat.ids["wall"], "element", "state", "poor")
    tablet.sync()
    sign_and_close(tablet, flat)
    tablet.sync()
    return flat, tablet


def page_of(flat: Flat) -> str:
    return f"/office/inventories/{flat.root_id}"


def rev_of(html: str) -> str:
    return str(re.findall(r'name="rev" value="(\d+)"', html)[0])


def answer(tablet: Tablet, flat: Flat, text: str) -> None:
    """The agent answers everything that was sent back."""
    for entity_id, entity in tablet.state(flat.root_id)["entities"].items():
        if entity["kind"] == "comment":
            said = {"done": True, "text": text, "at": "2026-11-18T10:00:00.000Z"}
            tablet.write(flat.root_id, entity_id, "comment", "answer", said)
    tablet.sync()


def test_a_file_is_returned_answered_and_accepted(
    own: Browser, quick_estate: Estate, work: tuple[Flat, Tablet]
) -> None:
    flat, tablet = work
    page = page_of(flat)
    on = f"element:{flat.ids['wall']}"
    assert own.send(page, f"{page}/comments", on=on, text=COMMENT).status_code == 302
    html = own.text(page)
    assert "pas encore envoyé" in html
    assert "Renvoyer, 1 commentaire" in html
    own.send(page, f"{page}/return", rev=rev_of(html))
    assert "Renvoyé à l’agent" in own.text(page)
    tablet.sync()
    (comment,) = [each for each in tablet.state(flat.root_id)["entities"].values() if each["kind"] == "comment"]
    body = comment["fields"]["body"]
    assert (body["text"], body["subject_id"]) == (COMMENT, flat.ids["wall"])
    answer(tablet, flat, "C’est fait, photo prise.")
    html = own.text(page)
    assert "Corrigé par l’agent, à relire" in html
    assert "C’est fait, photo prise." in html
    own.send(page, f"{page}/accept", rev=rev_of(html))
    assert "Validé" in own.text(page)
    journal = own.text(f"{page}/journal")
    for words in ("Renvoyé à l’agent avec des commentaires", "Corrigé par l’agent", "Validé par le bureau"):
        assert words in journal


def test_what_was_signed_is_the_same_after_a_return(
    own: Browser, quick_estate: Estate, work: tuple[Flat, Tablet]
) -> None:
    flat, tablet = work
    page = page_of(flat)
    with quick_estate.app.app_context():
        before = db.session.get_one(Inventory, flat.root_id).record_sha256
    own.send(page, f"{page}/comments", on=f"element:{flat.ids['wall']}", text=COMMENT)
    own.send(page, f"{page}/return", rev="0")
    tablet.sync()
    answer(tablet, flat, "Noté.")
    tablet.write(flat.root_id, flat.ids["wall"], "element", "state", "good")
    tablet.sync()
    with quick_estate.app.app_context():
        row = db.session.get_one(Inventory, flat.root_id)
        assert row.record_sha256 == before
        assert row.rejections == 1, "the record is signed: the tablet's late change is kept aside"


def test_the_second_of_two_reviewers_is_told_and_overwrites_nothing(
    own: Browser, quick_estate: Estate, work: tuple[Flat, Tablet]
) -> None:
    page = page_of(work[0])
    other = colleague(quick_estate, "manager")
    seen = rev_of(other.text(page))
    own.send(page, f"{page}/accept", rev=rev_of(own.text(page)))
    other.send(page, f"{page}/dispute", rev=seen, text="Le locataire conteste.")
    html = other.text(page)
    assert "Entre-temps, Odile Bureau a décidé : Validé. Rien n’a été écrasé." in html
    assert "Litige ouvert" not in html


def test_a_dispute_says_why(own: Browser, work: tuple[Flat, Tablet]) -> None:
    flat, _tablet = work
    page = page_of(flat)
    own.send(page, f"{page}/dispute", rev="0", text="Le locataire conteste les murs.")
    assert "Le locataire conteste les murs." in own.text(page)


def test_decisions_that_make_no_sense_are_refused_in_words(own: Browser, quick_estate: Estate) -> None:
    flat, tablet = at_work(quick_estate)
    page = page_of(flat)
    own.send(page, f"{page}/return", rev="0")
    assert "cette décision attend la signature" in own.text(page)
    tablet.write(flat.root_id, flat.ids["wall"], "element", "state", "poor")
    tablet.sync()
    for address, answers, words in (
        ("accept", {"rev": "0"}, "cette décision attend la signature"),
        ("return", {"rev": "0"}, "Écrivez d’abord un commentaire"),
        ("dispute", {"rev": "0", "text": ""}, "Écrivez une phrase"),
        ("dispute", {"rev": "x", "text": "x" * 1001}, "Écrivez une phrase"),
        ("comments", {"on": "nothing:1", "text": "x"}, "Écrivez ce que l’agent doit faire"),
        ("comments", {"on": f"element:{flat.ids['wall']}", "text": " "}, "Écrivez ce que l’agent doit faire"),
    ):
        own.send(page, f"{page}/{address}", **answers)
        assert words in own.text(page), address
    stranger = own.send(page, f"{page}/comments", on=f"photo:{flat.ids['wall']}", text="x")
    assert stranger.status_code == 404


def test_a_comment_that_was_not_sent_is_taken_back(own: Browser, quick_estate: Estate) -> None:
    flat, tablet = at_work(quick_estate)
    tablet.write(flat.root_id, flat.ids["wall"], "element", "state", "poor")
    tablet.sync()
    page = page_of(flat)
    own.send(page, f"{page}/comments", on=f"inventory:{flat.root_id}", text=COMMENT)
    (drop,) = re.findall(rf'action="({re.escape(page)}/comments/[0-9a-f-]{{36}}/drop)"', own.text(page))
    own.send(page, drop)
    assert COMMENT not in own.text(page)
    assert own.send(page, drop).status_code == 404
