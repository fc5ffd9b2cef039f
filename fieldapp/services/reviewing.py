"""Opens one inventory for the office: what it holds, what it waits for, who has it."""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from fieldapp.domain import catalogue
from fieldapp.domain.record import build
from fieldapp.domain.snapshot import NoInventory, Snapshot
from fieldapp.extensions import db
from fieldapp.records.account import Account
from fieldapp.records.conflict import Conflict
from fieldapp.records.device import Device
from fieldapp.records.field_state import FieldState
from fieldapp.records.holding import Holding
from fieldapp.records.inventory import Inventory
from fieldapp.records.photo import Photo
from fieldapp.records.rejected_change import RejectedChange
from fieldapp.records.sealed_report import SealedReport
from fieldapp.reports import photo_marks, strokes
from fieldapp.services import snapshot
from fieldapp.services.case_file import (
    Alert,
    Disagreement,
    File,
    Handing,
    Json,
    Person,
    Picture,
    Refusal,
    Report,
    SignedAct,
    WrongClock,
)
from fieldapp.services.scope import Scope


class NotHere(LookupError):
    """No such inventory in this scope: whether it exists elsewhere is not said."""


def open_file(scope: Scope, inventory_id: str, language: str) -> File:
    """Read one inventory in scope, in nine queries; raises `NotHere`."""
    header = db.session.execute(
        select(Inventory, Account.name)
        .join(Account, Account.id == Inventory.agent_id)
        .where(Inventory.id == inventory_id, *scope.conditions())
    ).one_or_none()
    if header is None:
        raise NotHere(inventory_id)
    row, agent = header
    state = _in_language(snapshot.state_of(inventory_id), inventory_id, language)
    try:
        living = Snapshot(state)
    except NoInventory as error:
        raise NotHere(inventory_id) from error
    record = build(state, catalogue.load(), catalogue.load_legal())
    subjects = subjects_of(record)
    tablets = _tablets(inventory_id)
    return File(
        id=row.id,
        landlord_id=row.landlord_id,
        number=row.number,
        kind=row.kind,
        state=row.state,
        outcome=row.outcome,
        record_sha256=row.record_sha256,
        started_at=row.started_at,
        closed_at=row.closed_at,
        sealed_at=row.sealed_at,
        agent=agent,
        record=record,
        pictures=_pictures(record),
        acts=tuple(_act(body, subjects) for body in snapshot.acts_of(inventory_id)),
        alerts=_alerts(living, record, subjects),
        disagreements=_disagreements(inventory_id, subjects, tablets),
        refusals=_refusals(inventory_id, subjects, tablets),
        people=_people(living, record),
        report=_report(inventory_id),
        tablets=_holders(inventory_id),
        wrong_clocks=_wrong_clocks(inventory_id),
    )


def report_of(scope: Scope, inventory_id: str) -> tuple[str, str]:
    """The number and the SHA-256 of a sealed report in scope; raises `NotHere`."""
    found = db.session.execute(
        select(Inventory.number, SealedReport.sha256)
        .join(SealedReport, SealedReport.inventory_id == Inventory.id)
        .where(Inventory.id == inventory_id, *scope.conditions())
    ).one_or_none()
    if found is None:
        raise NotHere(inventory_id)
    return found.number, found.sha256


def subjects_of(record: Json) -> dict[str, str]:
    """What each identifier of a record is called: `Séjour, murs`."""
    called: dict[str, str] = {}
    for room in record["rooms"]:
        called[room["id"]] = room["label"]
        called |= {element["id"]: f"{room['label']}, {element['label'].lower()}" for element in room["elements"]}
    for table in ("meters", "keys", "equipment"):
        called |= {thing["id"]: thing["label"] or thing["kind_label"] for thing in record[table]}
    return called | {party["id"]: party["name"] for party in record["parties"]}


def _in_language(state: dict[str, Any], inventory_id: str, language: str) -> dict[str, Any]:
    """The state, to be read in the reader's language: the document that was signed keeps its own."""
    entities = state["entities"]
    if inventory_id not in entities:
        return state
    header = entities[inventory_id]
    read = {**header, "fields": {**header["fields"], "language": language}}
    return {**state, "entities": {**entities, inventory_id: read}}


def _pictures(record: Json) -> tuple[Picture, ...]:
    files = {photo["id"]: photo["report"] or photo["archive"] or {} for photo in record["photos"]}
    hashes = {file.get("sha256") for file in files.values()}
    known = {row.sha256: row for row in db.session.scalars(select(Photo).where(Photo.sha256.in_(hashes)))}
    return tuple(_picture(photo, files[photo["id"]], known) for photo in record["photos"])


def _picture(photo: Json, file: Json, known: Mapping[str, Photo]) -> Picture:
    row = known.get(str(file.get("sha256")))
    label = ", ".join(part for part in (photo["room_label"], photo["subject_label"].lower()) if part)
    width, height = int(file.get("width") or 4), int(file.get("height") or 3)
    return Picture(
        mark=photo["mark"],
        id=photo["id"],
        sha256=str(file.get("sha256", "")),
        label=label[:1].upper() + label[1:],
        caption=photo["caption"],
        taken_at=str(photo["taken_at"] or ""),
        width=width,
        height=height,
        status="missing" if row is None else row.verdict,
        reason=None if row is None else row.reason,
        box=photo_marks.view_box({"width": width, "height": height}),
        marks=tuple(photo_marks.path(mark) for mark in photo.get("marks", ())),
    )


