"""The worker process: takes jobs one after the other until it is told to stop."""

import logging
import os
import secrets
import signal
import socket
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from types import FrameType

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from fieldapp.extensions import db
from fieldapp.services import jobs
from fieldapp.services.failure import told, traced

log = logging.getLogger("fieldapp.worker")

IDLE_SECONDS = 0.25
AFTER_TROUBLE_SECONDS = 5
RENEW_SECONDS = 20
TOGETHER = {"examine_photo": 16}
"""Kinds of jobs that are cheaper done together, and how many at most."""

Handler = Callable[..., object]
"""Takes the arguments of one job; of a kind in `TOGETHER`, those of one or more."""


def handlers() -> dict[str, Handler]:
    """What each kind of job does; imported here, so that a web process never loads them."""
    from fieldapp.services import (
        addendum_following,
        charging,
        convoking,
        delivering,
        earlier,
        indexing,
        mail,
        photo_erasing,
        photo_intake,
        slip_mail,
        tidying,
    )
    from fieldapp.services.importing import laid, runs

    return {
        "deliver_event": lambda args: delivering.deliver(args["delivery_id"], datetime.now(UTC)),
        "erase_photo": lambda args: photo_erasing.erase(args["root_id"], args["photo_id"]),
        "examine_photo": lambda *photos: photo_intake.examine(*(args["sha256"] for args in photos)),
        "index": lambda _args: indexing.index_part(),
        "make_letter": lambda args: _make_letter(args["mail_id"], args["document"]),
        "open_settlement": lambda args: charging.open_settlement(args["root_id"]),
        "pass_on_advice": lambda args: earlier.pass_on_advice(args["root_id"]),
        "remind": lambda args: convoking.remind(**args),
        "seal": lambda args: _seal(args["root_id"]),
        "seal_document": lambda args: _seal_document(args["document_id"]),
        "follow_addendum": lambda args: addendum_following.follow(args["visit_id"]),
        "seal_settlement": lambda args: _seal_settlement(args["root_id"]),
        "read_import": lambda args: runs.look(args["run_id"]),
        "send_mail": lambda args: mail.deliver(args["mail_id"]),
        "send_slip_copies": lambda args: slip_mail.send_of_visit(args["visit_id"]),
        "take_in": lambda _args: laid.take_in(datetime.now(UTC)),
        "tidy": lambda _args: tidying.tidy(datetime.now(UTC)),
        "write_import": lambda args: runs.write(args["run_id"]),
    }


def _seal(root_id: str) -> None:
    # Loaded with the first report: a worker that only looks at photographs does without these 40 MB.
    from fieldapp.services import sealing

    sealing.seal_inventory(root_id)


def _make_letter(mail_id: str, document_sha256: str) -> None:
    from fieldapp.services import letter_sealing

    letter_sealing.seal_letter(mail_id, document_sha256)


def _seal_document(document_id: str) -> None:
    from fieldapp.services import visit_sealing

    visit_sealing.seal_document(document_id)


def _seal_settlement(root_id: str) -> None:
    from fieldapp.services import settlement_sealing

    settlement_sealing.seal_settlement(root_id)


def run(app: Flask, stop: threading.Event, kinds: Mapping[str, Handler] | None = None) -> None:
    """Work until `stop` is set; a job that is running then is finished first.

    A database that is locked, restarting or full is asked again later; the jobs that it lost are leased anew.
    """
    todo = handlers() if kinds is None else kinds
    name = f"{socket.gethostname()[:40]}-{os.getpid()}-{secrets.token_hex(3)}"
    with app.app_context():
        while not stop.is_set():
            try:
                pause = 0 if work_once(app, name, todo) else IDLE_SECONDS
            except SQLAlchemyError as error:
                log.error("no database: %s", traced(error))  # noqa: TRY400 - the log's own trace quotes messages
                pause = AFTER_TROUBLE_SECONDS
            stop.wait(pause)


def work_once(app: Flask, name: str, todo: Mapping[str, Handler]) -> bool:
    """Take one job, or some that are done together; False when there was none.

    A failure is logged without its arguments and tried later: each job then by itself.
    """
    try:
        leased = _leased(name)
        if leased:
            _do(app, leased, name, todo)
    finally:
        db.session.remove()
    return bool(leased)


def _leased(name: str) -> list[jobs.Leased]:
    session = db.session()
    job = jobs.lease(session, name, datetime.now(UTC))
    if job is None:
        return []
    if job.kind not in TOGETHER or job.attempt > 1:
        return [job]
    return [job, *jobs.lease_more(session, job, name, datetime.now(UTC), TOGETHER[job.kind] - 1)]


def _do(app: Flask, leased: Sequence[jobs.Leased], name: str, todo: Mapping[str, Handler]) -> None:
    try:
        with _kept(app, leased, name):
            todo[leased[0].kind](*(one.args for one in leased))
    except Exception as error:  # noqa: BLE001 - whatever a job raises, the worker goes on
        db.session.rollback()
        for one in leased:
            log.error("job %d (%s) failed at attempt %d: %s", one.id, one.kind, one.attempt, traced(error))  # noqa: TRY400 - the log's own trace quotes messages
            jobs.fail(db.session(), one, told(error), datetime.now(UTC))
    else:
        jobs.finish(db.session(), leased, datetime.now(UTC))


@contextmanager
def _kept(app: Flask, leased: Sequence[jobs.Leased], name: str) -> Iterator[None]:
    """Renew the leases from a second thread for as long as the jobs run."""
    done = threading.Event()

    def keep() -> None:
        with app.app_context():
            while not done.wait(RENEW_SECONDS):
                try:
                    jobs.renew(db.session(), leased, name, datetime.now(UTC))
                except SQLAlchemyError as error:
                    log.error("lease not renewed: %s", traced(error))  # noqa: TRY400 - the log's own trace quotes messages
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
    from fieldapp.services.importing import laid

    stop = threading.Event()

    def quit_(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, quit_)
    signal.signal(signal.SIGINT, quit_)
    with app.app_context(), suppress(SQLAlchemyError):  # the next start plans it
        tidying.plan(datetime.now(UTC))
        laid.plan(datetime.now(UTC))
    run(app, stop)
