"""A wheel carries everything that the application reads, also what no version control knows."""

import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("fieldapp", "sync")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> dict[str, int]:
    """Built from a copy, because building collects its files anew: name to size."""
    folder = tmp_path_factory.mktemp("source")
    for package in PACKAGES:
        shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "hatch_build.py", "README.md", "LICENSE", ".gitignore"):
        shutil.copyfile(ROOT / name, folder / name)
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", "out"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (file,) = (folder / "out").iterdir()
    with ZipFile(file) as archive:
        return {entry.filename: entry.file_size for entry in archive.infolist()}


@pytest.mark.parametrize(
    "pattern",
    (
        "static/vendor/importmap.json",
        "static/vendor/lit/index.js",
        "static/field/messages.en.json",
        "static/field/sw.js",
        "static/style/*.css",
        "reports/fonts/*.ttf",
        "reports/fonts/licences/**/LICENSE*",
        "translations/en/LC_MESSAGES/*.mo",
        "migrations/env.py",
        "migrations/versions/*.py",
        "templates/report/*.html",
        "templates/office/*.html",
        "demo/pictures/*",
    ),
)
def test_what_the_application_reads_is_in_it(wheel: dict[str, int], pattern: str) -> None:
    needed = [path.relative_to(ROOT).as_posix() for path in (ROOT / "fieldapp").glob(pattern) if path.is_file()]
    assert needed, "bin/setup makes them"
    assert [name for name in needed if not wheel.get(name)] == []


def test_nothing_of_the_packages_is_left_out_and_nothing_else_comes_along(wheel: dict[str, int]) -> None:
    tracked = subprocess.run(["git", "ls-files", *PACKAGES], cwd=ROOT, capture_output=True, text=True, check=False)
    # Where there is no version control, as in a source archive, the patterns above are all that can be asked for.
    assert [name for name in tracked.stdout.splitlines() if (ROOT / name).is_file() and name not in wheel] == []
    roots = {name.partition("/")[0] for name in wheel}
    assert {root for root in roots if not root.endswith(".dist-info")} == set(PACKAGES)
