"""Verification with the file alone: what is intact, what was altered, what is no report at all."""

import json
import random
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from fieldapp.reports import authority, process, seal
from fieldapp.reports.authority import Authority
from fieldapp.reports.evidence import Evidence, Level
from fieldapp.reports.verdict import Check, Status, Verdict
from fieldapp.reports.verdict_words import lines
from fieldapp.reports.verify import verify
from sync import canonical
from tests.reports.conftest import Report, Reports
from tests.reports.sample import Sample, device_key, jwk, sign


@pytest.fixture(scope="module")
def small(reports: Reports) -> Report:
    """A short report, quick to verify many times."""
    return reports.sealed(photos=2, lease_kind="garage", decisions=("signed",))


def test_an_untouched_report_is_intact_and_tells_by_whom_when_and_how(report: Report, demonstration: Authority) -> None:
    verdict = verify(report.pdf, demonstration.roots)
    assert verdict.status is Status.INTACT
    assert verdict.number == "EDL-E-2026-001873"
    assert verdict.record_sha256 == report.sample.sha256
    assert (verdict.sealed_by, verdict.issued_by) == (
        "Cachet de démonstration fieldapp",
        "Autorité de démonstration fieldapp",
    )
    assert verdict.level is Level.B_B
    assert verdict.demonstration
    assert verdict.trusted
    assert (verdict.acts, verdict.photos) == (3, 20)
    assert verdict.sealed_at is not None
    assert "Intact" in lines(verdict, "fr")[0]
    assert "Intact" in lines(verdict, "en")[0]


def test_without_known_certificates_an_intact_report_is_not_called_trusted(small: Report) -> None:
    verdict = verify(small.pdf)
    assert verdict.intact
    assert not verdict.trusted
    assert "ne connaît pas l'autorité" in lines(verdict)[-1]


def test_a_flipped_bit_anywhere_is_seen(small: Report) -> None:
    original, rng = small.pdf, random.Random(16)
    for _ in range(40):
        changed = bytearray(original)
        changed[rng.randrange(len(original))] ^= 1 << rng.randrange(8)
        assert verify(bytes(changed)).status is Status.ALTERED


def test_a_flipped_bit_inside_the_signature_is_seen(small: Report) -> None:
    """Most of a CMS container is not covered by its own signature; its padding and letter case neither."""
    original = small.pdf
    start = original.rindex(b"/Contents <") + len(b"/Contents <") - 1
    end = original.index(b">", start)
    for place in [start, start + 1, *range(start + 2, end, 149), end - 1, end]:
        for bit in (0x01, 0x20):
            changed = bytearray(original)
            changed[place] ^= bit
            assert verify(bytes(changed)).status is Status.ALTERED, place - start


def test_a_report_with_something_added_behind_the_seal_is_altered(small: Report) -> None:
    assert verify(small.pdf + b"\n% one more line\n").status is Status.ALTERED
    with pikepdf.open(BytesIO(small.pdf)) as pdf:
        pdf.docinfo["/Title"] = "Another"
        out = BytesIO()
        pdf.save(out)
    assert verify(out.getvalue()).status is Status.ALTERED


def test_a_report_whose_seal_was_taken_away_is_altered(small: Report) -> None:
    verdict = verify(small.unsealed)
    assert verdict.status is Status.ALTERED
    assert verdict.level is None


@pytest.mark.parametrize(
    "data",
    (b"", b"\x00" * 40, b"not a pdf", b"%PDF-1.7\n%%EOF", b"\xff\xd8\xff\xe0" + bytes(range(256)) * 20),
    ids=["empty", "zeros", "text", "hollow", "picture"],
)
def test_what_is_no_report_is_unreadable(data: bytes) -> None:
    assert verify(data).status is Status.UNREADABLE


def test_another_pdf_is_unreadable() -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        out = BytesIO()
        pdf.save(out)
    assert verify(out.getvalue()).status is Status.UNREADABLE


def _sealed(sample: Sample, who: Authority, **changes: bytes) -> Verdict:
    """The verdict on a report that was made, and sealed well, from papers that do not fit together."""
    evidence = Evidence(
        changes.get("keys", sample.evidence.keys),
        sample.evidence.audit,
        sample.evidence.verify_url,
        sample.evidence.seal,
    )
    page = process.render_inventory(sample.record, changes.get("acts", sample.acts), sample.files, evidence)
    return verify(seal.seal(page, who, None), who.roots)


def test_an_act_about_another_record_is_found_under_a_good_seal(small: Report, demonstration: Authority) -> None:
    acts = json.loads(small.sample.acts)
    body = {name: value for name, value in acts[1].items() if name != "signature"} | {"record_sha256": "0" * 64}
    acts[1] = sign(body, device_key())
    verdict = _sealed(small.sample, demonstration, acts=canonical.dumps(acts))
    assert verdict.status is Status.ALTERED
    assert [finding.check for finding in verdict.findings if not finding.ok] == [Check.ACTS]


def test_an_act_that_the_tablet_did_not_sign_is_found_under_a_good_seal(
    small: Report, demonstration: Authority
) -> None:
    stranger = jwk(ec.generate_private_key(ec.SECP256R1()))
    keys = [{"device_id": key["device_id"], "public_key": stranger} for key in json.loads(small.sample.evidence.keys)]
    verdict = _sealed(small.sample, demonstration, keys=canonical.dumps(keys))
    assert verdict.status is Status.ALTERED
    assert [finding.check for finding in verdict.findings if not finding.ok] == [Check.TABLET]


def test_a_report_sealed_again_by_a_stranger_is_not_trusted(small: Report, tmp_path: Path) -> None:
    ours, theirs = authority.load(tmp_path / "ours"), authority.load(tmp_path / "theirs")
    assert not verify(seal.seal(small.unsealed, theirs, None), ours.roots).trusted


def test_the_command_line_answers_by_its_exit_code(small: Report, tmp_path: Path) -> None:
    altered, garbage = tmp_path / "altered.pdf", tmp_path / "garbage.pdf"
    altered.write_bytes(small.pdf.replace(b"/Type", b"/Tipe", 1))
    garbage.write_bytes(b"garbage")
    codes = [
        subprocess.run(
            [str(Path(sys.executable).with_name("fieldapp")), "verify", str(path)], capture_output=True, check=False
        )
        for path in (small.path, altered, garbage)
    ]
    assert [ended.returncode for ended in codes] == [0, 1, 2]
