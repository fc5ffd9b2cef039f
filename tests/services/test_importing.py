"""A landlord's files fill the central record: all of a file or nothing, as often as it is brought."""

import io
from datetime import date

import pytest
from sqlalchemy import func, select

from fieldapp.domain.file_fault import Problem
from fieldapp.extensions import db
from fieldapp.records.audit_entry import AuditEntry
from fieldapp.records.building import Building
from fieldapp.records.candidate import Candidate
from fieldapp.records.dwelling import Dwelling
from fieldapp.records.element import Element
from fieldapp.records.house_catalogue import HouseCatalogue
from fieldapp.records.place import Place
from fieldapp.records.proposal import Proposal
from fieldapp.records.room import Room
from fieldapp.records.search_word import SearchPlace
from fieldapp.records.tenancy import Tenancy, TenancyParty
from fieldapp.services import house_catalogues, indexing
from fieldapp.services.importing import runs
from fieldapp.services.importing.carrying import NotForAgencies
from fieldapp.services.importing.tally import Tally
from fieldapp.services.scope import Scope
from fieldapp.worker import work_once
from tests.fieldwork.estate import Estate
from tests.fieldwork.imports import STOCK, brought, csv_of, fill, xlsx_of


def said(tally: Tally) -> list[tuple[Problem, int, int]]:
    return [(fault.problem, fault.line, fault.column) for fault in tally.faults]


def count(estate: Estate, record: type) -> int:
    with estate.app.app_context():
        return db.session.scalar(select(func.count()).select_from(record)) or 0


def buildings(number: int) -> list[tuple[str, ...]]:
    return [
        (f"R-{one}", "Agence north", f"Tour {one}", "1 rue des Essais", "29000", "Quimper") for one in range(number)
    ]


def test_a_whole_stock_is_brought_in_files(estate: Estate) -> None:
    fill(estate)
    with estate.app.app_context():
        dwelling = db.session.scalars(select(Dwelling).where(Dwelling.reference == "L-1")).one()
        assert (dwelling.area, dwelling.kind, dwelling.dpe_cost_low) == (4520, "apartment", 64000)
        rooms = db.session.scalars(select(Room).where(Room.dwelling_id == dwelling.id).order_by(Room.position)).all()
        assert [room.label for room in rooms] == ["Séjour", "Cuisine"]
        living, kitchen = (
            db.session.scalars(select(Element).where(Element.room_id == room.id).order_by(Element.position)).all()
            for room in rooms
        )
        (floor,), sink = living, kitchen[0]
        assert [element.element_kind for element in kitchen] == ["sink", "floor", "walls", "ceiling"]
        assert (floor.installed_on, floor.renewed_on) == (date(2012, 9, 1), date(2021, 6, 15))
        assert (sink.label, sink.material) == ("Évier", "Inox")
        lease = db.session.scalars(select(Tenancy).where(Tenancy.dwelling_id == dwelling.id)).one()
        assert (lease.rent, lease.furnished) == (41237, False)
        tenant, partner = db.session.scalars(
            select(TenancyParty).where(TenancyParty.tenancy_id == lease.id).order_by(TenancyParty.position)
        ).all()
        assert (tenant.name, tenant.position, tenant.language) == ("Camille Essai", 1, "en")
        assert (tenant.spouse_id, tenant.bond, partner.language) == (partner.id, "pacs", "fr")
        assert (partner.spouse_id, partner.bond) == (tenant.id, "pacs")
        stop, coverage = db.session.scalars(select(Place).order_by(Place.reference)).all()
        assert (stop.distance_m, stop.lines, coverage.distance_m) == (111, "1, 5", None)
        offered = db.session.scalars(select(Proposal)).one()
        assert (offered.state, offered.rank, offered.stage, offered.reply_by) == (
            "offered",
            1,
            "after",
            date(2026, 2, 12),
        )
        assert db.session.scalars(select(Candidate)).one().agency_id is not None


