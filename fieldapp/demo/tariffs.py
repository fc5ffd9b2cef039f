"""The invented agreements: two wear grids, one for some houses and one for the rest, and a price list."""

from datetime import date
from importlib import resources

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fieldapp.demo.estate import HOUSES
from fieldapp.demo.identity import stable_id
from fieldapp.demo.stocking import LANDLORD, account_id
from fieldapp.records.price_list import PriceList
from fieldapp.records.wear_grid import WearGrid
from fieldapp.services.grids import NewGrid, import_grid
from fieldapp.services.prices import import_prices

AGENCY_OF_ITS_OWN = "quais"
SIGNATORIES = ("Val d’Orme Habitat", "Union des locataires du Val d’Orme", "Association Mieux habiter ensemble")


def has_tariffs(session: Session) -> bool:
    """Whether all three are there."""
    grids = session.scalar(select(func.count()).where(WearGrid.landlord_id == LANDLORD))
    lists = session.scalar(select(func.count()).where(PriceList.landlord_id == LANDLORD))
    return grids == 2 and lists == 1


def add_tariffs(session: Session) -> None:
    """Import what is missing of them, as the accountant would."""
    here = {row.title for row in session.scalars(select(WearGrid).where(WearGrid.landlord_id == LANDLORD))}
    for file, said in _GRIDS:
        if said.title not in here:
            import_grid(LANDLORD, said, _file(file), account_id("accountant"))
    if not session.scalar(select(func.count()).where(PriceList.landlord_id == LANDLORD)):
        import_prices(
            LANDLORD, "Bordereau des réparations", date(2020, 1, 1), _file("prices"), account_id("accountant")
        )


def _file(name: str) -> bytes:
    return resources.files("fieldapp.demo").joinpath(f"tariffs/{name}.csv").read_bytes()


_GRIDS = (
    (
        "wear-grid-b",
        NewGrid(
            title="Accord collectif local sur la vétusté",
            signatories=SIGNATORIES,
            perimeter="Tout le patrimoine, sauf les résidences qui ont leur accord",
            signed_on=date(2018, 12, 10),
            starts_on=date(2019, 1, 1),
            ends_on=None,
        ),
    ),
    (
        "wear-grid-a",
        NewGrid(
            title="Accord des Quais sur la vétusté",
            signatories=SIGNATORIES[:2],
            perimeter="Résidences de l’agence des Quais",
            signed_on=date(2019, 11, 4),
            starts_on=date(2020, 1, 1),
            ends_on=None,
            building_ids=tuple(
                stable_id("building", house.code) for house in HOUSES if house.agency == AGENCY_OF_ITS_OWN
            ),
        ),
    ),
)
