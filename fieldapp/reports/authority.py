"""Who seals: the landlord's certificate, or a demonstration authority made at the first start and named as such.

Without pyHanko, which takes a second to import: every start looks whether the seal is there.
"""

import os
import secrets
import shutil
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
    pkcs12,
)
from cryptography.x509.oid import NameOID

from fieldapp.reports.evidence import SealPlan

DEMONSTRATION_POLICY = x509.ObjectIdentifier("2.25.305117409184517301422817533271265216842")
"""Marks a certificate of a demonstration authority; an identifier made from a UUID (ITU-T X.667), so it is nobody else's."""

ISSUER_NAME = "Autorité de démonstration fieldapp"
HOLDER_NAME = "Cachet de démonstration fieldapp"
NO_VALUE = "Sans valeur juridique"
YEARS = 20

_ROOT, _CERTIFICATE, _KEY = "root.pem", "seal.pem", "seal-key.pem"


class BadSealFile(ValueError):
    """The PKCS#12 file cannot be used: wrong passphrase, damaged, or without key and certificate."""


@dataclass(frozen=True, slots=True)
class Authority:
    """A certificate with its key (PKCS#8) and the chain above it; `roots` are the trust anchors it hangs on; all as DER."""

    holder: str
    issuer: str
    demonstration: bool
    certificate: bytes
    key: bytes = field(repr=False)
    chain: tuple[bytes, ...]
    roots: tuple[bytes, ...]

    def plan(self, stamper: str | None) -> SealPlan:
        """The seal that this authority will put, with the host of the time-stamping authority if there is one."""
        return SealPlan(holder=self.holder, issuer=self.issuer, demonstration=self.demonstration, stamper=stamper)


def load(folder: Path, pkcs12_file: Path | None = None, passphrase: str | None = None) -> Authority:
    """The landlord's seal from a PKCS#12 file, else the demonstration one of `folder`, made there if it is not yet.

    Raises BadSealFile.
    """
    return _from_pkcs12(pkcs12_file, passphrase) if pkcs12_file else _demonstration(folder)


def trust_roots(folder: Path, pkcs12_file: Path | None = None, passphrase: str | None = None) -> tuple[bytes, ...]:
    """The certificates (DER) that this installation's seals hang on, without making any; empty before the first start."""
    found: tuple[bytes, ...] = ()
    if (folder / _ROOT).is_file():
        found += (x509.load_pem_x509_certificate((folder / _ROOT).read_bytes()).public_bytes(Encoding.DER),)
    if pkcs12_file:
        found += _from_pkcs12(pkcs12_file, passphrase).roots
    return found


def _demonstration(folder: Path) -> Authority:
    if not folder.is_dir():
        _make(folder)
    root = x509.load_pem_x509_certificate((folder / _ROOT).read_bytes())
    certificate = x509.load_pem_x509_certificate((folder / _CERTIFICATE).read_bytes())
    key = load_pem_private_key((folder / _KEY).read_bytes(), password=None)
    private = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return _authority(certificate, private, (root,), demonstration=True)


def _from_pkcs12(file: Path, passphrase: str | None) -> Authority:
    try:
        found = pkcs12.load_pkcs12(file.read_bytes(), passphrase.encode() if passphrase else None)
    except ValueError as error:
        raise BadSealFile("wrong passphrase, or not a PKCS#12 file") from error
    if found.key is None or found.cert is None:
        raise BadSealFile("no key with its certificate inside")
    private = found.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    chain = tuple(entry.certificate for entry in found.additional_certs)
    return _authority(found.cert.certificate, private, chain, demonstration=is_demonstration(found.cert.certificate))


def _authority(
    certificate: x509.Certificate, private: bytes, chain: tuple[x509.Certificate, ...], *, demonstration: bool
) -> Authority:
    anchors = [link for link in chain if link.subject == link.issuer] or [certificate]
    return Authority(
        holder=common_name(certificate.subject),
        issuer=common_name(certificate.issuer),
        demonstration=demonstration,
        certificate=certificate.public_bytes(Encoding.DER),
        key=private,
        chain=tuple(link.public_bytes(Encoding.DER) for link in chain),
        roots=tuple(anchor.public_bytes(Encoding.DER) for anchor in anchors),
    )


def is_demonstration(certificate: x509.Certificate) -> bool:
    """Whether the certificate says of itself that it is a demonstration one."""
    try:
        policies = certificate.extensions.get_extension_for_class(x509.CertificatePolicies).value
    except x509.ExtensionNotFound:
        return False
    return any(policy.policy_identifier == DEMONSTRATION_POLICY for policy in policies)


def common_name(name: x509.Name) -> str:
    """The common name of a holder or issuer, the whole name when it has none."""
    found = name.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(found[0].value) if found else name.rfc4514_string()


def _make(folder: Path) -> None:
    """Makes root, key and certificate, all or nothing; of two processes that start at once, the first wins."""
    draft = folder.with_name(f".{folder.name}.{secrets.token_hex(8)}")
    draft.mkdir(mode=0o700, parents=True)
    try:
        root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
        root = _root(root_key)
        # The root's key is not kept: nothing else may ever be issued in its name.
        _write(draft / _ROOT, root.public_bytes(Encoding.PEM))
        _write(draft / _CERTIFICATE, _leaf(root, root_key, key).public_bytes(Encoding.PEM))
        _write(draft / _KEY, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        try:
            draft.rename(folder)
        except OSError:
            if not (folder / _KEY).is_file():
                raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _write(path: Path, data: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _name(common: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "FR"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, NO_VALUE),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


def _builder(subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey) -> x509.CertificateBuilder:
    start = datetime.now(UTC).replace(microsecond=0) - timedelta(days=1)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=365 * YEARS))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
        .add_extension(x509.CertificatePolicies([x509.PolicyInformation(DEMONSTRATION_POLICY, None)]), critical=False)
    )


def _usage(*, signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=signs,
        content_commitment=signs,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=not signs,
        crl_sign=not signs,
        encipher_only=False,
        decipher_only=False,
    )


def _root(key: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    name = _name(ISSUER_NAME)
    return (
        _builder(name, name, key.public_key())
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs=False), critical=True)
        .sign(key, SHA256())
    )


def _leaf(
    root: x509.Certificate, root_key: ec.EllipticCurvePrivateKey, key: ec.EllipticCurvePrivateKey
) -> x509.Certificate:
    return (
        _builder(_name(HOLDER_NAME), root.subject, key.public_key())
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs=True), critical=True)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key()), critical=False)
        .sign(root_key, SHA256())
    )
