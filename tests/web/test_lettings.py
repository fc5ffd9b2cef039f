"""The office lets dwellings: candidates, offers in their rank, slots without conflict, sheets, what is around, calendars."""

import io
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from fieldapp.extensions import db
from fieldapp.records.appointment import Appointment
from fieldapp.records.audit_entry import AuditEntry
from fieldapp.records.building import Building
from fieldapp.records.candidate import Candidate
from fieldapp.records.dwelling import Dwelling
from fieldapp.records.dwelling_sheet import DwellingSheet
from fieldapp.records.place import Place
from fieldapp.records.proposal import Proposal
from fieldapp.records.visit import Visit
from fieldapp.records.works_request import WorksRequest
from fieldapp.services.identifier import new_id
from tests.fieldwork.estate import Estate
from tests.fieldwork.office import Browser, colleague
from tests.fieldwork.visits import plan_slot, prepared_dwelling

PARIS = ZoneInfo("Europe/Paris")
TOMORROW = (datetime.now(PARIS) + timedelta(days=1)).replace(hour=10, minute=0, second=0, microsecond=0)
WAITING = datetime.now(UTC) + timedelta(days=2)


@pytest.fixture
def own(quick_estate: Estate) -> Browser:
    return colleague(quick_estate)


def slot_of(moment: datetime) -> dict[str, str]:
    return {"day": moment.date().isoformat(), "at": f"{moment:%H:%M}", "minutes": "45", "note": ""}


def book(
    own: Browser, estate: Estate, dwelling: str, *people: str, moment: datetime = TOMORROW, why: str = ""
) -> tuple[int, str]:
    page = f"/office/lettings/{dwelling}/visit"
    answers = {"agent": estate.agents["nadia"], "all_the_same": why, **slot_of(moment)}
    answer = own.send(page, page, candidates=list(people), **answers)
    return answer.status_code, answer.text


def planned(estate: Estate) -> int:
    with estate.app.app_context():
        return db.session.query(Appointment).filter_by(kind="sales_visit").count()


def test_a_group_is_given_a_slot_and_stands_in_the_week(quick_estate: Estate, own: Browser) -> None:
    slot = plan_slot(quick_estate, "Alex Essai", "Dominique Essai", starts_at=WAITING + timedelta(days=5))
    status, _ = book(own, quick_estate, slot.dwelling_id, *slot.candidates)
    assert status == 302
    week = own.text("/office/visits/")
    assert "1 rue des Essais" in week
    with quick_estate.app.app_context():
        assert db.session.query(Visit).filter_by(slot="group").count() == 2


def test_an_agent_is_never_in_two_places_and_nothing_is_kept_of_the_attempt(quick_estate: Estate, own: Browser) -> None:
    slot = plan_slot(quick_estate, "Alex Essai", starts_at=TOMORROW.astimezone(UTC))
    before = planned(quick_estate)
    status, text = book(own, quick_estate, slot.dwelling_id, *slot.candidates, moment=TOMORROW + timedelta(minutes=30))
    assert status == 400
    assert "Cet agent a déjà un rendez-vous de 10:00 à 10:45" in text
    assert planned(quick_estate) == before


def test_an_hour_that_is_past_is_refused_with_the_answers_kept(quick_estate: Estate, own: Browser) -> None:
    slot = plan_slot(quick_estate, "Alex Essai", starts_at=WAITING)
    status, text = book(own, quick_estate, slot.dwelling_id, *slot.candidates, moment=TOMORROW - timedelta(days=2))
    assert status == 400
    assert "Cette heure est passée" in text
    assert f'value="{slot.candidates[0]}" checked' in text


