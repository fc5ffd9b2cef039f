"""The seal of a file: whose it is, when it was put, and whether it still holds."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko_certvalidator import ValidationContext

from fieldapp.reports import signature_form
from fieldapp.reports.authority import common_name, is_demonstration
from fieldapp.reports.evidence import Level

# A stranger's seal is a finding here, not a fault to be shouted about on the terminal.
logging.getLogger("pyhanko").addHandler(logging.NullHandler())


class NoSeal(ValueError):
    """The file has no signature, or more than the one that a report has."""


@dataclass(frozen=True, slots=True)
class SealFound:
    """One seal: `holds` when signature, coverage, form and permissions are all as sealed; `fault` names what is not."""

    holds: bool
    fault: str
    holder: str
    issuer: str
    demonstration: bool
    trusted: bool
    stamp_holds: bool | None
    sealed_at: datetime | None

    @property
    def level(self) -> Level:
        """What this seal proves, and no more: B-T only with a time-stamp that holds."""
        return Level.B_T if self.stamp_holds else Level.B_B


def look(pdf: bytes, trust_roots: Iterable[bytes]) -> SealFound:
    """Reads the one seal of a file; `trust_roots` are certificates (DER) that the reader trusts.

    Raises NoSeal, and whatever pyHanko raises for a file that it cannot read.
    """
    seals = PdfFileReader(BytesIO(pdf)).embedded_signatures
    if len(seals) != 1:
        raise NoSeal
    found = seals[0]
    fault = _form_fault(pdf, found)
    claimed = found.self_reported_timestamp
    roots = [asn1_x509.Certificate.load(root) for root in trust_roots]
    context = ValidationContext(trust_roots=roots, allow_fetching=False, moment=claimed, revocation_mode="soft-fail")
    status = validate_pdf_signature(found, signer_validation_context=context, ts_validation_context=context)
    if not (status.intact and status.valid):
        fault = fault or "signature"
    if status.coverage is not SignatureCoverageLevel.ENTIRE_FILE or not status.docmdp_ok:
        fault = fault or "coverage"
    stamp = status.timestamp_validity
    stamp_holds = None if stamp is None else bool(stamp.intact and stamp.valid)
    certificate = x509.load_der_x509_certificate(found.signer_cert.dump())
    return SealFound(
        holds=not fault,
        fault=fault,
        holder=common_name(certificate.subject),
        issuer=common_name(certificate.issuer),
        demonstration=is_demonstration(certificate),
        trusted=bool(status.trusted),
        stamp_holds=stamp_holds,
        sealed_at=stamp.timestamp if stamp is not None and stamp_holds else claimed,
    )


def _form_fault(pdf: bytes, found: EmbeddedPdfSignature) -> str:
    start, first, second, last = (int(number) for number in found.byte_range)
    if start != 0 or second + last != len(pdf):
        return "coverage"
    try:
        placeholder = signature_form.placeholder_of(pdf, first, second)
        signature_form.check(placeholder, signature_form.bytes_of(placeholder))
    except ValueError as error:
        return f"form {error}"
    return ""
