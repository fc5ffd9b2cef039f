"""Which characters the fonts of the reports draw, and what a reader sees instead of the others."""

from fieldapp.reports import glyphs


def test_what_is_taken_for_granted_is_in_both_text_fonts() -> None:
    assert glyphs._KNOWN - {ord("\n"), ord("\t")} <= glyphs._points(glyphs.TEXT_FONTS)


def test_names_of_many_languages_are_drawn() -> None:
    for text in ("Nguyễn Thị Lan", "Łukasz Żółć", "Ağaoğlu", "Ελένη", "Олександр", "Ñandú", "Šebestová"):
        assert glyphs.visible(text) == text


def test_accents_typed_apart_are_put_together() -> None:
    assert glyphs.visible("Ame\u0301lie") == "Amélie"


def test_what_no_font_has_is_shown_by_its_code() -> None:
    assert glyphs.visible("门 \u0000 \u202e") == "[U+95E8] [U+0000] [U+202E]"


def test_emoji_are_drawn_by_a_font_that_is_loaded_only_for_them() -> None:
    assert glyphs.visible("fuite 💧\ufe0f") == "fuite 💧"
    assert glyphs.needs_emoji("fuite 💧")
    assert not glyphs.needs_emoji("fuite d’eau → évier")