def test_a_visit_is_moved_then_cancelled_with_its_reason(quick_estate: Estate, own: Browser) -> None:
    slot = plan_slot(quick_estate, "Alex Essai", starts_at=WAITING)
    page = f"/office/visits/{slot.root_id}"
    own.send(page, f"{page}/move", agent=quick_estate.agents["paul"], **slot_of(TOMORROW))
    assert "Paul" in own.text(page)
    assert own.send(page, f"{page}/cancel", reason="").status_code == 400
    own.send(page, f"{page}/cancel", reason="La clé manque.")
    assert "Annulée : La clé manque." in own.text(page)
    with quick_estate.app.app_context():
        assert db.session.get_one(Visit, slot.root_id).state == "cancelled"


def test_a_number_of_the_wrong_length_warns_and_is_kept(quick_estate: Estate, own: Browser) -> None:
    dwelling = prepared_dwelling(quick_estate)
    page = f"/office/lettings/{dwelling}"
    answers = {"name": "Camille Neuve", "unique_number": "0290 7123", "language": "fr"}
    own.send(page, f"{page}/candidates", need="", decision="", **answers)
    text = own.text(page)
    assert "Le numéro unique a 8 caractères au lieu de 18" in text
    assert "numéro unique à vérifier" in text
    with quick_estate.app.app_context():
        assert db.session.query(Candidate).one().unique_number == "02907123"


def test_a_candidate_without_a_number_is_added_with_a_warning(quick_estate: Estate, own: Browser) -> None:
    dwelling = prepared_dwelling(quick_estate)
    page = f"/office/lettings/{dwelling}"
    own.send(page, f"{page}/candidates", name="Camille Neuve", language="fr", need="", decision="")
    assert "Il n’y a pas de numéro unique" in own.text(page)


def test_the_second_rank_is_offered_only_after_a_refusal_in_writing(quick_estate: Estate, own: Browser) -> None:
    today = datetime.now(PARIS).date()
    slot = plan_slot(quick_estate, "Alex Essai", "Dominique Essai", starts_at=WAITING, notified_on=today)
    page = f"/office/lettings/{slot.dwelling_id}"
    first, second = slot.proposals
    own.send(page, f"{page}/proposals/{second}/notify", day=today.isoformat())
    assert "Ce n’est pas encore son tour" in own.text(page)
    own.send(page, f"{page}/proposals/{first}/refused")
    assert "C’est au tour de Dominique Essai, rang 2" in own.text(page)
    own.send(page, f"{page}/proposals/{second}/notify", day=today.isoformat())
    assert "réponse au plus tard le" in own.text(page)


def test_silence_until_the_end_of_the_delay_makes_it_the_next_ones_turn(quick_estate: Estate, own: Browser) -> None:
    long_ago = datetime.now(PARIS).date() - timedelta(days=20)
    slot = plan_slot(quick_estate, "Alex Essai", "Dominique Essai", starts_at=WAITING, notified_on=long_ago)
    assert "le silence vaut refus" in own.text("/office/lettings/")
    page = f"/office/lettings/{slot.dwelling_id}"
    assert "C’est au tour de Dominique Essai" in own.text(page)
    own.send(page, f"{page}/proposals/{slot.proposals[1]}/notify", day=datetime.now(PARIS).date().isoformat())
    with quick_estate.app.app_context():
        states = [db.session.get_one(Proposal, one).state for one in slot.proposals]
    assert states == ["lapsed", "offered"]


