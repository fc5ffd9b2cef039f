"""An administrator lets other systems in, has them told, and sees what did not arrive."""

import re
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from fieldapp.extensions import db
from fieldapp.records.connector import Connector
from fieldapp.records.outgoing_event import EventDelivery
from fieldapp.services import installation
from tests.fieldwork.estate import Estate
from tests.fieldwork.office import Browser, colleague
from tests.fieldwork.record_system import work
from tests.fieldwork.systems import System

PAGE = "/office/connectors"


def connected(own: Browser, target: str = "progiciel", kind: str = "folder") -> str:
    """Connect a system; gives the address of its page."""
    answer = own.send(PAGE, PAGE, kind=kind, name="Progiciel", target=target)
    assert answer.status_code == 200, answer.text
    (found,) = set(re.findall(r'href="(/office/connectors/[0-9a-f-]{36})"', answer.text))
    return str(found)


def test_a_token_is_shown_once_opens_the_interface_and_is_taken_back(quick_estate: Estate) -> None:
    own = colleague(quick_estate, "admin")
    answer = own.send(PAGE, "/office/tokens", label="Progiciel", scope="read")
    (token,) = re.findall(r"<code>(fieldapp_[\w-]+)</code>", answer.text)
    system = System(quick_estate.app.test_client(), token)
    assert system.get("/dwellings").status_code == 200
    page = own.text(PAGE)
    assert token not in page
    assert "Progiciel" in page
    (revoke,) = re.findall(r'action="(/office/tokens/[0-9a-f-]+/revoke)"', page)
    assert own.send(PAGE, revoke).status_code == 302
    assert system.get("/dwellings").status_code == 401


def test_a_trial_arrives_and_is_seen(quick_estate: Estate) -> None:
    own = colleague(quick_estate, "admin")
    page = connected(own)
    assert own.send(page, f"{page}/try").status_code == 302
    assert "En attente" in own.text(page)
    work(quick_estate, datetime.now(UTC))
    assert "Reçu" in own.text(page)
    assert "1 événement reçu" in own.text(PAGE)
    with quick_estate.app.app_context():
        assert len(list((installation.config().exchange / "progiciel/out").iterdir())) == 1


def test_what_was_given_up_stands_first_and_is_sent_again(quick_estate: Estate) -> None:
    own = colleague(quick_estate, "admin")
    page = connected(own)
    own.send(page, f"{page}/try")
    with quick_estate.app.app_context():
        row = db.session.scalars(select(EventDelivery)).one()
        row.state, row.problem, row.attempts = "given_up", "answered_500", 12
        db.session.commit()
    assert "Abandonné : réponse 500, 12 essais" in own.text(page)
    assert "1 événement abandonné" in own.text(PAGE)
    assert own.send(page, f"{page}/replay").status_code == 302
    work(quick_estate, datetime.now(UTC))
    assert "Reçu" in own.text(page)


def test_a_signing_secret_is_shown_once_and_kept_unreadable(
    quick_estate: Estate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("socket.getaddrinfo", lambda *_a, **_k: [(2, 1, 6, "", ("93.184.215.14", 443))])
    own = colleague(quick_estate, "admin")
    answer = own.send(PAGE, PAGE, kind="web", name="Progiciel", target="https://hooks.example.org/in")
    (secret,) = re.findall(r"<code>(whsec_[\w+/=]+)</code>", answer.text)
    assert secret not in own.text(PAGE)
    with quick_estate.app.app_context():
        kept = db.session.scalars(select(Connector.secret)).one()
        assert kept is not None
        assert secret.encode() not in kept


@pytest.mark.parametrize(
    ("kind", "target", "said"),
    (
        ("web", "http://127.0.0.1/", "réseau privé"),
        ("web", "nonsense", "adresse complète"),
        ("folder", "../etc", "minuscules"),
    ),
)
def test_a_target_that_cannot_be_is_said_beside_its_field(
    quick_estate: Estate, kind: str, target: str, said: str
) -> None:
    own = colleague(quick_estate, "admin")
    answer = own.send(PAGE, PAGE, kind=kind, name="Progiciel", target=target)
    assert answer.status_code == 400
    assert said in answer.text


@pytest.mark.parametrize("role", ("reviewer", "manager", "accountant", "auditor"))
def test_only_administrators_connect_systems(quick_estate: Estate, role: str) -> None:
    own = colleague(quick_estate, role)
    assert own.get(PAGE).status_code == 403
    assert PAGE not in own.text("/office/inventories/")


def test_an_administrator_of_one_agency_has_tokens_and_no_connectors(quick_estate: Estate) -> None:
    page = connected(colleague(quick_estate, "admin"))
    own = colleague(quick_estate, "admin", "north")
    assert own.get(page).status_code == 404
    assert "Donner un jeton" in own.text(PAGE)
    other = colleague(Estate.build(quick_estate.app, "Autre Habitat"), "admin")
    assert other.get(page).status_code == 404
    assert other.send(PAGE, f"{page}/try").status_code == 404
