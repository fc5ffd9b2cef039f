"""A landlord leaves with all of its data, and with nothing of anybody else's."""

import csv
import hashlib
import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from openpyxl import load_workbook
from sqlalchemy import select

from fieldapp.extensions import db
from fieldapp.records.account import Account
from fieldapp.records.base import Base
from fieldapp.records.inventory import Inventory
from fieldapp.services import leaving
from fieldapp.services.leaving_files import FOLDERS, NO_FILES, named
from fieldapp.services.ownership import WITHOUT, owned
from fieldapp.services.row_form import shown_columns
from tests.fieldwork.estate import Estate
from tests.fieldwork.office import sealed
from tests.fieldwork.systems import system

ROOT = Path(__file__).parents[2]


def read(folder: Path, table: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads((folder / f"data/{table}.json").read_text())
    return found


def test_everything_of_one_landlord_is_there_and_nothing_of_another(estate: Estate, tmp_path: Path) -> None:
    flat = sealed(estate, photos=[b"one", b"two"])
    other = Estate.build(estate.app, "Autre Habitat")
    folder = tmp_path / "gone"
    with estate.app.app_context():
        counts = leaving.leave(estate.landlord_id, folder)
        record = db.session.get_one(Inventory, flat.root_id).record_sha256
    assert (folder / f"records/{record}.json").stat().st_size > 100
    (report,) = read(folder, "sealed_report")
    assert (folder / f"reports/{report['sha256']}.pdf").read_bytes().startswith(b"%PDF")
    assert {path.read_bytes() for path in (folder / "photos").iterdir()} >= {b"one", b"two"}
    assert counts["photos"] == 4
    assert [row["id"] for row in read(folder, "inventory")] == [flat.root_id]
    told = "".join(path.read_text() for path in (folder / "data").glob("*.[cj]s*"))
    assert other.landlord_id not in told
    assert "Camille Essai" in told


def test_every_file_is_in_the_manifest_with_its_hash_and_every_table_keeps_its_schema(
    quick_estate: Estate, tmp_path: Path
) -> None:
    sealed(quick_estate)
    folder = tmp_path / "gone"
    with quick_estate.app.app_context():
        leaving.leave(quick_estate.landlord_id, folder)
    manifest = json.loads((folder / "manifest.json").read_text())
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - {"manifest.json"}
    assert manifest["files"].keys() == files
    for name, sha256 in manifest["files"].items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == sha256
    schemas = json.loads((folder / "schema.json").read_text())["$defs"]
    for table, schema in schemas.items():
        Draft202012Validator(schema).validate(read(folder, table))
        with (folder / f"data/{table}.csv").open(encoding="utf-8-sig", newline="") as file:
            assert sum(1 for _ in csv.reader(file, delimiter=";")) == len(read(folder, table)) + 1
        (sheet,) = load_workbook(folder / f"data/{table}.xlsx").worksheets
        assert sheet.max_row == len(read(folder, table)) + 1


def test_what_opens_something_stays_behind(quick_estate: Estate, tmp_path: Path) -> None:
    token = system(quick_estate).token
    with quick_estate.app.app_context():
        kept = db.session.scalars(select(Account.password_hash)).first()
        leaving.leave(quick_estate.landlord_id, tmp_path / "gone")
    told = "".join(path.read_text() for path in (tmp_path / "gone/data").glob("*.[cj]s*"))
    assert kept
    assert kept not in told
    assert hashlib.sha256(token.encode()).hexdigest() not in told


def test_nothing_is_mixed_with_what_is_in_the_folder(quick_estate: Estate, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with quick_estate.app.app_context(), pytest.raises(leaving.NotEmpty):
        leaving.leave(quick_estate.landlord_id, tmp_path)


def test_every_table_leaves_or_the_document_says_why_it_stays(quick_estate: Estate) -> None:
    with quick_estate.app.app_context():
        taken = {table.name for table, _ in owned(quick_estate.landlord_id)}
    assert taken | WITHOUT.keys() == set(Base.metadata.tables)
    assert not taken & WITHOUT.keys()
    stays = (ROOT / "docs/leaving.md").read_text().partition("These tables stay whole")[2]
    told = re.findall(r"^\| `(\w+)` \| (.+) \|$", stays, re.MULTILINE)
    assert dict(told) == WITHOUT


def test_every_column_that_names_bytes_says_in_which_folder_they_leave() -> None:
    hashes = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        if table.name not in WITHOUT | {"mail_attachment": ""}
        for column in shown_columns(table)
        if column.name.endswith("sha256")
    }
    assert hashes == FOLDERS.keys() | NO_FILES.keys()


def test_quotes_settlements_paper_pages_and_what_was_mailed_leave_too() -> None:
    assert list(named("charge_file", {"id": "a", "sha256": "b"})) == [("proofs", "b")]
    assert list(named("settlement", {"document_sha256": None})) == []
    assert list(named("mail_attachment", {"folder": "reports", "sha256": "c"})) == [("reports", "c")]
    paper = json.dumps({"origin": "imported", "scan": [{"sha256": "d"}, {"sha256": "e"}]})
    assert list(named("field_state", {"field": "entry", "value": paper})) == [("proofs", "d"), ("proofs", "e")]
    assert list(named("field_state", {"field": "entry", "value": "null"})) == []
