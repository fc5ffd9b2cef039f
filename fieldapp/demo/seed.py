"""Filling in what is missing of the demonstration, at every start."""

from datetime import date

from sqlalchemy import func, select

from fieldapp.config import Config
from fieldapp.demo.day import add_day, has_day
from fieldapp.demo.estate import SEALED_F3
from fieldapp.demo.people import PASSWORD, STAFF
from fieldapp.demo.shown import add_sheets, has_sheets
from fieldapp.demo.stocking import LANDLORD, dwelling_id, stock
from fieldapp.demo.tariffs import add_tariffs, has_tariffs
from fieldapp.domain.inventory import InventoryState
from fieldapp.domain.visit import DocumentKind
from fieldapp.extensions import db
from fieldapp.records.inventory import Inventory
from fieldapp.records.landlord import Landlord
from fieldapp.records.visit_document import VisitDocument


def seed(config: Config, today: date) -> list[str]:
    """Add the stock, its agreements, today's appointments and the sealed inventory where they are missing; gives the lines to print.

    Needs an application context with an up-to-date database. A second start on the same day only looks; a start that
    was cut off is taken up again; a new day adds that day's thirteen appointments. `today` is the day in Paris.
    """
    session = db.session()
    if session.get(Landlord, LANDLORD) is None:
        stock(session)
        session.commit()
    if not has_tariffs(session):
        add_tariffs(session)
    if not has_sheets(session):
        add_sheets(session, today)
    if not _has_past():
        # Only here: it draws, renders and seals, and loading all that would slow every later start.
        from fieldapp.demo.past import add_past

        add_past(today)
    if not _has_check():
        from fieldapp.demo.empty_flat import add_check

        add_check(today)
    if not has_day(session, today):
        add_day(session, today)
        session.commit()
    session.rollback()
    return _lines(config)


def _has_past() -> bool:
    sealed = select(func.count()).where(
        Inventory.dwelling_id == dwelling_id(SEALED_F3), Inventory.state == InventoryState.SEALED
    )
    return bool(db.session.scalar(sealed))


def _has_check() -> bool:
    accepted = select(func.count()).where(
        VisitDocument.landlord_id == LANDLORD, VisitDocument.kind == DocumentKind.VACANT_CHECK
    )
    return bool(db.session.scalar(accepted))


def _lines(config: Config) -> list[str]:
    wide = max(len(staff.email) for staff in STAFF)
    return [
        "Demonstration: everything in it is invented.",
        f"Tablet   {config.public_url}/field/",
        f"Office   {config.public_url}/office/",
        f"Password {PASSWORD}",
        *(f"{staff.email:<{wide}}  {staff.role.value:<10} {staff.name}" for staff in STAFF),
    ]
