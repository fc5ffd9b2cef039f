"""The list of inventories, worst first."""

from enum import StrEnum
from typing import TypeVar

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from fieldapp.services import queue
from fieldapp.services.queue import Filters, Show
from fieldapp.web.access import roles
from fieldapp.web.office.blueprint import READERS, pages
from fieldapp.web.office.person import scope

Choice = TypeVar("Choice", bound=StrEnum)


@pages.get("/")
@roles(*READERS)
def start() -> BaseResponse:
    """The office opens on its list."""
    return redirect(url_for("office.inventories"))


@pages.get("/inventories/")
@roles(*READERS)
def inventories() -> str:
    """Every inventory in scope, narrowed by the address: `?show=&agency=&agent=&page=`."""
    filters = Filters(
        show=_choice(Show, request.args.get("show"), Show.ALL),
        agency_id=request.args.get("agency") or None,
        agent_id=request.args.get("agent") or None,
    )
    page = queue.page(scope(), filters, request.args.get("page", 1, type=int))
    return render_template("office/inventories.html", page=page, filters=filters, shows=list(Show))


def _choice(kind: type[Choice], text: str | None, otherwise: Choice) -> Choice:
    try:
        return kind(text or "")
    except ValueError:
        return otherwise
