"""What the landlord and the tenants find on the pages of the report."""

import json
import re

import pytest

from fieldapp.reports.verdict_words import lines
from fieldapp.reports.verify import verify
from tests.reports.conftest import Report, Reports, run
from tests.reports.sample import RESERVATION


def test_the_first_page_says_what_when_where_and_who(report: Report) -> None:
    first = " ".join(report.text("-l", "1").split())
    for fact in (
        "État des lieux d’entrée",
        "12 rue des Lilas, 61990 Orme-la-Vallée",
        "EDL-E-2026-001873",
        "Établi le 16 novembre 2026 à 10:32",
        "Clés remises le 16 novembre 2026 à 10:37",
        "Siège : 4 place des Tisserands, 61990 Orme-la-Vallée",
        "Délégation n° 2021-07",
        "Mme Nguyễn Thị Lan — Signé",
        "M. Julien Dupont — Signé avec remarques",
        "Attestation vue, MAIF, valable jusqu’au 15/11/2027",
        "Présent, Plafond de l’entrée, posé le 12/05/2026, essai : fonctionne",
        "Appartement T3, 64,30 m²",
    ):
        assert fact in first
    assert "n’est pas un état des lieux signé" not in first


def test_every_page_names_the_demonstration_authority(report: Report) -> None:
    pages = report.text().split("\f")[:-1]
    assert len(pages) > 5
    for page in pages:
        assert "DÉMONSTRATION — SANS VALEUR JURIDIQUE" in page
        assert "Autorité de démonstration fieldapp" in page


def test_every_element_is_printed_with_material_state_and_one_touch_mark(report: Report) -> None:
    record = json.loads(report.sample.record)
    lines = report.text("-layout").splitlines()
    for room in record["rooms"]:
        for element in room["elements"]:
            line = next(line for line in lines if line.split()[:1] == [element["ref"]])
            assert element["state_label"] in line
            assert ("•" in line) == element["filled_at_one_touch"]
            assert element["material"] in line
    filled = record["counts"]["filled_at_one_touch"]
    assert 60 < filled < record["counts"]["elements"]
    assert f"{filled} éléments sur {record['counts']['elements']} ont été remplis d’une touche" in report.said()


def test_a_defect_is_printed_with_working_state_cleanliness_and_the_promised_repair(report: Report) -> None:
    said = report.said()
    assert "Calcaire, Bloqué, Fonctionne, À nettoyer" in said
    assert "Réparations promises par le bailleur" in said
    assert "Remplacement du robinet mitigeur 15/12/2026" in said


def test_meters_keep_their_leading_zeros_and_keys_their_destination(report: Report) -> None:
    said = report.said()
    assert "00012" in said
    assert "004217" in said
    assert "002980" in said
    assert "Inaccessible" in said
    assert "Placard fermé" in said
    assert "Cadenas de la cave n° 14" in said
    assert "Présent, réseau de chaleur, collectif" in said


def test_a_remark_is_repeated_to_the_letter(report: Report) -> None:
    """Straight and curly apostrophes, spacing and emoji stay as the tenant typed them."""
    assert RESERVATION in " ".join(run("pdftotext", str(report.path), "-").split())
    assert "Paroles reprises sans modification" in report.said()


def test_the_only_amounts_are_those_of_the_lease(report: Report) -> None:
    assert re.findall(r"[\d,]+ €", report.said()) == ["412,37 €", "96,20 €", "412,37 €"]


def test_each_item_of_the_decree_is_found_on_the_page_that_the_index_gives(report: Report) -> None:
    pages = [" ".join(page.split()) for page in report.text("-layout").split("\f")]
    index = dict(re.findall(r"^\s*([a-i])\)\s.*?(\d+)$", report.text("-layout"), re.MULTILINE))
    found = {
        "a": "État des lieux d’entrée",
        "d": "Val d’Orme Habitat, Office public",
        "f": "Numéro de série",
        "g": "Destination",
        "h": "Porte palière",
        "i": "Signé avec remarques 16/11/2026",
    }
    assert sorted(index) == list("abcdefghi")
    for item, words in found.items():
        assert words.split()[0] in pages[int(index[item]) - 1]
        assert words.replace("  ", " ") in pages[int(index[item]) - 1] or item == "i"


