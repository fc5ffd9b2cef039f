"""Who may open what: every route says it, and the answer holds."""

import pytest
from flask import Flask

from fieldapp.web.access import Access, rule_of
from tests.fieldwork.estate import Estate
from tests.fieldwork.office import browser, colleague, sealed


def kind_of(app: Flask, endpoint: str) -> str:
    rule = rule_of(app.view_functions[endpoint])
    assert isinstance(rule, Access)
    return rule.to


def test_every_route_has_an_access_rule(quick_estate: Estate) -> None:
    app = quick_estate.app
    without = [rule.rule for rule in app.url_map.iter_rules() if rule_of(app.view_functions[rule.endpoint]) is None]
    assert without == []


def test_every_route_of_the_office_is_for_signed_in_staff_alone(quick_estate: Estate) -> None:
    app = quick_estate.app
    open_to_all = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/office/") and kind_of(app, rule.endpoint) != "roles"
    }
    passwords = {"passwords.ask", "passwords.choose"}
    assert open_to_all == {"auth.second_step", "auth.sign_in", "auth.sign_out"} | passwords


def test_every_route_of_the_tablets_wants_a_token_except_enrolment(quick_estate: Estate) -> None:
    app = quick_estate.app
    without_token = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/field/") and kind_of(app, rule.endpoint) != "device"
    }
    assert {endpoint.rpartition(".")[2] for endpoint in without_token} == {"enrol"}


def test_every_route_for_other_systems_wants_a_token_except_the_document(quick_estate: Estate) -> None:
    app = quick_estate.app
    rules = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/v1/")]
    open_to_all = {rule.endpoint for rule in rules if kind_of(app, rule.endpoint) != "client"}
    assert open_to_all == {"v1.openapi"}
    for rule in rules:
        access = rule_of(app.view_functions[rule.endpoint])
        writes = bool((rule.methods or set()) & {"POST", "PATCH", "PUT", "DELETE"})
        assert access is not None
        assert rule.endpoint in open_to_all or access.scope == ("write" if writes else "read"), rule.rule


def test_a_view_that_forgot_its_rule_is_closed(quick_estate: Estate) -> None:
    quick_estate.app.add_url_rule("/forgotten", view_func=lambda: "secret")
    answer = browser(quick_estate).get("/forgotten")
    assert answer.status_code == 403
    assert "secret" not in answer.text


def test_a_stranger_is_sent_to_sign_in_and_then_back(quick_estate: Estate) -> None:
    own = browser(quick_estate)
    answer = own.get("/office/inventories/?show=sealed")
    assert answer.headers["Location"] == "/office/sign-in?next=/office/inventories/?show%3Dsealed"
    back = own.sign_in("reviewer@estate.example", to="/office/inventories/?show=sealed")
    assert back.headers["Location"] == "/office/inventories/?show=sealed"


@pytest.mark.parametrize(
    "elsewhere", ("https://evil.example/office/", "//evil.example/office/", "/\\evil.example", "javascript:alert(1)")
)
def test_signing_in_never_leads_to_another_site(quick_estate: Estate, elsewhere: str) -> None:
    answer = browser(quick_estate).sign_in("reviewer@estate.example", to=elsewhere)
    assert answer.headers["Location"] == "/office/inventories/"


def test_a_field_agent_has_no_office(quick_estate: Estate) -> None:
    own = browser(quick_estate)
    own.sign_in("nadia@estate.example")
    assert own.get("/office/inventories/").status_code == 403


def test_an_auditor_reads_and_changes_nothing(quick_estate: Estate) -> None:
    flat = sealed(quick_estate)
    own = colleague(quick_estate, "auditor")
    page = f"/office/inventories/{flat.root_id}/copies"
    assert "Créer un lien" not in own.text(page)
    assert own.send(page, f"{page}/{flat.ids['tenant']}/link").status_code == 403


def test_another_landlords_inventory_does_not_exist(quick_estate: Estate) -> None:
    flat = sealed(quick_estate)
    other = Estate.build(quick_estate.app, "Autre Habitat")
    own = colleague(other, "admin")
    base = f"/office/inventories/{flat.root_id}"
    for page in (
        base,
        f"{base}/photos",
        f"{base}/signatures",
        f"{base}/copies",
        f"{base}/journal",
        f"{base}/report.pdf",
    ):
        assert own.get(page).status_code == 404, page
    assert own.send("/office/inventories/", f"{base}/copies/{flat.ids['tenant']}/link").status_code == 404
    assert flat.root_id not in own.text("/office/inventories/")


def test_staff_of_one_agency_do_not_see_the_other(quick_estate: Estate) -> None:
    flat = quick_estate.plan("nadia")
    south, north = colleague(quick_estate, agency="south"), colleague(quick_estate, agency="north")
    assert flat.root_id not in south.text("/office/inventories/")
    assert south.get(f"/office/inventories/{flat.root_id}").status_code == 404
    assert flat.root_id in north.text("/office/inventories/")
