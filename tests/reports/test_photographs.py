"""Photographs inside a report are the ones that were signed, byte for byte, and each has its place."""

import hashlib
import json
from pathlib import Path
from types import SimpleNamespace

import pikepdf
import pytest

from fieldapp.reports import process
from fieldapp.reports.layout import PhotographLost, check
from fieldapp.reports.process import RenderFailed
from fieldapp.reports.rewrite import PhotographChanged
from tests.reports.conftest import Report, run
from tests.reports.sample import build


def test_extracted_photographs_have_the_hashes_of_the_manifest(report: Report, tmp_path: Path) -> None:
    """As anyone can check without us: pdfimages, pdfdetach and sha256sum."""
    run("pdfimages", "-all", str(report.path), str(tmp_path / "image"))
    run("pdfdetach", "-save", "3", "-o", str(tmp_path / "photos.sha256"), str(report.path))
    listed = {line.split()[0] for line in (tmp_path / "photos.sha256").read_text().splitlines()}
    found = {hashlib.sha256(path.read_bytes()).hexdigest() for path in tmp_path.glob("image-*.jpg")}
    assert len(found) == 20
    assert found == listed
    recorded = {photo["report"]["sha256"] for photo in json.loads(report.sample.record)["photos"]}
    assert recorded == listed


def test_the_manifest_is_read_by_sha256sum(report: Report, tmp_path: Path) -> None:
    run("pdfdetach", "-save", "3", "-o", str(tmp_path / "photos.sha256"), str(report.path))
    for photo in json.loads(report.sample.record)["photos"]:
        source = report.sample.files[photo["report"]["sha256"]]
        (tmp_path / f"{photo['mark']}.jpg").write_bytes(source.read_bytes())
    assert "P20.jpg: OK" in run("env", "-C", str(tmp_path), "sha256sum", "--check", "--strict", "photos.sha256")


def test_each_photograph_has_words_for_those_who_do_not_see_it(report: Report) -> None:
    with pikepdf.open(report.path) as pdf:
        texts = [str(thing.get("/Alt")) for thing in pdf.objects if _is_figure(thing)]
    assert any(text.startswith("Photo P01, Entrée") and "vue depuis la porte" in text for text in texts)
    assert sum(text.startswith("Photo P") for text in texts) == 20


def _is_figure(thing: object) -> bool:
    return isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == pikepdf.Name.Figure


def test_a_photograph_without_its_file_stops_the_report(tmp_path: Path) -> None:
    sample = build(tmp_path, photos=3, lease_kind="garage", decisions=("signed",))
    files = dict(list(sample.files.items())[1:])
    with pytest.raises(RenderFailed, match="UnusableRecord"):
        process.render_inventory(sample.record, sample.acts, files, sample.evidence)


def test_a_photograph_with_other_bytes_stops_the_report(tmp_path: Path) -> None:
    sample = build(tmp_path, photos=3, lease_kind="garage", decisions=("signed",))
    first, second, *_ = sample.files.values()
    with pytest.raises(PhotographChanged):
        process.render_inventory(sample.record, sample.acts, {**sample.files, first.stem: second}, sample.evidence)


@pytest.mark.parametrize(
    "anchors",
    (
        {},
        {"P01": (100, 200)},
        {"P01": (100, 1200), "P01-end": (100, 1300)},
        {"P01": (100, 1000), "P01-end": (100, 1080)},
        {"P01": (760, 200), "P01-end": (760, 300)},
    ),
    ids=["nowhere", "cut in two", "below the page", "into the foot", "beyond the right edge"],
)
def test_a_photograph_that_is_not_inside_a_page_is_noticed(anchors: dict[str, tuple[float, float]]) -> None:
    page = SimpleNamespace(width=793.7, height=1122.5, anchors=anchors)
    with pytest.raises(PhotographLost, match="P01"):
        check([page], [{"mark": "P01"}])


def test_a_photograph_inside_a_page_is_fine() -> None:
    page = SimpleNamespace(width=793.7, height=1122.5, anchors={"P01": (100, 200), "P01-end": (100, 350)})
    check([page], [{"mark": "P01"}])
