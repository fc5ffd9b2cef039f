"""The office decides about an inventory that it read: accepts, sends back, opens a dispute."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.inventory import InventoryState
from fieldapp.domain.review import CommentOn, Verdict
from fieldapp.extensions import db
from fieldapp.records.account import Account
from fieldapp.records.comment_draft import CommentDraft
from fieldapp.records.field_state import FieldState
from fieldapp.records.inventory import Inventory
from fieldapp.records.review import Review
from fieldapp.services import acceptance, audit, snapshot, standing
from fieldapp.services.case_file import File
from fieldapp.services.identifier import new_id
from fieldapp.services.intake import write_server_ops
from fieldapp.services.reviewing import NotHere
from fieldapp.services.scope import Scope
from sync import moment

SIGNED = (InventoryState.CLOSED, InventoryState.SEALED)


class DecidedMeanwhile(Exception):
    """Somebody decided after this person looked: nothing was written."""


class NotYet(Exception):
    """This decision is not possible as the inventory stands."""


class NothingToSay(Exception):
    """Sent back without a single comment: the agent would not know what to do."""


@dataclass(frozen=True, slots=True)
class Comment:
    """What the office asks about one thing; `sent_at` is empty while it is a draft, `answer` until the agent answered."""

    id: str
    subject_kind: str
    subject_id: str
    text: str
    wants: str
    by: str
    sent_at: str
    done: bool
    answer: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What was decided last, by whom and when; `rev` is what a decision has to name."""

    verdict: Verdict | None
    rev: int
    by: str
    at: datetime | None
    note: str
    comments: tuple[Comment, ...]

    @property
    def drafts(self) -> tuple[Comment, ...]:
        """The comments that are not sent yet."""
        return tuple(comment for comment in self.comments if not comment.sent_at)

    def besides(self, file: File) -> list[Comment]:
        """The comments on what is not among the changes of a file."""
        shown = {element["id"] for _room, element in file.changes}
        shown |= {photo.id for _room, element in file.changes for photo in file.pictures_of(element["photos"])}
        return [comment for comment in self.comments if comment.subject_id not in shown]

    def about(self, *subject_ids: str) -> list[Comment]:
        """The comments that are pinned to one of these."""
        return [comment for comment in self.comments if comment.subject_id in subject_ids]


def standing_of(inventory_id: str) -> Standing:
    """How far the office has come; the inventory was found in scope before. Three queries."""
    row = db.session.execute(
        select(Review.verdict, Review.rev, Review.decided_at, Review.note, Account.name)
        .outerjoin(Account, Account.id == Review.decided_by)
        .where(Review.inventory_id == inventory_id)
    ).one_or_none()
    drafts = db.session.execute(
        select(CommentDraft, Account.name)
        .join(Account, Account.id == CommentDraft.account_id)
        .where(CommentDraft.inventory_id == inventory_id)
        .order_by(CommentDraft.written_at, CommentDraft.id)
    )
    written = [_draft(draft, name) for draft, name in drafts]
    return Standing(
        verdict=Verdict(row.verdict) if row and row.verdict else None,
        rev=row.rev if row else 0,
        by=(row.name or "") if row else "",
        at=row.decided_at if row else None,
        note=row.note if row else "",
        comments=(*_sent(inventory_id), *written),
    )


def comment(scope: Scope, inventory_id: str, on: tuple[CommentOn, str], text: str, account_id: str) -> None:
    """Write a comment that leaves with the next return; raises `NotHere` for what is not in this inventory."""
    session = db.session()
    inventory = locked(session, scope, inventory_id)
    kind, subject_id = on
    entity = snapshot.state_in(session, inventory_id)["entities"].get(subject_id)
    if entity is None or entity["kind"] != kind:
        session.rollback()
        raise NotHere(subject_id)
    session.add(
        CommentDraft(
            id=new_id(),
            landlord_id=inventory.landlord_id,
            inventory_id=inventory_id,
            account_id=account_id,
            subject_kind=kind,
            subject_id=subject_id,
            text=text,
            written_at=datetime.now(UTC),
        )
    )
    _note(session, inventory, account_id, "review.comment_written", subject=kind)
    session.commit()


def drop_comment(scope: Scope, inventory_id: str, comment_id: str, account_id: str) -> None:
    """Take back a comment that was not sent; raises `NotHere`."""
    session = db.session()
    inventory = locked(session, scope, inventory_id)
    draft = session.get(CommentDraft, comment_id)
    if draft is None or draft.inventory_id != inventory_id:
        session.rollback()
        raise NotHere(comment_id)
    session.delete(draft)
    _note(session, inventory, account_id, "review.comment_dropped")
    session.commit()


def accept(scope: Scope, inventory_id: str, rev: int, account_id: str) -> None:
    """It was read and is right: the central record follows what was signed; raises `NotHere`, `DecidedMeanwhile`, and `NotYet` before it is signed."""
    session = db.session()
    inventory, review = opened(session, scope, inventory_id, rev)
    if inventory.state not in SIGNED:
        session.rollback()
        raise NotYet
    decide_in(session, inventory, review, Verdict.ACCEPTED, account_id)
    acceptance.follow_in(session, inventory)
    session.commit()


