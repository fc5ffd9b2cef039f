"""The list of inventories, worst first."""

from datetime import date
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as BaseResponse

from fieldapp.domain.inventory import InventoryKind, InventoryState
from fieldapp.domain.urgency import PRESSING, Reason
from fieldapp.services import queue, saved_views
from fieldapp.services.queue import Filters, Key, Show
from fieldapp.web import wording
from fieldapp.web.access import roles
from fieldapp.web.office.blueprint import READERS, pages
from fieldapp.web.office.forms import KeepView
from fieldapp.web.office.person import reader, scope

Choice = TypeVar("Choice", bound=StrEnum)


@pages.get("/")
@roles(*READERS)
def start() -> BaseResponse:
    """The office opens on its list."""
    return redirect(url_for("office.inventories"))


@pages.get("/inventories/")
@roles(*READERS)
def inventories() -> str:
    """Every inventory in scope, narrowed by the address: see `query_of`; `after` and `before` lead from page to page."""
    return show_list(filters_of(request.args))


@pages.post("/inventories/views")
@roles(*READERS)
def keep_view() -> BaseResponse | tuple[str, int]:
    """Keep the list as it is narrowed, under a name."""
    form = KeepView()
    filters = filters_of(MultiDict(request.args))
    if not form.accepted():
        return show_list(filters, form), 400
    try:
        saved_views.keep(reader().account_id, (form.name.data or "").strip(), urlencode(query_of(filters)))
    except saved_views.TooMany:
        flash(_("Vingt vues au plus : oubliez-en une d’abord."), "stop")
    else:
        flash(_("La vue est gardée."), "safe")
    return redirect(f"{url_for('office.inventories')}?{urlencode(query_of(filters))}")


@pages.post("/inventories/views/<uuid:view_id>/forget")
@roles(*READERS)
def forget_view(view_id: object) -> BaseResponse:
    """Forget a kept list."""
    saved_views.forget(reader().account_id, str(view_id))
    flash(_("La vue est oubliée."), "safe")
    return redirect(url_for("office.inventories"))


def show_list(filters: Filters, form: KeepView | None = None) -> str:
    """The list; `form` is a name that could not be kept."""
    page = queue.page(scope(), filters, _key(request.args.get("after")), _key(request.args.get("before")))
    return render_template(
        "office/inventories.html",
        page=page,
        filters=filters,
        query=query_of(filters),
        views=saved_views.views_of(reader().account_id),
        form=form or KeepView(formdata=None),
        shows=list(Show),
        kinds=wording.KINDS.items(),
        states=wording.STATES.items(),
        reasons=[(reason.value, words) for reason, words in wording.REASONS.items() if reason in PRESSING],
        key_words=lambda key: "~".join(map(str, key)),
    )


def filters_of(said: MultiDict[str, str]) -> Filters:
    """What an address narrows the list to; what it says wrongly is passed over."""
    return Filters(
        show=_choice(Show, said.get("show")) or Show.ALL,
        agency_id=said.get("agency") or None,
        agent_id=said.get("agent") or None,
        kind=_choice(InventoryKind, said.get("kind")),
        state=_choice(InventoryState, said.get("state")),
        reason=_choice(Reason, said.get("reason")),
        first_day=_day(said.get("from")),
        last_day=_day(said.get("to")),
    )


def query_of(filters: Filters) -> dict[str, str]:
    """The same as an address says it: codes, ids and days, never a name."""
    said = {
        "show": None if filters.show is Show.ALL else filters.show.value,
        "agency": filters.agency_id,
        "agent": filters.agent_id,
        "kind": filters.kind,
        "state": filters.state,
        "reason": filters.reason,
        "from": filters.first_day and filters.first_day.isoformat(),
        "to": filters.last_day and filters.last_day.isoformat(),
    }
    return {name: str(value) for name, value in said.items() if value}


def _key(text: str | None) -> Key | None:
    """Where a page begins; a stale or invented one is the first page."""
    rank, _tilde, rest = (text or "").partition("~")
    place, _tilde, id_ = rest.partition("~")
    try:
        key = (int(rank), int(place), id_)
    except ValueError:
        return None
    return key if abs(key[0]) < 2**15 and abs(key[1]) < 2**62 and "\0" not in id_ else None


def _choice(kind: type[Choice], text: str | None) -> Choice | None:
    try:
        return kind(text or "")
    except ValueError:
        return None


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
