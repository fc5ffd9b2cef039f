"""The drawn photographs are what a tablet would have uploaded."""

import io

import pytest
from PIL import Image

from fieldapp.demo.findings import PICTURES
from fieldapp.demo.scenes import SCENES, shoot


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize("scene", sorted(set(SCENES) - {"meter", "keys"}))
def test_a_scene_is_baseline_jpeg_at_both_sizes_with_nothing_but_its_picture(scene: str) -> None:
    shot = shoot(scene)
    for content, size in ((shot.archive, (1600, 1200)), (shot.report, (1000, 750))):
        image = opened(content)
        assert image.format == "JPEG"
        assert image.size == size
        assert image.mode == "RGB"
        assert "progressive" not in image.info
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_the_same_scene_is_drawn_byte_for_byte_again() -> None:
    assert shoot("wall", "holes", 2) == shoot("wall", "holes", 2)
    assert shoot("wall", "holes", 2) != shoot("wall", "", 2)
    assert shoot("wall", "holes", 2) != shoot("wall", "holes", 3)


def test_a_meter_shows_other_digits_for_another_index() -> None:
    assert shoot("meter", "00012").report != shoot("meter", "00013").report


def test_twenty_two_photographs_are_taken_and_no_two_are_the_same_picture() -> None:
    assert len(PICTURES) == 22
    assert len({(picture.scene, picture.detail, picture.room) for picture in PICTURES}) == 22
    assert all(picture.scene in SCENES for picture in PICTURES)
