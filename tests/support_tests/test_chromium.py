"""Chromium starts with a camera."""

import pytest
from playwright.sync_api import sync_playwright

from tests.support.chromium import LaunchOptions

pytestmark = pytest.mark.browser


def test_chromium_starts_and_sees_a_camera(chromium_options: LaunchOptions) -> None:
    with sync_playwright() as playwright, playwright.chromium.launch(**chromium_options) as browser:
        page = browser.new_page()
        page.route(
            "https://tablet.example/",
            lambda route: route.fulfill(body="<title>Tablet</title>", content_type="text/html"),
        )
        page.goto("https://tablet.example/")
        assert page.title() == "Tablet"
        kinds = page.evaluate("async () => (await navigator.mediaDevices.enumerateDevices()).map((d) => d.kind)")
        assert "videoinput" in kinds