def test_a_dwelling_of_class_g_is_shown_to_nobody_until_somebody_says_why(quick_estate: Estate, own: Browser) -> None:
    slot = plan_slot(quick_estate, "Alex Essai", starts_at=WAITING + timedelta(days=5))
    certify(quick_estate, slot.dwelling_id, "G")
    page, before = f"/office/lettings/{slot.dwelling_id}", planned(quick_estate)
    assert "La loi ne permet plus de louer ce logement" in own.text(page)
    assert own.send(page, f"{page}/override", reason=" ").status_code == 400
    status, text = book(own, quick_estate, slot.dwelling_id, *slot.candidates)
    assert status == 400
    assert "La classe G ne permet plus de louer ce logement depuis le" in text
    own.send(page, f"{page}/proposals/{slot.proposals[0]}/notify", day=datetime.now(PARIS).date().isoformat())
    assert "notez d’abord une raison" in own.text(page)
    with quick_estate.app.app_context():
        assert db.session.get_one(Proposal, slot.proposals[0]).state == "waiting"
    assert planned(quick_estate) == before
    status, _ = book(own, quick_estate, slot.dwelling_id, *slot.candidates, why="Travaux faits, nouveau DPE attendu.")
    assert (status, planned(quick_estate)) == (302, before + 1)
    text = own.text(page)
    assert "Travaux faits, nouveau DPE attendu." in text
    assert "par Odile Bureau" in text
    assert "ne permet plus de louer" not in text
    with quick_estate.app.app_context():
        assert db.session.query(AuditEntry).filter_by(action="sheet.overridden").count() == 1


def test_the_reason_does_not_outlive_the_class_it_was_given_for(quick_estate: Estate, own: Browser) -> None:
    dwelling = prepared_dwelling(quick_estate)
    certify(quick_estate, dwelling, "G")
    page = f"/office/lettings/{dwelling}"
    own.send(page, f"{page}/override", reason="Relogement provisoire.")
    sheet = {"rent": "412", "charges": "60", "deposit": "412", "climate_class": ""}
    own.send(f"{page}/sheet", f"{page}/sheet", dpe_class="G", **sheet)
    assert "Relogement provisoire." in own.text(page)
    for letter in ("D", "G"):
        own.send(f"{page}/sheet", f"{page}/sheet", dpe_class=letter, **sheet)
    assert "La loi ne permet plus de louer ce logement" in own.text(page)


def certify(estate: Estate, dwelling: str, letter: str) -> None:
    with estate.app.app_context():
        db.session.get_one(Dwelling, dwelling).dpe_class = letter
        db.session.commit()


def test_the_sheet_is_kept_whole_or_not_at_all(quick_estate: Estate, own: Browser) -> None:
    dwelling = prepared_dwelling(quick_estate)
    page = f"/office/lettings/{dwelling}/sheet"
    good = {
        "rent": "412,37",
        "charges": "60",
        "deposit": "412.37",
        "dpe_class": "C",
        "climate_class": "B",
        "dpe_cost_low": "800",
        "dpe_cost_high": "1100",
        "floor": "2",
        "step_free": "y",
    }
    assert own.send(page, page, **{**good, "rent": "beaucoup"}).status_code == 400
    assert own.send(page, page, **{**good, "dpe_cost_low": "1200"}).status_code == 400
    with quick_estate.app.app_context():
        assert db.session.get_one(DwellingSheet, dwelling).rent == 38640
    assert own.send(page, page, **good).status_code == 302
    with quick_estate.app.app_context():
        sheet = db.session.get_one(DwellingSheet, dwelling)
        assert (sheet.rent, sheet.charges, sheet.climate_class, sheet.step_free) == (41237, 6000, "B", True)
        assert db.session.get_one(Dwelling, dwelling).dpe_cost_high == 110000


SWAPPED = """{"type": "FeatureCollection", "features": [{"type": "Feature",
 "properties": {"kind": "stop", "name": "A"}, "geometry": {"type": "Point", "coordinates": [47.9961, -4.0998]}}]}"""
CSV = "kind,name,lines,detail,lat,lon\nstop,Église,2 et 5,,47.9961,-4.0998\ncoverage,Fibre,,,,\n"


def send_file(own: Browser, page: str, content: str) -> tuple[int, str]:
    data = (io.BytesIO(content.encode()), "lieux.csv")
    answer = own.send(page, page, file=data)
    return answer.status_code, answer.text


