"""How long an agent's tablet waits for a day of sales visits: the pack, then the photographs that it names."""

import tempfile
import time
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select

from fieldapp.config import Config
from fieldapp.extensions import db
from fieldapp.records.dwelling_sheet import DwellingPicture
from fieldapp.records.place import Place
from fieldapp.records.schema import upgrade
from fieldapp.services import sheet_pictures
from fieldapp.services.identifier import new_id
from fieldapp.services.scope import Scope
from fieldapp.web import create_app
from tests.bench import picture
from tests.bench.figure import Figure, log, report
from tests.bench.quantile import median, quantile
from tests.fieldwork.estate import Estate
from tests.fieldwork.tablets import enrolled, in_process
from tests.fieldwork.visits import plan_slot, prepared_dwelling

DAY = date(2026, 11, 23)
APPOINTMENTS, PHOTOS, CANDIDATES, PLACES = 12, 8, 3, 30
PHOTO = (300, 1600, 1200)
RUNS = 40
TARGET_MS = 1000.0


def measure() -> None:
    """Print the time of `GET /api/field/pack`; beside it that of one photograph, which the server makes anew once."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        app = create_app(Config.from_environ({"FIELDAPP_DATA": folder}))
        with app.app_context():
            upgrade(db.engine)
        estate = Estate.build(app)
        pictures = _plan(estate)
        took, size = _packs(estate)
        photos = _photos(estate, pictures)
        with app.app_context():
            db.engine.dispose()
    against = {
        "p95": round(quantile(took, 0.95), 1),
        "kB": round(size / 1000),
        "one of its photographs, asked for the first time, median": round(median(photos), 1),
        "unit": "ms",
    }
    log(f"day pack: median {median(took):.1f} ms, {against}")
    what = (
        f"day pack of {APPOINTMENTS} sales visits, {PHOTOS} photos, {PLACES} places and {CANDIDATES} candidates each, "
        f"SQLite: median of {RUNS}"
    )
    report(Figure(what, round(median(took), 1), "ms", TARGET_MS, "lower", against))


def _plan(estate: Estate) -> list[str]:
    """A day of visits, each at a dwelling of its own; gives the photographs, which all of them show."""
    morning = datetime(DAY.year, DAY.month, DAY.day, 7, tzinfo=UTC)
    names = [f"Personne {number}" for number in range(CANDIDATES)]
    homes = [prepared_dwelling(estate) for _ in range(APPOINTMENTS)]
    _surround(estate)
    shown = _show(estate, homes)
    for place, home in enumerate(homes):
        begins = morning + timedelta(minutes=50 * place)
        plan_slot(estate, *names, dwelling=home, starts_at=begins, notified_on=DAY - timedelta(days=3))
    return shown


def _surround(estate: Estate) -> None:
    with estate.app.app_context():
        db.session.add_all(
            Place(
                id=new_id(),
                landlord_id=estate.landlord_id,
                building_id=estate.building_id,
                kind=("stop", "school", "shop", "health", "public_service")[number % 5],
                name=f"Lieu {number}",
                lat_e7=479_960_000 + 9_000 * number,
                lon_e7=-41_000_000 - 7_000 * number,
                distance_m=100 * number,
            )
            for number in range(PLACES)
        )
        db.session.commit()


def _show(estate: Estate, homes: list[str]) -> list[str]:
    jpeg, first = picture.weighing(*PHOTO), homes[0]
    files = [picture.distinct(jpeg, number) for number in range(PHOTOS)]
    with estate.app.app_context():
        sheet_pictures.add(Scope(estate.landlord_id), first, "photo", files, "Séjour", estate.agents["nadia"])
        rows = db.session.scalars(select(DwellingPicture).order_by(DwellingPicture.position)).all()
        columns = ("landlord_id", "kind", "sha256", "bytes", "width", "height", "caption", "position")
        db.session.add_all(
            DwellingPicture(id=new_id(), dwelling_id=home, **{name: getattr(row, name) for name in columns})
            for home in homes[1:]
            for row in rows
        )
        found = [row.sha256 for row in rows]
        db.session.commit()
    return found


def _packs(estate: Estate) -> tuple[list[float], int]:
    send, headers, took, size = in_process(estate.app), _headers(estate), [], 0
    for _ in range(RUNS + 1):
        start = time.perf_counter()
        answer = send("GET", f"/api/field/pack?day={DAY}", headers, b"")
        took.append((time.perf_counter() - start) * 1000)
        if answer.status != 200 or answer.body.count(b'"sales_visit"') != APPOINTMENTS:
            raise RuntimeError(f"status {answer.status}")
        size = len(answer.body)
    return took[1:], size


def _photos(estate: Estate, pictures: list[str]) -> list[float]:
    send, headers, took = in_process(estate.app), _headers(estate), []
    send("GET", f"/api/field/pack?day={DAY}", headers, b"")
    for sha256 in pictures:
        start = time.perf_counter()
        answer = send("GET", f"/api/field/photos/{sha256}/large", headers, b"")
        took.append((time.perf_counter() - start) * 1000)
        if answer.status != 200:
            raise RuntimeError(f"status {answer.status}")
    return took


def _headers(estate: Estate) -> dict[str, str]:
    enrolment = enrolled(estate).contents.enrolment
    assert enrolment is not None
    return {"Authorization": f"Bearer {enrolment.token}"}
