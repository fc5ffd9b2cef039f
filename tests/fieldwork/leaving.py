"""A tenant who left: a sealed move-out on top of a sealed move-in, with a grid, a price list and the agent's causes."""

from datetime import date
from pathlib import Path

from fieldapp.domain.assessment import assessment_id
from fieldapp.services import grids, prices
from fieldapp.services.grids import NewGrid
from sync import canonical
from sync.tablet import Tablet
from tests.fieldwork.estate import Estate, Flat
from tests.fieldwork.office import keep_report, sealed
from tests.fieldwork.tablets import enrolled
from tests.fieldwork.trouble import examined
from tests.fieldwork.visit import fill, leave, photograph, sign_and_close
from tests.photos.pictures import jpeg

DATA = Path(__file__).resolve().parents[1] / "data"
KEYS_ON = date(2028, 6, 30)
"""The day on which `visit.leave` gives the keys back."""


def priced(estate: Estate) -> None:
    """Import grid A for the whole stock and a price list, as the accountant does."""
    said = NewGrid("Accord", ("Bailleur", "Locataires"), "Tout", date(2019, 1, 2), date(2019, 2, 1), None)
    with estate.app.app_context():
        actor = estate.agents["nadia"]
        grids.import_grid(estate.landlord_id, said, (DATA / "wear-grid-a.csv").read_bytes(), actor)
        list_bytes = (DATA / "price-list.csv").read_bytes()
        prices.import_prices(estate.landlord_id, "Bordereau 2026", date(2026, 1, 1), list_bytes, actor)


def left(estate: Estate, *, cause: str | None = "damage") -> Flat:
    """One wall has a hole, one key of two is missing; the agent noted a cause for the wall."""
    flat, tablet = leaving(estate)
    if cause is not None:
        say_cause(tablet, flat, flat.ids["wall"], cause)
    sign_and_close(tablet, flat)
    tablet.sync()
    keep_report(estate, flat)
    return flat


def leaving(estate: Estate) -> tuple[Flat, Tablet]:
    """The exit filled in on a tablet, not signed yet."""
    entry = sealed(estate)
    flat = estate.plan_exit(entry)
    tablet = enrolled(estate)
    tablet.fetch_pack()
    leave(tablet, flat)
    return flat, tablet


def left_with_pictures(estate: Estate) -> Flat:
    """The same exit, its wall photographed at both ends of the lease."""
    entry, tablet = estate.plan(), enrolled(estate)
    tablet.fetch_pack()
    fill(tablet, entry)
    _seal_with_the_wall(estate, tablet, entry, jpeg((800, 600)))
    flat = estate.plan_exit(entry)
    tablet.fetch_pack()
    leave(tablet, flat)
    _seal_with_the_wall(estate, tablet, flat, jpeg((640, 480)))
    return flat


def _seal_with_the_wall(estate: Estate, tablet: Tablet, flat: Flat, picture: bytes) -> None:
    photograph(tablet, flat, picture, b"the archive's size of %s" % flat.root_id.encode(), surface="wall")
    sign_and_close(tablet, flat)
    tablet.sync()
    examined(estate, canonical.sha256_hex(picture), "safe")
    keep_report(estate, flat)


def say_cause(tablet: Tablet, flat: Flat, subject_id: str, cause: str) -> None:
    """Note why an element changed, beside the inventory."""
    entity = assessment_id(subject_id)
    for field, value in (("subject_kind", "element"), ("subject_id", subject_id), ("cause", cause)):
        tablet.write(flat.root_id, entity, "assessment", field, value)
