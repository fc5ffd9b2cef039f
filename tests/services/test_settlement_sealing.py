"""An approved settlement becomes two sealed papers that agree to the cent with the rules, and that a stranger can check."""

import json
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from sqlalchemy import select

from fieldapp.domain.cause import Cause
from fieldapp.domain.charge_sheet import Basis, Decision, priced
from fieldapp.extensions import db
from fieldapp.records.inventory import Inventory
from fieldapp.records.settlement import Settlement, SettlementReport
from fieldapp.reports.verify import verify
from fieldapp.services import assessing, charging, installation, settlement_sealing, settling
from fieldapp.services.charging import Answer
from fieldapp.services.scope import Scope
from fieldapp.services.sealing import CannotSeal
from fieldapp.services.settling import AccountAnswers
from tests.domain.vectors import read
from tests.fieldwork.estate import Estate, Flat
from tests.fieldwork.leaving import KEYS_ON, left
from tests.fieldwork.leaving import priced as with_prices
from tests.support.verapdf import validate

PAINT = read("wear/lines.json")["worked"][0]
"""38 m² of paint at 14.50, four years old: what the shared vector says of it stands in both papers."""


@pytest.fixture(autouse=True)
def _a_few_days_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assessing, "today_in", lambda _zone: date(2028, 7, 5))


@pytest.fixture
def gone(quick_estate: Estate) -> Flat:
    with_prices(quick_estate)
    return left(quick_estate)


@pytest.fixture
def settled(quick_estate: Estate, gone: Flat) -> Iterator[Flat]:
    """The wall is priced as the vector prices it, the key is left to be priced; approved and sealed."""
    scope, actor = Scope(quick_estate.landlord_id), quick_estate.agents["nadia"]
    with quick_estate.app.app_context():
        found = assessing.open_exit(scope, gone.root_id)
        assert found.prices
        paint = next(item for item in found.prices.prices.items if item.code == "paint_wall")
        decision = Decision(priced(paint, 3800), date(2024, 5, 12), Basis.RENEWAL)
        line = f"{gone.ids['wall']}.state"
        charging.decide_line(scope, gone.root_id, line, Answer(Cause.DAMAGE, decision), actor)
        settling.save_account(scope, gone.root_id, AccountAnswers(KEYS_ON, KEYS_ON), actor)
        settling.submit(scope, gone.root_id, settling.digest(assessing.open_exit(scope, gone.root_id)), actor)
        settlement_sealing.seal_settlement(gone.root_id)
        yield gone


def papers(flat: Flat) -> dict[str, Path]:
    rows = db.session.scalars(select(SettlementReport).where(SettlementReport.inventory_id == flat.root_id))
    return {row.kind: installation.blobs().path(f"reports/{row.sha256}") for row in rows}


def said(path: Path) -> str:
    found = subprocess.run(["pdftotext", "-raw", str(path), "-"], capture_output=True, check=True, text=True).stdout
    return " ".join(found.replace("\u00a0", " ").replace("\u202f", " ").split())


def test_both_papers_agree_to_the_cent_with_the_rules_and_name_the_exit(settled: Flat) -> None:
    due = PAINT["expected"]["due"].replace(".", ",")
    sha256 = db.session.get_one(Inventory, settled.root_id).record_sha256
    assert sha256
    for path in papers(settled).values():
        text = said(path)
        assert f"606,10 € × 55 % = {due} €" in text
        assert sha256 in text.replace(" ", "")
        assert "Total à la charge du locataire" in text
        assert "vous ne payez rien aujourd’hui" in text
    letter = said(papers(settled)["letter"])
    assert "Nous vous versons" in letter
    assert "79,01 €" in letter  # 412.37 − 333.36
    assert "jusqu’au 30 août 2028" in letter
    assert "9 rue d’Après, 29000 Quimper" in letter
    assert "Ceci est l’avis du bailleur." in said(papers(settled)["assessment"])


def test_both_papers_are_sealed_and_carry_the_document(settled: Flat) -> None:
    sha256 = db.session.get_one(Settlement, settled.root_id).document_sha256
    document = json.loads(installation.blobs().path(f"settlements/{sha256}").read_bytes())
    for kind, path in papers(settled).items():
        assert verify(path.read_bytes()).intact, kind
        with pikepdf.open(path) as pdf:
            inside = json.loads(pdf.attachments["record.json"].get_file().read_bytes())
        assert {name: inside[name] for name in document if name in inside} == document
        assert inside["total"] == PAINT["expected"]["due"]


def test_a_changed_paper_is_not_intact(settled: Flat) -> None:
    pdf = bytearray(papers(settled)["letter"].read_bytes())
    pdf[len(pdf) // 2] ^= 1
    assert not verify(bytes(pdf)).intact


def test_both_papers_hold_to_the_standards(settled: Flat, tmp_path: Path) -> None:
    for kind, path in papers(settled).items():
        copy = tmp_path / f"{kind}.pdf"
        copy.write_bytes(path.read_bytes())
        assert validate(copy) == []


def test_a_second_try_leaves_what_is_sealed(settled: Flat) -> None:
    before = {kind: path.read_bytes() for kind, path in papers(settled).items()}
    settlement_sealing.seal_settlement(settled.root_id)
    assert {kind: path.read_bytes() for kind, path in papers(settled).items()} == before


def test_nothing_is_sealed_before_the_approval(quick_estate: Estate, gone: Flat) -> None:
    with quick_estate.app.app_context(), pytest.raises(CannotSeal):
        settlement_sealing.seal_settlement(gone.root_id)


def test_the_papers_are_sent_once_they_are_sealed(settled: Flat, quick_estate: Estate) -> None:
    settling.note_sent(Scope(quick_estate.landlord_id), settled.root_id, "post", quick_estate.agents["nadia"])
    row = db.session.get_one(Settlement, settled.root_id)
    assert (row.state, row.sent_how) == ("sent", "post")
