"""The server's seal: a PAdES signature that certifies the file and permits no change to it."""

from io import BytesIO

from asn1crypto.keys import PrivateKeyInfo
from asn1crypto.x509 import Certificate
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko_certvalidator.registry import SimpleCertificateStore

from fieldapp.reports.authority import Authority
from fieldapp.reports.stamper import HttpStamper, StamperUnavailable, host

FIELD = "Seal"
ROOM = 32 * 1024
"""Bytes kept free for a signature with its time-stamp; given, because an estimate would ask for a second stamp."""


def seal(pdf: bytes, authority: Authority, tsa_url: str | None) -> bytes:
    """The same file with its seal: PAdES B-T with a time-stamping authority, else B-B.

    Certification level 1 (ISO 32000-2, 12.8.2.2: no change permitted), in a field without appearance: a visible one
    breaks PDF/A and PDF/UA. Raises StamperUnavailable rather than give a lower level than asked.
    """
    out = BytesIO()
    metadata = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        subfilter=SigSeedSubFilter.PADES,
        name=authority.holder,
    )
    signer = PdfSigner(
        metadata,
        signer=_signer(authority),
        timestamper=HttpStamper(tsa_url) if tsa_url else None,
        new_field_spec=SigFieldSpec(FIELD, box=None),
    )
    try:
        signer.sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), output=out, bytes_reserved=ROOM if tsa_url else None)
    except TimestampRequestError as error:
        raise StamperUnavailable(f"{host(tsa_url or '')}: refused") from error
    return out.getvalue()


def _signer(authority: Authority) -> SimpleSigner:
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # pyHanko
    store.register_multiple(Certificate.load(link) for link in authority.chain)
    return SimpleSigner(
        signing_cert=Certificate.load(authority.certificate),
        signing_key=PrivateKeyInfo.load(authority.key),
        cert_registry=store,
    )
