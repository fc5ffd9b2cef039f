"""The list of photographs as `sha256sum --check` reads it."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

_LINE = re.compile(r"([0-9a-f]{64})  (\S+)\.jpg")


class BadManifest(ValueError):
    """The list of photographs cannot be read."""


def write(photos: Iterable[Mapping[str, Any]]) -> bytes:
    """One line a photograph of the record, `<sha256>  <mark>.jpg`: the hash of the very bytes that the report embeds."""
    return "".join(f"{photo['report']['sha256']}  {photo['mark']}.jpg\n" for photo in photos).encode()


def read(data: bytes) -> dict[str, str]:
    """Mark to SHA-256; raises BadManifest."""
    found: dict[str, str] = {}
    for line in data.decode("ascii", "replace").splitlines():
        match = _LINE.fullmatch(line)
        if match is None:
            raise BadManifest(line)
        found[match[2]] = match[1]
    return found