def test_a_catalogue_is_kept_in_versions_and_says_what_the_law_asks_beside_it(quick_estate: Estate) -> None:
    lines = [("kitchen", "EVIER", "sink", "Évier deux bacs", "Inox")]
    tally = brought(quick_estate, "catalogue", csv_of("catalogue", lines))
    assert tally.notes == [{"room": "kitchen", "elements": ["floor", "walls", "ceiling"]}]
    brought(quick_estate, "catalogue", csv_of("catalogue", lines))
    coverings = [("kitchen", f"R{kind}", kind, kind, "") for kind in ("floor", "walls", "ceiling")]
    assert brought(quick_estate, "catalogue", csv_of("catalogue", coverings), dry_run=True).notes == []
    with quick_estate.app.app_context():
        (first,) = db.session.scalars(select(HouseCatalogue)).all()
        assert first.version == 1
    assert brought(quick_estate, "catalogue", csv_of("catalogue", coverings)).notes == []
    with quick_estate.app.app_context():
        session = db.session()
        now = house_catalogues.in_force(session, quick_estate.landlord_id)
        assert now is not None
        assert now.version == 2
        document = house_catalogues.document(session, quick_estate.landlord_id, now.sha256)
        assert document["rooms"][0]["elements"][0]["label"] == "Évier deux bacs"


def test_the_same_files_again_change_nothing(quick_estate: Estate) -> None:
    fill(quick_estate)
    before = count(quick_estate, AuditEntry)
    for kind, rows in STOCK.items():
        tally = brought(quick_estate, kind, csv_of(kind, rows))
        assert (tally.created, tally.changed, tally.unchanged) == (0, 0, len(rows)), kind
    assert count(quick_estate, AuditEntry) == before + len(STOCK)


def test_a_changed_line_is_written_and_the_journal_says_which_of_its_values(estate: Estate) -> None:
    fill(estate)
    line = list(STOCK["dwellings"][0])
    line[3], line[4] = "T3", "46,5"
    tally = brought(estate, "dwellings", csv_of("dwellings", [line]))
    assert (tally.created, tally.changed) == (0, 1)
    with estate.app.app_context():
        dwelling = db.session.scalars(select(Dwelling).where(Dwelling.reference == "L-1")).one()
        entry = db.session.scalars(select(AuditEntry).where(AuditEntry.subject_id == dwelling.id)).one()
        assert (dwelling.type, dwelling.area) == ("T3", 4650)
        assert (entry.action, entry.facts["fields"]) == ("dwelling.imported", "area,type")


def test_a_column_that_is_left_out_says_nothing(quick_estate: Estate) -> None:
    fill(quick_estate)
    brought(quick_estate, "agencies", b"reference,name,street,postcode,town\nAG-1,Agence,1 rue,29000,Quimper\n")
    tally = brought(quick_estate, "agencies", csv_of("agencies", [("AG-1", "Agence", "1 rue", "29000", "Quimper", "")]))
    assert tally.sample[0]["fields"] == [["phone", "02 00 00 00 02", ""]]


@pytest.mark.parametrize("separator", (";", ",", "\t"))
def test_every_separator_is_understood(quick_estate: Estate, separator: str) -> None:
    tally = brought(quick_estate, "buildings", csv_of("buildings", buildings(2), separator))
    assert (tally.created, tally.faults) == (2, [])


def test_titles_may_be_the_french_words(quick_estate: Estate) -> None:
    data = "RÉFÉRENCE;Nom;adresse;Code postal;Ville\nA;B;C;29000;D\n".encode()
    assert brought(quick_estate, "agencies", data).created == 1