def _act(body: Json, subjects: Mapping[str, str]) -> SignedAct:
    return SignedAct(
        party_id=body["party_id"],
        also_for=tuple(body.get("also_for", ())),
        name=body["name"],
        quality=body["quality"],
        decision=body["decision"],
        consent=body["consent"],
        remarks=tuple((subjects.get(remark["subject_id"] or "", ""), remark["text"]) for remark in body["remarks"]),
        path=strokes.path(body.get("strokes") or ()),
        typed_name=body.get("typed_name") or "",
        reason=body.get("reason") or "",
        witnesses=body.get("witnesses") or "",
        at=body["at"],
    )


def _alerts(living: Snapshot, record: Json, subjects: Mapping[str, str]) -> tuple[Alert, ...]:
    labels = {alert["reason"]: alert["reason_label"] for alert in record["alerts"]}
    return tuple(
        Alert(
            id=alert.id,
            reason=labels.get(alert.body().get("reason"), ""),
            text=str(alert.body().get("text") or ""),
            about=subjects.get(str(alert.body().get("subject_id")), ""),
            at=str(alert.body().get("at") or ""),
            decision=alert.value("decision"),
        )
        for alert in living.all("alert")
    )


def _tablets(inventory_id: str) -> dict[str, str]:
    """The names of the devices that take part in conflicts and refusals of this inventory."""
    named = select(Device.id, Device.name).where(
        Device.id.in_(
            select(Conflict.kept_device_id)
            .where(Conflict.root_id == inventory_id)
            .union(
                select(Conflict.lost_device_id).where(Conflict.root_id == inventory_id),
                select(RejectedChange.device_id).where(RejectedChange.root_id == inventory_id),
            )
        )
    )
    return {row.id: row.name for row in db.session.execute(named)}


def _disagreements(
    inventory_id: str, subjects: Mapping[str, str], tablets: Mapping[str, str]
) -> tuple[Disagreement, ...]:
    rows = db.session.scalars(
        select(Conflict)
        .where(Conflict.root_id == inventory_id, Conflict.settled_at.is_(None))
        .order_by(Conflict.weighty.desc(), Conflict.id)
    )
    return tuple(
        Disagreement(
            id=row.id,
            about=subjects.get(row.entity_id, ""),
            field=row.field,
            kept=json.loads(row.kept_value),
            kept_by=tablets.get(row.kept_device_id, ""),
            lost=json.loads(row.lost_value),
            lost_by=tablets.get(row.lost_device_id, ""),
            found_at=row.found_at,
        )
        for row in rows
    )


def _refusals(inventory_id: str, subjects: Mapping[str, str], tablets: Mapping[str, str]) -> tuple[Refusal, ...]:
    rows = db.session.scalars(
        select(RejectedChange)
        .where(RejectedChange.root_id == inventory_id, RejectedChange.settled_at.is_(None))
        .order_by(RejectedChange.received_at, RejectedChange.op_id)
    )
    return tuple(_refusal(row, subjects, tablets) for row in rows)


def _refusal(row: RejectedChange, subjects: Mapping[str, str], tablets: Mapping[str, str]) -> Refusal:
    body = json.loads(row.body)
    return Refusal(
        code=row.code,
        about=subjects.get(str(body.get("entity_id")), ""),
        field=row.field,
        value=body.get("value"),
        tablet=tablets.get(row.device_id, ""),
        received_at=row.received_at,
    )


def _people(living: Snapshot, record: Json) -> tuple[Person, ...]:
    handed: dict[str, list[Handing]] = {}
    for entity in living.all("handover"):
        body = entity.body()
        handed.setdefault(str(body.get("party_id")), []).append(
            Handing(
                party_id=str(body.get("party_id")),
                channel=str(body.get("channel") or ""),
                at=str(body.get("at") or ""),
                to=str(body.get("to") or ""),
                done=body.get("done") is True,
            )
        )
    return tuple(
        Person(
            id=party["id"],
            name=party["name"],
            quality=party["quality"],
            quality_label=party["quality_label"],
            email=living.find(party["id"]).text("email"),  # type: ignore[union-attr]  # the record lists living parties
            handings=tuple(sorted(handed.get(party["id"], []), key=lambda handing: handing.at)),
        )
        for party in record["parties"]
    )


def _report(inventory_id: str) -> Report | None:
    row = db.session.scalars(select(SealedReport).where(SealedReport.inventory_id == inventory_id)).one_or_none()
    return None if row is None else Report(row.sha256, row.bytes, row.sealed_at, row.level)


def _holders(inventory_id: str) -> tuple[str, ...]:
    """The tablets that still hold this inventory."""
    rows = db.session.scalars(
        select(Device.name)
        .join(Holding, Holding.device_id == Device.id)
        .where(Holding.root_id == inventory_id, Holding.evicted_at.is_(None))
        .order_by(Device.name)
    )
    return tuple(rows)


def _wrong_clocks(inventory_id: str) -> tuple[WrongClock, ...]:
    """The tablets that wrote in this inventory and whose clock is known to be off."""
    writers = select(FieldState.device_id).where(FieldState.root_id == inventory_id)
    rows = db.session.execute(
        select(Device.name, Device.clock_drift_seconds)
        .where(Device.id.in_(writers), Device.clock_flagged_at.is_not(None))
        .order_by(Device.name)
    )
    return tuple(WrongClock(row.name, timedelta(seconds=row.clock_drift_seconds or 0)) for row in rows)