def test_the_printed_control_code_is_the_hash_of_the_record(report: Report) -> None:
    printed = re.sub(r"\s", "", report.text())
    assert report.sample.sha256[:32] in printed
    assert report.sample.sha256[32:] in printed


def test_without_a_time_stamp_the_page_says_so(report: Report) -> None:
    assert "Sans horodatage." in report.said()
    assert "PAdES B-B" in report.said()
    assert "B-T" not in report.said()


def test_copies_are_listed_as_they_were_handed_over(report: Report) -> None:
    assert "Mme Nguyễn Thị Lan remis sur papier le 16/11/2026 à 10:45" in report.said()


@pytest.mark.parametrize(
    ("decisions", "words"),
    (
        (("refused",), "Ce document n’est pas un état des lieux signé des deux parties."),
        (("absent",), "Ce document n’est pas un état des lieux signé des deux parties."),
        (("signed", "absent"), "Ce document n’est pas un état des lieux signé par toutes les parties."),
    ),
)
def test_without_every_signature_the_first_page_says_it_is_not_a_signed_inventory(
    reports: Reports, decisions: tuple[str, ...], words: str
) -> None:
    first = " ".join(reports.sealed(photos=0, decisions=decisions).text("-l", "1").split())
    assert words in first
    assert "Motif : N’est pas d’accord avec ce qui est noté" in first


def test_of_two_spouses_the_report_says_who_signed_and_for_whom(reports: Reports) -> None:
    said = reports.sealed(photos=0, decisions=("signed", "signed"), couple=True).said()
    assert "M. Julien Dupont — signature de Mme Nguyễn Thị Lan pour les deux" in said
    assert "Lien avec Mme Nguyễn Thị Lan : mariés" in said
    assert "signe aussi pour M. Julien Dupont" in said
    assert "Ce document n’est pas un état des lieux signé" not in said


@pytest.mark.parametrize("decision", ("refused", "absent"))
def test_keys_are_not_said_to_be_handed_over_to_a_tenant_who_did_not_sign(reports: Reports, decision: str) -> None:
    said = reports.sealed(photos=0, decisions=(decision,)).said()
    assert "Clés préparées pour la remise, non remises" in said
    assert "Clés et autres moyens d’accès, préparés pour la remise, non remis" in said
    assert "Clés remises le" not in said


@pytest.mark.parametrize(
    ("lease_kind", "title"),
    (
        ("garage", "État des lieux d’entrée d’un garage"),
        ("commercial", "État des lieux d’entrée d’un local commercial"),
        ("foyer", "État des lieux d’entrée en logement-foyer"),
    ),
)
def test_another_kind_of_lease_has_its_own_title_and_not_the_law_of_dwellings(
    reports: Reports, lease_kind: str, title: str
) -> None:
    said = reports.sealed(photos=2, lease_kind=lease_kind, decisions=("signed",)).said()
    assert title in said
    assert "Décret 2016-382" not in said


def test_an_english_record_gives_an_english_report(reports: Reports) -> None:
    said = reports.sealed(photos=3, language="en", decisions=("refused", "absent")).said()
    for words in (
        "Move-in inventory",
        "DEMONSTRATION — NO LEGAL VALUE",
        "Made on 16 November 2026 at 10:32",
        "Rent €412.37",
        "elements out of 84 were filled at one touch",
        "Refused to sign",
        "This document is not an inventory signed by both parties.",
        "Record received by the server on",
    ):
        assert words in said
    for french in ("Établi", "Bailleur", "Sommaire", "photographie", "Signé", "Code de contrôle"):
        assert french not in said


def test_overseas_the_hours_are_those_of_the_place_and_say_so(reports: Reports) -> None:
    report = reports.sealed(photos=0, decisions=("signed",), zone="Indian/Reunion")
    assert "Établi le 16 novembre 2026 à 13:32 (heure de La Réunion)" in report.said()
    (when,) = (line for line in lines(verify(report.pdf)) if line.startswith("Scellé le"))
    assert "(heure de La Réunion)" in when
