"""The office asks for an addendum or refuses the request, and the file says what became of each."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from tests.fieldwork.estate import Estate, Flat
from tests.fieldwork.office import Browser, colleague, sealed, signed

SLOT = {"at": "10:00", "minutes": "45"}


@pytest.fixture
def own(quick_estate: Estate) -> Browser:
    return colleague(quick_estate)


@pytest.fixture
def flat(quick_estate: Estate) -> Flat:
    """A sealed entry."""
    return sealed(quick_estate)


def page_of(flat: Flat) -> str:
    return f"/office/inventories/{flat.root_id}"


def in_days(days: int) -> str:
    return (datetime.now(UTC).date() + timedelta(days=days)).isoformat()


def test_an_addendum_is_asked_for_and_listed_with_its_appointment(
    own: Browser, quick_estate: Estate, flat: Flat
) -> None:
    page = page_of(flat)
    own.send(page, f"{page}/comments", on=f"element:{flat.ids['wall']}", text="Dater le trou.")
    form = own.text(f"{page}/addendum")
    assert "Dater le trou." in form
    point = form.split('name="points" value="')[1].split('"')[0]
    agent = quick_estate.agents["nadia"]
    answers = {"rev": "0", "kind": "correction", "points": point, "agent": agent, "day": in_days(3), **SLOT}
    assert own.send(page, f"{page}/addendum", **answers, due_on=in_days(9)).status_code == 302
    html = own.text(page)
    for words in ("L’avenant est demandé", "Correction d’un commun accord", "Demandé à l’agent", "Rendez-vous :"):
        assert words in html
    visit = re.findall(r'href="(/office/visits/[0-9a-f-]{36})"', html)[0]
    appointment = own.text(visit)
    for words in ("Avenant à l’état des lieux", "Séjour, Murs", "Dater le trou.", page, "Convocations et rappels"):
        assert words in appointment
    messages = re.findall(r'href="(/office/appointments/[0-9a-f-]{36}/messages)"', appointment)[0]
    assert "Camille Essai" in own.text(messages)
    again = own.send(page, f"{page}/addendum", **{**answers, "rev": "1", "words": "Encore", "day": in_days(4)})
    assert again.status_code == 302
    assert "Un avenant attend déjà d’être signé" in own.text(page)
    stale = own.send(page, f"{page}/addendum", **answers)
    assert stale.status_code == 302
    assert "Rien n’a été écrasé" in own.text(page)


def test_what_cannot_be_is_said_at_its_field(own: Browser, quick_estate: Estate, flat: Flat) -> None:
    page = page_of(flat)
    agent = quick_estate.agents["nadia"]
    answers = {"rev": "0", "words": "Les murs", "agent": agent, "day": in_days(40), **SLOT}
    without = own.send(page, f"{page}/addendum", kind="tenant_request", **answers)
    assert "le délai de dix jours en dépend" in without.text
    future = own.send(page, f"{page}/addendum", kind="tenant_request", requested_on=in_days(2), **answers)
    assert (future.status_code, "vérifiez la date de la demande" in future.text) == (400, True)
    soon = own.send(page, f"{page}/addendum", kind="correction", due_on=in_days(1), **answers)
    assert "Ce jour est avant le rendez-vous." in soon.text
    empty = own.send(page, f"{page}/addendum", kind="correction", **{**answers, "words": " "})
    assert "cochez un commentaire" in empty.text
    past = own.send(page, f"{page}/addendum", kind="correction", **{**answers, "day": in_days(-2)})
    assert "Cette heure est passée" in past.text
    assert own.send(page, f"{page}/addendum", kind="odd", **answers).status_code == 400


def test_nothing_is_joined_to_what_is_not_sealed(own: Browser, quick_estate: Estate) -> None:
    page = page_of(signed(quick_estate))
    assert own.get(f"{page}/addendum").status_code == 302
    assert "celui-ci ne l’est pas encore" in own.text(page)
    assert own.send(page, f"{page}/addendum/refusal").status_code == 302
    assert own.send(page, f"{page}/addendum", rev="0").status_code == 302


def test_a_refused_request_is_listed_with_its_reason_and_the_way_to_complain(own: Browser, flat: Flat) -> None:
    page = page_of(flat)
    said = {"no-words": "Ajouter la tache du sol.", "no-answer": "Elle y est déjà, page 2."}
    missing = own.send(f"{page}/addendum", f"{page}/addendum/refusal", **said)
    assert (missing.status_code, "Donnez le jour de la demande." in missing.text) == (400, True)
    own.send(f"{page}/addendum", f"{page}/addendum/refusal", **said, **{"no-requested_on": in_days(0)})
    html = own.text(page)
    for words in ("Demande refusée par le bureau", "Elle y est déjà, page 2.", "commission départementale"):
        assert words in html
    assert "Demande d’avenant refusée par le bureau" in own.text(f"{page}/journal")
