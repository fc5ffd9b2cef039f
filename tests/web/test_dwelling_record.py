"""The office reads the central record, sees where each value came from, and corrects it with a reason."""

from sqlalchemy import select

from fieldapp.extensions import db
from fieldapp.records.audit_entry import AuditEntry
from fieldapp.records.equipment import Equipment
from tests.fieldwork.estate import Estate, Flat
from tests.fieldwork.office import accept, colleague, signed
from tests.services.test_vacating import seal


def kept(estate: Estate) -> Flat:
    """A sealed and accepted entry, that the record heard."""
    flat = signed(estate)
    seal(estate, flat)
    accept(estate, flat)
    return flat


def test_a_value_leads_to_its_document_and_a_correction_to_its_author(quick_estate: Estate) -> None:
    flat = kept(quick_estate)
    own = colleague(quick_estate)
    listed = own.get("/office/dwellings?q=essais").get_data(as_text=True)
    assert f"/office/dwellings/{flat.ids['dwelling']}" in listed
    page = own.get(f"/office/dwellings/{flat.ids['dwelling']}").get_data(as_text=True)
    history = f"/office/record/key/{flat.ids['key']}/quantity"
    assert history in page
    first = own.get(history).get_data(as_text=True)
    assert f"/office/inventories/{flat.root_id}" in first
    assert own.send(history, history, value="3", reason="").status_code == 400
    assert own.send(history, history, value="trois", reason="Comptées à l’agence.").status_code == 400
    assert own.send(history, history, value="3", reason="Comptées à l’agence.").status_code == 302
    then = own.get(history).get_data(as_text=True)
    assert "Comptées à l’agence." in then
    assert f"/office/inventories/{flat.root_id}" in then
    lease = own.get(f"/office/tenancies/{flat.ids['tenancy']}").get_data(as_text=True)
    assert "18/11/2026" in lease
    assert f"/office/record/party/{flat.ids['tenant']}/new_address" in lease


def test_a_maintenance_contract_is_written_beside_its_equipment(quick_estate: Estate) -> None:
    flat = kept(quick_estate)
    own = colleague(quick_estate)
    base = f"/office/record/equipment/{flat.ids['detector']}"
    assert (
        own.send(f"{base}/contract", f"{base}/contract", value="Sécurité Ouest", reason="Contrat signé.").status_code
        == 302
    )
    day = f"{base}/installed_on"
    assert own.send(day, day, value="2027-02-31", reason="Facture du poseur.").status_code == 400
    assert own.send(day, day, value="2027-02-03", reason="Facture du poseur.").status_code == 302
    page = own.get(f"/office/dwellings/{flat.ids['dwelling']}").get_data(as_text=True)
    assert "Sécurité Ouest" in page
    assert "03/02/2027" in page
    english = own.get(f"/office/dwellings/{flat.ids['dwelling']}?lang=en").get_data(as_text=True)
    assert 'data-said="Installed on"' in english
    with quick_estate.app.app_context():
        assert str(db.session.get_one(Equipment, flat.ids["detector"]).installed_on) == "2027-02-03"


def test_what_is_another_agencys_or_no_field_is_not_there(quick_estate: Estate) -> None:
    flat = kept(quick_estate)
    south = colleague(quick_estate, "manager", "south")
    history = f"/office/record/key/{flat.ids['key']}/quantity"
    for address in (f"/office/dwellings/{flat.ids['dwelling']}", history):
        assert south.get(address).status_code == 404
    own = colleague(quick_estate)
    for address in (f"/office/record/key/{flat.ids['key']}/label", f"/office/record/meter/{flat.ids['key']}/serial"):
        assert own.get(address).status_code == 404
    auditor = colleague(quick_estate, "auditor")
    assert "<form" not in auditor.get(history).get_data(as_text=True).split("<main")[1]


def test_reading_a_persons_value_is_noted(quick_estate: Estate) -> None:
    flat = kept(quick_estate)
    own = colleague(quick_estate)
    assert own.get(f"/office/record/party/{flat.ids['tenant']}/new_address").status_code == 200
    with quick_estate.app.app_context():
        noted = select(AuditEntry.subject_id).where(AuditEntry.action == "history.read")
        assert db.session.scalars(noted).all() == [flat.ids["tenant"]]
