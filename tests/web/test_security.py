"""What protects every answer: transport, hosts, cookies, policies, logs."""

import logging
import re
from pathlib import Path

import pytest
from flask import Flask

from fieldapp.config import Config
from fieldapp.extensions import db
from fieldapp.web import create_app
from tests.fieldwork.estate import PASSWORD, Estate
from tests.fieldwork.office import TOKEN, Browser, browser, colleague

PUBLIC = "https://edl.example.org"


@pytest.fixture
def public_app(tmp_path: Path) -> Flask:
    """A server that tablets reach by its public name, through one proxy."""
    environ = {
        "FIELDAPP_DATA": str(tmp_path),
        "FIELDAPP_PUBLIC_URL": PUBLIC,
        "FIELDAPP_TRUSTED_PROXIES": "1",
    }
    app = create_app(Config.from_environ(environ))
    with app.app_context():
        db.create_all()
    return app


def test_plain_http_is_answered_on_this_machine_alone(quick_estate: Estate) -> None:
    client = quick_estate.app.test_client()
    for host in ("127.0.0.1:8000", "localhost", "[::1]:8000"):
        assert client.get("/office/sign-in", base_url=f"http://{host}").status_code == 200
    refused = client.get("/office/sign-in", base_url="http://edl.example.org")
    assert refused.status_code == 403
    assert "https://" in refused.text
    assert "password" not in refused.text


def test_a_borrowed_loopback_name_does_not_open_plain_http_to_the_network(quick_estate: Estate) -> None:
    client = quick_estate.app.test_client()
    answer = client.get(
        "/office/sign-in", base_url="http://127.0.0.1", environ_overrides={"REMOTE_ADDR": "203.0.113.7"}
    )
    assert answer.status_code == 403


def test_the_tablets_addresses_are_refused_over_plain_http_too(quick_estate: Estate) -> None:
    client = quick_estate.app.test_client()
    assert client.post("/api/field/enrol", base_url="http://edl.example.org", json={}).status_code == 403


def test_only_the_public_name_is_answered_over_https(public_app: Flask) -> None:
    client = public_app.test_client()
    assert client.get("/office/sign-in", base_url=PUBLIC).status_code == 200
    assert client.get("/office/sign-in", base_url="https://other.example.org").status_code == 421


def test_forwarded_headers_are_believed_from_trusted_proxies_alone(public_app: Flask, quick_estate: Estate) -> None:
    forwarded = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "edl.example.org", "X-Forwarded-For": "203.0.113.7"}
    behind = public_app.test_client().get("/office/sign-in", base_url="http://10.0.0.2", headers=forwarded)
    assert behind.status_code == 200
    direct = quick_estate.app.test_client().get("/office/sign-in", base_url="http://10.0.0.2", headers=forwarded)
    assert direct.status_code == 403


def test_the_session_cookie_is_bound_to_its_host_over_https(public_app: Flask) -> None:
    answer = public_app.test_client().get("/office/sign-in", base_url=PUBLIC)
    (cookie,) = [value for value in answer.headers.getlist("Set-Cookie") if "fieldapp=" in value]
    assert cookie.startswith("__Host-fieldapp=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=63072000")


def test_the_session_cookie_has_a_plain_name_on_loopback(quick_estate: Estate) -> None:
    answer = browser(quick_estate).get("/office/sign-in")
    (cookie,) = answer.headers.getlist("Set-Cookie")
    assert cookie.startswith("fieldapp=")
    assert "Secure" not in cookie
    assert "Strict-Transport-Security" not in answer.headers


def test_every_page_of_the_office_has_a_strict_policy_and_a_fresh_nonce(quick_estate: Estate) -> None:
    own = colleague(quick_estate)
    policies = [own.get("/office/inventories/").headers["Content-Security-Policy"] for _ in range(2)]
    assert policies[0] != policies[1]
    for policy in policies:
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert "require-trusted-types-for 'script'" in policy


SCRIPT = re.compile(r"<script(.*?)</script>", re.DOTALL)


