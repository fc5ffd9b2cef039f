"""Signing in: the right password opens, guesses are counted, and nobody learns who has an account."""

from collections.abc import Callable

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select, update

from fieldapp.extensions import db
from fieldapp.records.account import Account
from fieldapp.records.attempt import Attempt
from fieldapp.records.audit_entry import AuditEntry
from fieldapp.services import accounts
from fieldapp.services.accounts import BadCredentials, TooManyAttempts
from tests.fieldwork.estate import PASSWORD, Estate
from tests.fieldwork.office import browser, colleague

EMAIL = "reviewer@estate.example"
HERE = "192.0.2.1"
WRONG = "a guess"


@pytest.fixture
def real_passwords(quick_passwords: PasswordHasher, monkeypatch: pytest.MonkeyPatch) -> None:
    """The work that hashing costs outside the tests."""
    monkeypatch.setattr(accounts, "_hasher", quick_passwords)


def guess(estate: Estate, email: str = EMAIL, password: str = WRONG, address: str = HERE) -> str:
    with estate.app.app_context():
        try:
            return accounts.authenticate(email, password, address).id
        except BadCredentials:
            return "refused"
        except TooManyAttempts:
            return "too many"


def change(estate: Estate, **values: object) -> None:
    with estate.app.app_context():
        db.session.execute(update(Account).where(Account.email == EMAIL).values(**values))
        db.session.commit()


def test_the_right_password_opens_whatever_the_case_of_the_address(estate: Estate) -> None:
    assert guess(estate, " Reviewer@Estate.Example ", PASSWORD) == guess(estate, EMAIL, PASSWORD) != "refused"


def test_a_wrong_password_an_unknown_address_and_a_closed_account_get_the_same_answer(estate: Estate) -> None:
    assert guess(estate) == guess(estate, "nobody@estate.example", PASSWORD) == "refused"
    change(estate, active=False)
    assert guess(estate, EMAIL, PASSWORD) == "refused"


def test_an_unknown_address_costs_the_same_work(quick_estate: Estate, monkeypatch: pytest.MonkeyPatch) -> None:
    real: Callable[..., bool] = accounts._hasher.verify
    compared: list[str] = []

    def verify(kept: str, password: str) -> bool:
        compared.append(kept.rpartition("$")[0].rpartition("$")[0])
        return real(kept, password)

    monkeypatch.setattr(accounts, "_hasher", _Watched(verify))
    guess(quick_estate)
    guess(quick_estate, "nobody@estate.example")
    assert len(compared) == 2
    assert compared[0] == compared[1]


class _Watched:
    def __init__(self, verify: Callable[[str, str], bool]) -> None:
        self.verify = verify


def test_an_account_closes_for_a_while_after_ten_guesses_from_anywhere(estate: Estate) -> None:
    answers = [guess(estate, address=f"192.0.2.{number}") for number in range(10)]
    assert set(answers) == {"refused"}
    assert guess(estate, EMAIL, PASSWORD, "198.51.100.9") == "too many"
    assert guess(estate, "nadia@estate.example", PASSWORD) != "too many"


def test_an_address_that_tries_many_accounts_is_closed_too(quick_estate: Estate) -> None:
    answers = [guess(quick_estate, f"somebody{number}@estate.example") for number in range(60)]
    assert set(answers) == {"refused"}
    assert guess(quick_estate, EMAIL, PASSWORD) == "too many"
    assert guess(quick_estate, EMAIL, PASSWORD, "198.51.100.9") not in {"too many", "refused"}


def test_unknown_accounts_are_limited_like_known_ones(quick_estate: Estate) -> None:
    known = [guess(quick_estate, address=f"192.0.2.{number}") for number in range(12)]
    unknown = [guess(quick_estate, "nobody@estate.example", address=f"192.0.3.{number}") for number in range(12)]
    assert known == unknown


def test_the_right_password_forgets_the_wrong_ones(estate: Estate) -> None:
    for _ in range(3):
        for _ in range(9):
            assert guess(estate) == "refused"
        assert guess(estate, EMAIL, PASSWORD) != "too many"


def test_the_counters_name_nobody(estate: Estate) -> None:
    guess(estate)
    with estate.app.app_context():
        for counter in db.session.scalars(select(Attempt)):
            assert EMAIL not in counter.key
            assert HERE not in counter.key


def test_signing_in_is_written_down_without_a_name(estate: Estate) -> None:
    identity = guess(estate, EMAIL, PASSWORD)
    with estate.app.app_context():
        entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "account.signed_in")).one()
        assert (entry.actor, entry.subject_id, entry.facts) == (f"account:{identity}", identity, {})


def test_the_kept_hash_is_argon2id_with_at_least_19_mebibytes(real_passwords: None) -> None:
    kept = accounts.hash_password("something")
    _, kind, _, parameters, *_ = kept.split("$")
    assert kind == "argon2id"
    assert int(dict(part.split("=") for part in parameters.split(","))["m"]) >= 19 * 1024


def test_a_hash_with_older_parameters_is_renewed_at_the_next_sign_in(
    quick_estate: Estate, real_passwords: None
) -> None:
    change(quick_estate, password_hash=PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(PASSWORD))
    guess(quick_estate, EMAIL, PASSWORD)
    with quick_estate.app.app_context():
        kept = db.session.scalars(select(Account.password_hash).where(Account.email == EMAIL)).one()
        assert "m=19456" in kept
    assert guess(quick_estate, EMAIL, PASSWORD) != "refused"


def test_a_password_of_a_megabyte_is_refused_without_hashing_it(quick_estate: Estate) -> None:
    assert guess(quick_estate, EMAIL, "x" * 1_000_000) == "refused"


def test_the_page_says_the_same_for_a_wrong_password_and_an_unknown_address(quick_estate: Estate) -> None:
    one = browser(quick_estate).sign_in(EMAIL, "wrong")
    other = browser(quick_estate).sign_in("nobody@estate.example", "wrong")
    assert one.status_code == other.status_code == 401
    assert "ne vont pas ensemble" in one.text
    assert "ne vont pas ensemble" in other.text


def test_the_page_says_how_long_to_wait(quick_estate: Estate) -> None:
    for _ in range(10):
        guess(quick_estate)
    answer = browser(quick_estate).sign_in(EMAIL)
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 15 * 60 + 1
    assert "Trop d’essais" in answer.text


def test_a_new_password_ends_the_sessions_of_the_old_one(quick_estate: Estate) -> None:
    own = browser(quick_estate)
    own.sign_in(EMAIL)
    assert own.get("/office/inventories/").status_code == 200
    change(quick_estate, password_hash=accounts.hash_password("another password"))
    assert own.get("/office/inventories/").status_code == 302


def test_a_closed_account_loses_its_session_at_once(quick_estate: Estate) -> None:
    own = browser(quick_estate)
    own.sign_in(EMAIL)
    change(quick_estate, active=False)
    assert own.get("/office/inventories/").status_code == 302


def test_the_page_speaks_the_accounts_language_until_another_is_chosen(quick_estate: Estate) -> None:
    own = colleague(quick_estate, language="en")
    assert '<html lang="en"' in own.text("/office/inventories/")
    assert "Fichiers" not in own.text("/office/inventories/")
    assert '<html lang="fr"' in own.text("/office/inventories/?lang=fr")
    assert '<html lang="fr"' in own.text("/office/inventories/")
