"""The reports that tests look at: real bytes, rendered in their own process and sealed once for each way of asking."""

import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from fieldapp.reports import authority, process, seal
from fieldapp.reports.authority import Authority
from tests.reports.sample import Sample, build


@dataclass(frozen=True)
class Report:
    """A sealed report, and what it was made of."""

    path: Path
    sample: Sample
    unsealed: bytes

    @property
    def pdf(self) -> bytes:
        """The bytes of the file."""
        return self.path.read_bytes()

    def text(self, *options: str) -> str:
        """What a person reads, by pdftotext; typographic spaces read as plain ones."""
        found = run("pdftotext", *options, str(self.path), "-")
        return found.replace("\u00a0", " ").replace("\u202f", " ")

    def said(self) -> str:
        """The same without line breaks."""
        return " ".join(self.text().split())


@dataclass
class Reports:
    """Makes each report once a session."""

    folder: Path
    authority: Authority
    made: dict[str, Report] = field(default_factory=dict)

    def sealed(self, **wishes: Any) -> Report:
        """The sealed report of the sample inventory, with the wishes of `tests.reports.sample.build`."""
        name = repr(sorted(wishes.items()))
        if name not in self.made:
            folder = self.folder / str(len(self.made))
            sample = build(folder / "photos", seal=self.authority.plan(None), **wishes)
            page = process.render_inventory(sample.record, sample.acts, sample.files, sample.evidence)
            folder.mkdir(exist_ok=True)
            path = folder / "report.pdf"
            path.write_bytes(seal.seal(page, self.authority, None))
            self.made[name] = Report(path, sample, page)
        return self.made[name]


def run(*command: str) -> str:
    """The standard output of a program that must succeed."""
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """A demonstration authority made for this run."""
    return authority.load(tmp_path_factory.mktemp("authority") / "made")


@pytest.fixture(scope="session")
def reports(tmp_path_factory: pytest.TempPathFactory, demonstration: Authority) -> Reports:
    """The maker of reports."""
    return Reports(tmp_path_factory.mktemp("reports"), demonstration)


@pytest.fixture(scope="session")
def report(reports: Reports) -> Report:
    """The usual one: a dwelling, twenty photographs, signed by one tenant and signed with a remark by the other."""
    return reports.sealed(photos=20)
