"""The worker process: takes jobs one after the other until it is told to stop."""

import logging
import os
import secrets
import signal
import socket
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from types import FrameType

from flask import Flask

from fieldapp.extensions import db
from fieldapp.services import jobs
from fieldapp.services.failure import told, traced

log = logging.getLogger("fieldapp.worker")

IDLE_SECONDS = 0.25
RENEW_SECONDS = 20
TOGETHER = {"examine_photo": 16}
"""Kinds of jobs that are cheaper done together, and how many at most."""

Handler = Callable[..., object]
"""Takes the arguments of one job; of a kind in `TOGETHER`, those of one or more."""


def handlers() -> dict[str, Handler]:
    """What each kind of job does; imported here, so that a web process never loads them."""
    from fieldapp.services import mail, photo_intake, sealing, tidying

    return {
        "examine_photo": lambda *photos: photo_intake.examine(*(args["sha256"] for args in photos)),
        "seal": lambda args: sealing.seal_inventory(args["root_id"]),
        "send_mail": lambda args: mail.deliver(args["mail_id"]),
        "tidy": lambda _args: tidying.tidy(datetime.now(UTC)),
    }


def run(app: Flask, stop: threading.Event, kinds: Mapping[str, Handler] | None = None) -> None:
    """Work until `stop` is set; a job that is running then is finished first."""
    todo = handlers() if kinds is None else kinds
    name = f"{socket.gethostname()[:40]}-{os.getpid()}-{secrets.token_hex(3)}"
    with app.app_context():
        while not stop.is_set():
            if not work_once(app, name, todo):
                stop.wait(IDLE_SECONDS)


def work_once(app: Flask, name: str, todo: Mapping[str, Handler]) -> bool:
    """Take one job, or some that are done together; False when there was none.

    A failure is logged without its arguments and tried later: each job then by itself.
    """
    session = db.session()
    job = jobs.lease(session, name, datetime.now(UTC))
    if job is None:
        db.session.remove()
        return False
    leased = [job]
    if job.kind in TOGETHER and job.attempt == 1:
        leased += jobs.lease_more(session, job, name, datetime.now(UTC), TOGETHER[job.kind] - 1)
    try:
        with _kept(app, leased, name):
            todo[job.kind](*(one.args for one in leased))
    except Exception as error:  # noqa: BLE001 - whatever a job raises, the worker goes on
        db.session.rollback()
        for one in leased:
            log.error("job %d (%s) failed at attempt %d: %s", one.id, one.kind, one.attempt, traced(error))  # noqa: TRY400 - the log's own trace quotes messages
            jobs.fail(db.session(), one, told(error), datetime.now(UTC))
    else:
        jobs.finish(db.session(), leased, datetime.now(UTC))
    finally:
        db.session.remove()
    return True


@contextmanager
def _kept(app: Flask, leased: Sequence[jobs.Leased], name: str) -> Iterator[None]:
    """Renew the leases from a second thread for as long as the jobs run."""
    done = threading.Event()

    def keep() -> None:
        with app.app_context():
            while not done.wait(RENEW_SECONDS):
                jobs.renew(db.session(), leased, name, datetime.now(UTC))
                db.session.remove()

    keeper = threading.Thread(target=keep, daemon=True)
    keeper.start()
    try:
        yield
    finally:
        done.set()
        keeper.join()


def main(app: Flask) -> None:
    """Run until SIGTERM or SIGINT."""
    from fieldapp.services import tidying

    stop = threading.Event()

    def quit_(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, quit_)
    signal.signal(signal.SIGINT, quit_)
    with app.app_context():
        tidying.plan(datetime.now(UTC))
    run(app, stop)
