"""The app as it runs on a server: database up to date, a worker beside it, gunicorn in front."""

import errno
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import click
from flask import Flask
from gunicorn.app.base import BaseApplication

from fieldapp.config import LOOPBACK, BadSetting, Config
from fieldapp.domain.zone import PARIS
from fieldapp.extensions import db
from fieldapp.records.schema import SchemaProblem, upgrade

THREADS = 16
GRACE_SECONDS = 30
PAUSE_SECONDS = 1

log = logging.getLogger("fieldapp.serving")


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
    """Gunicorn with our settings: threads, so that uploads stream; requests are finished on SIGTERM."""

    def __init__(self, app: Flask, config: Config, ready: Callable[[], None]) -> None:
        self.flask = app
        self.settings = {
            "bind": config.listens_at,
            # One writer at a time is all that SQLite gives: processes would only wait for each other.
            "workers": 1 if config.database_url.startswith("sqlite") else max(2, os.cpu_count() or 2),
            "worker_class": "gthread",
            "threads": THREADS,
            "graceful_timeout": GRACE_SECONDS,
            "keepalive": 65,
            "timeout": 120,
            "accesslog": None,
            "errorlog": "-",
            "loglevel": "warning",
            "preload_app": False,
            "when_ready": lambda _server: ready(),
            "worker_tmp_dir": "/dev/shm" if os.path.isdir("/dev/shm") else None,  # noqa: S108, PTH112 - gunicorn's heartbeat
        }
        super().__init__()

    def load_config(self) -> None:
        """Give gunicorn its settings."""
        for name, value in self.settings.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """The app itself."""
        return self.flask


class Kept:
    """A process that is started again whenever it ends, until `end` is called."""

    def __init__(self, command: Sequence[str]) -> None:
        self._command = command
        self._ending = threading.Event()
        self._changing = threading.Lock()
        self._process = subprocess.Popen(command)
        self._watcher = threading.Thread(target=self._watch, daemon=True)
        self._watcher.start()

    def end(self) -> None:
        """Ask the process to end, and wait until it has."""
        with self._changing:
            self._ending.set()
            self._process.send_signal(signal.SIGTERM)
        self._watcher.join()

    def _watch(self) -> None:
        while True:
            self._process.wait()
            # Not at once: a process that cannot even start would take the whole machine.
            if self._ending.wait(PAUSE_SECONDS):
                return
            log.error("the worker ended by itself and is started again")
            with self._changing:
                if self._ending.is_set():
                    return
                self._process = subprocess.Popen(self._command)


def serve(config: Config) -> None:
    """Serve until SIGTERM; raises `BadSetting` before anything starts when the settings cannot work together."""
    from fieldapp.web import create_app

    if config.host not in LOOPBACK and config.public_url.startswith("http://") and config.trusted_proxies == 0:
        raise BadSetting(
            "FIELDAPP_PUBLIC_URL",
            f"{config.host} is reachable from outside, so an https:// address and FIELDAPP_TRUSTED_PROXIES are needed",
        )
    _can_listen(config)
    _can_seal(config)
    app = create_app(config)
    with app.app_context():
        try:
            upgrade(db.engine)
        except SchemaProblem as error:
            raise SystemExit(str(error)) from error
        accounts = _demonstrate(config) if config.demo else ()
        # gunicorn forks from here: two processes on one connection would read each other's answers.
        db.engine.dispose()
    server = os.getpid()
    workers: list[Kept] = []

    def ready() -> None:
        # Not before: who waits for the first page should not wait for the worker's start as well.
        workers.append(Kept([sys.executable, "-m", "fieldapp", "worker"]))
        click.echo("\n".join((f"\nfieldapp: {config.public_url}\n", *(f"  {line}" for line in accounts))))

    try:
        Server(app, config, ready).run()
    finally:
        if os.getpid() == server:  # gunicorn's children come by here too
            for worker in workers:
                worker.end()


def _can_listen(config: Config) -> None:
    """Take the address for a moment: that it is taken already is not to be learnt after a minute of preparation."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(config.host, config.port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise BadSetting("FIELDAPP_PORT", f"another program listens at {config.listens_at} already") from error
        if error.errno == errno.EACCES:
            raise BadSetting("FIELDAPP_PORT", f"{config.port} is for administrators; choose 1024 or more") from error
        raise BadSetting("FIELDAPP_HOST", f"cannot listen at {config.listens_at} ({error.strerror})") from error


def _can_seal(config: Config) -> None:
    """Load the seal, making the demonstration one: who signs in front of a tenant must not wait for a mended setting."""
    from fieldapp.reports import authority

    try:
        authority.load(config.authority, config.seal_pkcs12, config.seal_passphrase)
    except authority.BadSealFile as error:
        raise BadSetting("FIELDAPP_SEAL_PKCS12", str(error)) from error
    except OSError as error:
        raise BadSetting("FIELDAPP_SEAL_PKCS12", f"cannot be read ({error.strerror})") from error


def _demonstrate(config: Config) -> tuple[str, ...]:
    """Fill in the demonstration data that is missing; gives the accounts to print."""
    from fieldapp.demo.seed import seed

    return tuple(seed(config, datetime.now(ZoneInfo(PARIS)).date()))
