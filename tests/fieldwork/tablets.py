"""Tablets of the estate's agents: a P-256 key each, enrolled without the slow password, talking to the app in-process."""

import base64
import itertools
from collections.abc import Callable, Mapping

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils
from flask import Flask
from flask.testing import FlaskClient

from fieldapp.extensions import db
from fieldapp.services.enrolment import enrol_in
from fieldapp.services.signature import public_key_of
from sync.store import Enrolment, Store
from sync.tablet import Now, Tablet
from sync.transport import OURS, Answer, Transport, Unreachable
from tests.fieldwork.estate import Estate, account_of

START_MS = 1_795_000_000_000


class Key:
    """A device's key pair."""

    def __init__(self) -> None:
        self._private = ec.generate_private_key(ec.SECP256R1())

    @property
    def jwk(self) -> dict[str, str]:
        """The public half, as WebCrypto exports it."""
        numbers = self._private.public_key().public_numbers()
        return {"kty": "EC", "crv": "P-256", "x": encoded(numbers.x.to_bytes(32)), "y": encoded(numbers.y.to_bytes(32))}

    def sign(self, data: bytes) -> str:
        """Raw r‖s in base64url, as WebCrypto signs."""
        r, s = utils.decode_dss_signature(self._private.sign(data, ec.ECDSA(hashes.SHA256())))
        return encoded(r.to_bytes(32) + s.to_bytes(32))


def encoded(data: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def in_process(app: Flask) -> Transport:
    """The app itself as a transport: no socket, the same requests."""
    client: FlaskClient = app.test_client(use_cookies=False)

    def send(method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        response = client.open(path, method=method, headers=dict(headers), data=body)
        received = {name.lower(): value for name, value in response.headers}
        if OURS not in received:
            raise Unreachable("somebody else answered")
        return Answer(response.status_code, received, response.data)

    return send


def ticking(start: int = START_MS) -> Now:
    """A clock that goes on by one millisecond at each look."""
    counter = itertools.count(start)
    return lambda: next(counter)


def enrolled(
    estate: Estate,
    agent: str = "nadia",
    *,
    key: Key | None = None,
    store: Store | None = None,
    transport: Transport | None = None,
    now: Now | None = None,
    randomness: Callable[[int], int] | None = None,
) -> Tablet:
    """A tablet that belongs to an agent."""
    own = key or Key()
    more = {} if randomness is None else {"randomness": randomness}
    tablet = Tablet(transport or in_process(estate.app), store, sign=own.sign, now=now or ticking(), **more)
    with estate.app.app_context():
        given = enrol_in(db.session(), account_of(estate.agents[agent]), "Tablette", public_key_of(own.jwk))
        db.session.commit()
    tablet.take_enrolment(Enrolment(given.device_id, given.token, given.actor["id"]))
    return tablet
