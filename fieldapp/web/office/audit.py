"""The journal of the house, for administrators and auditors."""

import re
from datetime import date

from flask import abort, render_template, request

from fieldapp.services import audit_trail
from fieldapp.services.audit_trail import Sort, Wanted
from fieldapp.web.access import roles
from fieldapp.web.office.blueprint import pages
from fieldapp.web.office.person import reader

ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@pages.get("/audit")
@roles("admin", "auditor")
def audit() -> str:
    """Every act in the landlord's house, narrowed by the address: `?sort=&account=&day=&before=`."""
    if reader().agency_id is not None:
        abort(404)  # acts are of the whole landlord
    wanted = Wanted(_sort(request.args.get("sort")), _id(request.args.get("account")), _day(request.args.get("day")))
    found, following = audit_trail.lines(reader().landlord_id, wanted, _id(request.args.get("before")))
    return render_template(
        "office/audit.html",
        lines=found,
        following=following,
        wanted=wanted,
        sorts=list(Sort),
        people=audit_trail.people(reader().landlord_id),
    )


def _sort(text: str | None) -> Sort:
    return Sort(text) if text in set(Sort) else Sort.ALL


def _id(text: str | None) -> str | None:
    return text if text and ID.fullmatch(text) else None


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
