"""The independent record service as tests hold it: started, killed, made to misbehave, and asked what it knows."""

import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from fieldapp.extensions import db
from fieldapp.services import delivering, jobs
from tests.fieldwork.estate import Estate
from tests.support.ports import free_port

PROGRAM = Path(__file__).resolve().parents[1] / "support/record_service.py"


@dataclass
class RecordSystem:
    """One record service at one port with one database."""

    folder: Path
    secret: str = ""
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[str] | None = None

    @property
    def url(self) -> str:
        """Where events go."""
        return f"http://127.0.0.1:{self.port}/events"

    def start(self) -> None:
        """Start it, or start it again on what it had."""
        self.process = subprocess.Popen(
            [sys.executable, str(PROGRAM), str(self.folder), self.secret, str(self.port)],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == "listening\n"

    def kill(self) -> None:
        """As when the power goes."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            if self.process.stdout is not None:
                self.process.stdout.close()
            self.process = None

    def misbehave(self, faults: Sequence[str]) -> None:
        """What the next requests meet, one word each."""
        (self.folder / "faults").write_text("\n".join(faults))

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        """Look into its database."""
        with closing(sqlite3.connect(self.folder / "record.sqlite3")) as database:
            return database.execute(query).fetchall()


def work(estate: Estate, now: datetime) -> int:
    """Do every delivery that is due at a moment, as the worker does; gives how many jobs there were."""
    done = 0
    with estate.app.app_context():
        while (job := jobs.lease(db.session(), "test", now)) is not None:
            if job.kind == "deliver_event":
                delivering.deliver(job.args["delivery_id"], now)
            jobs.finish(db.session(), [job], now)
            done += 1
    return done
