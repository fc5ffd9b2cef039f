"""What the examination of a received photograph accepts, and why it refuses the rest."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldapp.photos.examine import MOST_BYTES, Examiner, examine_bytes
from fieldapp.photos.verdict import REASONS, Verdict
from tests.photos.pictures import jpeg, jpeg_claiming, jpeg_with_orientation, png


def test_a_plain_photograph_is_safe_and_its_size_is_known() -> None:
    assert examine_bytes(jpeg((640, 480))) == Verdict(None, 640, 480)


def test_a_grey_photograph_is_safe() -> None:
    assert examine_bytes(jpeg(mode="L")).safe


@pytest.mark.parametrize(
    ("data", "reason"),
    (
        (b"", "empty"),
        (b"%PDF-1.7 not a photo", "not_jpeg"),
        (png(), "not_jpeg"),
        (jpeg()[: len(jpeg()) // 2], "truncated"),
        (jpeg()[:20], "not_jpeg"),
        (jpeg(mode="CMYK"), "carries_metadata"),
        (jpeg_claiming(20_000, 15_000), "too_many_pixels"),
        (jpeg(comment=b"taken by somebody"), "carries_metadata"),
        (jpeg(icc_profile=b"\0" * 200), "carries_metadata"),
        (b"\0" * (MOST_BYTES + 1), "too_heavy"),
    ),
    ids=["empty", "pdf", "png", "half", "header", "cmyk", "300-megapixels", "comment", "profile", "heavy"],
)
def test_a_file_that_is_no_clean_photograph_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    assert examine_bytes(data).reason == reason
    assert reason in REASONS


def test_four_inks_are_refused_even_without_their_marker() -> None:
    cmyk = jpeg(mode="CMYK")
    at = cmyk.index(b"\xff\xee")
    length = int.from_bytes(cmyk[at + 2 : at + 4], "big")
    assert examine_bytes(cmyk[:at] + cmyk[at + 2 + length :]).reason == "wrong_mode"


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photograph_that_must_still_be_turned_is_refused(orientation: int) -> None:
    assert examine_bytes(jpeg_with_orientation(orientation)).reason == "carries_metadata"


@pytest.fixture
def examiner() -> Iterator[Examiner]:
    examiner = Examiner()
    yield examiner
    examiner.close()


def test_the_examination_runs_in_a_process_of_its_own_and_outlives_its_death(
    examiner: Examiner, tmp_path: Path
) -> None:
    photo = tmp_path / "photo"
    photo.write_bytes(jpeg())
    assert examiner.examine(photo).safe
    for process in list(examiner._child._pool._processes.values()):  # type: ignore[union-attr]
        process.kill()
        process.join()
    assert examiner.examine(photo).reason == "undecodable"
    assert examiner.examine(photo).safe