def test_pages_hold_no_inline_script_style_or_handler(quick_estate: Estate) -> None:
    own = colleague(quick_estate)
    flat = quick_estate.plan()
    for page in ("/office/inventories/", f"/office/inventories/{flat.root_id}", "/office/outbox", "/verify"):
        html = own.text(page)
        assert not re.search(r"\son\w+=", html), page
        assert not re.search(r"\sstyle=", html), page
        # A module of ours, loaded from its file; nothing between the tags.
        assert all(re.fullmatch(r'[^>]* src="/assets/[^"]+">', script) for script in SCRIPT.findall(html)), page
        assert not re.search(r"<style(?! nonce=)", html), page
        assert all(re.match(r"[/#](?!/)", address) for address in re.findall(r'(?:src|href)="([^"]*)"', html)), page


@pytest.mark.parametrize(
    "page", ("/office/sign-in", "/verify", "/h/nothing", "/field/", "/sw.js", "/health", "/nowhere", "/api/field/pack")
)
def test_every_answer_forbids_sniffing_framing_and_borrowed_devices(quick_estate: Estate, page: str) -> None:
    headers = browser(quick_estate).get(page).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=(self)" in headers["Permissions-Policy"]
    assert "microphone=()" in headers["Permissions-Policy"]
    assert headers["Referrer-Policy"] in {"same-origin", "no-referrer"}
    assert "default-src 'none'" in headers["Content-Security-Policy"]


def test_a_form_from_elsewhere_is_refused_in_plain_words(quick_estate: Estate) -> None:
    own = browser(quick_estate)
    answer = own.client.post("/office/sign-in", data={"email": "reviewer@estate.example", "password": PASSWORD})
    assert answer.status_code == 400
    assert "rechargez la page" in answer.text
    assert own.get("/office/inventories/").status_code == 302


def test_a_session_of_before_does_not_survive_signing_in(quick_estate: Estate) -> None:
    own = browser(quick_estate)
    own.get("/office/sign-in")
    with own.client.session_transaction() as session:
        session["planted"] = "by somebody else"
    own.sign_in("reviewer@estate.example")
    with own.client.session_transaction() as session:
        assert "planted" not in session


def test_signing_out_ends_the_session(quick_estate: Estate) -> None:
    own = colleague(quick_estate)
    own.send("/office/inventories/", "/office/sign-out")
    assert own.get("/office/inventories/").status_code == 302


def test_a_cookie_with_a_changed_byte_is_nobody(quick_estate: Estate) -> None:
    own = colleague(quick_estate)
    cookie = own.client.get_cookie("fieldapp", domain="localhost")
    assert cookie is not None
    own.client.set_cookie("fieldapp", cookie.value[:-3] + "AAA", domain="localhost")
    assert own.get("/office/inventories/").status_code == 302


def test_what_is_logged_names_nobody(quick_estate: Estate, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    own = browser(quick_estate)
    own.sign_in("somebody@private.example", "a secret phrase")
    own.sign_in("reviewer@estate.example")
    own.get("/h/this-is-a-secret-token")
    own.get("/office/inventories/?agent=jean.dupont%40private.example")
    said = caplog.text
    assert "/h/<token>" in said
    for personal in ("@", "private.example", "a secret phrase", "this-is-a-secret-token", "jean.dupont", PASSWORD):
        assert personal not in said


def test_links_never_come_from_the_host_header(quick_estate: Estate) -> None:
    with quick_estate.app.test_request_context("/", base_url="http://localhost:9"):
        from fieldapp.web.security import public_url

        assert public_url("/h/x") == "http://127.0.0.1:8000/h/x"


def test_the_form_token_is_the_sessions_own(quick_estate: Estate) -> None:
    one, other = browser(quick_estate), Browser(quick_estate.app.test_client())
    token = TOKEN.search(one.text("/office/sign-in"))
    assert token
    other.get("/office/sign-in")
    answer = other.client.post(
        "/office/sign-in", data={"csrf_token": token[1], "email": "a@b.example", "password": "x"}
    )
    assert answer.status_code == 400
