"""What is inside a report, compared with itself: record, acts, tablet keys, photographs, fingerprints."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pikepdf

from fieldapp.reports import act_signature, bundle, convocation, manifest, rewrite, scan, settlement
from fieldapp.reports.printed import printed
from fieldapp.reports.verdict import Check, Finding
from sync import canonical

Json = dict[str, Any]


class NoReport(ValueError):
    """The PDF does not carry a record: it is none of these reports."""


@dataclass(frozen=True, slots=True)
class Contents:
    """The files inside a report, and the hashes of the JPEG streams on its pages."""

    files: dict[str, bytes]
    images: frozenset[str]
    keywords: str

    @property
    def record_sha256(self) -> str:
        """The hash that was shown, signed and printed."""
        return canonical.sha256_hex(self.files[bundle.RECORD])

    @property
    def record(self) -> Json:
        """The record; raises ValueError."""
        said: Json = json.loads(self.files[bundle.RECORD])
        return said

    @property
    def acts(self) -> list[Json]:
        """The acts; raises ValueError."""
        said: list[Json] = json.loads(self.files[bundle.ACTS])
        return said


def read(pdf: bytes) -> Contents:
    """Takes a report apart; raises NoReport, or pikepdf's PdfError for a file that is no PDF."""
    with pikepdf.open(BytesIO(pdf)) as document:
        files = {name: spec.get_file().read_bytes() for name, spec in document.attachments.items()}
        if bundle.RECORD not in files:
            raise NoReport
        return Contents(files, frozenset(rewrite.jpeg_hashes(document)), str(document.docinfo.get("/Keywords", "")))


def findings(contents: Contents) -> Iterator[Finding]:
    """One finding for record, acts, tablet keys and photographs."""
    missing = [name for name in bundle.ALL if name not in contents.files]
    if missing:
        yield Finding(Check.FORM, ok=False, detail=" ".join(missing))
        return
    try:
        canonical.loads(contents.files[bundle.RECORD])
    except canonical.NotCanonical:
        yield Finding(Check.RECORD, ok=False, detail="not_canonical")
        return
    printed = contents.keywords == keywords(contents.record_sha256)
    yield Finding(Check.RECORD, ok=printed, detail="" if printed else "fingerprint")
    yield _acts(contents)
    yield _tablet(contents)
    yield _photos(contents)


def keywords(record_sha256: str) -> str:
    """The record's fingerprint as it stands in the properties of the file."""
    return f"sha256:{record_sha256}"


def _acts(contents: Contents) -> Finding:
    others = [act for act in contents.acts if act.get("record_sha256") != contents.record_sha256]
    names = " ".join(str(act.get("act_id")) for act in others)
    if contents.record.get("contractual") is False:
        return Finding(Check.ACTS, ok=not others, detail=names)  # advice is signed by nobody
    # A settlement or a convocation is the landlord's own: nobody is asked to sign it.
    wanted = contents.record.get("format") not in {settlement.FORMAT, convocation.FORMAT}
    return Finding(Check.ACTS, ok=bool(contents.acts) is wanted and not others, detail=names)


def _tablet(contents: Contents) -> Finding:
    keys = {key["device_id"]: key["public_key"] for key in json.loads(contents.files[bundle.KEYS])}
    wrong = [
        str(act.get("act_id"))
        for act in contents.acts
        if not act_signature.holds(act, keys.get(str(act.get("device_id"))) or {})
    ]
    return Finding(Check.TABLET, ok=not wrong, detail=" ".join(wrong))


def _photos(contents: Contents) -> Finding:
    recorded = {photo["mark"]: photo["report"]["sha256"] for photo in printed(contents.record)}
    try:
        listed = manifest.read(contents.files[bundle.MANIFEST])
    except manifest.BadManifest:
        return Finding(Check.PHOTOS, ok=False, detail="manifest")
    wrong = sorted(mark for mark in recorded.keys() | listed.keys() if recorded.get(mark) != listed.get(mark))
    wrong += sorted(mark for mark, sha256 in recorded.items() if sha256 not in contents.images)
    attached = {name: canonical.sha256_hex(data) for name, data in contents.files.items()}
    wrong += [page.name for page in scan.pages_of(contents.record) if attached.get(page.name) != page.sha256]
    strangers = contents.images - set(recorded.values())
    return Finding(Check.PHOTOS, ok=not wrong and not strangers, detail=" ".join(wrong) or " ".join(sorted(strangers)))
