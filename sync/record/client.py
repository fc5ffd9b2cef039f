"""Posts an event to another system, within a bounded time whatever that system does."""

import socket
import ssl
import threading
from collections.abc import Mapping, Sequence
from http.client import HTTPException

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from sync.record.target import Network, Resolve, Target, checked, resolve

CONNECT_SECONDS = 10
WHOLE_SECONDS = 20
"""From the first byte to the end of the answer's head; a system that answers a byte a second is cut off too."""


class NotHeard(Exception):
    """The event was not accepted: `problem` is `timeout`, `unreachable`, `tls`, `answered_<status>` or a target's code."""

    def __init__(self, problem: str, status: int | None = None) -> None:
        super().__init__(problem)
        self.problem = problem
        self.status = status


def post(
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    allowed: Sequence[Network] = (),
    *,
    seconds: float = WHOLE_SECONDS,
    look_up: Resolve = resolve,
) -> int:
    """Send the body and give the status, which is 2xx; raises `NotHeard` and `BadTarget`."""
    return exchange(url, body, headers, allowed, seconds=seconds, look_up=look_up)[0]


def exchange(
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    allowed: Sequence[Network] = (),
    *,
    seconds: float = WHOLE_SECONDS,
    look_up: Resolve = resolve,
    most_bytes: int = 0,
) -> tuple[int, bytes]:
    """Send the body and give the status, which is 2xx, with the first `most_bytes` of the answer; raises `NotHeard` and
    `BadTarget`.

    The host is looked up once and the connection goes to the very address that was checked. A redirect is an answer like
    any other that is not 2xx: it is never followed.
    """
    target = checked(url, allowed, look_up)
    connection = _connection(target, min(CONNECT_SECONDS, seconds))
    late = threading.Event()
    watch = threading.Timer(seconds, _cut, (connection, late))
    watch.daemon = True
    watch.start()
    try:
        status, said = _asked(connection, target, body, headers, most_bytes)
    except (HTTPError, HTTPException, OSError, ValueError) as error:
        raise NotHeard(_problem(error, late=late.is_set())) from error
    finally:
        watch.cancel()
        connection.close()
    if late.is_set():  # what was cut off looks like an answer with fewer headers
        raise NotHeard("timeout")
    if not 200 <= status < 300:
        raise NotHeard(f"answered_{status}", status)
    return status, said


def _asked(
    connection: HTTPConnection, target: Target, body: bytes, headers: Mapping[str, str], most_bytes: int
) -> tuple[int, bytes]:
    usual = target.port == (443 if target.scheme == "https" else 80)
    name = f"[{target.host}]" if ":" in target.host else target.host
    host = name if usual else f"{name}:{target.port}"
    sent = {"Host": host, "Content-Type": "application/json", "User-Agent": "fieldapp", **headers}
    connection.connect()
    connection.request("POST", target.path, body=body, headers=sent, preload_content=False)
    answer = connection.getresponse()
    return answer.status, answer.read(most_bytes) if most_bytes else b""


def _connection(target: Target, seconds: float) -> HTTPConnection:
    if target.scheme == "http":
        return HTTPConnection(target.place, target.port, timeout=seconds)
    return HTTPSConnection(
        target.place,
        target.port,
        timeout=seconds,
        server_hostname=target.host,
        assert_hostname=target.host,
        ssl_context=ssl.create_default_context(),
    )


def _cut(connection: HTTPConnection, late: threading.Event) -> None:
    late.set()
    sock = connection.sock
    if sock is not None:
        try:
            sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            connection.close()


def _problem(error: Exception, *, late: bool) -> str:
    if late or isinstance(error, TimeoutError) or "Timeout" in type(error).__name__:
        return "timeout"
    return "tls" if isinstance(error, ssl.SSLError) or "SSL" in type(error).__name__ else "unreachable"
