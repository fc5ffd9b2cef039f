"""The demonstration's tablet: it writes, photographs and signs as a real one does, in the past."""

import base64
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils

from fieldapp.demo.scenes import ARCHIVE, REPORT, Shot
from fieldapp.domain.photo import Picture
from fieldapp.extensions import db
from fieldapp.records.account import Account
from fieldapp.records.device import Device
from fieldapp.services import enrolment, photo_intake
from fieldapp.services.identifier import new_id
from fieldapp.services.intake import receive
from fieldapp.services.signature import public_key_of
from fieldapp.services.tablet import Tablet
from sync import canonical, clock, moment
from sync.envelope import MOST_OPS, Change, Push

PAUSE = timedelta(seconds=11)
"""Between two taps."""


class DemonstrationTablet:
    """Enrols itself for an agent, with a key that nobody keeps; its clock starts at `begins` and runs with its taps."""

    def __init__(self, agent: Account, begins: datetime) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        public_key = public_key_of(_jwk(self._key))
        session = db.session()
        enrolled = enrolment.enrol_in(session, agent, "Tablette de démonstration", public_key)
        session.commit()
        self.device = Tablet(enrolled.device_id, agent.id, agent.agency_id or "", agent.landlord_id, public_key)
        self._now = begins
        self._hlc = clock.ZERO
        self._seq = 0
        self._ops: list[Change] = []

    def tap(self) -> str:
        """Let the time of a tap pass and give the moment, as it travels."""
        self._now += PAUSE
        return moment.write(self._now)

    def write(self, root_id: str, entity_id: str, kind: str, field: str, value: Any) -> None:
        """Note one value; it leaves with the next `push`."""
        at = self.tap()
        self._hlc = clock.tick(self._hlc, round(self._now.timestamp() * 1000))
        self._seq += 1
        self._ops.append(
            Change(
                op_id=new_id(),
                device_id=self.device.id,
                device_seq=self._seq,
                actor_id=self.device.actor_id,
                root_id=root_id,
                entity_id=entity_id,
                kind=kind,
                field=field,
                value=value,
                base_rev=0,
                hlc=self._hlc,
                captured_at=at,
                schema_v=1,
                catalogue_v=1,
            )
        )

    def keep(self, shot: Shot) -> tuple[Picture, Picture]:
        """Upload both sizes of a photograph and have them examined; gives what names them."""
        return self._send(shot.archive, ARCHIVE), self._send(shot.report, REPORT)

    def sign(self, act: dict[str, Any]) -> dict[str, Any]:
        """The act with this tablet's signature: ECDSA on P-256, SHA-256, raw r‖s in base64url."""
        unsigned = {**act, "device_id": self.device.id}
        r, s = utils.decode_dss_signature(self._key.sign(canonical.dumps(unsigned), ec.ECDSA(hashes.SHA256())))
        return {**unsigned, "signature": _base64url(r.to_bytes(32) + s.to_bytes(32))}

    def push(self) -> None:
        """Hand in what was written; raises `RuntimeError` when the server refuses any of it."""
        for ops in _pushes(self._ops):
            answer = receive(Push(self.device.id, ops), self.device)
            refused = [ack.code for ack in answer.acks if ack.status == "rejected"]
            if refused:
                raise RuntimeError(f"the demonstration was refused: {refused[0]}")
        self._ops = []

    def retire(self) -> None:
        """Make its token worthless: nobody holds this tablet."""
        session = db.session()
        enrolment.revoke(session, session.get_one(Device, self.device.id), "server")
        session.commit()

    def _send(self, content: bytes, size: tuple[int, int]) -> Picture:
        sha256 = canonical.sha256_hex(content)
        if not photo_intake.begin(self.device.id, sha256, len(content)).received:
            photo_intake.append(self.device.id, sha256, 0, (content,))
        photo_intake.examine(sha256)
        return Picture(sha256, len(content), *size)


def _pushes(ops: list[Change]) -> Iterator[tuple[Change, ...]]:
    for first in range(0, len(ops), MOST_OPS):
        yield tuple(ops[first : first + MOST_OPS])


def _jwk(key: ec.EllipticCurvePrivateKey) -> dict[str, str]:
    numbers = key.public_key().public_numbers()
    x, y = (_base64url(part.to_bytes(32)) for part in (numbers.x, numbers.y))
    return {"kty": "EC", "crv": "P-256", "x": x, "y": y}


def _base64url(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
