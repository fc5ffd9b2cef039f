"""No page of the office asks the database more often because there is more to show."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event, update

from fieldapp.domain.account import Role
from fieldapp.extensions import db
from fieldapp.records.tenancy import TenancyParty
from tests.fieldwork.estate import Estate
from tests.fieldwork.office import Browser, colleague, sealed
from tests.fieldwork.trouble import disagree, refuse
from tests.web.test_access_matrix import cells, known

FEW, MANY = 3, 30


@contextmanager
def counting(estate: Estate) -> Iterator[list[str]]:
    """The sentences that the database is asked meanwhile."""
    asked: list[str] = []
    with estate.app.app_context():
        engine = db.engine

    def note(*arguments: object) -> None:
        asked.append(str(arguments[2]))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", note)


def questions(estate: Estate, own: Browser, pages: list[str]) -> dict[str, int]:
    found = {}
    for page in pages:
        own.get(page)
        with counting(estate) as asked:
            assert own.get(page).status_code in {200, 302, 404}, page
        found[page] = len(asked)
    with counting(estate) as asked:
        assert "Camille Essai" in own.send("/office/search", "/office/search", words="Essai").text
    found["search"] = len(asked)
    return found


def test_every_page_asks_the_same_number_of_questions_with_three_rows_as_with_thirty(quick_estate: Estate) -> None:
    estate = quick_estate
    there = known(estate)
    own = colleague(estate, Role.ADMIN)
    pages = [cell.address for cell in cells(estate.app, there) if cell.method == "GET" and Role.ADMIN in cell.roles]
    for _ in range(FEW - 1):
        _one_more(estate)
    few = questions(estate, own, pages)
    for _ in range(MANY - FEW):
        _one_more(estate)
    many = questions(estate, own, pages)
    assert len(pages) > 20
    assert {page: (few[page], many[page]) for page in few if few[page] != many[page]} == {}
    assert {page: count for page, count in many.items() if count > 40} == {}


def _one_more(estate: Estate) -> None:
    """One more inventory with a reason to press, found by the same name."""
    flat = estate.plan()
    disagree(estate, flat)
    refuse(estate, flat)
    with estate.app.app_context():
        db.session.execute(update(TenancyParty).where(TenancyParty.id == flat.ids["tenant"]).values(phone="0600000000"))
        db.session.commit()


def test_a_file_with_more_in_it_is_read_with_the_same_questions(quick_estate: Estate) -> None:
    flat = sealed(quick_estate)
    own = colleague(quick_estate)
    page = f"/office/inventories/{flat.root_id}"
    own.get(page)
    with counting(quick_estate) as few:
        own.get(page)
    for number in range(12):
        said = {"on": f"element:{flat.ids['wall']}", "text": f"À revoir, {number}."}
        assert own.send(page, f"{page}/comments", **said).status_code == 302
    own.get(page)
    with counting(quick_estate) as many:
        assert own.text(page).count("À revoir") >= 12
    assert len(many) == len(few)
