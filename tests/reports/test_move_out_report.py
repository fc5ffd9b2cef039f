"""What a tenant reads in the report of a move-out, and that the file holds to both standards and verifies."""

import json
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from fieldapp.domain.entry import Origin
from fieldapp.reports import bundle, process, seal
from fieldapp.reports.authority import Authority
from fieldapp.reports.printed import printed
from fieldapp.reports.verify import verify
from sync import canonical
from tests.reports import leaving
from tests.reports.conftest import Report, run
from tests.support.verapdf import validate


class MoveOuts:
    """Makes each report once."""

    def __init__(self, folder: Path, authority: Authority) -> None:
        self._folder, self._authority = folder, authority
        self._made: dict[str, Report] = {}

    def sealed(self, **wishes: Any) -> Report:
        """The sealed report of the sample move-out."""
        name = repr(sorted(wishes.items()))
        if name not in self._made:
            folder = self._folder / str(len(self._made))
            sample = leaving.build(folder / "photos", seal=self._authority.plan(None), **wishes)
            page = process.render_inventory(sample.record, sample.acts, sample.files, sample.evidence)
            path = folder / "report.pdf"
            path.write_bytes(seal.seal(page, self._authority, None))
            self._made[name] = Report(path, sample, page)
        return self._made[name]


@pytest.fixture(scope="module")
def move_outs(tmp_path_factory: pytest.TempPathFactory, demonstration: Authority) -> MoveOuts:
    return MoveOuts(tmp_path_factory.mktemp("move-outs"), demonstration)


@pytest.fixture(scope="module")
def report(move_outs: MoveOuts) -> Report:
    return move_outs.sealed()


def pages(report: Report) -> list[str]:
    """What each page says."""
    return [" ".join(page.split()) for page in report.text().split("\f")[:-1]]


@pytest.mark.parametrize(
    "wishes",
    ({}, {"origin": Origin.NONE, "language": "en"}, {"kind": "pre_exit"}),
    ids=["a sealed entry", "no entry, in English", "an advisory visit"],
)
def test_verapdf_finds_nothing_against_either_standard(move_outs: MoveOuts, wishes: dict[str, Any]) -> None:
    assert validate(move_outs.sealed(**wishes).path) == []


def test_the_first_page_says_what_the_law_wants_of_an_exit(report: Report) -> None:
    first = pages(report)[0]
    for words in (
        "État des lieux de sortie",
        "27 rue du Moulin, 61990 Orme-la-Vallée",
        "N’a pas voulu donner son adresse",
        "Établi le 16 novembre 2026, n° EDL-E-2026-001873, signé",
    ):
        assert words in first


def test_changes_come_first_with_the_photographs_of_both_sides(report: Report) -> None:
    said = report.said()
    changes = said.index("Changements depuis l’entrée 8 éléments")
    cards = said[changes : said.index("Compteurs, clés et équipements", changes)]
    for words in ("Séjour — Murs", "12 trous de chevilles non rebouchés", "Entrée E", "Sortie P"):
        assert words in cards


def test_what_is_gone_added_or_replaced_is_said_in_those_words(report: Report) -> None:
    said = report.said()
    assert "Remplacé le 14/02/2030" in said
    assert "L’état d’entrée n’est pas comparé." in said
    assert "Bureau — Placard sur mesure n° 4.12 · Créé" in said
    assert "Cave Supprimé N’existe plus à la sortie. 8 éléments à l’entrée" in said
    assert "à l’entrée : Chambre 1" in said


def test_what_was_advised_before_stands_beside_what_was_done(report: Report, move_outs: MoveOuts) -> None:
    advice = "Refixer la plinthe derrière la porte"
    assert f"Conseil du 28/02/2031 : {advice} (état ce jour-là : usé)" in report.said()
    visit = move_outs.sealed(kind="pre_exit").said()
    assert f"2.02 Séjour, Plinthes {advice} 25/04/2031" in visit