def test_places_are_imported_with_their_distances_once_the_building_has_its_point(
    quick_estate: Estate, own: Browser
) -> None:
    dwelling = prepared_dwelling(quick_estate)
    page = f"/office/lettings/{dwelling}/surroundings"
    status, text = send_file(own, page, CSV)
    assert status == 400
    assert "Dites d’abord où est l’immeuble" in text
    assert own.send(page, f"/office/lettings/{dwelling}/home", lat="-4.1", lon="47.99").status_code == 400
    own.send(page, f"/office/lettings/{dwelling}/home", lat="47.9960", lon="-4.1000")
    assert send_file(own, page, CSV)[0] == 302
    with quick_estate.app.app_context():
        found = {place.name: place.distance_m for place in db.session.query(Place)}
        assert db.session.get_one(Building, quick_estate.building_id).lat_e7 == 479_960_000
    assert found == {"Église": 19, "Fibre": None}
    letting = own.text(f"/office/lettings/{dwelling}")
    assert "19 m" in letting
    assert "<svg" in letting


@pytest.mark.parametrize(
    ("content", "told"),
    (
        (CSV.replace("lines", "bus"), "La colonne « bus » n’est pas attendue"),
        (CSV.replace("47.9961,-4.0998", "-4.0998,47.9961"), "Latitude et longitude sont inversées"),
        (CSV.replace("47.9961,-4.0998", "40.7,-74.0"), "est hors de France"),
        (CSV.replace("47.9961", "47,9961"), "cases au lieu de"),
        ('{"type": "FeatureCollection", "features": [', "pas un GeoJSON lisible"),
        (SWAPPED, "un fichier GeoJSON donne la longitude d’abord"),
    ),
)
def test_a_wrong_file_is_refused_whole_and_says_where_and_what_to_do(
    quick_estate: Estate, own: Browser, content: str, told: str
) -> None:
    dwelling = prepared_dwelling(quick_estate)
    page = f"/office/lettings/{dwelling}/surroundings"
    own.send(page, f"/office/lettings/{dwelling}/home", lat="47.9960", lon="-4.1000")
    status, text = send_file(own, page, content)
    assert status == 400
    assert told in text
    assert "Ligne" in text
    with quick_estate.app.app_context():
        assert db.session.query(Place).count() == 2


def test_a_calendar_tells_where_and_when_without_a_name_until_it_is_revoked(quick_estate: Estate, own: Browser) -> None:
    plan_slot(quick_estate, "Alex Essai", starts_at=WAITING)
    quick_estate.plan("nadia", WAITING + timedelta(hours=3))
    answer = own.send("/office/calendars", f"/office/calendars/{quick_estate.agents['nadia']}")
    address = answer.text.split("<code>")[1].split("</code>")[0]
    path = "/calendars" + address.split("/calendars", 1)[1]
    stranger = quick_estate.app.test_client()
    found = stranger.get(path)
    assert found.mimetype == "text/calendar"
    events = Calendar.from_ical(found.data).walk("VEVENT")
    assert len(events) == 2
    assert str(events[0]["location"]) == "1 rue des Essais, 29000 Quimper"
    assert b"Essai," not in found.data.replace(b"Essais,", b"")
    assert b"Alex" not in found.data
    assert "secret" not in own.text("/office/calendars")
    link = own.text("/office/calendars").split("/office/calendars/links/")[1].split("/")[0]
    own.send("/office/calendars", f"/office/calendars/links/{link}/revoke")
    assert stranger.get(path).status_code == 404


def test_another_agencys_dwellings_cannot_be_opened(quick_estate: Estate) -> None:
    dwelling = prepared_dwelling(quick_estate)
    south = colleague(quick_estate, agency="south")
    assert south.get(f"/office/lettings/{dwelling}").status_code == 404


def test_an_auditor_reads_and_changes_nothing(quick_estate: Estate) -> None:
    dwelling = prepared_dwelling(quick_estate)
    auditor = colleague(quick_estate, role="auditor")
    assert "Modifier la fiche" not in auditor.text(f"/office/lettings/{dwelling}")
    assert auditor.get(f"/office/lettings/{dwelling}/sheet").status_code == 403


