"""A tablet's data key is kept under the landlord's recovery key, which this server can do without."""

import base64
import os
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from flask.testing import FlaskClient

from fieldapp.services import recovery
from sync.tablet import Tablet
from tests.fieldwork.estate import PASSWORD, Estate
from tests.fieldwork.tablets import Key, enrolled

OAEP = padding.OAEP(mgf=padding.MGF1(algorithm=SHA256()), algorithm=SHA256(), label=None)
KEY_ID = "0190f5a0-0000-7000-8000-0000000000ff"


@pytest.fixture
def client(quick_estate: Estate) -> FlaskClient:
    return quick_estate.app.test_client(use_cookies=False)


def organisation_key(client: FlaskClient) -> dict[str, str]:
    """The key as enrolment gives it."""
    asked = {"email": "nadia@estate.example", "password": PASSWORD, "device_name": "T", "public_key": Key().jwk}
    key: dict[str, str] = client.post("/api/field/enrol", json=asked).get_json()["organisation_key"]
    return key


def folder(estate: Estate) -> Path:
    return Path(estate.app.extensions["fieldapp.config"].recovery)


def private_key(estate: Estate) -> RSAPrivateKey:
    """The private half on this server."""
    pem = (folder(estate) / f"{estate.landlord_id}.pem").read_bytes()
    key = load_pem_private_key(pem, password=None)
    assert isinstance(key, RSAPrivateKey)
    return key


def wrapped(jwk: dict[str, str], data_key: bytes) -> str:
    """As a tablet wraps it."""
    n, e = (int.from_bytes(base64.urlsafe_b64decode(jwk[name] + "==")) for name in ("n", "e"))
    return base64.b64encode(rsa.RSAPublicNumbers(e, n).public_key().encrypt(data_key, OAEP)).decode()


def leave(client: FlaskClient, tablet: Tablet, message: Any) -> int:
    assert tablet.contents.enrolment is not None
    token = {"Authorization": f"Bearer {tablet.contents.enrolment.token}"}
    return client.post("/api/field/recovery", json=message, headers=token).status_code


def test_every_tablet_of_a_landlord_gets_the_same_key_of_3072_bits(client: FlaskClient) -> None:
    first, second = organisation_key(client), organisation_key(client)
    assert first == second
    assert len(base64.urlsafe_b64decode(first["n"] + "==")) * 8 == 3072
    assert len(first["kid"]) == 43


def test_the_private_key_is_readable_by_its_owner_alone(quick_estate: Estate, client: FlaskClient) -> None:
    organisation_key(client)
    path = folder(quick_estate) / f"{quick_estate.landlord_id}.pem"
    assert path.stat().st_mode & 0o777 == 0o600
    assert folder(quick_estate).stat().st_mode & 0o777 == 0o700


def test_the_private_key_opens_what_a_tablet_left(quick_estate: Estate, client: FlaskClient) -> None:
    key, data_key = organisation_key(client), os.urandom(32)
    tablet = enrolled(quick_estate)
    assert leave(client, tablet, {"key_id": KEY_ID, "kid": key["kid"], "wrapped": wrapped(key, data_key)}) == 200
    with quick_estate.app.app_context():
        (kept,) = recovery.recoverable()
    assert (kept.device_name, kept.key_id, kept.recovery_kid) == ("Tablette", KEY_ID, key["kid"])
    assert private_key(quick_estate).decrypt(kept.wrapped, OAEP) == data_key


def test_who_stole_a_token_cannot_replace_what_was_left(quick_estate: Estate, client: FlaskClient) -> None:
    key, data_key = organisation_key(client), os.urandom(32)
    tablet = enrolled(quick_estate)
    message = {"key_id": KEY_ID, "kid": key["kid"]}
    leave(client, tablet, {**message, "wrapped": wrapped(key, data_key)})
    assert leave(client, tablet, {**message, "wrapped": wrapped(key, bytes(32))}) == 200
    with quick_estate.app.app_context():
        (kept,) = recovery.recoverable()
    assert private_key(quick_estate).decrypt(kept.wrapped, OAEP) == data_key


def test_tablets_are_enrolled_with_the_private_key_taken_off_the_server(
    quick_estate: Estate, client: FlaskClient
) -> None:
    before = organisation_key(client)
    (folder(quick_estate) / f"{quick_estate.landlord_id}.pem").unlink()
    assert organisation_key(client) == before
    assert [path.name for path in folder(quick_estate).iterdir()] == [f"{quick_estate.landlord_id}.public.pem"]


@pytest.mark.parametrize(
    "change",
    (
        {"key_id": "../../etc/passwd"},
        {"key_id": None},
        {"kid": "short"},
        {"wrapped": "not base64 at all"},
        {"wrapped": base64.b64encode(bytes(32)).decode()},
        {"wrapped": 5},
    ),
    ids=str,
)
def test_what_could_open_nothing_is_refused(quick_estate: Estate, client: FlaskClient, change: dict[str, Any]) -> None:
    message = {"key_id": KEY_ID, "kid": "k" * 43, "wrapped": base64.b64encode(bytes(384)).decode()}
    assert leave(client, enrolled(quick_estate), {**message, **change}) == 400
    with quick_estate.app.app_context():
        assert recovery.recoverable() == []


def test_only_a_tablet_may_leave_a_key(client: FlaskClient) -> None:
    assert client.post("/api/field/recovery", json={}).status_code == 401
