"""The authority's time-stamps are ones that a verifier accepts."""

import asyncio
import hashlib
import urllib.request

from pyhanko.sign.timestamps import HTTPTimeStamper

from tests.support.timestamping import TimeStampingAuthority


def test_a_time_stamp_covers_the_digest_that_was_sent(time_stamping: TimeStampingAuthority) -> None:
    digest = hashlib.sha256(b"record").digest()
    token = asyncio.run(HTTPTimeStamper(time_stamping.url).async_timestamp(digest, "sha256"))
    info = token["content"]["encap_content_info"]["content"].parsed
    assert info["message_imprint"]["hashed_message"].native == digest


def test_the_root_publishes_a_revocation_list(time_stamping: TimeStampingAuthority) -> None:
    address = time_stamping.url.replace("/tsa/tsa", "/crls/authority/latest.crl")
    with urllib.request.urlopen(address) as answer:  # noqa: S310  # our own server
        assert answer.headers["Content-Type"] == "application/pkix-crl"
