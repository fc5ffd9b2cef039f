"""The first landlord of an empty installation, with its first agency and the administrator who does the rest."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select

from fieldapp.domain.account import Role
from fieldapp.domain.landlord import LandlordKind
from fieldapp.extensions import db
from fieldapp.records.account import Account
from fieldapp.records.agency import Agency
from fieldapp.records.landlord import Landlord
from fieldapp.services import audit, mail, password_links
from fieldapp.services.identifier import new_id
from fieldapp.services.installation import config

BRAND, SIGNAL = "#0b5563", "#f5b52a"
"""The two colours of the look, until the landlord chooses its own."""


class AlreadyBegun(Exception):
    """There is a landlord already."""


@dataclass(frozen=True, slots=True)
class House:
    """Who lets, from where, and who administers."""

    name: str
    kind: LandlordKind
    street: str
    postcode: str
    town: str
    siren: str
    phone: str
    email: str
    agency: str
    admin_name: str
    admin_email: str


def begin(house: House) -> str:
    """Write the landlord, its agency and its administrator; gives the address at which the latter chooses a password.

    Raises `AlreadyBegun` and `BadAddress` of `mail`; nothing is written then.
    """
    session = db.session()
    if session.scalars(select(Landlord.id).limit(1)).first() is not None:
        session.rollback()
        raise AlreadyBegun
    email, admin_email = mail.checked(house.email), mail.checked(house.admin_email).lower()
    place = {"street": house.street, "postcode": house.postcode, "town": house.town, "phone": house.phone}
    landlord = Landlord(id=new_id(), name=house.name, kind=house.kind, siren=house.siren, email=email, **place)
    landlord.brand, landlord.signal = BRAND, SIGNAL
    session.add(landlord)
    session.flush()
    session.add(Agency(id=new_id(), landlord_id=landlord.id, name=house.agency, **place))
    account = Account(id=new_id(), landlord_id=landlord.id, email=admin_email, name=house.admin_name, role=Role.ADMIN)
    account.password_hash, account.created_at = password_links.NO_PASSWORD, datetime.now(UTC)
    session.add(account)
    session.flush()
    link = password_links.new_in(session, account, password_links.INVITATION_LIVES)
    audit.record(session, "server", "account.made", "account", account.id, landlord.id, role=account.role)
    address = config().public_url + password_links.path_of(link.id)
    session.commit()
    return address
