"""The file itself: PDF/A-3a and PDF/UA-1 at once, well formed, the same bytes every time."""

from pathlib import Path

import pikepdf
import pytest

from fieldapp.reports import bundle, process
from tests.reports.conftest import Report, Reports, run
from tests.reports.sample import ROOT, Json, build, entities_of
from tests.support.verapdf import validate


@pytest.mark.parametrize(
    "wishes",
    (
        {"photos": 20},
        {"photos": 3, "language": "en", "decisions": ("refused", "absent")},
    ),
    ids=["signed", "refused in English"],
)
def test_verapdf_finds_nothing_against_either_standard(reports: Reports, wishes: Json) -> None:
    assert validate(reports.sealed(**wishes).path) == []


def test_strange_characters_are_shown_by_their_code_and_break_no_standard(reports: Reports, tmp_path: Path) -> None:
    """No font of ours has Chinese or a bell; Greek, Cyrillic, Vietnamese and emoji are drawn."""
    state = entities_of(tmp_path, 0, "fr", "garage", 1)
    state[ROOT]["fields"]["remark"] = "Ключ λ ễ 💧 中\u0007 e\u0301 <b>&amp; R&D & Co &"
    report = reports.sealed(photos=0, state=state, decisions=("signed",))
    assert "Ключ λ ễ 💧 [U+4E2D][U+0007] é <b>&amp; R&D & Co &" in report.said()
    assert validate(report.path) == []


def test_qpdf_finds_nothing_to_repair(report: Report) -> None:
    assert "No syntax or stream encoding errors found" in run("qpdf", "--check", str(report.path))


def test_there_are_no_object_streams(report: Report) -> None:
    """With them validators take half a minute longer."""
    assert b"/ObjStm" not in report.pdf


def test_the_attachments_are_the_bytes_that_were_given(report: Report) -> None:
    with pikepdf.open(report.path) as pdf:
        files = {name: spec.get_file().read_bytes() for name, spec in pdf.attachments.items()}
    assert sorted(files) == sorted(bundle.ALL)
    assert files[bundle.RECORD] == report.sample.record
    assert files[bundle.ACTS] == report.sample.acts
    assert files[bundle.KEYS] == report.sample.evidence.keys
    assert files[bundle.AUDIT] == report.sample.evidence.audit


def test_the_same_record_gives_the_same_bytes(tmp_path: Path) -> None:
    sample = build(tmp_path, photos=2, lease_kind="garage", decisions=("signed",))
    first, second = (
        process.render_inventory(sample.record, sample.acts, sample.files, sample.evidence) for _ in range(2)
    )
    assert first == second
