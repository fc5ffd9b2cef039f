"""What the landlord promised to repair in a move-in waits in the works list once the office has accepted it."""

import hashlib

from fieldapp.services import works
from fieldapp.services.scope import Scope
from tests.fieldwork.estate import Estate, Flat
from tests.fieldwork.office import accept, colleague
from tests.fieldwork.tablets import enrolled
from tests.fieldwork.visit import fill, photograph, sign_and_close
from tests.photos.pictures import jpeg
from tests.services.test_vacating import moved_out, seal

REPORT, ARCHIVE = jpeg((1000, 750)), jpeg((1600, 1200))
PROMISE = {"text": "Reboucher et repeindre", "due": "2026-12-18"}


def promised(estate: Estate) -> Flat:
    """A signed and sealed move-in whose wall the landlord promised to mend."""
    flat = estate.plan()
    tablet = enrolled(estate)
    tablet.fetch_pack()
    fill(tablet, flat)
    for field, value in (("state", "poor"), ("defects", ["hole"]), ("promise", PROMISE)):
        tablet.write(flat.root_id, flat.ids["wall"], "element", field, value)
    photograph(tablet, flat, REPORT, ARCHIVE, surface="wall")
    photograph(tablet, flat, ARCHIVE, ARCHIVE, surface="floor")
    sign_and_close(tablet, flat)
    tablet.sync()
    seal(estate, flat)
    return flat


def test_a_promise_becomes_one_request_with_its_day_and_its_inventory(estate: Estate) -> None:
    flat, own = promised(estate), Scope(estate.landlord_id)
    with estate.app.app_context():
        assert works.listed(own) == []
    accept(estate, flat)
    accept(estate, flat)
    leaving = moved_out(estate, flat)
    seal(estate, leaving)
    accept(estate, leaving)
    with estate.app.app_context():
        (work,) = works.listed(own)
        assert (work.request.text, str(work.request.due)) == (PROMISE["text"], PROMISE["due"])
        assert (work.request.dwelling_id, work.request.inventory_id) == (flat.ids["dwelling"], flat.root_id)
        assert work.request.where
        assert [photo.sha256 for photo in work.photos] == [hashlib.sha256(REPORT).hexdigest()]
    page = colleague(estate).text("/office/works")
    assert "avant le 18/12/2026" in page
    assert f"/office/inventories/{flat.root_id}" in page
    assert "Promis dans un état des lieux" in page