def test_keys_and_meters_stand_beside_those_of_the_entry(report: Report) -> None:
    layout = report.text("-layout")
    badge = next(line for line in layout.splitlines() if "Portes du hall" in line)
    assert badge.split()[-4:-1] == ["3", "1", "2"]
    assert "Plus bas qu’à l’entrée" in report.said()
    assert "Remises en main propre le 28 mars 2031" in report.said()


def test_there_is_no_cause_and_no_amount_but_those_of_the_lease(report: Report) -> None:
    said = report.said()
    for word in ("Dégradation", "Usure", "vétusté", "à la charge"):
        assert word not in said
    assert said.count("€") == 3  # rent, charges and deposit of the lease


def test_the_entry_s_fingerprint_is_printed_whole(report: Report) -> None:
    sha256 = json.loads(report.sample.record)["entry"]["record_sha256"]
    assert sha256 in report.said().replace(" ", "")


def test_a_report_holds_the_entry_s_photographs_that_it_shows_and_verifies_with_them(
    report: Report, demonstration: Authority
) -> None:
    verdict = verify(report.pdf, demonstration.roots)
    assert verdict.intact
    record = json.loads(report.sample.record)
    marks = [photo["mark"] for photo in printed(record)]
    assert len(marks) == len(set(marks))
    shown = [mark for mark in marks if mark.startswith("E")]
    assert 0 < len(shown) < len(record["entry"]["photos"])
    with pikepdf.open(report.path) as pdf:
        listed = pdf.attachments[bundle.MANIFEST].get_file().read_bytes().decode()
    assert all(f"  {mark}.jpg" in listed for mark in marks)


@pytest.mark.parametrize(
    ("wishes", "words"),
    (
        ({"origin": Origin.NONE, "language": "en"}, "No move-in inventory"),
        ({"kind": "pre_exit"}, "Visite conseil, sans valeur contractuelle"),
    ),
    ids=["no entry", "an advisory visit"],
)
def test_what_every_page_must_say_is_on_every_page(move_outs: MoveOuts, wishes: dict[str, Any], words: str) -> None:
    told = pages(move_outs.sealed(**wishes))
    assert len(told) > 3
    assert all(words in page for page in told)


def test_without_an_entry_nothing_is_compared(move_outs: MoveOuts) -> None:
    said = move_outs.sealed(origin=Origin.NONE, language="en").said()
    assert "nothing is compared and nothing is worked out automatically" in said
    assert "75 items not compared" in said


def test_the_file_has_no_error(report: Report) -> None:
    assert "No syntax or stream encoding errors found" in run("qpdf", "--check", str(report.path))


def test_the_scan_of_an_entry_on_paper_travels_inside_the_report_and_is_proved_by_its_hash(
    tmp_path: Path, demonstration: Authority
) -> None:
    paper = b"%PDF-1.7 the entry as it was signed on paper"
    sample = leaving.on_paper(tmp_path, paper, demonstration.plan(None))
    page = process.render_inventory(sample.record, sample.acts, sample.files, sample.evidence)
    report = Report(tmp_path / "report.pdf", sample, page)
    report.path.write_bytes(seal.seal(page, demonstration, None))
    with pikepdf.open(report.path) as pdf:
        assert pdf.attachments["entry-1.pdf"].get_file().read_bytes() == paper
    assert f"entry-1.pdf {canonical.sha256_hex(paper)}" in " ".join(report.text().split())
    assert verify(report.pdf).intact
    assert validate(report.path) == []
    with pikepdf.open(report.path) as pdf:
        del pdf.attachments["entry-1.pdf"]
        pdf.save(tmp_path / "without.pdf")
    [without] = [one for one in verify((tmp_path / "without.pdf").read_bytes()).findings if one.check == "photos"]
    assert (without.ok, without.detail) == (False, "entry-1.pdf")


def test_a_page_that_is_not_the_one_of_the_record_stops_the_report(tmp_path: Path, demonstration: Authority) -> None:
    sample = leaving.on_paper(tmp_path, b"%PDF-1.7 the entry", demonstration.plan(None))
    (tmp_path / "paper").write_bytes(b"%PDF-1.7 another one")
    with pytest.raises(process.RenderFailed, match="ScanLost"):
        process.render_inventory(sample.record, sample.acts, sample.files, sample.evidence)
