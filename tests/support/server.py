"""The application as its users meet it: real processes that can be stopped and started again where they were."""

import http.client
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from fieldapp.config import Config
from fieldapp.extensions import db
from fieldapp.records.schema import upgrade
from fieldapp.web import create_app
from tests.support.ports import free_port

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 60
DATABASE = "fieldapp.sqlite3"


class ServerDied(RuntimeError):
    """The process ended before it answered; the end of its log says why."""


@dataclass
class LiveServer:
    """One web process and one worker on a fixed loopback port, with a data folder that outlives both.

    `stop()` ends them as an administrator would, `kill()` as a power cut would; `start()` brings them back on the same
    port and folder. `url` has no trailing slash. Settings beyond folder and port come from `environ`.
    """

    folder: Path
    environ: Mapping[str, str] = field(default_factory=dict)
    with_worker: bool = True
    port: int = field(default_factory=free_port)
    _running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def url(self) -> str:
        """The address of the server's root."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        """Everything that the processes said."""
        return self.folder / "server.log"

    @property
    def config(self) -> Config:
        """The settings that the processes get."""
        return Config.from_environ(self._settings())

    def prepare(self) -> None:
        """Make the tables, when they are not there."""
        self.folder.mkdir(parents=True, exist_ok=True)
        if not (database := self.folder / DATABASE).exists():
            database.write_bytes(_tables())

    def start(self) -> None:
        """Start the processes; returns once the server answers. Raises `ServerDied`."""
        threads = ("--worker-class", "gthread", "--workers", "1", "--threads", "8", "--graceful-timeout", "5")
        quiet = ("--log-level", "warning", "--no-control-socket")
        bind = ("--bind", f"127.0.0.1:{self.port}")
        self._spawn("-m", "gunicorn", *bind, *threads, *quiet, "tests.support.served:app")
        if self.with_worker:
            self._spawn("-m", "fieldapp", "worker")
        self._wait()

    def stop(self) -> None:
        """End the processes politely, and wait until they are gone: from then on nothing listens on the port."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End the processes at once, in the middle of whatever they do."""
        self._end(signal.SIGKILL)

    def _settings(self) -> dict[str, str]:
        here = {"FIELDAPP_DATA": str(self.folder), "FIELDAPP_HOST": "127.0.0.1", "FIELDAPP_PORT": str(self.port)}
        return {**here, **self.environ}

    def _spawn(self, *arguments: str) -> None:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("FIELDAPP_")}
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, *arguments],
                cwd=ROOT,
                env=inherited | self._settings(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                # A group of its own, so that a kill takes gunicorn's children too.
                start_new_session=True,
            )
        self._running.append(process)

    def _wait(self) -> None:
        give_up = time.monotonic() + PATIENCE_SECONDS
        while not self._answers():
            ended = [process for process in self._running if process.poll() is not None]
            if ended or time.monotonic() > give_up:
                self.kill()
                raise ServerDied(self.log.read_text(errors="replace")[-4000:])
            time.sleep(0.05)

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/health")
            return connection.getresponse().status == http.HTTPStatus.OK
        except OSError:
            return False
        finally:
            connection.close()

    def _end(self, with_signal: signal.Signals) -> None:
        for process in self._running:
            if process.poll() is None:
                os.killpg(process.pid, with_signal)
        for process in self._running:
            process.wait(PATIENCE_SECONDS)
        self._running.clear()


@cache
def _tables() -> bytes:
    """A SQLite file that went through every step of the migrations: once for all servers of this process."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Config.from_environ({"FIELDAPP_DATA": folder}))
        with app.app_context():
            upgrade(db.engine)
            # Closes the file, and what stands in its log moves into it.
            db.engine.dispose()
        return (Path(folder) / DATABASE).read_bytes()


@contextmanager
def live_server(
    folder: Path, environ: Mapping[str, str] | None = None, *, with_worker: bool = True, like: Path | None = None
) -> Iterator[LiveServer]:
    """A server with its tables, started; stopped afterwards whatever happened. `like` is a data folder to begin with."""
    if like is not None:
        shutil.copytree(like, folder)
    server = LiveServer(folder, environ or {}, with_worker=with_worker)
    server.prepare()
    server.start()
    try:
        yield server
    finally:
        server.kill()
