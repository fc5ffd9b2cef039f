"""The lists that a person comes back to: kept, named, forgotten."""

from dataclasses import dataclass

from sqlalchemy import delete, func, select

from fieldapp.extensions import db
from fieldapp.records.saved_view import SavedView
from fieldapp.services.identifier import new_id

MOST = 20


class TooMany(Exception):
    """A person keeps at most twenty."""


@dataclass(frozen=True, slots=True)
class View:
    """A named list: `query` is what stands behind the question mark of its address."""

    id: str
    name: str
    query: str


def views_of(account_id: str) -> tuple[View, ...]:
    """What this person keeps, by name."""
    rows = db.session.scalars(select(SavedView).where(SavedView.account_id == account_id).order_by(SavedView.name))
    return tuple(View(row.id, row.name, row.query) for row in rows)


def keep(account_id: str, name: str, query: str) -> None:
    """Keep a list under a name; the same name again takes the place of the first. Raises `TooMany`."""
    session = db.session()
    mine = SavedView.account_id == account_id
    known = session.scalar(select(SavedView).where(mine, SavedView.name == name))
    if known is not None:
        known.query = query
    elif (session.scalar(select(func.count()).where(mine)) or 0) >= MOST:
        session.rollback()
        raise TooMany
    else:
        session.add(SavedView(id=new_id(), account_id=account_id, name=name, query=query))
    session.commit()


def forget(account_id: str, view_id: str) -> None:
    """Forget one of this person's lists; another person's is left alone."""
    session = db.session()
    session.execute(delete(SavedView).where(SavedView.id == view_id, SavedView.account_id == account_id))
    session.commit()
