"""What these tests share: a browser a file, and the demonstration that their servers begin with."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser import demonstration as demonstrations
from tests.support.chromium import LaunchOptions

expect.set_options(timeout=30_000)


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with today's demonstration, to be copied."""
    folder = tmp_path_factory.mktemp("demonstration")
    demonstrations.make(folder)
    return folder


@pytest.fixture(scope="module")
def chromium(chromium_options: LaunchOptions) -> Iterator[Browser]:
    """A Chromium; whoever asks for it opens a context of their own."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(**chromium_options)
        yield running
        running.close()
