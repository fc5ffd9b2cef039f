"""The office assesses an exit line by line and settles it: every page works without a script, and says what is wrong where."""

import io
import re
from dataclasses import replace
from datetime import date
from urllib.parse import quote

import pytest
from sqlalchemy import select

from fieldapp.extensions import db
from fieldapp.records.inventory import Inventory
from fieldapp.records.outgoing_mail import OutgoingMail
from fieldapp.records.settlement import Settlement
from fieldapp.services import assessing, charging, mail
from tests.fieldwork.estate import Estate, Flat
from tests.fieldwork.leaving import left, left_with_pictures, priced
from tests.fieldwork.office import Browser, colleague, keep_papers, sealed
from tests.support.post import Post

TODAY = date(2028, 7, 5)


@pytest.fixture(autouse=True)
def _a_few_days_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assessing, "today_in", lambda _zone: TODAY)


@pytest.fixture
def own(quick_estate: Estate) -> Browser:
    return colleague(quick_estate, "accountant")


@pytest.fixture
def gone(quick_estate: Estate) -> Flat:
    priced(quick_estate)
    return left(quick_estate)


def page_of(flat: Flat, view: str = "assessment") -> str:
    return f"/office/inventories/{flat.root_id}/{view}"


def decide(own: Browser, flat: Flat, what: str, aspect: str = "state", **answers: object) -> object:
    line = f"{flat.ids[what]}.{aspect}"
    selects = {"work": "", "unit": "m2", "vat": "10", "wear_kind": "", "basis": ""}  # a browser sends every select
    said = {f"{line}-{name}": value for name, value in (selects | answers).items()}
    page = page_of(flat)
    tokens = re.findall(r'name="([^"]*csrf_token)"[^>]*value="([^"]+)"', own.text(page))
    token = next(value for _name, value in tokens)
    address = f"/office/inventories/{flat.root_id}/lines/{quote(line)}"
    return own.client.post(address, data={"csrf_token": token, f"{line}-csrf_token": token, **said}, buffered=True)


WALL = {
    "cause": "damage",
    "work": "list:paint_wall",
    "quantity": "38",
    "basis": "renewal",
    "started_on": "2024-05-12",
}


def test_the_page_shows_entry_and_exit_and_what_waits(own: Browser, gone: Flat) -> None:
    html = own.text(page_of(gone))
    assert "Séjour, murs" in html
    assert "Clé, porte palière" in html
    assert "2 lignes, 2 à chiffrer" in html
    assert "Il manque un prix convenu, un devis ou une facture." in html
    assert "Retenues <strong>0,00\xa0€" in html
    assert "Évaluation" in own.text(f"/office/inventories/{gone.root_id}")


def test_a_line_shows_the_photographs_of_both_ends_of_the_lease(own: Browser, quick_estate: Estate) -> None:
    priced(quick_estate)
    html = own.text(page_of(left_with_pictures(quick_estate)))
    assert 'alt="Séjour, murs à l’entrée"' in html
    assert 'alt="Séjour, murs à la sortie"' in html


def test_the_keys_handed_over_and_given_back_stand_side_by_side(own: Browser, gone: Flat) -> None:
    [row] = re.findall(r'<tr role="row"><td role="cell" class="thing">.*?</tr>', own.text(page_of(gone)), re.DOTALL)
    cells = [re.sub(r"<[^>]+>", " ", cell).split() for cell in re.findall(r"<td.*?</td>", row, re.DOTALL)]
    assert cells == [["Clé", "Porte", "palière"], ["2"], ["1"], ["1"], ["À", "chiffrer"]]


def test_the_prices_of_a_settlement_cannot_be_withdrawn(own: Browser, gone: Flat) -> None:
    decide(own, gone, "wall", **WALL)
    [page] = set(re.findall(r"/office/prices/[0-9a-f-]{36}", own.text("/office/prices")))
    assert "Retirer ce bordereau" not in own.text(page)
    token = re.findall(r'name="csrf_token"[^>]*value="([^"]+)"', own.text("/office/prices"))[0]
    own.client.post(f"{page}/withdraw", data={"csrf_token": token})
    assert "Ce bordereau a servi à un décompte : il reste." in own.text(page)


