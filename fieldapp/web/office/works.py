"""The works list: what visits brought to be repaired, grouped by dwelling or trade, with its cost."""

from collections.abc import Callable, Mapping

from flask import Response as Answer
from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from fieldapp.domain import catalogue
from fieldapp.domain.wording import Wording
from fieldapp.domain.works import Trade, WorksState
from fieldapp.reports.csv_table import csv_bytes
from fieldapp.reports.workbook import workbook
from fieldapp.services import works
from fieldapp.services.booking import NotHere
from fieldapp.services.works import Settling, Work
from fieldapp.web.access import roles
from fieldapp.web.language import current
from fieldapp.web.letting_words import WORKS_STATES
from fieldapp.web.office.blueprint import DECIDERS, READERS, pages
from fieldapp.web.office.figures import XLSX
from fieldapp.web.office.letting_forms import SettleWork, choices
from fieldapp.web.office.person import reader, scope
from fieldapp.web.office.private_words import warn_of
from fieldapp.web.office.works_table import works_table


@pages.get("/works")
@roles(*READERS)
def works_list() -> str:
    """The requests that wait, or with `?show=settled` those that are settled; `?by=dwelling` and `?by=trade` group them."""
    settled, by = request.args.get("show") == "settled", request.args.get("by", "")
    found = works.listed(scope(), settled=settled)
    return render_template(
        "office/works.html",
        works=found,
        groups=_grouped(found, by),
        total=works.total,
        forms={work.request.id: _form(work) for work in found},
        settled=settled,
        by=by if by in ("dwelling", "trade") else None,
        trades=trades(),
        decides=reader().role in DECIDERS,
    )


@pages.get("/works.<any(csv, xlsx):kind>")
@roles(*READERS)
def works_file(kind: str) -> Answer:
    """All of them as a file, by dwelling and trade."""
    found = works.listed(scope(), settled=request.args.get("show") == "settled", most=None)
    table = works_table(sorted(found, key=lambda work: (work.place, work.trade)), trades())
    data = workbook((table,)) if kind == "xlsx" else csv_bytes(table)
    answer = Answer(data, mimetype=XLSX if kind == "xlsx" else "text/csv")
    answer.headers["Content-Disposition"] = f"attachment; filename=works.{kind}"
    return answer


@pages.get("/works/<uuid:request_id>")
@roles(*READERS)
def works_request(request_id: object) -> str:
    """One request: where, since when, its photographs large, and who has it."""
    try:
        work = works.opened(scope(), str(request_id))
    except NotHere:
        abort(404)
    return render_template(
        "office/works_request.html",
        work=work,
        form=_form(work),
        home=_home(work),
        trades=trades(),
        decides=reader().role in DECIDERS,
        elements=Wording(catalogue.load(), current()),
    )


@pages.post("/works/<uuid:request_id>")
@roles(*DECIDERS)
def settle_work(request_id: object) -> Response:
    """Say who has it, how far it is and what it costs."""
    form = SettleWork()
    _choose(form)
    if request.args.get("on") == "page":
        back = url_for("office.works_request", request_id=request_id)
    else:
        back = url_for("office.works_list", show=request.args.get("show"), by=request.args.get("by"))
    if not form.accepted():
        flash(
            _("Rien n’a changé : un texte est trop long, le coût n’est pas un montant, ou l’état n’est pas connu."),
            "stop",
        )
        return redirect(back)
    said = Settling(
        WorksState(form.state.data),
        (form.routed_to.data or "").strip(),
        (form.note.data or "").strip(),
        Trade(form.trade.data) if form.trade.data else None,
        form.cost.cents,
    )
    try:
        works.settle(scope(), str(request_id), said, reader().account_id)
    except NotHere:
        abort(404)
    warn_of(form.note.data)
    flash(_("C’est noté."), "safe")
    return redirect(back)


def trades() -> Mapping[str, str]:
    """What each trade is called."""
    return Wording(catalogue.load(), current()).labels("repair_heads")


def _grouped(found: list[Work], by: str) -> list[tuple[str, list[Work]]]:
    """(title, requests) in the order of the titles; one group without a title when they stay as they are."""
    names: Mapping[str, Callable[[Work], str]] = {"dwelling": _home, "trade": lambda work: trades()[work.trade]}
    if by not in names:
        return [("", found)] if found else []
    groups: dict[str, list[Work]] = {}
    for work in found:
        groups.setdefault(names[by](work), []).append(work)
    return sorted(groups.items())


def _home(work: Work) -> str:
    if not work.reference:
        return _("Parties communes de %(building)s", building=work.building)
    return ", ".join(part for part in (work.building, work.reference, work.detail) if part)


def _form(work: Work) -> SettleWork:
    row = work.request
    cost = "" if row.cost is None else f"{row.cost // 100},{row.cost % 100:02d}"
    form = SettleWork(
        formdata=None, prefix="", state=row.state, routed_to=row.routed_to, note=row.note, trade=row.trade, cost=cost
    )
    _choose(form)
    return form


def _choose(form: SettleWork) -> None:
    form.state.choices = choices(WORKS_STATES.items())
    form.trade.choices = choices(trades().items(), _("Selon l’élément"))