def test_everything_wrong_in_a_file_is_said_with_its_place_and_nothing_is_written(estate: Estate) -> None:
    fill(estate)
    before = count(estate, Tenancy)
    rows = [
        ("B-2", "L-1", "dwelling", "31/02/2026", "01/09/2026", "412,37", "86", "douze", "non"),
        ("B-3", "L-9", "dwelling", "20/08/2026", "01/09/2026", "412,37", "86", "400", "non"),
        ("B-4", "L-1", "dwelling", "20/08/2026", "2026-09-01", "412,375", "-1", "400", "peut-être"),
        ("B-5", "L-1", "dwelling", "20/08/2026", "01/09/2026", "1 412,30 €", "0", "400", ""),
        ("B-5", "L-1", "bail", "20/08/2026", "1er septembre", "1", "0", "400", "=1+1"),
        ("", "L-1", "dwelling", "20/08/2026", "01/09/2026", "1", "0", "400", "", "de trop"),
        ("B-5", "L-1", "dwelling", "20/08/2026", "01/09/2026", "1", "0", "400", ""),
    ]
    tally = brought(estate, "tenancies", csv_of("tenancies", rows))
    assert said(tally) == [
        (Problem.NO_SUCH_DAY, 2, 4),
        (Problem.NOT_AN_AMOUNT, 2, 8),
        (Problem.NAMES_NOTHING, 3, 2),
        (Problem.TOO_PRECISE, 4, 6),
        (Problem.TOO_SMALL, 4, 7),
        (Problem.NOT_YES_NO, 4, 9),
        (Problem.UNKNOWN_WORD, 6, 3),
        (Problem.NOT_A_DATE, 6, 5),
        (Problem.FORMULA, 6, 9),
        (Problem.EMPTY_CELL, 7, 1),
        (Problem.TOO_MANY_CELLS, 7, 10),
        (Problem.DUPLICATE, 8, 1),
    ]
    assert count(estate, Tenancy) == before


def test_a_fault_in_the_last_line_leaves_the_first_thousands_unwritten(estate: Estate) -> None:
    rows = [*buildings(2500), ("R-X", "nowhere", "Tour", "1 rue", "29000", "Quimper")]
    tally = brought(estate, "buildings", csv_of("buildings", rows))
    assert said(tally) == [(Problem.NAMES_NOTHING, 2502, 2)]
    assert count(estate, Building) == 1


def test_files_that_cannot_be_read_say_where_and_what_to_do(quick_estate: Estate) -> None:
    good = csv_of("buildings", buildings(2))
    cases = {
        b"": (Problem.EMPTY_FILE, 1, 1),
        good.replace(b"1 rue", b"1 rue \xe9"): (Problem.NOT_UTF8, 2, 4),
        "reference".encode("utf-16"): (Problem.NOT_UTF8, 1, 1),
        good.splitlines()[0]: (Problem.NO_ROWS, 1, 1),
        good + b'R-9;"Agence': (Problem.BROKEN_QUOTES, 4, 1),
        b"reference;nom;wrong\n": (Problem.UNKNOWN_COLUMN, 1, 3),
        b"PK\x03\x04 and nothing that is a workbook": (Problem.NOT_A_SHEET, 1, 1),
    }
    for data, wanted in cases.items():
        assert said(brought(quick_estate, "buildings", data))[0] == wanted


def test_a_workbook_is_read_and_its_formulas_are_refused(quick_estate: Estate) -> None:
    fill(quick_estate)
    line: list[object] = ["B-2", "L-1", "dwelling", date(2026, 8, 20), date(2026, 9, 1), 412.37, 86, 400, "non"]
    assert brought(quick_estate, "tenancies", xlsx_of("tenancies", [line])).created == 1
    with quick_estate.app.app_context():
        lease = db.session.scalars(select(Tenancy).where(Tenancy.reference == "B-2")).one()
        assert (lease.rent, lease.lease_signed_on) == (41237, date(2026, 8, 20))
    line[5] = "=400+12"
    assert said(brought(quick_estate, "tenancies", xlsx_of("tenancies", [line]))) == [(Problem.FORMULA, 2, 6)]


def test_an_agency_brings_its_own_and_touches_nothing_of_another(estate: Estate) -> None:
    with estate.app.app_context():
        north = db.session.get_one(Building, estate.building_id).reference
    south = ("S-1", "Agence south", "Tour", "1 rue", "29000", "Quimper")
    assert brought(estate, "buildings", csv_of("buildings", [south]), agency="south").created == 1
    taken = (north, "Agence south", "Tour", "1 rue", "29000", "Quimper")
    assert said(brought(estate, "buildings", csv_of("buildings", [taken]), agency="south")) == [
        (Problem.NOT_YOURS, 2, 1)
    ]
    given = ("S-2", "Agence north", "Tour", "1 rue", "29000", "Quimper")
    assert said(brought(estate, "buildings", csv_of("buildings", [given]), agency="south")) == [
        (Problem.NAMES_NOTHING, 2, 2)
    ]
    with pytest.raises(NotForAgencies):
        brought(estate, "agencies", csv_of("agencies", STOCK["agencies"]), agency="south")