def test_the_office_changes_a_cause_and_the_total_follows(own: Browser, gone: Flat) -> None:
    assert decide(own, gone, "wall", **WALL).status_code == 302  # type: ignore[attr-defined]
    html = own.text(page_of(gone))
    assert "Retenues <strong>333,36\xa0€" in html
    assert "La peinture avait 4 ans : vous payez 55 % du prix." in html
    assert "Peinture : 100 − 15 × (4 − 1) = 55 %." in html
    assert "seule la partie abîmée peut être facturée" in html
    decide(own, gone, "wall", **WALL | {"cause": "normal_wear"})
    after = own.text(page_of(gone))
    assert "Retenues <strong>0,00\xa0€" in after
    assert "C’est l’usure normale : vous ne payez rien." in after


def test_a_missing_key_is_priced_whole_whatever_its_age(own: Browser, gone: Flat) -> None:
    decide(own, gone, "key", "quantity", cause="loss", work="list:badge", quantity="2")
    html = own.text(page_of(gone))
    assert "Retenues <strong>44,00\xa0€" in html
    assert "C’est perdu" in html


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_kept(own: Browser, gone: Flat) -> None:
    for wrong, words in (
        ({"quantity": ""}, "Donnez la quantité"),
        ({"quantity": "douze"}, "Ce n’est pas un nombre"),
        ({"started_on": "hier"}, "Ce n’est pas un jour"),
        ({"work": "quote", "label": "Murs", "price": "", "reference": "26-118"}, "Donnez le prix hors taxes."),
        ({"work": "invoice", "label": "Murs", "price": "10", "reference": ""}, "Donnez le numéro du devis"),
    ):
        more = {"unit": "m2", "vat": "10", "wear_kind": "paint"}
        answer = decide(own, gone, "wall", **WALL | more | wrong)
        assert answer.status_code == 400, words  # type: ignore[attr-defined]
        assert words in answer.text  # type: ignore[attr-defined]
    assert "Retenues <strong>0,00\xa0€" in own.text(page_of(gone))


def test_a_quote_is_attached_fetched_as_a_download_and_taken_away(own: Browser, gone: Flat) -> None:
    quoted = {"work": "quote", "label": "Murs du séjour", "price": "14,50", "unit": "m2", "vat": "10"}
    decide(own, gone, "wall", **WALL | quoted | {"wear_kind": "paint", "reference": "26-118"})
    page, line = page_of(gone), quote(f"{gone.ids['wall']}.state")
    address = f"/office/inventories/{gone.root_id}/lines/{line}/papers"
    own.send(page, address, paper=(io.BytesIO(b"MZ"), "devis.exe"))
    assert "ni un PDF, ni une photo" in own.text(page)
    own.send(page, address, paper=(io.BytesIO(b"%PDF-1.7 devis"), "devis.pdf"))
    html = own.text(page)
    (paper,) = re.findall(r'href="(/office/inventories/[^"]+/papers/[0-9a-f-]+)"', html)
    answer = own.get(paper)
    assert answer.data == b"%PDF-1.7 devis"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    own.send(page, f"{paper}/remove")
    assert "devis.pdf" not in own.text(page)


def test_an_amount_by_hand_is_for_what_the_rules_leave_open(own: Browser, gone: Flat) -> None:
    undated = WALL | {"basis": "", "started_on": ""}
    decide(own, gone, "wall", **undated)
    assert "Montant décidé" in own.text(page_of(gone))
    too_much = decide(own, gone, "wall", **undated | {"decided": "606,11", "decided_why": "Tout"})
    assert "C’est plus que le prix entier : 606,10\xa0€ au plus." in too_much.text  # type: ignore[attr-defined]
    without = decide(own, gone, "wall", **undated | {"decided": "100"})
    assert "Écrivez pourquoi" in without.text  # type: ignore[attr-defined]
    decide(own, gone, "wall", **undated | {"decided": "100", "decided_why": "Peinture ancienne"})
    html = own.text(page_of(gone))
    assert "Retenues <strong>100,00\xa0€" in html
    assert "Le bailleur a fixé le montant : Peinture ancienne" in html


def settle(own: Browser, flat: Flat, **answers: str) -> str:
    page = page_of(flat, "settlement")
    own.send(page, page, **{"notice_ends_on": "2028-06-30", "called_until": "2028-06-30", **answers})
    return own.text(page)


