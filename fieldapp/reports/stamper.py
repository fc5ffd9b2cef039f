"""Time-stamps from an RFC 3161 authority over HTTP, by the standard library."""

import asyncio
import http.client
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from asn1crypto import tsp
from pyhanko.sign.timestamps import TimeStamper

REPLY = "application/timestamp-reply"
LARGEST = 64 * 1024


class StamperUnavailable(RuntimeError):
    """The time-stamping authority cannot be reached, or does not give a time-stamp; the message has no personal data."""


class HttpStamper(TimeStamper):
    """Asks one authority; nothing is tried a second time here: the job that seals is."""

    def __init__(self, url: str, seconds: float = 15) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # pyHanko
        self._url = url
        self._seconds = seconds

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """The authority's answer; raises StamperUnavailable."""
        return await asyncio.to_thread(self._ask, req.dump())

    def _ask(self, query: bytes) -> tsp.TimeStampResp:
        headers = {"Content-Type": "application/timestamp-query", "Accept": REPLY}
        try:
            # The scheme was checked when the setting was read: http or https.
            with urlopen(Request(self._url, query, headers), timeout=self._seconds) as answer:  # noqa: S310
                kind, body = answer.headers.get_content_type(), answer.read(LARGEST)
        except HTTPError as error:
            with error:
                raise StamperUnavailable(f"{host(self._url)}: answered {error.code}") from error
        except (URLError, OSError, http.client.HTTPException) as error:
            raise StamperUnavailable(f"{host(self._url)}: {getattr(error, 'reason', error)}") from error
        if kind != REPLY:
            raise StamperUnavailable(f"{host(self._url)}: answered {kind}")
        try:
            return tsp.TimeStampResp.load(body, strict=True)
        except ValueError as error:
            raise StamperUnavailable(f"{host(self._url)}: no time-stamp in its answer") from error


def host(url: str) -> str:
    """The host of an address, as it is printed: never a user name, a path or a query."""
    return urlsplit(url).hostname or url
