"""By whose clock a member of staff works."""

from sqlalchemy import select

from fieldapp.domain.zone import PARIS, zone_of
from fieldapp.extensions import db
from fieldapp.records.agency import Agency
from fieldapp.records.landlord import Landlord


def staff_zone(landlord_id: str, agency_id: str | None) -> str:
    """The IANA zone of the agency, of the landlord's seat for who belongs to none, of Paris for nobody's."""
    place = (
        select(Landlord.postcode).where(Landlord.id == landlord_id)
        if agency_id is None
        else select(Agency.postcode).where(Agency.id == agency_id)
    )
    postcode = db.session.scalar(place)
    return PARIS if postcode is None else zone_of(postcode)
