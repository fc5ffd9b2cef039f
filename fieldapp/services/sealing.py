"""A closed inventory becomes its sealed report: rendered, sealed, verified, kept; once and for ever."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from fieldapp.config import Config
from fieldapp.domain.copy import takes_a_copy
from fieldapp.extensions import db
from fieldapp.records.audit_entry import AuditEntry
from fieldapp.records.device import Device
from fieldapp.records.inventory import Inventory
from fieldapp.records.sealed_report import SealedReport
from fieldapp.reports import authority, process, scan, seal
from fieldapp.reports.authority import Authority
from fieldapp.reports.evidence import Evidence, Level
from fieldapp.reports.printed import printed
from fieldapp.reports.stamper import host
from fieldapp.reports.verify import verify
from fieldapp.services import audit, closing, copy_mail, installation, sealed_news, snapshot
from sync import canonical

Json = dict[str, Any]

AUDIT_FORMAT = "fieldapp.audit/1"


class CannotSeal(RuntimeError):
    """The inventory has no accepted record, or one of its photographs is not here; says which."""


class SealDoesNotHold(RuntimeError):
    """The file that was just sealed does not verify, or not at the level printed in it: it is not kept."""


@dataclass(frozen=True, slots=True)
class Papers:
    """What one report is made of, read in one transaction that ends before the long work begins."""

    record: bytes
    acts: bytes
    keys: bytes
    audit: bytes
    files: Mapping[str, Path]
    landlord_id: str


def seal_inventory(root_id: str) -> str:
    """Seal a closed inventory and give the SHA-256 of the report; a second call gives the one that exists.

    The body of the job `seal`: whatever it raises, the job is tried again. Raises CannotSeal, SealDoesNotHold,
    RenderFailed, StamperUnavailable (a time-stamping authority is set but does not answer: nothing lower is made).
    """
    session = db.session()
    kept = session.get(SealedReport, root_id)
    if kept is not None:
        sha256 = kept.sha256
        session.rollback()
        # A worker that died right after the seal has written to nobody yet.
        copy_mail.send_requested(root_id)
        return sha256
    papers = _papers(session, root_id)
    session.rollback()
    pdf, level = sealed(papers, installation.config())
    sha256 = canonical.sha256_hex(pdf)
    installation.blobs().put(f"reports/{sha256}", pdf)
    report = SealedReport(inventory_id=root_id, sha256=sha256, bytes=len(pdf), level=level, sealed_at=datetime.now(UTC))
    kept_sha256 = keep(session, report, papers.landlord_id, json.loads(papers.record))
    copy_mail.send_requested(root_id)
    return kept_sha256


def _papers(session: Session, root_id: str) -> Papers:
    row = session.get(Inventory, root_id)
    if row is None or row.record_sha256 is None:
        raise CannotSeal("no record was accepted")
    blobs = installation.blobs()
    with blobs.open(f"records/{row.record_sha256}") as file:
        record = file.read()
    shots = {photo["report"]["sha256"] for photo in printed(json.loads(record))}
    missing = sorted(sha256 for sha256 in shots if not blobs.exists(f"photos/{sha256}"))
    if missing:
        raise CannotSeal(f"{len(missing)} photographs are not here")
    paper = {page.sha256 for page in scan.pages_of(json.loads(record))}
    lost = [sha256 for sha256 in paper if not blobs.exists(f"proofs/{sha256}")]
    if lost:
        raise CannotSeal(f"{len(lost)} pages of the entry are not here")
    entities = snapshot.state_in(session, root_id)["entities"]
    acts = _acts(snapshot.acts_in(session, root_id), row.record_sha256, entities.get(root_id, {}))
    return Papers(
        record=record,
        acts=canonical.dumps(acts),
        keys=canonical.dumps(keys_of(session, acts)),
        audit=canonical.dumps(_journal(session, row, entities)),
        files={sha256: blobs.path(f"photos/{sha256}") for sha256 in shots}
        | {sha256: blobs.path(f"proofs/{sha256}") for sha256 in paper},
        landlord_id=row.landlord_id,
    )


def _acts(bodies: Sequence[Json], record_sha256: str, inventory: Json) -> list[Json]:
    """The acts that the closing names, by the moment noted on the tablet; acts about an earlier record are not among them."""
    closed = inventory.get("fields", {}).get("closed") or {}
    named = set(closed.get("acts") or [body["act_id"] for body in bodies])
    return [body for body in bodies if body["record_sha256"] == record_sha256 and body["act_id"] in named]


def keys_of(session: Session, acts: Sequence[Json]) -> list[Json]:
    """The public keys of the tablets that signed these acts."""
    devices = session.scalars(
        select(Device).where(Device.id.in_({act["device_id"] for act in acts})).order_by(Device.id)
    )
    return [{"device_id": device.id, "public_key": json.loads(device.public_key)} for device in devices]


def _journal(session: Session, row: Inventory, entities: Mapping[str, Json]) -> Json:
    entries = session.scalars(
        select(AuditEntry)
        .where(AuditEntry.subject_id == row.id, AuditEntry.action.not_like("%.read"))
        .order_by(AuditEntry.at, AuditEntry.id)
    )
    return {
        "format": AUDIT_FORMAT,
        "inventory_id": row.id,
        "received_at": utc_text(row.received_at),
        "copies": _copies(entities),
        "events": [{"at": utc_text(entry.at), "actor": entry.actor, "action": entry.action} for entry in entries],
    }


def _copies(entities: Mapping[str, Json]) -> list[Json]:
    """Who was handed a copy, how and when, as the tablet noted it; addresses stay out of the report.

    A promise that was kept is said once, as done; a party without any copy is said too, without channel and moment.
    """
    bodies = [
        entity["fields"]["body"]
        for entity in entities.values()
        if entity["kind"] == "handover" and entity["fields"].get("body") and not entity["fields"].get("deleted")
    ]
    kept = {(body["party_id"], body["channel"]) for body in bodies if body["done"]}
    told = [body for body in bodies if body["done"] or (body["party_id"], body["channel"]) not in kept]
    named = {body["party_id"] for body in told}
    without = [
        {"party_id": party_id, "channel": None, "at": None, "done": False}
        for party_id, entity in entities.items()
        if party_id not in named and takes_a_copy(entity)
    ]
    found = [
        {
            "name": entities.get(body["party_id"], {}).get("fields", {}).get("name", ""),
            **{name: body[name] for name in ("channel", "at", "done")},
        }
        for body in (*told, *without)
    ]
    return sorted(found, key=lambda copy: (copy["at"] is None, copy["at"] or "", copy["name"]))


def sealed(papers: Papers, config: Config) -> tuple[bytes, Level]:
    """The sealed file of these papers, verified, with the level that its seal reached."""
    who = authority.load(config.authority, config.seal_pkcs12, config.seal_passphrase)
    plan = who.plan(host(config.tsa_url) if config.tsa_url else None)
    evidence = Evidence(papers.keys, papers.audit, f"{config.public_url}/verify", plan)
    page = process.render_inventory(papers.record, papers.acts, papers.files, evidence)
    pdf = seal.seal(page, who, config.tsa_url)
    _check(pdf, who, plan.level)
    return pdf, plan.level


def _check(pdf: bytes, who: Authority, level: Level) -> None:
    verdict = verify(pdf, who.roots)
    if not verdict.intact or verdict.level is not level:
        faults = [f"{finding.check} {finding.detail}".strip() for finding in verdict.findings if not finding.ok]
        raise SealDoesNotHold(", ".join(faults) or f"level {verdict.level}")


def keep(session: Session, report: SealedReport, landlord_id: str, record: Json) -> str:
    """Row, state, journal and what others hear in one transaction; of two workers at once, the first one's report stands."""
    root_id, sha256, facts = report.inventory_id, report.sha256, {"sha256": report.sha256, "level": report.level}
    session.add(report)
    try:
        closing.mark_sealed_in(session, root_id, report.sealed_at)
        audit.record(session, "server", "inventory.sealed", "inventory", root_id, landlord_id, **facts)
        sealed_news.tell_in(session, report, record)
        session.commit()
    except IntegrityError:
        session.rollback()
        kept = session.get(SealedReport, root_id)
        if kept is None:
            raise
        return kept.sha256
    return sha256


def utc_text(moment: datetime | None) -> str | None:
    """A moment as records write it; None for none."""
    if moment is None:
        return None
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
