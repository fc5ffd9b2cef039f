"""Files that another system lays into a folder: imported once, whole or not at all, with a report beside."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select

from fieldapp.extensions import db
from fieldapp.records.audit_entry import AuditEntry
from fieldapp.records.building import Building
from fieldapp.records.job import Job
from fieldapp.services import installation
from fieldapp.services.importing import laid
from tests.fieldwork.estate import Estate
from tests.fieldwork.imports import STOCK, csv_of, xlsx_of


def lay(estate: Estate, name: str, data: bytes) -> Path:
    """Lay a file into the folder."""
    with estate.app.app_context():
        folder = installation.config().exchange / "imports"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(data)
    return folder


def look(estate: Estate) -> None:
    """The worker looks, a moment later."""
    with estate.app.app_context():
        laid.take_in(datetime.now(UTC) + timedelta(minutes=1))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))


def count(estate: Estate) -> int:
    with estate.app.app_context():
        return db.session.scalar(select(func.count()).select_from(Building)) or 0


def imports(estate: Estate) -> int:
    with estate.app.app_context():
        return db.session.scalar(select(func.count()).where(AuditEntry.action == "import.done")) or 0


def test_files_are_imported_in_the_order_of_what_they_refer_to(quick_estate: Estate) -> None:
    lay(quick_estate, "buildings-2026.csv", csv_of("buildings", STOCK["buildings"]))
    folder = lay(quick_estate, "agencies.xlsx", xlsx_of("agencies", STOCK["agencies"]))
    look(quick_estate)
    assert names(folder) == []
    done = names(folder / "done")
    assert [name.split(".")[0] for name in done] == ["agencies", "agencies", "buildings-2026", "buildings-2026"]
    assert "1 nouveaux" in (folder / "done" / done[1]).read_text()
    assert count(quick_estate) == 2


def test_one_fault_refuses_the_whole_file_and_the_report_says_where(quick_estate: Estate) -> None:
    rows = [*STOCK["buildings"], ("R-2", "AG-9", "Tour", "1 rue des Essais", "29000", "Quimper")]
    lay(quick_estate, "agencies.csv", csv_of("agencies", STOCK["agencies"]))
    folder = lay(quick_estate, "buildings.csv", csv_of("buildings", rows))
    look(quick_estate)
    refused = names(folder / "refused")
    assert len(refused) == 2
    assert "Ligne 3, colonne agency" in (folder / "refused" / refused[1]).read_text()
    assert count(quick_estate) == 1


def test_the_same_file_is_never_imported_twice(quick_estate: Estate) -> None:
    data = csv_of("agencies", STOCK["agencies"])
    lay(quick_estate, "agencies.csv", data)
    look(quick_estate)
    folder = lay(quick_estate, "agencies-encore.csv", data)
    look(quick_estate)
    assert imports(quick_estate) == 1
    again = next(path for path in (folder / "done").glob("agencies-encore*.txt"))
    assert "déjà été importé" in again.read_text()


def test_a_file_that_was_refused_may_come_again(quick_estate: Estate) -> None:
    data = csv_of("buildings", STOCK["buildings"])
    lay(quick_estate, "buildings.csv", data)
    look(quick_estate)
    assert count(quick_estate) == 1
    lay(quick_estate, "agencies.csv", csv_of("agencies", STOCK["agencies"]))
    lay(quick_estate, "buildings.csv", data)
    look(quick_estate)
    assert count(quick_estate) == 2


def test_what_is_still_written_or_has_no_known_name_is_not_imported(quick_estate: Estate) -> None:
    data = csv_of("agencies", STOCK["agencies"])
    lay(quick_estate, "agencies.csv.part", data)
    folder = lay(quick_estate, "patrimoine.csv", data)
    look(quick_estate)
    assert names(folder) == ["agencies.csv.part"]
    assert "commencez-le par" in next((folder / "refused").glob("*.txt")).read_text()
    lay(quick_estate, "agencies.csv", data)
    with quick_estate.app.app_context():
        laid.take_in(datetime.now(UTC))
    assert "agencies.csv" in names(folder)


def test_one_look_plans_the_next_and_leaves_no_trail(quick_estate: Estate) -> None:
    look(quick_estate)
    look(quick_estate)
    with quick_estate.app.app_context():
        assert db.session.scalar(select(func.count()).where(Job.kind == "take_in")) == 1
