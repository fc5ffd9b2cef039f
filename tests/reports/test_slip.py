"""What a candidate receives: one page in their language, that says what it is and what it is not, and can be proved."""

from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pytest

from fieldapp.reports import process, seal
from fieldapp.reports.authority import Authority
from fieldapp.reports.verify import verify
from tests.domain.vectors import names
from tests.reports.conftest import run
from tests.reports.slips import build
from tests.support.verapdf import validate


@dataclass
class Slips:
    """Makes each document once."""

    folder: Path
    authority: Authority

    def made(self, name: str, decision: str = "signed") -> Path:
        """The sealed file of a vector."""
        path = self.folder / f"{name}-{decision}.pdf"
        if not path.exists():
            sample = build(name, self.authority.plan(None), decision=decision)
            page = process.render_inventory(sample.record, sample.acts, sample.files, sample.evidence)
            path.write_bytes(seal.seal(page, self.authority, None))
        return path

    def said(self, name: str, decision: str = "signed") -> str:
        """What a person reads, without line breaks."""
        return " ".join(run("pdftotext", "-raw", str(self.made(name, decision)), "-").split())


@pytest.fixture(scope="session")
def slips(tmp_path_factory: pytest.TempPathFactory, demonstration: Authority) -> Slips:
    """The maker of slips."""
    return Slips(tmp_path_factory.mktemp("slips"), demonstration)


def test_a_slip_says_that_it_is_not_the_answer_and_until_when_one_may_be_given(slips: Slips) -> None:
    said = slips.said("accepts")
    assert "Bon de visite" in said
    assert "Ce n’est pas votre réponse à l’offre" in said
    assert "au plus tard le lundi 30 novembre 2026 à minuit" in said
    assert "Thomas Abega" in said
    assert "État des risques" in said


def test_a_slip_repeats_when_the_dwelling_is_free_how_one_gets_up_and_its_climate_class(slips: Slips) -> None:
    said = slips.said("accepts")
    assert "À partir du 15/12/2026" in said
    assert "Étage 3, avec ascenseur" in said
    assert "Climat Classe C" in said


def test_an_answer_says_so_in_large_letters_with_its_reasons(slips: Slips) -> None:
    said = slips.said("refusal")
    assert "Refuse l’offre" in said
    assert "Bruit (le principal), Éloignement." in said
    assert "vous faire perdre ce droit" in said


def test_an_answer_that_was_not_signed_is_none(slips: Slips) -> None:
    said = slips.said("refusal", "refused")
    assert "ceci n’est pas une réponse" in said
    assert "Refuse l’offre" not in said


def test_a_document_in_english_has_no_french_sentence_of_ours(slips: Slips) -> None:
    said = slips.said("thinking_in_english")
    assert "until midnight on Monday 30 November 2026" in said
    for french in ("Bon de visite", "Le logement", "Suite donnée", "Avis", "Remis", "À apporter", "Preuve"):
        assert french not in said


@pytest.mark.parametrize("name", [name for name in names("slip") if name != "strange"])
def test_every_document_verifies_as_what_was_sealed(slips: Slips, name: str) -> None:
    verdict = verify(slips.made(name).read_bytes())
    assert verdict.intact
    assert verdict.number == "V261121-7KQ2M-1"
    assert verdict.acts == 1


@pytest.mark.parametrize("name", ("accepts", "refusal"))
def test_verapdf_finds_nothing_against_either_standard(slips: Slips, name: str) -> None:
    assert validate(slips.made(name)) == []


@pytest.mark.parametrize("name", ("no_offer", "acceptance"))
def test_a_short_document_needs_one_page_and_never_more_than_two(slips: Slips, name: str) -> None:
    with pikepdf.open(slips.made(name)) as pdf:
        assert len(pdf.pages) <= 2
