"""The member of staff behind a request of the office, and what they may see."""

from werkzeug.exceptions import Unauthorized

from fieldapp.services.scope import Scope
from fieldapp.web.auth.person import Person, signed_in


def reader() -> Person:
    """Who is signed in; the access rule has made sure that somebody is."""
    person = signed_in()
    if person is None:
        raise Unauthorized
    return person


def scope() -> Scope:
    """The inventories that this person may see."""
    person = reader()
    return Scope(person.landlord_id, person.agency_id)
