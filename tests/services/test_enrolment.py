"""A tablet becomes an agent's, and stops being one when the office says so."""

import hashlib
from typing import Any

import pytest
from sqlalchemy import select

from fieldapp.extensions import db
from fieldapp.records.account import Account
from fieldapp.records.device import Device
from fieldapp.services import enrolment
from fieldapp.services.accounts import BadCredentials
from fieldapp.services.enrolment import Enrolled, NotAnAgent, enrol, tablet_of
from fieldapp.services.signature import BadKey
from tests.fieldwork.estate import PASSWORD, Estate
from tests.fieldwork.tablets import Key


def enrol_as(estate: Estate, name: str = "nadia", key: Any = None, password: str = PASSWORD) -> Enrolled:
    with estate.app.app_context():
        jwk = Key().jwk if key is None else key
        return enrol(f"{name}@estate.example", password, "192.0.2.1", "Tablette 1", jwk)


def is_good(estate: Estate, token: str) -> bool:
    with estate.app.app_context():
        return tablet_of(token) is not None


def test_an_agent_gets_a_token_that_the_server_does_not_keep(estate: Estate) -> None:
    enrolled = enrol_as(estate)
    with estate.app.app_context():
        kept = db.session.scalars(select(Device.token_sha256)).one()
        known = tablet_of(enrolled.token)
    assert known is not None
    assert (known.id, known.actor_id) == (enrolled.device_id, estate.agents["nadia"])
    assert kept == hashlib.sha256(enrolled.token.encode()).hexdigest()
    assert len(enrolled.token) >= 43, "256 bits in base64"


def test_signing_in_again_with_the_same_key_is_the_same_tablet_with_a_fresh_token(estate: Estate) -> None:
    key = Key().jwk
    first, again = enrol_as(estate, key=key), enrol_as(estate, key=key)
    assert first.device_id == again.device_id
    assert not is_good(estate, first.token)
    assert is_good(estate, again.token)


def test_the_same_key_of_another_agent_is_another_tablet(estate: Estate) -> None:
    key = Key().jwk
    assert enrol_as(estate, key=key).device_id != enrol_as(estate, "paul", key).device_id


def test_a_revoked_token_is_worthless_until_its_agent_signs_in_again(estate: Estate) -> None:
    key = Key().jwk
    lost = enrol_as(estate, key=key)
    with estate.app.app_context():
        enrolment.revoke(db.session(), db.session.get_one(Device, lost.device_id), "account:x")
        db.session.commit()
    assert not is_good(estate, lost.token)
    found = enrol_as(estate, key=key)
    assert found.device_id == lost.device_id
    assert is_good(estate, found.token)
    assert not is_good(estate, lost.token)


def test_an_agent_who_left_has_no_tablet(estate: Estate) -> None:
    enrolled = enrol_as(estate)
    with estate.app.app_context():
        db.session.get_one(Account, estate.agents["nadia"]).active = False
        db.session.commit()
    assert not is_good(estate, enrolled.token)


def test_office_staff_have_no_tablet(estate: Estate) -> None:
    with pytest.raises(NotAnAgent):
        enrol_as(estate, "reviewer")


def test_a_wrong_password_enrols_nothing(estate: Estate) -> None:
    with pytest.raises(BadCredentials):
        enrol_as(estate, password="guess")
    with estate.app.app_context():
        assert db.session.scalars(select(Device)).all() == []


@pytest.mark.parametrize(
    "change",
    (
        {"kty": "RSA"},
        {"crv": "P-384"},
        {"x": "AAAA"},
        {"y": Key().jwk["y"]},
        {"x": None},
        {"x": "*" * 43},
        {"d": "secret"},
    ),
    ids=("rsa", "another-curve", "short", "off-the-curve", "nothing", "not-base64", "private"),
)
def test_a_key_that_can_verify_nothing_is_refused_before_the_password_is_looked_at(
    quick_estate: Estate, change: dict[str, Any]
) -> None:
    with pytest.raises(BadKey):
        enrol_as(quick_estate, key={**Key().jwk, **change})


def test_members_that_say_nothing_of_the_key_are_left_out(quick_estate: Estate) -> None:
    key = Key().jwk
    first = enrol_as(quick_estate, key={**key, "ext": True, "key_ops": ["verify"]})
    assert enrol_as(quick_estate, key=key).device_id == first.device_id
