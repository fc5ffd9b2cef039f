"""The look in both lights: one page, two sets of colours."""

from fieldapp.web.assets import PACKAGE


def test_the_dark_look_has_other_colours_and_differs_in_nothing_else() -> None:
    """`light-dark()` takes colours alone; what asks for the light by itself could also hide or move something."""
    looks = [path for kind in ("css", "js", "html") for path in PACKAGE.rglob(f"*.{kind}")]
    assert any("light-dark(" in path.read_text() for path in looks)
    assert [path.name for path in looks if "prefers-color-scheme" in path.read_text()] == []
