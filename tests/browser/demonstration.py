"""The demonstration as a running server has it: made once, then copied for each test that works in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fieldapp.config import Config
from fieldapp.demo.seed import seed
from fieldapp.extensions import db
from fieldapp.web import create_app
from tests.support.calendar import today
from tests.support.server import LiveServer, live_server


def make(folder: Path) -> None:
    """Fill a data folder. It seals, which wants a thread without Playwright's loop: before any browser is started."""
    server = LiveServer(folder)
    server.prepare()
    _seed(server.config)


@contextmanager
def demonstrating(folder: Path, made: Path, *, with_worker: bool = True) -> Iterator[LiveServer]:
    """A server with a copy of what was `made`, and with today's appointments should another day have begun since."""
    with live_server(folder, with_worker=with_worker, like=made) as server:
        _seed(server.config)
        yield server


def _seed(config: Config) -> None:
    with create_app(config).app_context():
        seed(config, today())
        db.engine.dispose()
