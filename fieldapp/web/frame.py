"""What the frame around every page shows: whose house it is, in which colours, and the languages on offer."""

import re
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Flask, g, request
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from fieldapp.extensions import db
from fieldapp.records.landlord import Landlord
from fieldapp.web.auth.person import signed_in
from fieldapp.web.language import LANGUAGES, current

COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True, slots=True)
class House:
    """The landlord as the frame shows it; two checked colours, or the look's own."""

    name: str
    brand: str | None = None
    signal: str | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """One language on offer, and where it leads: the same page in it."""

    code: str
    name: str
    chosen: bool
    address: str


def furnish(app: Flask) -> None:
    """Give the frame's parts to every template."""
    app.jinja_env.globals.update(house=house, signed_in=signed_in, language=current, language_choices=language_choices)


def house() -> House:
    """The landlord of the account that is signed in, or the only one; a page about a broken database still has a frame."""
    if "house" not in g:
        g.house = _house()
    found: House = g.house
    return found


def _house() -> House:
    wanted = select(Landlord).order_by(Landlord.id).limit(2)
    try:
        person = signed_in()
        if person is not None:
            wanted = wanted.where(Landlord.id == person.landlord_id)
        found = db.session.scalars(wanted).all()
    except SQLAlchemyError:
        db.session.rollback()
        return House("fieldapp")
    if len(found) != 1:
        return House("fieldapp")
    return House(found[0].name, _colour(found[0].brand), _colour(found[0].signal))


def language_choices() -> list[Choice]:
    """The languages, each with the address of this page in it; a page that answered a form leads to its empty form."""
    kept = {name: values for name, values in request.args.lists() if name != "lang"}
    here = current()
    return [
        Choice(code, name, code == here, f"{request.path}?{urlencode(kept | {'lang': [code]}, doseq=True)}")
        for code, name in LANGUAGES.items()
    ]


def _colour(text: str) -> str | None:
    return text if COLOUR.fullmatch(text) else None
