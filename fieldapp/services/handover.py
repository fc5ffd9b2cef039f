"""Handing a copy of the sealed report to each party, by every channel that the law knows, and noting that it was done."""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.inventory import InventoryState
from fieldapp.domain.zone import zone_of
from fieldapp.extensions import db
from fieldapp.records.building import Building
from fieldapp.records.dwelling import Dwelling
from fieldapp.records.handover_link import HandoverLink
from fieldapp.records.inventory import Inventory
from fieldapp.records.landlord import Landlord
from fieldapp.records.sealed_report import SealedReport
from fieldapp.services import audit, snapshot
from fieldapp.services.identifier import new_id
from fieldapp.services.intake import write_server_ops
from fieldapp.services.scope import Scope
from sync import moment

LINK_LIVES = timedelta(days=60)
BY_HAND = frozenset({"print", "post"})


class NotSealed(Exception):
    """There is no sealed report to hand over yet."""


class UnknownParty(LookupError):
    """This inventory has no such party."""


class DeadLink(LookupError):
    """The link was never made, has expired or was withdrawn: its bearer is told the same."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link as the office sees it; `path` is its address on this server."""

    id: str
    party_id: str
    channel: str
    path: str
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    downloads: int
    last_download_at: datetime | None
    lives: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """What the bearer of a link may fetch, said without naming anybody; `zone` is where the dwelling stands."""

    landlord: str
    phone: str
    number: str
    kind: str
    sealed_at: datetime
    bytes: int
    record_sha256: str
    report_sha256: str
    expires_at: datetime
    zone: str


def links_of(scope: Scope, inventory_id: str) -> tuple[Link, ...]:
    """The links of an inventory, the newest first."""
    now = datetime.now(UTC)
    rows = db.session.scalars(
        select(HandoverLink)
        .join(Inventory, Inventory.id == HandoverLink.inventory_id)
        .where(HandoverLink.inventory_id == inventory_id, *scope.conditions())
        .order_by(HandoverLink.created_at.desc())
    )
    return tuple(_link(row, now) for row in rows)


def give_link(scope: Scope, inventory_id: str, party_id: str, account_id: str) -> Link:
    """Make a link for a party; raises `NotSealed` and `UnknownParty`."""
    session = db.session()
    inventory = sealed_in(session, scope, inventory_id)
    named_in(session, inventory_id, party_id)
    row = new_link_in(session, inventory, party_id, "link", account_id)
    session.commit()
    return _link(row, datetime.now(UTC))


def withdraw(scope: Scope, link_id: str, account_id: str) -> str:
    """Make a link useless from now on; gives the inventory's id. Raises `DeadLink`."""
    session = db.session()
    row = session.scalars(
        select(HandoverLink)
        .join(Inventory, Inventory.id == HandoverLink.inventory_id)
        .where(HandoverLink.id == link_id, *scope.conditions())
    ).one_or_none()
    if row is None:
        raise DeadLink
    if row.revoked_at is None:
        row.revoked_at = datetime.now(UTC)
        _note(session, row, f"account:{account_id}", "handover.link_withdrawn")
    session.commit()
    return row.inventory_id


def hand_over(scope: Scope, inventory_id: str, party_id: str, channel: str, account_id: str) -> None:
    """Note that a copy was given on paper (`print`) or posted (`post`); raises `NotSealed` and `UnknownParty`."""
    if channel not in BY_HAND:
        raise ValueError(channel)
    session = db.session()
    inventory = sealed_in(session, scope, inventory_id)
    named_in(session, inventory_id, party_id)
    write_down_in(session, inventory, party_id, channel, account_id=account_id, done=True)
    session.commit()


def offer(token: str) -> Offer:
    """What this link is for; raises `DeadLink`."""
    row = _living(db.session(), token)
    found = db.session.execute(
        select(Inventory, SealedReport, Landlord, Building.postcode)
        .join(SealedReport, SealedReport.inventory_id == Inventory.id)
        .join(Landlord, Landlord.id == Inventory.landlord_id)
        .join(Dwelling, Dwelling.id == Inventory.dwelling_id)
        .join(Building, Building.id == Dwelling.building_id)
        .where(Inventory.id == row.inventory_id)
    ).one_or_none()
    if found is None:
        raise DeadLink
    inventory, report, landlord, postcode = found
    if inventory.record_sha256 is None:
        raise DeadLink
    return Offer(
        landlord=landlord.name,
        phone=landlord.phone,
        number=inventory.number,
        kind=inventory.kind,
        sealed_at=report.sealed_at,
        bytes=report.bytes,
        record_sha256=inventory.record_sha256,
        report_sha256=report.sha256,
        expires_at=row.expires_at,
        zone=zone_of(postcode),
    )


