"""`fieldapp settle` lets an accountant calculate every euro again, with two files and nothing else."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from fieldapp.domain.charge_lines import COLUMNS
from tests.domain.vectors import read

DATA = Path(__file__).parent / "data"
WORKED = read("wear/lines.json")["worked"]


def settle(*options: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Runs the command as a person would, in a folder where nothing may be left behind and no setting is right."""
    environ = {"PATH": os.environ["PATH"], "FIELDAPP_DATA": "/nowhere/at/all", "FIELDAPP_PORT": "no port"}
    command = [sys.executable, "-m", "fieldapp", "settle", *map(str, options)]
    root = str(Path(__file__).parent.parent)
    return subprocess.run(
        command,
        cwd=folder,
        env=environ | {"PYTHONPATH": root},
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    """The worked examples of both grids in one file."""
    file = tmp_path / "lines.csv"
    with file.open("w", encoding="utf-8", newline="") as output:
        writer = csv.DictWriter(output, COLUMNS)
        writer.writeheader()
        writer.writerows(case["line"] for case in WORKED)
    return file


def test_the_worked_examples_come_out_to_the_cent(lines: Path, tmp_path: Path) -> None:
    for letter in "ab":
        done = settle("--grid", DATA / f"wear-grid-{letter}.csv", "--lines", lines, folder=tmp_path)
        assert done.returncode == 0, done.stderr
        *found, total = csv.DictReader(io.StringIO(done.stdout))
        assert [line["line_id"] for line in found] == [case["line"]["line_id"] for case in WORKED]
        for case, line in zip(WORKED, found, strict=True):
            if case["grid"] == letter:
                assert line == {name: "" if value is None else str(value) for name, value in case["expected"].items()}
        assert (total["line_id"], total["outcome"]) == ("total", "")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["lines.csv"]


def test_programs_read_the_same_with_amounts_as_text(tmp_path: Path) -> None:
    file = tmp_path / "lines.csv"
    file.write_text(
        f"{','.join(COLUMNS)}\n"
        "1,paint,2022-05-12,2026-09-30,551.00,10,good,poor,damage,yes\n"
        "2,paint,,2026-09-30,551.00,10,good,poor,damage,yes\n"
        "3,badge,,,40.00,10,good,absent,loss,yes\n"
    )
    done = settle("--grid", DATA / "wear-grid-a.csv", "--lines", file, "--json", folder=tmp_path)
    answer: dict[str, Any] = json.loads(done.stdout)
    assert (answer["total"], answer["to_assess"]) == ("377.36", 1)
    assert answer["lines"][0] == {
        "line_id": "1",
        "age": 4,
        "share_percent": 55,
        "gross": "606.10",
        "due": "333.36",
        "outcome": "due",
        "reason": "by_rate",
    }
    assert [(line["due"], line["outcome"], line["reason"]) for line in answer["lines"][1:]] == [
        ("", "to_assess", "age_unknown"),
        ("44.00", "due", "loss"),
    ]


def test_an_agreement_may_let_lost_things_wear(tmp_path: Path) -> None:
    file = tmp_path / "lines.csv"
    file.write_text(f"{','.join(COLUMNS)}\n1,carpet,2017-03-01,2026-09-30,336.00,10,good,absent,loss,yes\n")
    for options, due in (((), "369.60"), (("--losses-with-wear",), "36.96"), (("--losses-without-wear",), "369.60")):
        done = settle("--grid", DATA / "wear-grid-a.csv", "--lines", file, *options, folder=tmp_path)
        assert done.stdout.splitlines()[-1] == f"total,,,,{due},,"


def test_a_doubtful_row_that_a_line_uses_is_told_beside_the_result(lines: Path, tmp_path: Path) -> None:
    done = settle("--grid", DATA / "wear-grid-b.csv", "--lines", lines, folder=tmp_path)
    assert "warning: tap: Robinetterie: 100 − 9 × (15 − 5) = 10, but the floor is 15." in done.stderr
    assert "shower_cabin" not in done.stderr


def test_a_wrong_file_is_refused_with_every_place_and_prints_no_result(lines: Path, tmp_path: Path) -> None:
    grid = tmp_path / "grid.csv"
    grid.write_text(
        "element_kind,label,life_years,franchise_years,annual_rate_percent,floor_percent\n"
        "paint,Peinture,-7,1,15,10\n"
        "carpet,Moquette,7,1,15,10\n"
        "tile,Faience,20,5,500,25\n"
    )
    done = settle("--grid", grid, "--lines", lines, folder=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines() == [
        f"{grid}:2:3: life_years: -7 is too small: the least is 1.",
        f"{grid}:4:5: annual_rate_percent: 500 is too large: the most is 100.",
    ]


@pytest.mark.parametrize("missing", ("--grid", "--lines"))
def test_a_file_that_is_not_there_is_named(missing: str, lines: Path, tmp_path: Path) -> None:
    options = {"--grid": DATA / "wear-grid-a.csv", "--lines": lines, missing: tmp_path / "nothing.csv"}
    done = settle(*(word for option in options.items() for word in option), folder=tmp_path)
    assert done.returncode == 2
    assert "nothing.csv" in done.stderr
