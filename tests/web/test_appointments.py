"""The office gives appointments for inventories: planned for a lease, without conflict, moved, cancelled; and furniture."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from fieldapp.extensions import db
from fieldapp.records.appointment import Appointment
from fieldapp.records.audit_entry import AuditEntry
from fieldapp.records.inventory import Inventory
from fieldapp.services.snapshot import state_of
from tests.fieldwork.estate import Estate, Flat
from tests.fieldwork.office import Browser, colleague, sealed
from tests.fieldwork.tablets import enrolled

PARIS = ZoneInfo("Europe/Paris")
TOMORROW = (datetime.now(PARIS) + timedelta(days=1)).replace(hour=10, minute=0, second=0, microsecond=0)


@pytest.fixture
def own(quick_estate: Estate) -> Browser:
    return colleague(quick_estate)


def answers(estate: Estate, moment: datetime = TOMORROW, agent: str = "nadia", **others: str) -> dict[str, str]:
    slot = {"day": moment.date().isoformat(), "at": f"{moment:%H:%M}", "minutes": "60"}
    return {**slot, "agent": estate.agents[agent], "note": "", "kind": "pre_exit", **others}


def plan(own: Browser, flat: Flat, **said: str) -> tuple[int, str, str]:
    page = f"/office/tenancies/{flat.ids['tenancy']}/appointment"
    answer = own.send(page, page, **said)
    return answer.status_code, answer.text, answer.headers.get("Location", "")


def how_many(estate: Estate) -> tuple[int, int]:
    with estate.app.app_context():
        return db.session.query(Appointment).count(), db.session.query(Inventory).count()


@pytest.mark.parametrize(("kind", "letter"), (("move_in", "E"), ("pre_exit", "C"), ("move_out", "S")))
def test_each_kind_is_planned_for_a_lease_and_reaches_the_day_of_the_agent(
    quick_estate: Estate, own: Browser, kind: str, letter: str
) -> None:
    flat = sealed(quick_estate)
    status, _, page = plan(own, flat, **answers(quick_estate, kind=kind, note="Digicode 12."))
    assert status == 302
    text = own.text(page)
    assert "Le rendez-vous est donné" in text
    assert "10:00" in text
    assert "Digicode 12." in text
    with quick_estate.app.app_context():
        one = db.session.query(Appointment).filter_by(kind=kind, note="Digicode 12.").one()
        assert one.starts_at.astimezone(PARIS) == TOMORROW
        assert one.ends_at - one.starts_at == timedelta(hours=1)
        assert db.session.get_one(Inventory, one.inventory_id).number.startswith(letter)


def test_the_lease_is_found_by_a_name_that_never_stands_in_an_address(quick_estate: Estate, own: Browser) -> None:
    flat = quick_estate.plan()
    listed = own.send("/office/tenancies/", "/office/tenancies/", words="camille essais").text
    assert f"/office/tenancies/{flat.ids['tenancy']}" in listed
    assert 'method="post"' in listed
    assert "Aucun bail ne porte ces mots" in own.send("/office/tenancies/", "/office/tenancies/", words="100%_x").text


def test_an_agent_is_never_in_two_places_and_nothing_is_kept_of_the_attempt(quick_estate: Estate, own: Browser) -> None:
    quick_estate.plan(starts_at=TOMORROW.astimezone(UTC))
    flat = sealed(quick_estate)
    before = how_many(quick_estate)
    said = answers(quick_estate, TOMORROW + timedelta(minutes=30), note="Sonner deux fois.")
    status, text, _ = plan(own, flat, **said)
    assert status == 400
    assert "Cet agent a déjà un rendez-vous de 10:00 à 11:00" in text
    assert 'value="Sonner deux fois."' in text
    assert how_many(quick_estate) == before


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    (
        ({"day": "2020-01-01"}, "at", "Cette heure est passée"),
        ({"day": "9999-12-31", "at": "23:59"}, "day", "C’est dans plus de deux ans"),
        ({"day": "0001-01-01", "at": "00:00"}, "at", "Cette heure est passée"),
        ({"day": "31/12/2026"}, "day", "Ce n’est pas un jour"),
        ({"day": ""}, "day", "Donnez le jour."),
        ({"at": ""}, "at", "Donnez l’heure."),
        ({"at": "25:70"}, "at", ""),
        ({"minutes": "0"}, "minutes", "De 10 à 480 minutes."),
        ({"minutes": "une heure"}, "minutes", "De 10 à 480 minutes."),
        ({"agent": ""}, "agent", "Choisissez l’agent."),
        ({"agent": "somebody"}, "agent", ""),
        ({"kind": ""}, "kind", "Choisissez l’état des lieux ou la visite."),
        ({"kind": "sales_visit"}, "kind", ""),
        ({"note": "x" * 301}, "note", "Trois cents caractères au plus."),
    ),
)
def test_a_bad_answer_is_said_at_its_field_and_nothing_is_kept(
    quick_estate: Estate, own: Browser, wrong: dict[str, str], field: str, sentence: str
) -> None:
    flat = sealed(quick_estate)
    before = how_many(quick_estate)
    status, text, _ = plan(own, flat, **answers(quick_estate) | wrong)
    assert status == 400
    said = re.findall(rf'id="{field}-error">([^<]+)<', text)
    assert said
    assert sentence in " ".join(said)
    assert how_many(quick_estate) == before


def test_the_same_thing_is_not_planned_twice_for_a_lease(quick_estate: Estate, own: Browser) -> None:
    flat = sealed(quick_estate)
    assert plan(own, flat, **answers(quick_estate))[0] == 302
    later = TOMORROW + timedelta(days=1)
    status, text, _ = plan(own, flat, **answers(quick_estate, later, agent="paul"))
    assert status == 400
    assert f"C’est déjà prévu pour ce bail, le {TOMORROW:%d/%m/%Y} à 10:00" in text


def test_another_agent_comes_and_is_named_in_what_will_be_signed(quick_estate: Estate, own: Browser) -> None:
    flat = quick_estate.plan(starts_at=TOMORROW.astimezone(UTC))
    page = f"/office/inventories/{flat.root_id}/appointment"
    for agent in ("paul", "nadia", "paul"):
        assert own.send(page, f"{page}/move", **answers(quick_estate, agent=agent)).status_code == 302
    text = own.text(page)
    assert "Paul" in text
    assert "Le rendez-vous est déplacé" in text
    with quick_estate.app.app_context():
        entities = state_of(flat.root_id)["entities"]
        assert db.session.get_one(Inventory, flat.root_id).agent_id == quick_estate.agents["paul"]
    assert entities[flat.root_id]["fields"]["context"]["agent"]["name"] == "Paul"
    assert entities[quick_estate.agents["paul"]]["fields"]["deleted"] is False
    assert entities[quick_estate.agents["nadia"]]["fields"]["deleted"] is True


def test_moving_onto_another_appointment_is_refused(quick_estate: Estate, own: Browser) -> None:
    quick_estate.plan(agent="paul", starts_at=TOMORROW.astimezone(UTC))
    flat = quick_estate.plan(starts_at=TOMORROW.astimezone(UTC) + timedelta(days=1))
    page = f"/office/inventories/{flat.root_id}/appointment"
    answer = own.send(page, f"{page}/move", **answers(quick_estate, agent="paul"))
    assert answer.status_code == 400
    assert "Cet agent a déjà un rendez-vous" in answer.text


def test_a_cancelled_one_says_why_leaves_the_list_and_frees_the_hour(quick_estate: Estate, own: Browser) -> None:
    flat = quick_estate.plan(starts_at=TOMORROW.astimezone(UTC))
    page = f"/office/inventories/{flat.root_id}/appointment"
    assert flat.root_id in own.text("/office/inventories/")
    assert own.send(page, f"{page}/cancel", reason="  ").status_code == 400
    assert flat.root_id in own.text("/office/inventories/")
    assert own.send(page, f"{page}/cancel", reason="La clé manque.").status_code == 302
    text = own.text(page)
    assert "Annulé : La clé manque." in text
    assert "Prévu." not in text
    assert flat.root_id not in own.text("/office/inventories/")
    assert plan(own, flat, **answers(quick_estate, kind="move_in"))[0] == 302
    with quick_estate.app.app_context():
        actions = [row.action for row in db.session.query(AuditEntry).filter_by(subject_id=flat.root_id)]
    assert "inventory.cancelled" in actions


def test_what_a_tablet_began_is_no_longer_moved_or_cancelled(quick_estate: Estate, own: Browser) -> None:
    flat = quick_estate.plan()
    tablet = enrolled(quick_estate)
    page = f"/office/inventories/{flat.root_id}/appointment"
    said = answers(quick_estate)
    seen = own.text(page)
    assert "Annuler le rendez-vous" in seen
    tablet.write(flat.root_id, flat.ids["floor"], "element", "state", "good")
    tablet.sync()
    own.send("/office/tenancies/", f"{page}/move", **said)
    assert "il ne se déplace plus" in own.text(page)
    own.send("/office/tenancies/", f"{page}/cancel", reason="Trop tard.")
    assert "il ne s’annule plus" in own.text(page)
    with quick_estate.app.app_context():
        assert db.session.query(Appointment).filter_by(inventory_id=flat.root_id).one().state == "planned"


def test_what_a_tablet_began_without_a_network_comes_back_after_a_cancellation(
    quick_estate: Estate, own: Browser
) -> None:
    flat = quick_estate.plan()
    tablet = enrolled(quick_estate)
    tablet.write(flat.root_id, flat.ids["floor"], "element", "state", "good")
    page = f"/office/inventories/{flat.root_id}/appointment"
    own.send(page, f"{page}/cancel", reason="La clé manque.")
    tablet.sync()
    assert flat.root_id in own.text("/office/inventories/")
    with quick_estate.app.app_context():
        assert state_of(flat.root_id)["entities"][flat.ids["floor"]]["fields"]["state"] == "good"


def test_a_lease_is_marked_as_furnished_and_what_is_planned_hears_of_it(quick_estate: Estate, own: Browser) -> None:
    flat = quick_estate.plan()
    page = f"/office/tenancies/{flat.ids['tenancy']}"
    own.send(page, f"{page}/furnished", furnished="y")
    assert "loué meublé" in own.text(page)
    with quick_estate.app.app_context():
        assert state_of(flat.root_id)["entities"][flat.root_id]["fields"]["context"]["tenancy"]["furnished"] is True
    own.send(page, f"{page}/furnished")
    with quick_estate.app.app_context():
        assert "furnished" not in state_of(flat.root_id)["entities"][flat.root_id]["fields"]["context"]["tenancy"]


def test_the_lease_of_another_agency_does_not_exist(quick_estate: Estate) -> None:
    flat = quick_estate.plan()
    other = colleague(quick_estate, agency="south")
    assert "1 rue des Essais" not in other.text("/office/tenancies/")
    assert other.get(f"/office/tenancies/{flat.ids['tenancy']}").status_code == 404
