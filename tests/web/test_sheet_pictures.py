"""The office chooses what a candidate is shown of a dwelling: photographs and one plan, never served as they came."""

import io
from datetime import UTC, datetime

import pytest
from PIL import Image
from sqlalchemy import select

from fieldapp.extensions import db
from fieldapp.records.dwelling_sheet import DwellingPicture
from fieldapp.records.photo import Photo
from fieldapp.services.installation import blobs
from fieldapp.services.packing import day_pack
from fieldapp.services.sheet_pictures import MOST
from tests.fieldwork.estate import Estate, account_of
from tests.fieldwork.office import Browser, colleague
from tests.fieldwork.visits import Slot, plan_slot


@pytest.fixture
def slot(estate: Estate) -> Slot:
    return plan_slot(estate)


@pytest.fixture
def own(estate: Estate) -> Browser:
    return colleague(estate)


def image(colour: str, form: str = "JPEG") -> bytes:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "written beside the picture"
    Image.new("RGB", (640, 480), colour).save(out, form, exif=exif)
    return out.getvalue()


def send(own: Browser, slot: Slot, *files: tuple[str, bytes], kind: str = "photo", caption: str = "Séjour") -> str:
    """What the office reads after it sent the form."""
    page = f"/office/lettings/{slot.dwelling_id}/pictures"
    sent = [(io.BytesIO(data), name) for name, data in files]
    answer = own.send(page, page, kind=kind, caption=caption, files=sent)
    return answer.text if answer.status_code == 400 else own.text(page)


def pictures(estate: Estate) -> list[tuple[str, str]]:
    with estate.app.app_context():
        rows = db.session.scalars(select(DwellingPicture).order_by(DwellingPicture.position))
        return [(row.kind, row.sha256) for row in rows]


def test_photographs_and_a_plan_reach_the_page_and_the_day_pack(estate: Estate, slot: Slot, own: Browser) -> None:
    send(own, slot, ("sejour.jpg", image("teal")), ("cuisine.png", image("navy", "PNG")))
    text = send(own, slot, ("plan.png", image("white", "PNG")), kind="plan", caption="")
    (_, first), (_, second), (kind, plan) = pictures(estate)
    assert kind == "plan"
    assert all(f"pictures/{sha256}/small.jpg" in text for sha256 in (first, second, plan))
    shown = own.get(f"/office/lettings/{slot.dwelling_id}/pictures/{first}/large.jpg")
    assert shown.mimetype == "image/jpeg"
    assert b"written beside" not in shown.data
    with estate.app.app_context():
        assert b"written beside" not in blobs().path(f"photos/{first}").read_bytes()
        account = account_of(estate.agents["nadia"])
        (appointment,) = day_pack(account, datetime.now(UTC).date())["appointments"]
    assert [one["sha256"] for one in appointment["visit"]["photos"]] == [first, second]
    assert appointment["visit"]["plan"]["sha256"] == plan


def test_a_new_plan_takes_the_place_of_the_one_before(estate: Estate, slot: Slot, own: Browser) -> None:
    send(own, slot, ("plan.png", image("white", "PNG")), kind="plan")
    before = pictures(estate)
    send(own, slot, ("plan.png", image("gray", "PNG")), kind="plan")
    (after,) = pictures(estate)
    assert after != before[0]
    assert "un seul fichier" in send(
        own, slot, ("a.png", image("white", "PNG")), ("b.png", image("black", "PNG")), kind="plan"
    )
    assert pictures(estate) == [after]


def test_one_bad_file_and_none_is_added_and_its_name_is_said(estate: Estate, slot: Slot, own: Browser) -> None:
    text = send(own, slot, ("sejour.jpg", image("teal")), ("plan.pdf", b"%PDF-1.7"))
    assert "« plan.pdf » n’est ni une photo JPEG ni une image PNG" in text
    assert "est abîmé" in send(own, slot, ("coupe.jpg", image("teal")[:-400]))
    assert "Choisissez au moins un fichier" in send(own, slot)
    assert pictures(estate) == []


def test_a_sheet_has_no_more_photographs_than_a_candidate_looks_at(estate: Estate, slot: Slot, own: Browser) -> None:
    send(own, slot, *[(f"{number}.jpg", image(f"#{number:02}8080")) for number in range(MOST)])
    text = send(own, slot, ("treize.jpg", image("red")))
    assert "12 photos au plus" in text
    assert len(pictures(estate)) == MOST


def test_a_removed_picture_is_gone_with_its_bytes_unless_another_sheet_shows_it(
    estate: Estate, slot: Slot, own: Browser
) -> None:
    other = plan_slot(estate, "Dominique Essai")
    for place in (slot, other):
        send(own, place, ("sejour.jpg", image("teal")))
    with estate.app.app_context():
        rows = {row.dwelling_id: row for row in db.session.scalars(select(DwellingPicture))}
        ids = {dwelling: row.id for dwelling, row in rows.items()}
        sha256 = rows[slot.dwelling_id].sha256
    for place, left in ((slot, True), (other, False)):
        page = f"/office/lettings/{place.dwelling_id}/pictures"
        assert own.send(page, f"{page}/{ids[place.dwelling_id]}/remove").status_code == 302
        with estate.app.app_context():
            assert blobs().path(f"photos/{sha256}").exists() is left
            assert (db.session.get(Photo, sha256) is not None) is left
    assert pictures(estate) == []


def test_another_agencys_office_sees_and_changes_nothing(estate: Estate, slot: Slot, own: Browser) -> None:
    send(own, slot, ("sejour.jpg", image("teal")))
    ((_, sha256),) = pictures(estate)
    south = colleague(estate, agency="south")
    page = f"/office/lettings/{slot.dwelling_id}/pictures"
    assert south.get(page).status_code == 404
    assert south.get(f"{page}/{sha256}/large.jpg").status_code == 404
