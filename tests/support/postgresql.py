"""A PostgreSQL of the tests' own, started from the system's binaries and thrown away afterwards."""

import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from tests.support.missing import lacking

ADMINISTRATOR = "postgres"
QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
"""What tests may do without: their databases do not outlive them."""


@dataclass(frozen=True)
class Cluster:
    """A running server that listens on a Unix socket in `folder` and trusts whoever may read that folder."""

    folder: Path

    def url(self, database: str) -> str:
        """The address as SQLAlchemy takes it."""
        return f"postgresql+psycopg://{ADMINISTRATOR}@/{database}?host={self.folder}"

    @contextmanager
    def database(self, template: str = "template0") -> Iterator[str]:
        """A fresh database, dropped afterwards with whoever is still connected; gives its name."""
        name = f"t{uuid.uuid4().hex}"
        self._run("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy", name, template)
        try:
            yield name
        finally:
            self._run("DROP DATABASE {} WITH (FORCE)", name)

    def _run(self, statement: str, *names: str) -> None:
        with psycopg.connect(host=str(self.folder), user=ADMINISTRATOR, dbname="postgres", autocommit=True) as server:
            server.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@contextmanager
def cluster(*, durable: bool = False) -> Iterator[Cluster]:
    """Starts a server as an unprivileged user, which `initdb` insists on, and stops it.

    `durable` leaves PostgreSQL as it comes: what is committed has reached the disk, as for the landlord.
    """
    binaries = _binaries()
    folder = Path(tempfile.mkdtemp(prefix="fieldapp-pg-"))
    data = folder / "data"
    user = _unprivileged()
    if user is not None:
        os.chown(folder, user.pw_uid, user.pw_gid)

    def run(program: str, *arguments: str) -> None:
        subprocess.run(
            [binaries / program, "-D", data, *arguments],
            check=True,
            cwd=folder,
            stdout=subprocess.DEVNULL,
            user=user and user.pw_uid,
            group=user and user.pw_gid,
            extra_groups=None if user is None else [],
            env={"PATH": os.defpath, "LC_ALL": "C.UTF-8"},
        )

    try:
        run("initdb", "-U", ADMINISTRATOR, "--auth=trust", "--encoding=UTF8", "--no-sync")
        own = ("listen_addresses=", "max_connections=60", f"unix_socket_directories={folder}")
        options = " ".join(f"-c {setting}" for setting in (*(() if durable else QUICK), *own))
        run("pg_ctl", "start", "-w", "-s", "-l", str(folder / "log"), "-o", options)
        try:
            yield Cluster(folder)
        finally:
            run("pg_ctl", "stop", "-s", "-m", "immediate")
    finally:
        shutil.rmtree(folder)


def _binaries() -> Path:
    on_path = shutil.which("initdb")
    # Debian keeps the server's programs off PATH, one folder for each version.
    found = [Path(on_path).parent] if on_path else sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not found:
        lacking("PostgreSQL (package postgresql)")
    return found[-1]


def _unprivileged() -> pwd.struct_passwd | None:
    """Who runs the server: nobody else than ourselves, unless we are root."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    return known.get("postgres") or known["nobody"]
