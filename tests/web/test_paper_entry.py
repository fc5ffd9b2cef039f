"""An entry on paper is attached in the office: whole or not at all, known by its hash, and told to the tablets."""

import hashlib
from io import BytesIO

import pytest
from werkzeug.test import TestResponse

from fieldapp.services.snapshot import state_of
from tests.fieldwork.estate import Estate, Flat
from tests.fieldwork.office import TOKEN, Browser, colleague, signed
from tests.fieldwork.tablets import enrolled

PDF = b"%PDF-1.7 the entry of 2021"


@pytest.fixture
def leaving(quick_estate: Estate) -> Flat:
    """A move-out whose entry nobody made here."""
    return quick_estate.plan_exit(quick_estate.plan())


def send(office: Browser, flat: Flat, *pages: bytes, day: str = "2021-04-01") -> TestResponse:
    page = f"/office/inventories/{flat.root_id}"
    token = TOKEN.search(office.text(page))
    assert token is not None
    files = [(BytesIO(data), f"page-{number}") for number, data in enumerate(pages)]
    data = {"csrf_token": token[1], "established_on": day, "pages": files}
    return office.client.post(f"{page}/entry", data=data, content_type="multipart/form-data", follow_redirects=True)


def entry_of(estate: Estate, flat: Flat) -> dict[str, object]:
    with estate.app.app_context():
        found: dict[str, object] = state_of(flat.root_id)["entities"][flat.root_id]["fields"]["entry"]
        return found


def test_the_scan_is_kept_by_its_hash_and_reaches_the_tablet(quick_estate: Estate, leaving: Flat) -> None:
    tablet = enrolled(quick_estate)
    tablet.fetch_pack()
    office = colleague(quick_estate)
    assert "L’entrée sur papier est jointe" in send(office, leaving, PDF, b"\xff\xd8\xff page two").text
    tablet.sync()
    entry = tablet.value(leaving.root_id, leaving.root_id, "entry")
    assert (entry["origin"], entry["established_on"], len(entry["scan"])) == ("imported", "2021-04-01", 2)
    sha256 = hashlib.sha256(PDF).hexdigest()
    assert entry["scan"][0] == {"sha256": sha256, "bytes": len(PDF), "media_type": "application/pdf"}
    answer = office.get(f"/office/inventories/{leaving.root_id}/entry/{sha256}")
    assert answer.data == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("pages", "day", "words"),
    (
        ((PDF, b"MZ a program"), "2021-04-01", "ni un PDF, ni une photo"),
        ((PDF,), "2999-01-01", "après aujourd’hui"),
        ((PDF,), "1er avril", "écrivez la date"),
        ((), "2021-04-01", "Choisissez les pages"),
        ((PDF,) * 41, "2021-04-01", "Quarante fichiers au plus"),
    ),
)
def test_what_cannot_be_is_refused_in_words_and_nothing_is_half_attached(
    quick_estate: Estate, leaving: Flat, pages: tuple[bytes, ...], day: str, words: str
) -> None:
    assert words in send(colleague(quick_estate), leaving, *pages, day=day).text
    assert entry_of(quick_estate, leaving)["origin"] == "none"


def test_an_entry_that_the_landlord_obstructed_is_noted(quick_estate: Estate, leaving: Flat) -> None:
    office = colleague(quick_estate)
    page = f"/office/inventories/{leaving.root_id}"
    office.send(page, f"{page}/entry", origin="obstructed")
    assert entry_of(quick_estate, leaving)["origin"] == "obstructed"
    assert "rien n’est demandé au locataire" in office.text(page)


def test_a_signed_entry_is_never_replaced_by_paper(quick_estate: Estate) -> None:
    leaving = quick_estate.plan_exit(signed(quick_estate))
    office = colleague(quick_estate)
    assert "Joindre l’entrée sur papier" not in office.text(f"/office/inventories/{leaving.root_id}")
    other = quick_estate.plan_exit(quick_estate.plan())
    token = TOKEN.search(office.text(f"/office/inventories/{other.root_id}"))
    assert token is not None
    data = {"csrf_token": token[1], "established_on": "2021-04-01", "pages": [(BytesIO(PDF), "a.pdf")]}
    office.client.post(f"/office/inventories/{leaving.root_id}/entry", data=data, content_type="multipart/form-data")
    assert entry_of(quick_estate, leaving)["origin"] == "sealed"


def test_who_may_only_read_attaches_nothing(quick_estate: Estate, leaving: Flat) -> None:
    reader = colleague(quick_estate, "auditor")
    assert "Joindre l’entrée sur papier" not in reader.text(f"/office/inventories/{leaving.root_id}")
