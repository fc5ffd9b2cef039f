"""The accounts of the staff: opened by a link that is good once, changed, closed, and protected as the landlord wants."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest
from sqlalchemy import select, update

from fieldapp.extensions import db
from fieldapp.records.account import Account
from fieldapp.records.outgoing_mail import OutgoingMail
from fieldapp.records.password_link import PasswordLink
from fieldapp.records.second_factor import SecondFactor
from fieldapp.services import mail, smtp
from tests.fieldwork.estate import PASSWORD, Estate
from tests.fieldwork.office import Browser, browser, colleague

LIST, FORGOT = "/office/accounts", "/office/password/"
NEW = "quatre mots sans lien"
ANSWERS = {"name": "Sofia Bel", "email": "Sofia@Bel.example", "role": "manager", "agency": "", "language": "en"}


def invited(estate: Estate, own: Browser, **answers: str) -> tuple[str, str]:
    """Invite somebody; gives the page of the account and the path of the link."""
    answer = own.send(LIST, LIST, **{**ANSWERS, **answers})
    assert answer.status_code == 200, answer.text
    (path,) = re.findall(r"<code>http://127\.0\.0\.1:8000(/office/password/[\w-]+)</code>", answer.text)
    with estate.app.app_context():
        account_id = db.session.scalars(select(Account.id).order_by(Account.created_at.desc())).first()
    return f"{LIST}/{account_id}", path


def with_post(estate: Estate) -> None:
    config = estate.app.extensions["fieldapp.config"]
    estate.app.extensions["fieldapp.config"] = replace(config, smtp_url="smtp://mail.example")


def test_an_invitation_opens_an_account_once_and_its_link_is_shown_once(quick_estate: Estate) -> None:
    own = colleague(quick_estate, "admin")
    page, path = invited(quick_estate, own)
    assert path not in own.text(page)
    guest = browser(quick_estate)
    assert "Sofia Bel" in guest.text(path)
    assert guest.send(path, path, password="short", again="short").status_code == 400
    assert guest.send(path, path, password=NEW, again="another").status_code == 400
    assert guest.send(path, path, password="sofia@bel.example!", again="sofia@bel.example!").status_code == 400
    assert guest.send(path, path, password=NEW, again=NEW).headers["Location"] == "/office/sign-in"
    assert guest.get(path).status_code == 410
    assert guest.sign_in("sofia@bel.example", NEW).status_code == 302
    assert guest.get("/office/inventories/").status_code == 200
    assert "Sofia Bel" in own.text(LIST)


@pytest.mark.parametrize(
    ("answers", "said"),
    (
        ({"email": "nobody"}, "pas complète"),
        ({"email": "reviewer@estate.example"}, "a déjà cette adresse"),
        ({"role": "agent"}, "agence de cette personne"),
        ({"role": "king"}, "Rôle"),
        ({"name": ""}, "Écrivez le nom"),
    ),
)
def test_an_account_that_cannot_be_is_refused_where_it_is_wrong(
    quick_estate: Estate, answers: dict[str, str], said: str
) -> None:
    own = colleague(quick_estate, "admin")
    answer = own.send(LIST, LIST, **{**ANSWERS, **answers})
    assert (answer.status_code, said in answer.text) == (400, True)
    with quick_estate.app.app_context():
        assert db.session.scalars(select(PasswordLink)).all() == []


def test_an_administrator_of_one_agency_gives_accounts_of_that_agency_alone(quick_estate: Estate) -> None:
    own = colleague(quick_estate, "admin", "north")
    south = quick_estate.agencies["south"]
    assert own.send(LIST, LIST, **{**ANSWERS, "agency": south}).status_code == 400
    assert own.send(LIST, LIST, **ANSWERS).status_code == 400
    assert own.send(LIST, LIST, **{**ANSWERS, "agency": quick_estate.agencies["north"]}).status_code == 200
    assert "Rita" not in own.text(LIST)


def test_a_closed_account_opens_nothing_at_once_and_its_open_pages_neither(quick_estate: Estate) -> None:
    own = colleague(quick_estate, "admin")
    page, path = invited(quick_estate, own)
    guest = browser(quick_estate)
    guest.send(path, path, password=NEW, again=NEW)
    guest.sign_in("sofia@bel.example", NEW)
    own.send(page, f"{page}/close")
    assert guest.get("/office/inventories/").status_code == 302
    assert guest.sign_in("sofia@bel.example", NEW).status_code == 401
    own.send(page, f"{page}/open")
    assert guest.get("/office/inventories/").status_code == 302, "the sign-in from before is not open again"
    assert guest.sign_in("sofia@bel.example", NEW).status_code == 302


def test_a_session_of_somebody_else_is_ended_from_the_page_of_the_account(quick_estate: Estate) -> None:
    own = colleague(quick_estate, "admin")
    page, path = invited(quick_estate, own)
    guest = browser(quick_estate)
    guest.send(path, path, password=NEW, again=NEW)
    guest.sign_in("sofia@bel.example", NEW)
    (end,) = re.findall(rf'action="({page}/sessions/[\w-]+/end)"', own.text(page))
    own.send(page, end)
    assert guest.get("/office/inventories/").status_code == 302


def test_nobody_closes_or_demotes_oneself(quick_estate: Estate) -> None:
    own = colleague(quick_estate, "admin")
    with quick_estate.app.app_context():
        me = db.session.scalars(select(Account).where(Account.role == "admin")).one()
        page, email = f"{LIST}/{me.id}", me.email
    own.send(LIST, f"{page}/close")
    answer = own.send(page, page, **{**ANSWERS, "email": email})
    assert (answer.status_code, "propre rôle" in answer.text) == (400, True)
    assert own.get(LIST).status_code == 200


def test_who_forgot_gets_a_link_by_mail_and_a_stranger_the_same_answer(
    quick_estate: Estate, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_post(quick_estate)
    guest = browser(quick_estate)
    answers = {
        re.sub(r"(nonce|value)=\"[^\"]*\"", "", guest.send(FORGOT, FORGOT, email=email).text)
        for email in ("reviewer@estate.example", "stranger@estate.example")
    }
    assert len(answers) == 1
    letters: list[EmailMessage] = []

    def take(_url: str, letter: EmailMessage) -> str:
        letters.append(letter)
        return "250 Ok"

    monkeypatch.setattr(smtp, "hand_over", take)
    with quick_estate.app.app_context():
        row = db.session.scalars(select(OutgoingMail)).one()
        assert (row.purpose, row.to_address, row.topic) == ("password_reset", "reviewer@estate.example", "account")
        mail.deliver(row.id)
        mail_id = row.id
    (path,) = re.findall(r"(/office/password/[\w-]{40,})", letters[0].get_content())
    assert path not in colleague(quick_estate, "admin").text(f"/office/outbox/{mail_id}")
    signed_in = browser(quick_estate)
    signed_in.sign_in("reviewer@estate.example")
    assert guest.send(path, path, password=NEW, again=NEW).status_code == 302
    assert signed_in.get("/office/inventories/").status_code == 302, "a new password ends what the old one opened"
    assert guest.sign_in("reviewer@estate.example", PASSWORD).status_code == 401
    assert guest.sign_in("reviewer@estate.example", NEW).status_code == 302


def test_a_link_that_is_late_or_replaced_opens_nothing_and_guesses_are_counted(quick_estate: Estate) -> None:
    own = colleague(quick_estate, "admin")
    page, first = invited(quick_estate, own)
    again = own.send(page, f"{page}/link")
    (second,) = re.findall(r"<code>http://127\.0\.0\.1:8000(/office/password/[\w-]+)</code>", again.text)
    guest = browser(quick_estate)
    assert guest.get(first).status_code == 410
    with quick_estate.app.app_context():
        old = datetime.now(UTC) - timedelta(days=9)
        late = old + timedelta(days=1)
        db.session.execute(update(PasswordLink).values(created_at=old, expires_at=late))
        db.session.commit()
    assert guest.get(second).status_code == 410
    codes = [guest.get(f"/office/password/guess-{number}").status_code for number in range(40)]
    assert (codes[0], codes[-1]) == (410, 429)


def test_asking_for_links_without_end_is_refused_whether_the_account_exists_or_not(quick_estate: Estate) -> None:
    with_post(quick_estate)
    guest = browser(quick_estate)
    for email in ("reviewer@estate.example", "stranger@estate.example"):
        codes = [guest.send(FORGOT, FORGOT, email=email).status_code for _ in range(4)]
        assert codes == [200, 200, 200, 429]


def test_an_administrator_without_second_factor_is_let_in_to_set_it_and_no_further(quick_estate: Estate) -> None:
    own = colleague(quick_estate, "admin")
    with quick_estate.app.app_context():
        db.session.query(SecondFactor).delete()
        db.session.commit()
    for page in (LIST, "/office/inventories/"):
        assert own.get(page).headers["Location"] == "/office/account"
    assert "Réglez d’abord le second code" in own.text("/office/account")


def test_a_landlord_demands_the_second_factor_of_the_whole_office(quick_estate: Estate) -> None:
    own, other = colleague(quick_estate, "admin"), colleague(quick_estate, "reviewer")
    assert other.get("/office/inventories/").status_code == 200
    own.send(LIST, "/office/accounts/second-factor", who="office")
    assert other.get("/office/inventories/").headers["Location"] == "/office/account"


def test_who_lost_telephone_and_codes_is_let_in_again_by_the_administrator(quick_estate: Estate) -> None:
    own, other = colleague(quick_estate, "admin"), colleague(quick_estate, "admin")
    with quick_estate.app.app_context():
        theirs = db.session.scalars(select(SecondFactor.account_id).order_by(SecondFactor.since.desc())).first()
    own.send(f"{LIST}/{theirs}", f"{LIST}/{theirs}/second-factor/off")
    assert other.get(LIST).headers["Location"] == "/office/account"


def test_without_a_mail_server_who_forgot_is_sent_to_the_administrator(quick_estate: Estate) -> None:
    assert "votre administrateur peut vous donner un lien" in browser(quick_estate).text(FORGOT)
