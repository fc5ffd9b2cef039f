"""What any test may ask for by name: databases, browsers, validators and authorities."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

from tests.support import chromium, postgresql, timestamping

if TYPE_CHECKING:
    from argon2 import PasswordHasher

hypothesis.settings.register_profile("run", deadline=None, derandomize=True)
hypothesis.settings.register_profile("soak", deadline=None, max_examples=2_000, print_blob=True)
hypothesis.settings.load_profile("soak" if os.environ.get("FIELDAPP_SOAK") == "1" else "run")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks everything in tests/browser, so that `-m "not browser"` is quick."""
    browser = Path(__file__).parent / "browser"
    for item in items:
        if item.path.is_relative_to(browser):
            item.add_marker("browser")


@pytest.fixture(scope="session")
def postgresql_cluster() -> Iterator[postgresql.Cluster]:
    """One PostgreSQL server for each process that runs tests."""
    with postgresql.cluster() as running:
        yield running


@pytest.fixture
def postgresql_url(postgresql_cluster: postgresql.Cluster) -> Iterator[str]:
    """A fresh, empty PostgreSQL database."""
    with postgresql_cluster.database() as name:
        yield postgresql_cluster.url(name)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """A fresh SQLite file, not there yet."""
    return f"sqlite:///{tmp_path / 'fieldapp.sqlite3'}"


@pytest.fixture(params=("sqlite", "postgresql"))
def database_url(request: pytest.FixtureRequest) -> str:
    """A fresh, empty database of each kind that we serve: the test runs on both."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(scope="session")
def quick_passwords() -> Iterator["PasswordHasher"]:
    """Lets passwords be hashed with the least work from now on: tests sign in thousands of times. Gives the real hasher."""
    from argon2 import PasswordHasher

    from fieldapp.services import accounts

    real = accounts._hasher
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(accounts, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield real


@pytest.fixture(scope="session")
def quick_routes() -> Iterator[None]:
    """Lets Werkzeug write the code of an address once, and not again for the application of each of thousands of tests."""
    from werkzeug.routing import Rule

    written: dict[tuple[object, ...], Callable[..., tuple[str, str]]] = {}
    write = Rule._compile_builder

    def once(rule: Rule, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:  # noqa: FBT001, FBT002 - as it is called
        told = (rule.rule, rule.subdomain, repr(rule.defaults), append_unknown)
        if told not in written:
            written[told] = write(rule, append_unknown)
        return written[told]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rule, "_compile_builder", once)
        yield


@pytest.fixture(scope="session")
def chromium_options() -> chromium.LaunchOptions:
    """Where Chromium is, and its arguments: `playwright.chromium.launch(**chromium_options)`."""
    return chromium.launch_options()


@pytest.fixture(scope="session")
def time_stamping(tmp_path_factory: pytest.TempPathFactory) -> Iterator[timestamping.TimeStampingAuthority]:
    """A local time-stamping authority."""
    with timestamping.authority(tmp_path_factory.mktemp("tsa")) as running:
        yield running