def test_what_cannot_be_of_couples_proposals_and_places_is_said_with_its_place(quick_estate: Estate) -> None:
    fill(quick_estate)
    people = [
        ("B-1", "3", "Sasha Essai", "co_tenant", "", "", "", ""),
        ("B-1", "4", "Tuteur", "guardian", "", "", "", ""),
    ]
    brought(quick_estate, "occupants", csv_of("occupants", people))
    couples = [
        ("B-1", "1", "4", "pacs"),
        ("B-1", "2", "", "pacs"),
        ("B-1", "9", "1", "pacs"),
        ("B-1", "3", "3", "married"),
    ]
    assert said(brought(quick_estate, "spouses", csv_of("spouses", couples))) == [
        (Problem.NOT_A_HOLDER, 2, 3),
        (Problem.EMPTY_CELL, 3, 3),
        (Problem.NOT_A_HOLDER, 4, 2),
        (Problem.NOT_A_HOLDER, 5, 3),
    ]
    twice = [("B-1", "1", "3", "pacs"), ("B-1", "2", "1", "pacs")]
    assert said(brought(quick_estate, "spouses", csv_of("spouses", twice))) == [(Problem.BOUND_TWICE, 3, 3)]
    brought(quick_estate, "candidates", csv_of("candidates", [("C-2", "Sacha Essai", "AG-1", "", "", "", "", "")]))
    proposals = [
        ("L-1", "C-2", "1", "", "", "", "", "", ""),
        ("L-1", "C-9", "2", "", "", "", "", "", ""),
        ("L-9", "C-1", "2", "", "", "", "", "", ""),
    ]
    assert said(brought(quick_estate, "proposals", csv_of("proposals", proposals))) == [
        (Problem.RANK_TAKEN, 2, 3),
        (Problem.NAMES_NOTHING, 3, 2),
        (Problem.NAMES_NOTHING, 4, 1),
    ]
    days = [
        ("L-1", "C-1", "", "", "", "offered", "", "", ""),
        ("L-1", "C-2", "", "", "", "waiting", "", "", "02/02/2026"),
    ]
    assert said(brought(quick_estate, "proposals", csv_of("proposals", days))) == [
        (Problem.DAY_WANTED, 2, 7),
        (Problem.DAY_UNWANTED, 3, 9),
    ]
    brought(
        quick_estate, "buildings", csv_of("buildings", [("R-2", "AG-1", "Tour", "1 rue", "29000", "Quimper", "", "")])
    )
    places = [
        ("R-2", "A", "stop", "Arrêt", "", "", "48,0031", "-4,1"),
        ("R-1", "B", "stop", "Arrêt", "", "", "-4,1", "48,0031"),
        ("R-1", "C", "risk", "Crue", "", "", "48,0031", "-4,1"),
        ("R-1", "D", "stop", "Arrêt", "", "", "", ""),
    ]
    assert said(brought(quick_estate, "places", csv_of("places", places))) == [
        (Problem.NO_HOME, 2, 1),
        (Problem.SWAPPED_AXES, 3, 7),
        (Problem.POINT_UNWANTED, 4, 7),
        (Problem.EMPTY_CELL, 5, 7),
    ]


def test_a_couple_that_parts_is_parted_on_both_sides_and_a_building_that_moves_measures_anew(
    quick_estate: Estate,
) -> None:
    fill(quick_estate)
    brought(quick_estate, "occupants", csv_of("occupants", [("B-1", "3", "Sasha Essai", "co_tenant", "", "", "", "")]))
    brought(quick_estate, "spouses", csv_of("spouses", [("B-1", "3", "1", "married")]))
    brought(quick_estate, "buildings", csv_of("buildings", [(*STOCK["buildings"][0][:6], "48,0031", "-4,1025")]))
    with quick_estate.app.app_context():
        parties = db.session.scalars(select(TenancyParty).where(TenancyParty.reference.is_not(None)))
        people = {row.reference: row for row in parties}
        assert (people["1"].spouse_id, people["1"].bond) == (people["3"].id, "married")
        assert (people["2"].spouse_id, people["2"].bond) == (None, None)
        assert db.session.scalars(select(Place.distance_m).where(Place.reference == "ARRET-1")).one() == 0
    brought(quick_estate, "spouses", csv_of("spouses", [("B-1", "1", "", "")]))
    with quick_estate.app.app_context():
        assert not db.session.scalars(select(TenancyParty).where(TenancyParty.spouse_id.is_not(None))).all()


