"""A page is in the language that somebody chose, and stays so."""

from dataclasses import replace

import pytest
from flask import Flask

from fieldapp.web import create_app
from tests.fieldwork.estate import Estate
from tests.fieldwork.office import browser

PUBLIC = "https://edl.example.org"


@pytest.fixture
def public_app(quick_estate: Estate) -> Flask:
    """The app as it is served to the world over HTTPS."""
    return create_app(replace(quick_estate.app.extensions["fieldapp.config"], public_url=PUBLIC))


def test_a_language_asked_for_once_is_remembered(quick_estate: Estate) -> None:
    own = browser(quick_estate)
    assert '<html lang="en"' in own.text("/office/sign-in?lang=en")
    assert '<html lang="en"' in own.text("/office/sign-in")
    assert '<html lang="fr"' in own.text("/office/sign-in?lang=fr")
    assert '<html lang="fr"' in own.text("/office/sign-in")


def test_over_https_no_other_host_can_choose_it(public_app: Flask) -> None:
    client = public_app.test_client()
    answer = client.get("/office/sign-in?lang=en", base_url=PUBLIC)
    (cookie,) = [value for value in answer.headers.getlist("Set-Cookie") if "language=" in value]
    assert cookie.startswith("__Host-fieldapp_language=en;")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
    assert '<html lang="en"' in client.get("/office/sign-in", base_url=PUBLIC).text
    planted = {"Cookie": "fieldapp_language=en", "Accept-Language": "fr"}
    assert '<html lang="fr"' in public_app.test_client().get("/office/sign-in", base_url=PUBLIC, headers=planted).text