def fetch(token: str) -> Offer:
    """Count a download; the first one is the handing over, and is written down as such. Raises `DeadLink`."""
    session = db.session()
    row = _living(session, token, lock=True)
    row.downloads += 1
    row.last_download_at = datetime.now(UTC)
    first = row.downloads == 1
    if first:
        inventory = session.get_one(Inventory, row.inventory_id)
        write_down_in(session, inventory, row.party_id, "link", actor=f"link:{row.id}", done=True)
    _note(session, row, f"link:{row.id}", "handover.downloaded", first=first)
    session.commit()
    return offer(token)


def token_of(link_id: str) -> str:
    """The secret of a link: made again whenever it is shown, so that it is stored nowhere."""
    key = current_app.config["SECRET_KEY"].encode()
    digest = hmac.new(key, b"handover link " + link_id.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def path_of(link_id: str) -> str:
    """The address of a link on this server."""
    return f"/h/{token_of(link_id)}"


def sealed_in(session: Session, scope: Scope, inventory_id: str) -> Inventory:
    """The inventory, when it is in scope and sealed; raises `NotSealed`."""
    inventory = session.scalars(
        select(Inventory).where(Inventory.id == inventory_id, *scope.conditions())
    ).one_or_none()
    if inventory is None or inventory.state != InventoryState.SEALED:
        raise NotSealed(inventory_id)
    return inventory


def named_in(session: Session, inventory_id: str, party_id: str) -> str:
    """The name of a party; raises `UnknownParty`."""
    party = snapshot.state_in(session, inventory_id)["entities"].get(party_id)
    if party is None or party["kind"] != "party" or party["fields"].get("deleted") is True:
        raise UnknownParty(party_id)
    return str(party["fields"].get("name") or "")


def new_link_in(session: Session, inventory: Inventory, party_id: str, channel: str, account_id: str) -> HandoverLink:
    """Add a link to the caller's transaction."""
    now = datetime.now(UTC)
    link_id = new_id()
    row = HandoverLink(
        id=link_id,
        landlord_id=inventory.landlord_id,
        inventory_id=inventory.id,
        party_id=party_id,
        channel=channel,
        token_sha256=_hashed(token_of(link_id)),
        created_by=account_id,
        created_at=now,
        expires_at=now + LINK_LIVES,
        downloads=0,
    )
    session.add(row)
    _note(session, row, f"account:{account_id}", "handover.link_made", channel=channel)
    return row


def write_down_in(
    session: Session,
    inventory: Inventory,
    party_id: str,
    channel: str,
    *,
    done: bool,
    account_id: str | None = None,
    actor: str | None = None,
    to: str | None = None,
) -> None:
    """Write one handing over into the inventory, where the tablet sees it too, and into the journal."""
    body = {
        "party_id": party_id,
        "channel": channel,
        "at": moment.write(datetime.now(UTC)),
        "to": to,
        "done": done,
    }
    write_server_ops(
        session, inventory.id, [(new_id(), "handover", "body", body)], *((account_id,) if account_id else ())
    )
    audit.record(
        session,
        actor or f"account:{account_id}",
        "handover.done" if done else "handover.begun",
        "inventory",
        inventory.id,
        inventory.landlord_id,
        channel=channel,
        party_id=party_id,
    )


def _living(session: Session, token: str, *, lock: bool = False) -> HandoverLink:
    wanted = select(HandoverLink).where(HandoverLink.token_sha256 == _hashed(token))
    row = session.scalars(wanted.with_for_update() if lock else wanted).one_or_none()
    if row is None or row.revoked_at is not None or row.expires_at <= datetime.now(UTC):
        raise DeadLink
    return row


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _link(row: HandoverLink, now: datetime) -> Link:
    return Link(
        id=row.id,
        party_id=row.party_id,
        channel=row.channel,
        path=path_of(row.id),
        created_at=row.created_at,
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
        downloads=row.downloads,
        last_download_at=row.last_download_at,
        lives=row.revoked_at is None and row.expires_at > now,
    )


def _note(session: Session, row: HandoverLink, actor: str, action: str, **facts: audit.Fact) -> None:
    audit.record(
        session,
        actor,
        action,
        "inventory",
        row.inventory_id,
        row.landlord_id,
        link_id=row.id,
        party_id=row.party_id,
        **facts,
    )
