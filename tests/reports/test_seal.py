"""The seal: whose it is, what it permits, at which level, and what happens when the time-stamp does not come."""

import socket
import stat
from pathlib import Path

import pikepdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, load_pem_private_key, pkcs12

from fieldapp.reports import authority, process, seal
from fieldapp.reports.authority import Authority, BadSealFile
from fieldapp.reports.evidence import Level
from fieldapp.reports.stamper import StamperUnavailable, host
from fieldapp.reports.verify import verify
from tests.reports.conftest import Report, run
from tests.reports.sample import build
from tests.support.timestamping import TimeStampingAuthority
from tests.support.verapdf import validate


def test_poppler_says_the_signature_is_valid_and_covers_the_document(report: Report) -> None:
    said = run("pdfsig", "-nocert", str(report.path))
    assert "Signature is Valid." in said
    assert "Total document signed" in said
    assert "ETSI.CAdES.detached" in said
    assert "Cachet de démonstration fieldapp" in said


def test_the_seal_permits_no_change_and_shows_nothing(report: Report) -> None:
    with pikepdf.open(report.path) as pdf:
        signature = pdf.Root.Perms.DocMDP
        assert signature.Reference[0].TransformParams.P == 1
        field = pdf.Root.AcroForm.Fields[0]
        assert [int(side) for side in field.Rect] == [0, 0, 0, 0]


def test_with_a_time_stamping_authority_the_seal_reaches_level_b_t(
    demonstration: Authority, time_stamping: TimeStampingAuthority, tmp_path: Path
) -> None:
    plan = demonstration.plan(host(time_stamping.url))
    sample = build(tmp_path, photos=0, lease_kind="garage", decisions=("signed",), seal=plan)
    page = process.render_inventory(sample.record, sample.acts, sample.files, sample.evidence)
    sealed = seal.seal(page, demonstration, time_stamping.url)
    verdict = verify(sealed, (*demonstration.roots, time_stamping.root.dump()))
    assert verdict.intact
    assert verdict.level is Level.B_T
    assert verdict.trusted
    report = Report(tmp_path / "stamped.pdf", sample, page)
    report.path.write_bytes(sealed)
    assert "PAdES B-T" in report.said()
    assert "Sans horodatage" not in report.said()
    assert validate(report.path) == []


def test_without_an_answer_of_the_time_stamping_authority_nothing_is_sealed(
    demonstration: Authority, report: Report
) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://user:secret@127.0.0.1:{unused.getsockname()[1]}/tsa?key=1"
        with pytest.raises(StamperUnavailable) as raised:
            seal.seal(report.unsealed, demonstration, url)
    assert "127.0.0.1" in str(raised.value)
    assert "secret" not in str(raised.value)


def test_an_answer_that_is_no_time_stamp_is_refused(
    demonstration: Authority, report: Report, time_stamping: TimeStampingAuthority
) -> None:
    with pytest.raises(StamperUnavailable):
        seal.seal(report.unsealed, demonstration, time_stamping.url.rsplit("/", 2)[0] + "/nothing-here")


def test_the_demonstration_authority_is_made_once_and_kept_from_others(tmp_path: Path) -> None:
    folder = tmp_path / "authority"
    first, second = authority.load(folder), authority.load(folder)
    assert first.roots == second.roots
    assert first.demonstration
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    assert modes == {"root.pem": 0o600, "seal.pem": 0o600, "seal-key.pem": 0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert list(tmp_path.iterdir()) == [folder]


def test_looking_for_trust_roots_makes_nothing(tmp_path: Path) -> None:
    assert authority.trust_roots(tmp_path / "authority") == ()
    assert not (tmp_path / "authority").exists()


def test_a_landlords_own_certificate_seals(tmp_path: Path, report: Report) -> None:
    file = _pkcs12(tmp_path, b"pass phrase")
    own = authority.load(tmp_path / "unused", file, "pass phrase")
    assert not (tmp_path / "unused").exists()
    verdict = verify(seal.seal(report.unsealed, own, None), own.roots)
    assert verdict.intact
    assert verdict.trusted
    assert verdict.sealed_by == "Cachet de démonstration fieldapp"


@pytest.mark.parametrize(("passphrase", "damaged"), (("wrong", False), (None, False), ("pass phrase", True)))
def test_a_seal_file_that_cannot_be_used_is_refused(tmp_path: Path, passphrase: str | None, damaged: bool) -> None:  # noqa: FBT001
    file = _pkcs12(tmp_path, b"pass phrase")
    if damaged:
        file.write_bytes(file.read_bytes()[:200])
    with pytest.raises(BadSealFile):
        authority.load(tmp_path / "unused", file, passphrase)


def _pkcs12(folder: Path, passphrase: bytes) -> Path:
    authority.load(folder / "source")
    certificate = x509.load_pem_x509_certificate((folder / "source" / "seal.pem").read_bytes())
    root = x509.load_pem_x509_certificate((folder / "source" / "root.pem").read_bytes())
    key = load_pem_private_key((folder / "source" / "seal-key.pem").read_bytes(), None)
    file = folder / "seal.p12"
    encryption = BestAvailableEncryption(passphrase)
    file.write_bytes(pkcs12.serialize_key_and_certificates(b"seal", key, certificate, [root], encryption))  # type: ignore[arg-type]
    return file
