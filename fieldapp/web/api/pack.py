"""The day goes out: all that a tablet needs to work without any network."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask import Response, request

from fieldapp.extensions import db
from fieldapp.records.account import Account
from fieldapp.services import feed
from fieldapp.services.packing import day_pack
from fieldapp.services.staff_clock import staff_zone
from fieldapp.web.access import device_only
from fieldapp.web.api.answer import answer
from fieldapp.web.api.pages import pages
from fieldapp.web.api.problem import problem
from fieldapp.web.api.token import asking
from sync import canonical


@pages.get("/pack")
@device_only
def pack() -> Response:
    """The pack of `day` (today where the agent's agency stands); 304 when the tablet has this one already."""
    tablet = asking()
    agent = db.session.get_one(Account, tablet.actor_id)
    try:
        day = date.fromisoformat(request.args["day"]) if "day" in request.args else _today(agent)
    except ValueError:
        return problem("malformed", "day is a day like 2026-11-21")
    content = day_pack(agent, day)
    # The clock and the cursor move without the day changing.
    lasting = {name: part for name, part in content.items() if name not in {"server_time", "cursor"}}
    etag = canonical.sha256_hex(canonical.dumps(lasting))
    feed.hold_pack(tablet, [inventory["id"] for inventory in content["inventories"]])
    response = answer(content)
    response.set_etag(etag)
    response.headers["Cache-Control"] = "private, no-cache"
    response.make_conditional(request)
    return response


def _today(agent: Account) -> date:
    return datetime.now(ZoneInfo(staff_zone(agent.landlord_id, agent.agency_id))).date()
