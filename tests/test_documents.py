"""The documents keep up with the code: what they list exists, and what exists is listed."""

import re
from pathlib import Path

from fieldapp.cli import main
from fieldapp.domain.import_tables import TABLES
from fieldapp.records import all as _every_table  # noqa: F401 - fills the metadata
from fieldapp.records.base import Base

ROOT = Path(__file__).parents[1]


def test_every_table_is_described() -> None:
    listed = set(re.findall(r"`(\w+)`", (ROOT / "docs/database.md").read_text()))
    assert set(Base.metadata.tables) <= listed


def test_every_command_is_in_the_readme() -> None:
    listed = set(re.findall(r"`fieldapp (\w+)", (ROOT / "README.md").read_text()))
    assert set(main.commands) == listed


def test_every_setting_is_explained_where_people_start() -> None:
    read = set(re.findall(r"FIELDAPP_[A-Z0-9_]+", (ROOT / "fieldapp/config.py").read_text()))
    explained = set(re.findall(r"FIELDAPP_[A-Z0-9_]+", (ROOT / "bin/run").read_text()))
    assert read == explained


def test_every_column_that_can_be_imported_is_described() -> None:
    text = (ROOT / "docs/imports.md").read_text()
    for table in TABLES.values():
        section = text.partition(f"## `{table.code}`\n")[2].partition("\n## ")[0]
        described = re.findall(r"^\| `(\w+)` \| (.+?) \| (yes)? ?\|", section, re.MULTILINE)
        assert described == [(one.name, one.title, "yes" if one.required else "") for one in table.columns], table.code


def test_every_linked_document_exists() -> None:
    for page in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")):
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text()):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"
