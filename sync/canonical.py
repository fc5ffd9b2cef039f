"""Canonical JSON (RFC 8785, without floats) and its SHA-256: the same bytes here and in the browser."""

import hashlib
import json
from typing import Any

LARGEST = 2**53 - 1
"""The integers that a JavaScript number holds exactly end here (RFC 8785, 3.2.2.3; RFC 7493, 2.2)."""

DEEPEST = 64
"""Nesting allowed in a document: far beyond ours, far below the recursion limit of either language."""


class NotCanonical(ValueError):
    """A value has no canonical form: a float, a large integer, half a surrogate pair, or another type; says where."""


def dumps(value: Any) -> bytes:
    """Give the canonical UTF-8 bytes of text, integers within ±(2^53-1), booleans, null, lists and dicts with text keys.

    Raises `NotCanonical` for anything else, floats among it: amounts travel as integers or decimal strings.
    """
    if not _check(value, "$", 0):
        value = _sorted_as_utf16(value)
        return _encode(json.dumps(value, ensure_ascii=False, separators=(",", ":")))
    return _encode(json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True))


def loads(document: bytes) -> Any:
    """Read a document that must already be canonical, byte for byte; raises `NotCanonical` when it is not."""
    try:
        value = json.loads(document)
    except (ValueError, RecursionError) as error:
        raise NotCanonical("not JSON") from error
    if dumps(value) != document:
        raise NotCanonical("the bytes are not in canonical form")
    return value


def check(value: Any) -> None:
    """Raise `NotCanonical` unless `dumps` would succeed."""
    _check(value, "$", 0)
    _encode(json.dumps(value, ensure_ascii=False))


def sha256_hex(document: bytes) -> str:
    """Give the SHA-256 in 64 lower-case hexadecimal digits."""
    return hashlib.sha256(document).hexdigest()


def _check(value: Any, where: str, depth: int) -> bool:
    """Refuse what has no canonical form; tell whether every key is ASCII, whose order is the same in all encodings."""
    if value is None or isinstance(value, str | bool):
        return True
    if isinstance(value, int):
        if not -LARGEST <= value <= LARGEST:
            raise NotCanonical(f"{where}: the integer is beyond ±(2^53-1)")
        return True
    if depth == DEEPEST:
        raise NotCanonical(f"{where}: nested too deep")
    plain = True
    if isinstance(value, list):
        for index, item in enumerate(value):
            plain &= _check(item, f"{where}[{index}]", depth + 1)
        return plain
    if isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str):
                raise NotCanonical(f"{where}: a key must be text")
            plain &= key.isascii() & _check(item, f"{where}.{key}", depth + 1)
        return plain
    raise NotCanonical(f"{where}: {type(value).__name__} has no canonical form")


def _sorted_as_utf16(value: Any) -> Any:
    """Order keys by UTF-16 code units, as RFC 8785 (3.2.3) and JavaScript do; Python compares code points."""
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be", "surrogatepass"))
        return {key: _sorted_as_utf16(value[key]) for key in keys}
    if isinstance(value, list):
        return [_sorted_as_utf16(item) for item in value]
    return value


def _encode(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise NotCanonical("text holds half a surrogate pair") from error
