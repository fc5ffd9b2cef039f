"""The process of its own in which a report is rendered."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from fieldapp.reports import process
from fieldapp.reports.process import RenderFailed, RenderTimedOut
from sync import canonical
from tests.reports.sample import Sample, build


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """A garage without photographs."""
    return build(tmp_path_factory.mktemp("photos"), photos=0, lease_kind="garage", decisions=("signed",))


def test_whoever_asks_for_a_report_never_loads_weasyprint() -> None:
    """Loading it makes Pillow accept truncated photographs for the whole process."""
    modules = "fieldapp.reports.process, fieldapp.reports.verify, fieldapp.services.sealing, fieldapp.web"
    program = f"import sys, {modules}; print('weasyprint' in sys.modules)"
    ended = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert ended.stdout == "False\n"


def test_a_report_that_takes_too_long_is_given_up(sample: Sample) -> None:
    with pytest.raises(RenderTimedOut, match="after"):
        process.render_inventory(sample.record, sample.acts, sample.files, sample.evidence, time_limit=0.01)


@pytest.mark.parametrize(
    "change", ({"format": "fieldapp.record/9"}, {"kind": "survey"}, {"kind": "pre_exit"}, {"language": "de"})
)
def test_a_record_that_cannot_be_shown_is_refused_by_name(sample: Sample, change: dict[str, str]) -> None:
    record = canonical.dumps(json.loads(sample.record) | change)
    with pytest.raises(RenderFailed, match="UnusableRecord") as raised:
        process.render_inventory(record, sample.acts, sample.files, sample.evidence)
    assert raised.value.where.startswith("document.py:")


def test_a_failure_says_nothing_about_people(sample: Sample) -> None:
    record = json.loads(sample.record)
    del record["meters"]
    record["parties"][0]["name"] = "Mme Inconnue"
    with pytest.raises(RenderFailed) as raised:
        process.render_inventory(canonical.dumps(record), sample.acts, sample.files, sample.evidence)
    assert "Inconnue" not in str(raised.value)


def test_nothing_is_left_behind(sample: Sample, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    process.render_inventory(sample.record, sample.acts, sample.files, sample.evidence)
    assert list(tmp_path.iterdir()) == []