def test_the_account_is_drawn_up_and_approved_by_one_person(own: Browser, gone: Flat) -> None:
    decide(own, gone, "wall", **WALL)
    html = settle(own, gone, arrears="10", credits="2,50", instalments="5 ; 1,25")
    assert "À rendre au locataire" in html
    assert "77,76\xa0€" in html  # 412.37 − 333.36 − 10 + 2.50 + 5 + 1.25
    page = page_of(gone, "settlement")
    seen = re.findall(r'name="seen" value="([0-9a-f]{64})"', html)[0]
    own.send(page, f"{page}/submit", seen=seen)
    after = own.text(page)
    assert "Approuvé" in after
    assert "Ils seront prêts dans un instant" in after
    assert "Enregistrer le compte" not in after
    assert "Enregistrer <span" not in own.text(page_of(gone))
    assert "Décompte approuvé" in own.text(f"/office/inventories/{gone.root_id}/journal")


def test_the_papers_go_to_each_tenant_by_email_with_what_proves_them(
    quick_estate: Estate, own: Browser, gone: Flat, post: Post
) -> None:
    extensions = quick_estate.app.extensions
    extensions["fieldapp.config"] = replace(extensions["fieldapp.config"], smtp_url="smtp://mail.example:2525")
    quoted = {"work": "quote", "label": "Murs du séjour", "price": "14,50", "unit": "m2", "vat": "10"}
    decide(own, gone, "wall", **WALL | quoted | {"wear_kind": "paint", "reference": "26-118"})
    papers = f"/office/inventories/{gone.root_id}/lines/{quote(gone.ids['wall'] + '.state')}/papers"
    own.send(page_of(gone), papers, paper=(io.BytesIO(b"%PDF-1.7 devis"), "devis.pdf"))
    html, page = settle(own, gone), page_of(gone, "settlement")
    address = f"{page}/email/{gone.ids['tenant']}"
    own.send(page, address, email="camille@tenant.example")
    assert "Les documents ne sont pas encore prêts." in own.text(page)
    own.send(page, f"{page}/submit", seen=re.findall(r'name="seen" value="([0-9a-f]{64})"', html)[0])
    keep_papers(quick_estate, gone)

    assert "il faut quelque chose comme nom@exemple.fr" in own.send(page, address, email="camille").text
    assert own.send(page, f"{page}/email/{gone.ids['wall']}", email="camille@tenant.example").status_code == 404
    own.send(page, address, email="camille@tenant.example")
    assert "Part bientôt" in own.text(page)
    with quick_estate.app.app_context():
        mail.deliver(db.session.scalars(select(OutgoingMail.id)).one())
        number = db.session.get_one(Inventory, gone.root_id).number
    (letter,) = post.letters
    assert [part.get_filename() for part in letter.iter_attachments()] == [
        f"A-{number}.pdf",
        f"D-{number}.pdf",
        "devis.pdf",
    ]
    after = own.text(page)
    assert "réponse du serveur : 250 2.0.0 Ok: queued as 4F2A" in after
    assert re.search(r"Envoyé le [^<]*, par e-mail", after)
    assert "Décompte envoyé" in own.text(f"/office/inventories/{gone.root_id}/journal")


def test_the_landlord_switches_estimates_on_the_spot_off_and_on_again(quick_estate: Estate) -> None:
    manager, page = colleague(quick_estate, "manager"), "/office/settlements/rule"
    assert "la tablette montre" in manager.text(page)
    manager.send(page, "/office/settlements/estimates")
    assert "ne montre aucun montant" in manager.text(page)
    manager.send(page, "/office/settlements/estimates", on="y")
    assert "la tablette montre" in manager.text(page)
    reviewer = colleague(quick_estate, "reviewer")
    assert reviewer.send("/office/search", "/office/settlements/estimates").status_code == 403


