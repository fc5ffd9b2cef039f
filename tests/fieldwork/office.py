"""The office in the tests: somebody who is signed in and fills in forms, and inventories that are already sealed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from fieldapp.extensions import db
from fieldapp.records.account import Account
from fieldapp.records.review import Review
from fieldapp.records.sealed_report import SealedReport
from fieldapp.records.second_factor import SecondFactor
from fieldapp.records.settlement import SettlementReport
from fieldapp.services import closing, installation, verdicts
from fieldapp.services.accounts import hash_password
from fieldapp.services.identifier import new_id
from fieldapp.services.scope import Scope
from sync import canonical
from tests.fieldwork.estate import PASSWORD, Estate, Flat
from tests.fieldwork.tablets import enrolled
from tests.fieldwork.visit import fill, photograph, sign_and_close

PDF = b"%PDF-1.7 a stand-in for what the worker renders"
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


@dataclass
class Browser:
    """A browser without a script: it gets pages, and sends the forms that are on them."""

    client: FlaskClient

    def get(self, address: str, **options: Any) -> TestResponse:
        """Open a page."""
        return self.client.get(address, buffered=True, **options)

    def text(self, address: str) -> str:
        """The page's HTML; the page must be there."""
        answer = self.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        return answer.text

    def send(self, page: str, address: str, **answers: Any) -> TestResponse:
        """Send a form that stands on `page` to `address`, with the page's own token."""
        token = TOKEN.search(self.text(page))
        assert token, f"{page} has no form"
        return self.client.post(address, data={"csrf_token": token[1], **answers})

    def sign_in(self, email: str, password: str = PASSWORD, *, to: str = "") -> TestResponse:
        """Fill in the sign-in page."""
        return self.send("/office/sign-in", "/office/sign-in", email=email, password=password, next=to)


def browser(estate: Estate) -> Browser:
    """Nobody yet."""
    return Browser(estate.app.test_client())


def colleague(estate: Estate, role: str = "reviewer", agency: str | None = None, language: str = "fr") -> Browser:
    """A browser in which a new member of the office is signed in."""
    identifier, email = new_id(), f"{new_id()}@estate.example"
    with estate.app.app_context():
        db.session.add(
            Account(
                id=identifier,
                landlord_id=estate.landlord_id,
                agency_id=estate.agencies[agency] if agency else None,
                email=email,
                name="Odile Bureau",
                role=role,
                language=language,
                password_hash=hash_password(PASSWORD),
                created_at=datetime.now(UTC),
            )
        )
        db.session.commit()
    own = browser(estate)
    assert own.sign_in(email).status_code == 302
    if role == "admin":  # who is let in only with a second factor: as if it had been asked for at this sign-in
        with estate.app.app_context():
            factor = SecondFactor(account_id=identifier, landlord_id=estate.landlord_id, secret=b"", step=0)
            factor.since = datetime.now(UTC)
            db.session.add(factor)
            db.session.commit()
    return own


def signed(estate: Estate, *, tenant: str = "signed", photos: Sequence[bytes] = ()) -> Flat:
    """An inventory that a tablet filled in, photographed and closed; the server accepted its record."""
    flat = estate.plan()
    tablet = enrolled(estate)
    tablet.fetch_pack()
    fill(tablet, flat)
    for number, photo in enumerate(photos):
        photograph(tablet, flat, photo, b"the archive's size of photograph %d" % number)
    sign_and_close(tablet, flat, tenant=tenant)
    tablet.sync()
    return flat


def sealed(estate: Estate, *, tenant: str = "signed", photos: Sequence[bytes] = ()) -> Flat:
    """The same with a sealed report, without the seconds that a real one takes."""
    flat = signed(estate, tenant=tenant, photos=photos)
    keep_report(estate, flat)
    return flat


def keep_report(estate: Estate, flat: Flat) -> None:
    """Keep a stand-in for the sealed report of an inventory whose record was accepted."""
    sha256 = canonical.sha256_hex(PDF + flat.root_id.encode())
    now = datetime.now(UTC)
    with estate.app.app_context():
        installation.blobs().put(f"reports/{sha256}", PDF + flat.root_id.encode())
        db.session.add(
            SealedReport(inventory_id=flat.root_id, sha256=sha256, bytes=len(PDF) + 36, level="B-B", sealed_at=now)
        )
        closing.mark_sealed_in(db.session(), flat.root_id, now)
        db.session.commit()


def keep_papers(estate: Estate, flat: Flat) -> None:
    """Keep stand-ins for the two sealed papers of a settlement that was approved."""
    with estate.app.app_context():
        for kind in ("assessment", "letter"):
            paper = PDF + kind.encode() + flat.root_id.encode()
            sha256, now = canonical.sha256_hex(paper), datetime.now(UTC)
            installation.blobs().put(f"reports/{sha256}", paper)
            db.session.add(
                SettlementReport(
                    inventory_id=flat.root_id, kind=kind, sha256=sha256, bytes=len(paper), level="B-B", sealed_at=now
                )
            )
        db.session.commit()


def accept(estate: Estate, flat: Flat) -> None:
    """The office has read it, and it is right."""
    with estate.app.app_context():
        rev = db.session.get_one(Review, flat.root_id).rev
        verdicts.accept(Scope(estate.landlord_id), flat.root_id, rev, estate.agents["nadia"])
