"""The bytes of a seal that its own signature does not protect: each must be exactly what the sealing wrote."""

from binascii import hexlify, unhexlify

from asn1crypto import cms
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.serialization import Encoding


class StrangeForm(ValueError):
    """The signature's container differs from what the sealing writes."""


def check(placeholder: bytes, signature: bytes) -> None:
    """Looks at the `/Contents` of a seal: `placeholder` as it stands in the file between `<` and `>`.

    The signature covers the file around it and its own signed attributes. This covers the rest: capital digits, zeros
    to the end, one signer, no attribute but the time-stamp, every certificate signed by one that is inside, and the one
    encoding that these values have in DER. Raises StrangeForm.
    """
    if placeholder != hexlify(signature).upper().ljust(len(placeholder), b"0"):
        raise StrangeForm("placeholder")
    content = cms.ContentInfo.load(signature, strict=True)
    data = content["content"]
    signers = data["signer_infos"]
    if content["content_type"].native != "signed_data" or data["version"].native != "v1" or len(signers) != 1:
        raise StrangeForm("container")
    signer = signers[0]
    digest = signer["digest_algorithm"].dump()
    if signer["version"].native != "v1" or [item.dump() for item in data["digest_algorithms"]] != [digest]:
        raise StrangeForm("algorithms")
    if data["crls"].native is not None or data["encap_content_info"]["content"].native is not None:
        raise StrangeForm("container")
    unsigned = signer["unsigned_attrs"].native or []
    if any(attribute["type"] != "signature_time_stamp_token" for attribute in unsigned):
        raise StrangeForm("attributes")
    _check_certificates([choice.chosen.dump() for choice in data["certificates"]])
    if content.dump(force=True) != signature:
        raise StrangeForm("encoding")


def _check_certificates(certificates: list[bytes]) -> None:
    found = [x509.load_der_x509_certificate(data) for data in certificates]
    for certificate in found:
        issuers = [other for other in found if other.subject == certificate.issuer]
        if len(found) > 1 and not any(_issued(certificate, issuer) for issuer in issuers):
            raise StrangeForm("certificates")
        if certificate.public_bytes(Encoding.DER) not in certificates:
            raise StrangeForm("certificates")


def _issued(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(issuer)
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True


def placeholder_of(pdf: bytes, start: int, end: int) -> bytes:
    """The digits between the two covered ranges of a file; raises StrangeForm when they are not between brackets."""
    if pdf[start : start + 1] != b"<" or pdf[end - 1 : end] != b">":
        raise StrangeForm("placeholder")
    return pdf[start + 1 : end - 1]


def bytes_of(placeholder: bytes) -> bytes:
    """The DER value at the start of the digits, without the padding; raises StrangeForm."""
    try:
        data = unhexlify(placeholder)
    except ValueError as error:
        raise StrangeForm("placeholder") from error
    try:
        return bytes(cms.ContentInfo.load(data, strict=False).dump())
    except ValueError as error:
        raise StrangeForm("container") from error
