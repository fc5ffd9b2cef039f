"""The validator tells a valid file from one that breaks rules."""

from pathlib import Path

import pikepdf
import pytest

from tests.support.verapdf import validate


def test_a_plain_page_breaks_named_rules_of_both_standards(tmp_path: Path) -> None:
    page = tmp_path / "plain.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(page)
    broken = validate(page)
    assert any(rule.startswith("3a 6.") for rule in broken)
    assert any(rule.startswith("ua1 ") for rule in broken)


def test_what_weasyprint_declares_as_pdf_a_is_valid(tmp_path: Path) -> None:
    from weasyprint import HTML

    page = tmp_path / "valid.pdf"
    font = Path(__file__).parents[2] / "fieldapp" / "reports" / "fonts" / "IBMPlexSans-Regular.ttf"
    HTML(
        string=f"""<html lang="fr"><title>Salle d'eau</title>
        <style>@font-face {{ font-family: plex; src: url({font.as_uri()}) }} body {{ font-family: plex }}</style>
        <h1>État des lieux</h1><p>Été, cœur, 12 m²</p>"""
    ).write_pdf(page, pdf_variant="pdf/a-3a")
    assert validate(page, ("3a",)) == []


def test_a_file_that_is_no_pdf_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "note.pdf").write_text("bonjour")
    with pytest.raises(RuntimeError, match="could not read"):
        validate(tmp_path / "note.pdf")
