"""Is this file what was sealed? With the file alone: no database, no network."""

from collections.abc import Iterable, Mapping
from typing import Any

from fieldapp.domain.addendum_record import FORMAT
from fieldapp.domain.zone import known_zone
from fieldapp.reports import contents_check, seal_check
from fieldapp.reports.verdict import Check, Finding, Status, Verdict, altered, unreadable

_SIGNS = (b"%PDF-", b"/ByteRange", b"/ETSI.CAdES.detached", b"startxref", b"%%EOF", b"record.json")
"""Byte strings of every sealed report; with most of them a broken file is one that was changed, else it is something else."""


def verify(pdf: bytes, trust_roots: Iterable[bytes] = ()) -> Verdict:
    """Checks a report against itself: seal over the whole file, record, acts, tablet signatures, photographs.

    `trust_roots` are certificates (DER) that the verifier knows; without them nothing is `trusted`, which changes no
    other finding. Never raises: a changed file is altered, and what is no report is unreadable.
    """
    try:
        return _look(pdf, trust_roots)
    except contents_check.NoReport:
        return unreadable() if _signs(pdf) < len(_SIGNS) - 1 else altered(Check.RECORD, "missing")
    except seal_check.NoSeal:
        return altered(Check.SEAL, "missing")
    except Exception as error:  # noqa: BLE001  # any file at all may come here, and the libraries raise what they like
        return altered(Check.FORM, type(error).__name__) if _signs(pdf) >= len(_SIGNS) - 2 else unreadable()


def _look(pdf: bytes, trust_roots: Iterable[bytes]) -> Verdict:
    contents = contents_check.read(pdf)
    found = [*contents_check.findings(contents)]
    seal = seal_check.look(pdf, trust_roots)
    found.insert(0, Finding(Check.SEAL, seal.holds, seal.fault))
    if seal.stamp_holds is not None:
        found.insert(1, Finding(Check.STAMP, seal.stamp_holds))
    record = contents.record
    return Verdict(
        status=Status.INTACT if all(finding.ok for finding in found) else Status.ALTERED,
        findings=tuple(found),
        number=str(record.get("number", "")),
        record_sha256=contents.record_sha256,
        sealed_by=seal.holder,
        issued_by=seal.issuer,
        sealed_at=seal.sealed_at,
        zone=known_zone(record.get("zone")),
        level=seal.level if seal.holds else None,
        demonstration=seal.demonstration,
        trusted=seal.trusted and seal.holds,
        acts=len(contents.acts),
        photos=len(record.get("photos", ())),
        decisions=tuple((str(act.get("name", "")), str(act.get("decision", ""))) for act in contents.acts),
        amends=_amends(record),
    )


def _amends(record: Mapping[str, Any]) -> tuple[str, str] | None:
    original = record.get("original")
    if record.get("format") != FORMAT or not isinstance(original, Mapping):
        return None
    return str(original.get("number", "")), str(original.get("record_sha256", ""))


def _signs(pdf: bytes) -> int:
    return sum(sign in pdf for sign in _SIGNS)
