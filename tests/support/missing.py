"""What a test says when the machine lacks something it needs."""

import os
from typing import NoReturn

import pytest


def lacking(what: str) -> NoReturn:
    """Skips the test and names what is missing; fails instead where everything must be there."""
    message = f"missing on this machine: {what}; bin/setup installs it"
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)