def send_back(scope: Scope, inventory_id: str, rev: int, account_id: str) -> None:
    """Send the comments to the agent's tablet, where they stand in their places.

    What was signed stays as it is: about a signed inventory they are tasks. Raises `NotHere`, `DecidedMeanwhile`,
    `NotYet` before it was begun, `NothingToSay`.
    """
    session = db.session()
    inventory, review = opened(session, scope, inventory_id, rev)
    if inventory.state == InventoryState.PLANNED:
        session.rollback()
        raise NotYet
    drafts = session.scalars(
        select(CommentDraft).where(CommentDraft.inventory_id == inventory_id).order_by(CommentDraft.written_at)
    ).all()
    if not drafts:
        session.rollback()
        raise NothingToSay
    asked = [(draft.id, CommentOn(draft.subject_kind), draft.subject_id, draft.text) for draft in drafts]
    _ask(session, inventory, asked, account_id)
    for draft in drafts:
        session.delete(draft)
    decide_in(session, inventory, review, Verdict.RETURNED, account_id, comments=len(asked))
    session.commit()


def dispute(scope: Scope, inventory_id: str, rev: int, text: str, account_id: str) -> None:
    """Open a dispute and say what it is about; raises `NotHere`, `DecidedMeanwhile`, `NotYet`."""
    session = db.session()
    inventory, review = opened(session, scope, inventory_id, rev)
    if inventory.state not in SIGNED:
        session.rollback()
        raise NotYet
    review.note = text
    decide_in(session, inventory, review, Verdict.DISPUTED, account_id)
    session.commit()


def decide_in(
    session: Session, inventory: Inventory, review: Review, verdict: Verdict, account_id: str, **facts: audit.Fact
) -> None:
    """Write a decision, in the caller's transaction that holds the inventory."""
    review.verdict, review.decided_at, review.decided_by = verdict, datetime.now(UTC), account_id
    review.rev += 1
    if verdict is not Verdict.DISPUTED:
        review.note = ""
    _note(session, inventory, account_id, f"review.{verdict}", **facts)
    standing.judge_in(session, [inventory.id])


def opened(session: Session, scope: Scope, inventory_id: str, rev: int) -> tuple[Inventory, Review]:
    """The inventory and its review, locked, as they were on the person's screen; raises `NotHere`, `DecidedMeanwhile`."""
    inventory = locked(session, scope, inventory_id)
    review = session.get_one(Review, inventory_id, populate_existing=True)
    if review.rev != rev:
        session.rollback()
        raise DecidedMeanwhile
    return inventory, review


def locked(session: Session, scope: Scope, inventory_id: str) -> Inventory:
    """An inventory in scope, locked; raises `NotHere`."""
    inventory = session.scalars(
        select(Inventory).where(Inventory.id == inventory_id, *scope.conditions()).with_for_update()
    ).one_or_none()
    if inventory is None:
        session.rollback()
        raise NotHere(inventory_id)
    return inventory


def _ask(
    session: Session,
    inventory: Inventory,
    asked: Collection[tuple[str, CommentOn, str, str]],
    account_id: str,
) -> None:
    by, at = session.get_one(Account, account_id).name, moment.write(datetime.now(UTC))
    bodies = [
        (id_, {"subject_kind": kind, "subject_id": subject, "text": text, "wants": "correction", "by": by, "at": at})
        for id_, kind, subject, text in asked
    ]
    write_server_ops(session, inventory.id, [(id_, "comment", "body", body) for id_, body in bodies], account_id)


def _sent(inventory_id: str) -> list[Comment]:
    rows = db.session.execute(
        select(FieldState.entity_id, FieldState.field, FieldState.value).where(
            FieldState.root_id == inventory_id, FieldState.kind == "comment"
        )
    )
    fields: dict[str, dict[str, Any]] = {}
    for id_, field, value in rows:
        fields.setdefault(id_, {})[field] = json.loads(value)
    sent = [_said(id_, each["body"], each.get("answer") or {}) for id_, each in fields.items() if "body" in each]
    return sorted(sent, key=lambda comment: (comment.sent_at, comment.id))


def _said(id_: str, body: dict[str, Any], answer: dict[str, Any]) -> Comment:
    return Comment(
        id=id_,
        subject_kind=body["subject_kind"],
        subject_id=body["subject_id"],
        text=body["text"],
        wants=body["wants"],
        by=body["by"],
        sent_at=body["at"],
        done=answer.get("done") is True,
        answer=str(answer.get("text") or ""),
    )


def _draft(row: CommentDraft, name: str) -> Comment:
    return Comment(row.id, row.subject_kind, row.subject_id, row.text, "correction", name, "", done=False, answer="")


def _note(session: Session, inventory: Inventory, account_id: str, action: str, **facts: audit.Fact) -> None:
    audit.record(session, f"account:{account_id}", action, "inventory", inventory.id, inventory.landlord_id, **facts)