def test_above_the_landlords_amount_another_person_approves(quick_estate: Estate, own: Browser, gone: Flat) -> None:
    manager = colleague(quick_estate, "manager")
    manager.send("/office/settlements/rule", "/office/settlements/rule", two_above="300")
    assert "Au-dessus de 300,00" in manager.text("/office/settlements/rule")
    decide(own, gone, "wall", **WALL)
    html = settle(own, gone)
    page = page_of(gone, "settlement")
    seen = re.findall(r'name="seen" value="([0-9a-f]{64})"', html)[0]
    own.send(page, f"{page}/submit", seen=seen)
    mine = own.text(page)
    assert "une autre personne doit l’approuver" in mine
    own.send(page, f"{page}/approve", seen=seen)
    assert "Vous avez préparé ce décompte" in own.text(page)
    manager.send(page, f"{page}/approve", seen=seen)
    assert "Le décompte est approuvé." in manager.text(page)


def test_what_changed_in_between_is_not_approved(own: Browser, gone: Flat) -> None:
    html = settle(own, gone)
    page = page_of(gone, "settlement")
    seen = re.findall(r'name="seen" value="([0-9a-f]{64})"', html)[0]
    decide(own, gone, "wall", **WALL)
    own.send(page, f"{page}/submit", seen=seen)
    assert "Quelque chose a changé" in own.text(page)


def test_what_the_law_refuses_is_said_before_anything_is_approved(own: Browser, gone: Flat) -> None:
    html = settle(own, gone, provision="82,48", collective_building="y")
    assert "La provision est trop élevée : 82,47\xa0€ au plus ici." in html
    assert 'name="seen"' not in html


@pytest.mark.parametrize(
    ("answers", "words"),
    (
        ({"notice_ends_on": ""}, "Donnez le dernier jour du préavis."),
        ({"arrears": "-5"}, "Le montant ne peut pas être négatif."),
        ({"instalments": "50 ; x"}, "Écrivez des montants séparés"),
    ),
)
def test_wrong_figures_are_said_at_their_field(own: Browser, gone: Flat, answers: dict[str, str], words: str) -> None:
    page = page_of(gone, "settlement")
    known = {"notice_ends_on": "2028-06-30", "called_until": "2028-06-30"}
    answer = own.send(page, page, **known | answers)
    assert answer.status_code == 400
    assert words in answer.text


def test_who_may_look_decide_and_settle(quick_estate: Estate, gone: Flat) -> None:
    auditor, reviewer = colleague(quick_estate, "auditor"), colleague(quick_estate, "reviewer")
    assert "Enregistrer <span" not in auditor.text(page_of(gone))
    assert "Enregistrer <span" in reviewer.text(page_of(gone))
    page = page_of(gone, "settlement")
    assert "Enregistrer le compte" not in reviewer.text(page)
    assert reviewer.send(page_of(gone), page, notice_ends_on="2028-06-30").status_code == 403
    assert reviewer.send(page_of(gone), "/office/settlements/rule", two_above="1").status_code == 403


def test_what_is_no_sealed_exit_of_this_landlord_has_no_assessment(
    quick_estate: Estate, own: Browser, gone: Flat
) -> None:
    entry = sealed(quick_estate)
    other = colleague(Estate.build(quick_estate.app, "Autre Habitat"), "admin")
    for browser, flat in ((own, entry), (other, gone)):
        for view in ("assessment", "settlement", "settlement/letter.pdf"):
            assert browser.get(page_of(flat, view)).status_code == 404
    assert own.get(page_of(gone, "settlement/letter.pdf")).status_code == 404
    assert "Évaluation</a>" not in own.text(f"/office/inventories/{entry.root_id}")


def test_the_same_pages_in_english(quick_estate: Estate, gone: Flat) -> None:
    own = colleague(quick_estate, "accountant", language="en")
    decide(own, gone, "wall", **WALL)
    html = own.text(page_of(gone))
    assert "The paint was 4 years old: you pay 55% of the price." in html
    assert "€333.36" in html
    assert "To return to the tenant" in settle(own, gone)


def test_the_list_says_until_when_the_deposit_goes_back(quick_estate: Estate, own: Browser, gone: Flat) -> None:
    with quick_estate.app.app_context():
        charging.open_settlement(gone.root_id)
        assert db.session.get_one(Settlement, gone.root_id).due_by == date(2028, 8, 30)
    page = f"/office/inventories/{gone.root_id}/copies"
    reviewer = colleague(quick_estate)
    reviewer.send(page, f"{page}/{gone.ids['tenant']}/post")
    assert "Dépôt à rendre avant le 30/08/2028" in own.text("/office/inventories/?show=pressing")
