"""How the tests start Chromium."""

import shutil
from typing import TypedDict

from tests.support.missing import lacking

ARGUMENTS = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
)
"""Runs as root, asks nothing of the network, and has a camera that draws its own picture."""


class LaunchOptions(TypedDict):
    """What Playwright's `chromium.launch` and `launch_persistent_context` take."""

    executable_path: str
    args: list[str]


def launch_options() -> LaunchOptions:
    """The system's Chromium and its arguments."""
    program = shutil.which("chromium")
    if program is None:
        lacking("Chromium (package chromium)")
    return {"executable_path": program, "args": list(ARGUMENTS)}
