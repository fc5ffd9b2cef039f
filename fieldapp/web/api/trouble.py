"""What a tablet is told when the server itself is in trouble: nothing was written, try again later."""

import logging
import sqlite3

from flask import Response
from sqlalchemy.exc import OperationalError

from fieldapp.services.photo_intake import FULL
from fieldapp.web.api.pages import pages
from fieldapp.web.api.problem import problem

log = logging.getLogger("fieldapp.api")

DISK_FULL = "53100"
"""What PostgreSQL says of it."""

RETRY_SECONDS = 5


@pages.errorhandler(OSError)
def disk(error: OSError) -> Response:
    """507 when there is no room; anything else is a fault of ours."""
    if error.errno not in FULL:
        raise error
    return problem("no_space")


@pages.errorhandler(OperationalError)
@pages.errorhandler(sqlite3.OperationalError)
def database(error: OperationalError | sqlite3.OperationalError) -> Response:
    """507 when the database has no room, 503 when it cannot be reached or was locked for too long."""
    cause = error.orig if isinstance(error, OperationalError) else error
    # The statement and its values stay out of the log: they are what people said.
    log.error("the database refused: %s", type(cause).__name__)
    if _is_full(cause):
        return problem("no_space")
    response = problem("busy")
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def _is_full(cause: BaseException | None) -> bool:
    code = getattr(cause, "sqlite_errorcode", None) or getattr(cause, "sqlstate", None)
    return code in {sqlite3.SQLITE_FULL, DISK_FULL}
