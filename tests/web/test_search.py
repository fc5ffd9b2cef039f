"""The office finds people, addresses and references, however they were typed, and only its own."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from fieldapp.extensions import db
from fieldapp.records.search_word import SearchPlace, SearchWord
from fieldapp.records.tenancy import Tenancy, TenancyParty
from fieldapp.services import indexing, searching
from fieldapp.services.scope import Scope
from tests.fieldwork.estate import Estate, Flat
from tests.fieldwork.office import Browser, colleague

PAGE = "/office/search"


def rename(estate: Estate, flat: Flat, name: str) -> None:
    with estate.app.app_context():
        db.session.get_one(TenancyParty, flat.ids["tenant"]).name = name
        db.session.commit()


def found(estate: Estate, text: str, agency: str | None = None) -> list[str]:
    with estate.app.app_context():
        scope = Scope(estate.landlord_id, estate.agencies[agency] if agency else None)
        return [match.id for match in searching.find(scope, text)]


@pytest.mark.parametrize(
    "text", ("Éléonore Desrosières", "desrosieres", "DESROSIERES eleonor", "desrosirees", "desroiseres", "desros")
)
def test_a_person_is_found_with_or_without_accents_and_with_a_typing_error(estate: Estate, text: str) -> None:
    flat = estate.plan()
    rename(estate, flat, "Éléonore Desrosières")
    assert found(estate, text) == [flat.ids["tenancy"]]


def test_every_word_has_to_be_answered(estate: Estate) -> None:
    flat = estate.plan()
    rename(estate, flat, "Éléonore Desrosières")
    assert found(estate, "Éléonore Baudelaire") == []
    assert found(estate, "") == found(estate, "zzzz") == found(estate, "%_'") == []


def test_an_address_and_a_reference_lead_to_the_file(quick_estate: Estate) -> None:
    flat = quick_estate.plan()
    own = colleague(quick_estate)
    with quick_estate.app.app_context():
        reference = db.session.get_one(Tenancy, flat.ids["tenancy"]).reference
    for text in (reference, reference.lower()):
        html = looked_for(own, text)
        assert f"/office/tenancies/{flat.ids['tenancy']}" in html
        assert f"/office/inventories/{flat.root_id}" in html
    assert "Rien ici" in looked_for(own, "introuvable")


def test_what_is_typed_stays_out_of_every_address(quick_estate: Estate) -> None:
    flat, own = quick_estate.plan(), colleague(quick_estate)
    rename(quick_estate, flat, "Éléonore Desrosières")
    html = looked_for(own, "desrosieres")
    assert "Éléonore Desrosières" in html
    assert "desrosieres" not in "".join(part.split('"')[0] for part in html.split('href="')[1:])
    assert own.get(f"{PAGE}?words=desrosieres").text.count("Desrosières") == 0


def test_another_agency_and_another_landlord_find_nothing(quick_estate: Estate) -> None:
    flat = quick_estate.plan()
    rename(quick_estate, flat, "Éléonore Desrosières")
    assert found(quick_estate, "desrosieres", "north") == [flat.ids["tenancy"]]
    assert found(quick_estate, "desrosieres", "south") == []
    with quick_estate.app.app_context():
        assert searching.find(Scope("another"), "desrosieres") == ()


def test_a_name_that_is_changed_is_not_kept(estate: Estate) -> None:
    flat = estate.plan()
    rename(estate, flat, "Éléonore Desrosières")
    rename(estate, flat, "Dana Essai")
    assert found(estate, "desrosieres") == []
    with estate.app.app_context():
        assert db.session.scalar(select(func.count()).where(SearchWord.word == "desrosieres")) == 0


def test_what_came_in_past_the_objects_is_found_after_the_next_tidying(estate: Estate) -> None:
    flat = estate.plan()
    with estate.app.app_context():
        db.session.query(SearchPlace).delete()
        db.session.commit()
        indexing.index_missing(db.session())
        name = db.session.get_one(TenancyParty, flat.ids["tenant"]).name
    assert flat.ids["tenancy"] in found(estate, name)


def looked_for(own: Browser, text: str) -> str:
    answer = own.send(PAGE, PAGE, words=text)
    assert answer.status_code == 200
    assert Path(answer.request.path) == Path(PAGE)
    return answer.text
