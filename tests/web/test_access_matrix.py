"""Every route of the office, for every role, on what is one's own, another agency's and another landlord's: each cell."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.routing import Rule

from fieldapp.domain.account import Role
from fieldapp.extensions import db
from fieldapp.records.appointment import Appointment
from fieldapp.records.audit_entry import AuditEntry
from fieldapp.records.device import Device
from fieldapp.records.handover_link import HandoverLink
from fieldapp.records.outgoing_mail import OutgoingMail
from fieldapp.services.identifier import new_id
from fieldapp.web.access import Access, rule_of
from tests.fieldwork.estate import Estate
from tests.fieldwork.office import Browser, browser, colleague, sealed

OWNERS = ("own", "other agency", "other landlord")
NOT_OURS = frozenset({"auth.sign_in", "auth.sign_out"})


@dataclass(frozen=True)
class Cell:
    """One way to call one route."""

    endpoint: str
    method: str
    address: str
    about: bool
    """Whether the address names something that exists and is one's own."""

    roles: frozenset[str]


def known(estate: Estate) -> Mapping[str, object]:
    """What exists: a sealed inventory with its lease, a link and a message, and the tablet that made it."""
    flat = sealed(estate)
    own, base = colleague(estate), f"/office/inventories/{flat.root_id}/copies"
    own.send(base, f"{base}/{flat.ids['tenant']}/link")
    own.send(base, f"{base}/{flat.ids['tenant']}/email", email="camille@tenant.example")
    with estate.app.app_context():
        return {
            "inventory_id": flat.root_id,
            "party_id": flat.ids["tenant"],
            "tenancy_id": flat.ids["tenancy"],
            "device_id": db.session.scalars(select(Device.id)).first(),
            "link_id": db.session.scalars(select(HandoverLink.id)).first(),
            "appointment_id": db.session.scalars(select(Appointment.id)).first(),
            "account_id": estate.agents["nadia"],
            "mail_id": db.session.scalars(select(OutgoingMail.id)).first(),
        }


def cells(app: Flask, there: Mapping[str, object]) -> Iterator[Cell]:
    """Every route of the office with the ids that exist, or such as nobody has."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda one: (one.rule, one.endpoint)):
        access = rule_of(app.view_functions[rule.endpoint])
        if not isinstance(access, Access) or access.to != "roles":
            continue
        address = _address(app, rule, there)
        about = bool(rule.arguments & there.keys())
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield Cell(rule.endpoint, method, address, about, access.roles)


def _address(app: Flask, rule: Rule, there: Mapping[str, object]) -> str:
    values: dict[str, object] = {}
    for name in rule.arguments:
        shape: Any = rule._converters[name]
        converter = type(shape).__name__
        if name in there:
            values[name] = there[name]
        elif converter == "UUIDConverter":
            values[name] = new_id()
        elif converter == "AnyConverter":
            values[name] = min(shape.items)
        else:
            values[name] = 999_999 if converter == "IntegerConverter" else "0" * 64
    with app.test_request_context():
        adapter = app.url_map.bind("127.0.0.1")
        return adapter.build(rule.endpoint, values, method=next(iter((rule.methods or {"GET"}) - {"HEAD", "OPTIONS"})))


def ask(own: Browser, cell: Cell) -> int:
    # The forms' own token is shown to hold elsewhere; here each route is asked by itself.
    own.client.application.config["WTF_CSRF_ENABLED"] = cell.method == "GET"
    return own.client.open(cell.address, method=cell.method, buffered=True, data={}).status_code


def refused(own: Browser, cell: Cell) -> bool:
    """Not there, not understood, or sent back to a page that is not there."""
    own.client.application.config["WTF_CSRF_ENABLED"] = cell.method == "GET"
    answer = own.client.open(cell.address, method=cell.method, buffered=True, data={})
    if answer.status_code == 302:
        return own.get(answer.headers["Location"]).status_code == 404
    return answer.status_code in {400, 404}


def written(estate: Estate) -> int:
    with estate.app.app_context():
        return db.session.scalar(select(func.count()).select_from(AuditEntry)) or 0


@pytest.fixture
def matrix(quick_estate: Estate) -> tuple[Estate, list[Cell]]:
    return quick_estate, list(cells(quick_estate.app, known(quick_estate)))


def test_the_matrix_holds_every_route_of_the_office(matrix: tuple[Estate, list[Cell]]) -> None:
    estate, all_cells = matrix
    routes = {rule.endpoint for rule in estate.app.url_map.iter_rules() if rule.rule.startswith("/office/")}
    open_to_all = {
        name for name in routes if (rule_of(estate.app.view_functions[name]) or Access("roles")).to == "public"
    }
    assert routes - open_to_all == {cell.endpoint for cell in all_cells}
    assert open_to_all >= NOT_OURS


def test_nobody_is_sent_to_sign_in_from_every_route(matrix: tuple[Estate, list[Cell]]) -> None:
    estate, all_cells = matrix
    own = browser(estate)
    estate.app.config["WTF_CSRF_ENABLED"] = False
    for cell in all_cells:
        answer = own.client.open(cell.address, method=cell.method, buffered=True)
        assert answer.status_code == 302, cell
        assert answer.headers["Location"].startswith("/office/sign-in"), cell


@pytest.mark.parametrize("role", list(Role))
def test_a_role_opens_what_it_may_and_nothing_else(matrix: tuple[Estate, list[Cell]], role: str) -> None:
    estate, all_cells = matrix
    own = browser(estate)
    if role == Role.AGENT:
        assert own.sign_in("nadia@estate.example").status_code == 302
    else:
        own = _colleague(estate, role)
    for cell in [one for one in all_cells if role not in one.roles]:
        before = written(estate)
        assert ask(own, cell) == 403, cell
        assert written(estate) == before, cell
    for cell in [one for one in all_cells if role in one.roles and one.method == "GET" and one.about]:
        assert ask(own, cell) in {200, 302, 404}, cell
        if cell.endpoint.startswith("office.") and cell.address.count("/") <= 3:
            assert ask(own, cell) == 200, cell


@pytest.mark.parametrize("owner", OWNERS[1:])
def test_what_is_another_owners_does_not_exist_for_any_role(matrix: tuple[Estate, list[Cell]], owner: str) -> None:
    estate, all_cells = matrix
    house = estate if owner == "other agency" else Estate.build(estate.app, "Autre Habitat")
    for role in [role for role in Role if role != Role.AGENT]:
        own = _colleague(house, role, "south" if owner == "other agency" else None)
        for cell in [one for one in all_cells if one.about and role in one.roles]:
            before = written(estate)
            assert refused(own, cell), (role, cell)
            assert written(estate) == before, (role, cell)


def _colleague(estate: Estate, role: str, agency: str | None = None) -> Browser:
    """`colleague` fills in the sign-in page with its token."""
    estate.app.config["WTF_CSRF_ENABLED"] = True
    return colleague(estate, role, agency)
