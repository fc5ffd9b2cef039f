"""How a tablet reaches the server: one request, one answer that is surely the server's, or nothing."""

import http.client
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

OURS = "fieldapp-server"
TIMEOUT_SECONDS = 30


class Unreachable(OSError):
    """No answer, or not our server's: a captive portal's page ends no session and takes nothing off a tablet."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer of our server; header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


Transport = Callable[[str, str, Mapping[str, str], bytes], Answer]
"""Takes method, path with query, headers and body; raises `Unreachable`."""


class HttpTransport:
    """A connection that is kept open between requests and made anew when it broke; for one thread."""

    def __init__(self, base_url: str) -> None:
        parts = urlsplit(base_url)
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        self._connection = kind(parts.netloc, timeout=TIMEOUT_SECONDS)

    def __call__(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Send one request, follow nothing; raises `Unreachable`."""
        try:
            self._connection.request(method, path, body or None, dict(headers))
            response = self._connection.getresponse()
            received = {name.lower(): value for name, value in response.getheaders()}
            answer = Answer(response.status, received, response.read())
        except (OSError, http.client.HTTPException) as error:
            self._connection.close()
            raise Unreachable(str(error)) from error
        if OURS not in answer.headers:
            raise Unreachable("somebody else answered")
        return answer

    def close(self) -> None:
        """Let the connection go."""
        self._connection.close()