def test_a_lease_does_not_move_to_another_dwelling(quick_estate: Estate) -> None:
    fill(quick_estate)
    brought(quick_estate, "dwellings", csv_of("dwellings", [("L-2", *STOCK["dwellings"][0][1:])]))
    line = ("B-1", "L-2", *STOCK["tenancies"][0][2:])
    assert said(brought(quick_estate, "tenancies", csv_of("tenancies", [line]))) == [(Problem.FIXED, 2, 1)]


def test_a_dry_run_writes_nothing(quick_estate: Estate) -> None:
    before = count(quick_estate, AuditEntry)
    assert brought(quick_estate, "buildings", csv_of("buildings", buildings(3)), dry_run=True).created == 3
    assert (count(quick_estate, Building), count(quick_estate, AuditEntry)) == (1, before)


def test_what_was_shown_is_written_once_and_its_file_goes(estate: Estate) -> None:
    with estate.app.app_context():
        scope = Scope(estate.landlord_id)
        run_id = runs.bring(scope, estate.agents["nadia"], "buildings", io.BytesIO(csv_of("buildings", buildings(3))))
        runs.look(run_id)
        run = runs.run_of(scope, run_id)
        assert (run.state, run.created, len(run.sample), run.rows_total) == ("ready", 3, 3, 3)
        db.session.rollback()
        assert count(estate, Building) == 1
        runs.confirm(scope, run_id)
        with pytest.raises(runs.NotReady):
            runs.confirm(scope, run_id)
        runs.write(run_id)
        runs.write(run_id)
        run = runs.run_of(scope, run_id)
        assert (run.state, run.created, run.sample) == ("done", 3, [])
        assert not list((estate.app.extensions["fieldapp.config"].data / "imports").iterdir())
    assert count(estate, Building) == 4


def test_a_file_that_became_wrong_before_it_was_written_is_refused_whole(quick_estate: Estate) -> None:
    fill(quick_estate)
    with quick_estate.app.app_context():
        scope = Scope(quick_estate.landlord_id)
        rows = [("L-8", *STOCK["dwellings"][0][1:])]
        run_id = runs.bring(scope, quick_estate.agents["nadia"], "dwellings", io.BytesIO(csv_of("dwellings", rows)))
        runs.look(run_id)
        db.session.execute(Building.__table__.update().where(Building.reference == "R-1").values(reference="R-0"))  # type: ignore[attr-defined]
        db.session.commit()
        runs.confirm(scope, run_id)
        runs.write(run_id)
        run = runs.run_of(scope, run_id)
        assert (run.state, run.faults[0]["problem"]) == ("refused", "names_nothing")
        runs.drop(scope, run_id)
        assert not list((quick_estate.app.extensions["fieldapp.config"].data / "imports").iterdir())


def test_what_was_imported_is_found_once_workers_had_their_turns(
    quick_estate: Estate, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(quick_estate)
    monkeypatch.setattr(indexing, "PART", 1)
    monkeypatch.setattr(indexing, "BATCH", 1)
    everything = count(quick_estate, Dwelling) + count(quick_estate, Tenancy) + count(quick_estate, Candidate)
    turns = 0
    with quick_estate.app.app_context():
        while work_once(quick_estate.app, "w", {"index": lambda _args: indexing.index_part()}):
            turns += 1
        assert db.session.scalar(select(func.count(SearchPlace.subject_id.distinct()))) == everything
    assert turns > 1


def test_an_import_is_seen_by_its_own_house_alone(quick_estate: Estate) -> None:
    other = Estate.build(quick_estate.app, "Autre Habitat")
    with quick_estate.app.app_context():
        data = io.BytesIO(csv_of("buildings", buildings(1)))
        run_id = runs.bring(Scope(quick_estate.landlord_id), quick_estate.agents["nadia"], "buildings", data)
        for scope in (Scope(other.landlord_id), Scope(quick_estate.landlord_id, quick_estate.agencies["south"])):
            assert runs.recent(scope) == []
            with pytest.raises(runs.UnknownRun):
                runs.run_of(scope, run_id)
