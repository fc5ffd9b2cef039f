"""The product as it is installed: `fieldapp run` on a folder of its own, watched from outside."""

import http.client
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from flask import Flask

from fieldapp.config import Config
from fieldapp.extensions import db
from fieldapp.records.schema import upgrade
from fieldapp.web import create_app
from tests.support.ports import free_port

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 120
SAMPLE_SECONDS = 0.1
ROLES = {
    "worker": "worker",
    "run": "web",
    "--multiprocessing-fork": "decoding",
    "from multiprocessing.resource_tracker": "decoding's watchman",
}
"""A word of a process's command line, and what the process is."""


class DidNotStart(RuntimeError):
    """The product ended, or did not answer in time; the end of its log says why."""


@dataclass
class Product:
    """`fieldapp run` on a loopback port: gunicorn with its threads, and the worker beside it."""

    folder: Path
    config: Config
    _process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The address, without a slash at its end."""
        return f"http://127.0.0.1:{self.config.port}"

    def app(self) -> Flask:
        """The app on the same database, for arranging what the measurement needs; its tables are there."""
        app = create_app(self.config)
        with app.app_context():
            upgrade(db.engine)
        return app

    def start(self) -> None:
        """Start everything; returns once it answers. Raises `DidNotStart`."""
        with (self.folder / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "fieldapp", "run"],
                cwd=ROOT,
                env=environment(self.config),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                # A session of its own: its members are exactly what we started.
                start_new_session=True,
            )
        wait_until_it_answers(self.config.port, self._process)

    def stop(self) -> None:
        """End it as an administrator would; from then on nothing listens."""
        if self._process is not None:
            end_session(self._process)
            self._process = None

    def memory(self) -> dict[str, int]:
        """Bytes of memory that each of its processes holds now, by what it is; shared pages are counted once."""
        if self._process is None:
            return {}
        return {f"{_role(member)} {member}": _proportional(member) for member in session_members(self._process.pid)}


@contextmanager
def product(folder: Path, environ: Mapping[str, str] | None = None) -> Iterator[Product]:
    """A product that is not started yet, stopped afterwards whatever happened."""
    said = {"FIELDAPP_DATA": str(folder), "FIELDAPP_PORT": str(free_port()), **(environ or {})}
    made = Product(folder, Config.from_environ(said))
    try:
        yield made
    finally:
        made.stop()


@contextmanager
def arranged(app: Flask) -> Iterator[Flask]:
    """The app while it is used to arrange, its connections closed afterwards: the product shall be alone."""
    try:
        yield app
    finally:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


class MemoryWatch:
    """Looks at a product's memory ten times a second.

    `peak` is the most that was seen, in bytes; `shares` what each process had of it, in megabytes.
    """

    def __init__(self, watched: Product) -> None:
        self.peak = 0
        self.shares: dict[str, int] = {}
        self._watched = watched
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._done.wait(SAMPLE_SECONDS):
            now = self._watched.memory()
            if sum(now.values()) > self.peak:
                self.peak = sum(now.values())
                self.shares = {}
                for process, held in sorted(now.items()):
                    role = process.rpartition(" ")[0]
                    self.shares[role] = self.shares.get(role, 0) + round(held / 1e6)


def wait_until_it_answers(port: int, process: subprocess.Popen[bytes]) -> None:
    """Return at the first good answer of `/health`; raises `DidNotStart`."""
    give_up = time.monotonic() + PATIENCE_SECONDS
    while not _answers(port):
        if process.poll() is not None or time.monotonic() > give_up:
            raise DidNotStart(f"port {port}")
        time.sleep(0.02)


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/health")
        return connection.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        connection.close()


def end_session(process: subprocess.Popen[bytes]) -> None:
    """End a process that leads a session, politely first, then whoever of its session is left."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    for member in session_members(process.pid):
        try:
            os.kill(member, signal.SIGKILL)
        except ProcessLookupError:
            continue


def session_members(leader: int) -> list[int]:
    """The processes of a session, by the numbers that `/proc` gives (proc(5): the fourth field after the name)."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[3]) == leader:
                found.append(int(folder.name))
    return found


def _role(process: int) -> str:
    """What a process is, by its command line."""
    try:
        command = Path(f"/proc/{process}/cmdline").read_bytes().decode().split("\0")
    except OSError:
        return "gone"
    for word, role in ROLES.items():
        if word in command or any(argument.startswith(word) for argument in command):
            return role
    return "other"


def _proportional(process: int) -> int:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def environment(config: Config) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("FIELDAPP_")}
    return inherited | {
        "FIELDAPP_DATA": str(config.data),
        "FIELDAPP_DATABASE_URL": config.database_url,
        "FIELDAPP_PORT": str(config.port),
        "FIELDAPP_DEMO": "yes" if config.demo else "no",
    }
