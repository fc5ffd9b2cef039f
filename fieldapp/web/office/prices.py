"""The price lists: which there are, what a file would give, importing it, and taking an unused one away."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from fieldapp.domain import catalogue
from fieldapp.domain.file_fault import BadFile, Fault
from fieldapp.domain.price_file import COLUMNS
from fieldapp.domain.price_list import PriceItem
from fieldapp.domain.wording import Wording
from fieldapp.services import prices
from fieldapp.web.access import roles
from fieldapp.web.language import current
from fieldapp.web.office.blueprint import PRICERS, READERS, pages
from fieldapp.web.office.grids import may_price
from fieldapp.web.office.person import reader
from fieldapp.web.office.price_form import ImportPrices


@pages.get("/prices")
@roles(*READERS)
def price_lists() -> str:
    """Every price list of the landlord."""
    return render_template("office/prices.html", lists=prices.lists_of(reader().landlord_id), prices=may_price())


@pages.get("/prices/<uuid:list_id>")
@roles(*READERS)
def price_list(list_id: object) -> str:
    """One list."""
    try:
        found = prices.price_list(reader().landlord_id, str(list_id))
    except prices.UnknownPriceList:
        abort(404)
    return render_template(
        "office/price_list.html",
        found=found,
        used=prices.used(found.id),
        prices=may_price(),
        **_around(found.prices.items),
    )


@pages.post("/prices/<uuid:list_id>/withdraw")
@roles(*PRICERS)
def withdraw_prices(list_id: object) -> Response:
    """Take a list away that priced nothing yet."""
    try:
        prices.withdraw_prices(reader().landlord_id, str(list_id), reader().account_id)
    except prices.UnknownPriceList:
        abort(404)
    except prices.PriceListInUse:
        flash(_("Ce bordereau a servi à un décompte : il reste."), "stop")
        return redirect(url_for("office.price_list", list_id=list_id))
    flash(_("Le bordereau est retiré."), "safe")
    return redirect(url_for("office.price_lists"))


@pages.get("/prices/new")
@roles(*PRICERS)
def new_prices() -> str:
    """The empty form."""
    return _asked(ImportPrices())


@pages.post("/prices/new")
@roles(*PRICERS)
def import_prices() -> Response | tuple[str, int] | str:
    """Look at the file, or import what was looked at."""
    form = ImportPrices()
    accepted, data = form.accepted(), form.table()
    try:
        items = () if data is None else tuple(prices.read(data))
    except BadFile as error:
        return _asked(form, faults=error.faults), 400
    if not accepted or data is None or form.starts_on.data is None:
        return _asked(form, items=items), 400
    if form.chosen or request.form.get("step") != "import":
        return _asked(form, items=items, ready=True)
    title = (form.title.data or "").strip()
    list_id = prices.import_prices(reader().landlord_id, title, form.starts_on.data, data, reader().account_id)
    flash(_("Le bordereau est importé."), "safe")
    return redirect(url_for("office.price_list", list_id=list_id))


def _around(items: tuple[PriceItem, ...]) -> dict[str, object]:
    """The words of the catalogue, and the kinds of wear that no grid knows."""
    words = Wording(catalogue.load(), current())
    return {"words": words, "unaged": prices.unknown_wear(reader().landlord_id, items)}


def _asked(
    form: ImportPrices, items: tuple[PriceItem, ...] = (), faults: tuple[Fault, ...] = (), *, ready: bool = False
) -> str:
    return render_template(
        "office/price_list_new.html",
        form=form,
        items=items,
        faults_found=faults,
        ready=ready,
        columns=COLUMNS,
        prices=True,
        **_around(items),
    )