def test_the_works_list_says_who_has_a_request(quick_estate: Estate, own: Browser) -> None:
    dwelling = prepared_dwelling(quick_estate)
    request_id = new_id()
    with quick_estate.app.app_context():
        db.session.add(
            WorksRequest(
                id=request_id,
                landlord_id=quick_estate.landlord_id,
                agency_id=quick_estate.agencies["north"],
                building_id=quick_estate.building_id,
                dwelling_id=dwelling,
                source="snag",
                problem="leak",
                text="Sous l’évier",
                raised_by=quick_estate.agents["nadia"],
                raised_at=datetime.now(UTC),
            )
        )
        db.session.commit()
    assert "Sous l’évier" in own.text("/office/works")
    own.send(
        "/office/works", f"/office/works/{request_id}", state="ordered", trade="", routed_to="Plomberie Martin", note=""
    )
    assert "Plomberie Martin" in own.text("/office/works")
    said = {"state": "ordered", "routed_to": "Plomberie Martin", "note": "", "trade": "plumbing"}
    own.send("/office/works", f"/office/works/{request_id}?by=trade", **said, cost="beaucoup")
    assert "Total" not in own.text("/office/works?by=trade")
    own.send("/office/works", f"/office/works/{request_id}", **said, cost="1 234,50")
    by_trade = own.text("/office/works?by=trade")
    assert "Plomberie, gaz et chauffage" in by_trade
    assert "Total : 1\u202f234,50\xa0€" in by_trade
    assert "Résidence" in own.text("/office/works?by=dwelling")
    written = own.get("/office/works.csv").get_data(as_text=True)
    assert "Sous l’évier" in written
    assert ";1234.50;" in written
    assert own.get("/office/works.xlsx").data.startswith(b"PK")
    own.send(
        "/office/works", f"/office/works/{request_id}", state="done", trade="", routed_to="Plomberie Martin", note=""
    )
    assert "Sous l’évier" not in own.text("/office/works")
    assert "Sous l’évier" in own.text("/office/works?show=settled")


@pytest.mark.parametrize("language", ("fr", "en"))
def test_every_page_of_lettings_opens_in_both_languages(quick_estate: Estate, language: str) -> None:
    slot = plan_slot(quick_estate, "Alex Essai", starts_at=WAITING)
    reader = colleague(quick_estate, language=language)
    base = f"/office/lettings/{slot.dwelling_id}"
    for page in ("/office/lettings/", base, f"{base}/sheet", f"{base}/surroundings", f"{base}/visit"):
        assert reader.text(page)
    for page in ("/office/visits/", f"/office/visits/{slot.root_id}", "/office/works", "/office/calendars"):
        assert reader.text(page)
    assert ("Chiffres des visites" if language == "fr" else "Figures of the visits") in reader.text("/office/figures")


def test_the_figures_leave_as_a_workbook_and_as_csv(own: Browser) -> None:
    assert own.get("/office/figures.xlsx").data.startswith(b"PK")
    lines = own.get("/office/figures.csv").data.decode("utf-8-sig").splitlines()
    assert lines[0] == "Tableau;De quoi;Mesure;Valeur"
    assert any(line.startswith("Vacance;vide, en attente de travaux;Jours;0") for line in lines)


def test_a_comment_about_somebodys_health_warns_and_is_kept_all_the_same(quick_estate: Estate, own: Browser) -> None:
    slot = plan_slot(quick_estate, "Alex Essai", starts_at=WAITING)
    page = f"/office/visits/{slot.root_id}"
    own.send(page, f"{page}/cancel", reason="La candidate est malade.")
    text = own.text(page)
    assert "Ce texte semble parler d’une personne" in text
    assert "Annulée : La candidate est malade." in text
