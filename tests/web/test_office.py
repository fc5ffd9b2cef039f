"""The office at work, without a script: it finds what presses, decides, and hands over."""

import html
import io
import re
from datetime import UTC, datetime

import pytest
from PIL import Image
from sqlalchemy import event, select

from fieldapp.extensions import db
from fieldapp.records.inventory import Inventory
from fieldapp.records.rejected_change import RejectedChange
from fieldapp.services import installation, snapshot
from fieldapp.services.identifier import new_id
from sync import canonical
from sync.tablet import Tablet
from tests.fieldwork.estate import Estate, Flat
from tests.fieldwork.office import Browser, colleague, sealed, signed
from tests.fieldwork.trouble import at_work, disagree, examined, raise_alert, refuse
from tests.fieldwork.visit import STROKES, act, fill, photograph, record_of, sign_and_close
from tests.photos.pictures import jpeg


@pytest.fixture
def own(quick_estate: Estate) -> Browser:
    return colleague(quick_estate)


def page_of(flat: Flat, view: str = "") -> str:
    return f"/office/inventories/{flat.root_id}{view}"


def value_of(estate: Estate, flat: Flat, entity: str, field: str) -> object:
    with estate.app.app_context():
        return snapshot.state_of(flat.root_id)["entities"][entity]["fields"].get(field)


def listed(html: str) -> list[str]:
    """The inventories of a page, from top to bottom."""
    return list(dict.fromkeys(re.findall(r'class="thing"><a href="/office/inventories/([0-9a-f-]{36})"', html)))


def test_the_list_shows_the_worst_first(quick_estate: Estate, own: Browser) -> None:
    done, planned = sealed(quick_estate), quick_estate.plan()
    conflict, rejected = quick_estate.plan(), quick_estate.plan()
    disagree(quick_estate, conflict)
    refuse(quick_estate, rejected)
    held, tablet = at_work(quick_estate)
    raise_alert(held, tablet)
    refused = sealed(quick_estate, tenant="refused")
    html = own.text("/office/inventories/")
    order = [flat.root_id for flat in (held, rejected, conflict, refused, done, planned)]
    assert listed(html) == order
    for words in ("Alerte à décider", "1 saisie refusée", "1 désaccord", "Refus de signer", "Copie pas encore remise"):
        assert words in html


def test_the_list_is_narrowed_in_the_address_bar(quick_estate: Estate, own: Browser) -> None:
    done, planned = sealed(quick_estate), quick_estate.plan("sonia")
    assert listed(own.text("/office/inventories/?show=planned")) == [planned.root_id]
    assert listed(own.text("/office/inventories/?show=pressing")) == [done.root_id]
    assert listed(own.text(f"/office/inventories/?agent={quick_estate.agents['sonia']}")) == [planned.root_id]
    assert listed(own.text(f"/office/inventories/?agency={quick_estate.agencies['south']}")) == []
    assert "Rien ici" in own.text(f"/office/inventories/?agency={quick_estate.agencies['south']}")
    assert len(listed(own.text("/office/inventories/?show=nonsense&page=-4"))) == 2


def test_a_long_list_has_pages(quick_estate: Estate, own: Browser) -> None:
    planned = {quick_estate.plan().root_id for _ in range(27)}
    first = own.text("/office/inventories/")
    (address,) = re.findall(r'rel="next" href="([^"]+)"', first)
    second = own.text(html.unescape(address))
    assert len(listed(first)) == 25
    assert len(listed(second)) == 2
    assert set(listed(first)) | set(listed(second)) == planned
    (back,) = re.findall(r'rel="prev" href="([^"]+)"', second)
    assert listed(own.text(html.unescape(back))) == listed(first)
    for stale in ("x", "1~2", "99999999999~1~z", "0~0~"):
        assert len(listed(own.text(f"/office/inventories/?after={stale}"))) <= 25


def test_the_list_asks_the_database_the_same_number_of_questions_however_long_it_is(
    quick_estate: Estate, own: Browser
) -> None:
    def questions(address: str) -> int:
        asked: list[str] = []
        with quick_estate.app.app_context():
            engine = db.engine

        def note(*arguments: object) -> None:
            asked.append(str(arguments[2]))

        event.listen(engine, "before_cursor_execute", note)
        own.text(address)
        event.remove(engine, "before_cursor_execute", note)
        return len(asked)

    flat = quick_estate.plan()
    few = questions("/office/inventories/")
    for _ in range(12):
        quick_estate.plan()
    assert questions("/office/inventories/") == few
    assert questions(page_of(flat)) < 28


def test_a_file_shows_everything_that_was_noted(quick_estate: Estate, own: Browser) -> None:
    flat, tablet = at_work(quick_estate)
    fill(tablet, flat)
    for field, value in (("state", "poor"), ("defects", ["hole"]), ("note", "Trou derrière la porte")):
        tablet.write(flat.root_id, flat.ids["wall"], "element", field, value)
    promise = {"text": "Rebouchage", "due": "2026-12-05"}
    tablet.write(flat.root_id, flat.ids["wall"], "element", "promise", promise)
    tablet.sync()
    html = own.text(page_of(flat))
    for words in (
        "1 point à regarder",
        "Trou derrière la porte",
        "Mauvais",
        "Rebouchage",
        "05/12/2026",
        "00123",
        "Porte palière",
        "Mutuelle des Essais",
        "Parquet",
    ):
        assert words in html, words
    assert "Poor" in own.text(page_of(flat) + "?lang=en")


def test_what_was_noted_cannot_become_markup(quick_estate: Estate, own: Browser) -> None:
    flat, tablet = at_work(quick_estate)
    evil = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
    tablet.write(flat.root_id, flat.ids["wall"], "element", "note", evil)
    tablet.write(flat.root_id, flat.ids["wall"], "element", "state", "poor")
    tablet.write(flat.root_id, flat.ids["tenant"], "party", "name", evil)
    tablet.write(flat.root_id, flat.ids["room"], "room", "label", evil)
    tablet.sync()
    for view in ("", "/photos", "/signatures", "/copies", "/journal"):
        html = own.text(page_of(flat, view))
        assert "<script>alert" not in html
        assert "<img src=x" not in html


def test_an_alert_is_answered_and_the_tablet_learns_it(quick_estate: Estate, own: Browser) -> None:
    flat, tablet = at_work(quick_estate)
    alert = raise_alert(flat, tablet)
    page = page_of(flat)
    assert "Odeur près du compteur." in own.text(page)
    answer = own.send(
        page, f"{page}/alerts/{alert}", outcome="proceed", reason="Le gaz est coupé, le plombier est passé."
    )
    assert answer.status_code == 302
    after = own.text(page)
    assert "Votre décision est enregistrée" in after
    assert "le plombier est passé" in after
    assert 'name="outcome"' not in after
    tablet.sync()
    decision = tablet.value(flat.root_id, alert, "decision")
    assert (decision["outcome"], decision["by"]) == ("proceed", "Odile Bureau")
    assert "Décision prise sur une alerte" in own.text(page_of(flat, "/journal"))


def test_a_decision_needs_its_answer_and_its_reason(quick_estate: Estate, own: Browser) -> None:
    flat, tablet = at_work(quick_estate)
    alert = raise_alert(flat, tablet)
    page = page_of(flat)
    for answers in ({}, {"outcome": "proceed"}, {"reason": "Parce que"}, {"outcome": "perhaps", "reason": "x"}):
        answer = own.send(page, f"{page}/alerts/{alert}", **answers)
        assert answer.status_code == 400
        assert 'class="error"' in answer.text
    assert value_of(quick_estate, flat, alert, "decision") is None


def test_the_second_to_decide_is_told_of_the_first(quick_estate: Estate, own: Browser) -> None:
    flat, tablet = at_work(quick_estate)
    alert = raise_alert(flat, tablet)
    page = page_of(flat)
    other = colleague(quick_estate, "manager")
    open_form = other.text(page)
    own.send(page, f"{page}/alerts/{alert}", outcome="stop", reason="Fuite confirmée.")
    token = re.findall(r'name="csrf_token"[^>]*value="([^"]+)"', open_form)[0]
    late = {"csrf_token": token, "outcome": "proceed", "reason": "Tout va bien."}
    other.client.post(f"{page}/alerts/{alert}", data=late)
    assert "Quelqu’un a déjà répondu" in other.text(page)
    decision = value_of(quick_estate, flat, alert, "decision")
    assert isinstance(decision, dict)
    assert decision["outcome"] == "stop"


@pytest.mark.parametrize(("take", "state"), (("kept", "good"), ("other", "poor")))
def test_of_two_values_a_person_chooses(quick_estate: Estate, own: Browser, take: str, state: str) -> None:
    flat, tablet = at_work(quick_estate)
    tablet.write(flat.root_id, flat.ids["floor"], "element", "state", "good")
    tablet.sync()
    disagree(quick_estate, flat)
    page = page_of(flat)
    html = own.text(page)
    assert "Garder «" in html
    assert "Bon" in html
    assert "Mauvais" in html
    (address,) = re.findall(rf'action="({re.escape(page)}/conflicts/\d+)"', html)
    own.send(page, address, take=take)
    assert value_of(quick_estate, flat, flat.ids["floor"], "state") == state
    assert "désaccord entre" not in own.text(page)
    assert "1 désaccord" not in own.text("/office/inventories/")


def test_what_is_signed_is_not_changed_by_settling_a_disagreement(quick_estate: Estate, own: Browser) -> None:
    flat = sealed(quick_estate)
    disagree(quick_estate, flat)
    page = page_of(flat)
    html = own.text(page)
    assert "la valeur signée ne change plus" in html
    assert "Prendre «" not in html
    (address,) = re.findall(rf'action="({re.escape(page)}/conflicts/\d+)"', html)
    own.send(page, address, take="other")
    assert value_of(quick_estate, flat, flat.ids["floor"], "state") == "good"


def test_what_was_refused_is_read_and_put_aside(quick_estate: Estate, own: Browser) -> None:
    flat = quick_estate.plan()
    refuse(quick_estate, flat)
    page = page_of(flat)
    html = own.text(page)
    assert "superbe" in html
    assert "n’a pas la forme attendue" in html
    own.send(page, f"{page}/rejections")
    assert "superbe" not in own.text(page)
    with quick_estate.app.app_context():
        assert db.session.scalars(select(RejectedChange)).one().settled_at is not None


def test_signatures_are_drawn_and_remarks_are_in_the_tenants_words(quick_estate: Estate, own: Browser) -> None:
    flat, tablet = at_work(quick_estate)
    fill(tablet, flat)
    raw = record_of(tablet, flat)
    remark = {"subject_kind": "element", "subject_id": flat.ids["wall"], "text": "La tache était déjà là."}
    tenant = act(flat, "tenant", raw, decision="signed_with_reservations", remarks=[remark], strokes=STROKES)
    typed = act(flat, "agent", raw, method="typed", strokes=None, typed_name="Nadia Typée")
    acts = [tablet.sign(flat.root_id, tenant), tablet.sign(flat.root_id, typed)]
    tablet.close(flat.root_id, raw, acts)
    tablet.sync()
    html = own.text(page_of(flat, "/signatures"))
    assert re.search(r'<svg class="ink"[^>]*role="img"[^>]*><path d="M100 200C', html)
    assert "La tache était déjà là." in html
    assert "A signé avec des remarques" in html
    assert "Nadia Typée" in html


def test_a_refusal_is_said_with_its_reason(quick_estate: Estate, own: Browser) -> None:
    flat = signed(quick_estate, tenant="refused")
    html = own.text(page_of(flat, "/signatures"))
    assert "N’a pas voulu signer" in html
    assert "Ne souhaite pas signer" in html


def test_missing_photographs_are_named_and_the_seal_waits(quick_estate: Estate, own: Browser) -> None:
    flat, tablet = at_work(quick_estate)
    fill(tablet, flat)
    photograph(tablet, flat, jpeg(), jpeg((80, 60)))
    sign_and_close(tablet, flat)
    _push_without_photos(tablet)
    html = own.text(page_of(flat))
    assert "1 photo manque" in html
    assert "Pas encore arrivée" in html
    assert "Il attend 1 photo" in own.text(page_of(flat, "/copies"))


def _push_without_photos(tablet: Tablet) -> None:
    from sync import sending

    sending.Link(tablet._transport, tablet._store, tablet._now).push()


def photo_address(estate: Estate, flat: Flat, sha256: str) -> str:
    return f"{page_of(flat)}/photos/{sha256}/small.jpg"


def test_a_photograph_is_shown_only_when_found_safe_and_never_as_it_came(quick_estate: Estate, own: Browser) -> None:
    flat, tablet = at_work(quick_estate)
    report = jpeg((900, 600)) + b"<script>a tail that a careless browser might read</script>"
    photograph(tablet, flat, report, jpeg((80, 60)))
    tablet.sync()
    sha256 = canonical.sha256_hex(report)
    address = photo_address(quick_estate, flat, sha256)
    assert own.get(address).status_code == 404
    assert "examen en cours" in own.text(page_of(flat, "/photos"))
    examined(quick_estate, sha256, "safe")
    answer = own.get(address)
    assert answer.status_code == 200
    assert answer.mimetype == "image/jpeg"
    assert b"script" not in answer.data
    with Image.open(io.BytesIO(answer.data)) as picture:
        assert max(picture.size) == 480
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["Content-Disposition"].startswith('inline; filename="photo-')
    assert answer.headers["Cache-Control"].startswith("private")
    assert address in own.text(page_of(flat))
    with quick_estate.app.app_context():
        assert installation.blobs().path(f"photos/{sha256}").read_bytes() == report


def test_a_photograph_of_another_inventory_or_landlord_is_not_shown(quick_estate: Estate, own: Browser) -> None:
    flat, tablet = at_work(quick_estate)
    report = jpeg((90, 60))
    photograph(tablet, flat, report, jpeg((80, 60)))
    tablet.sync()
    sha256 = canonical.sha256_hex(report)
    examined(quick_estate, sha256, "safe")
    assert own.get(photo_address(quick_estate, quick_estate.plan(), sha256)).status_code == 404
    stranger = colleague(Estate.build(quick_estate.app, "Autre Habitat"))
    assert stranger.get(photo_address(quick_estate, flat, sha256)).status_code == 404


def test_an_unusable_photograph_says_why(quick_estate: Estate, own: Browser) -> None:
    flat, tablet = at_work(quick_estate)
    report = jpeg((90, 60))
    photograph(tablet, flat, report, jpeg((80, 60)))
    tablet.sync()
    sha256 = canonical.sha256_hex(report)
    examined(quick_estate, sha256, "unusable", "truncated")
    html = own.text(page_of(flat))
    assert "Illisible" in html
    assert "La fin du fichier manque." in html
    assert own.get(photo_address(quick_estate, flat, sha256)).status_code == 404


def test_the_report_is_read_here_or_kept(quick_estate: Estate, own: Browser) -> None:
    flat = sealed(quick_estate)
    here = own.get(page_of(flat, "/report.pdf"))
    assert here.mimetype == "application/pdf"
    assert here.headers["Content-Disposition"].startswith("inline")
    kept = own.get(page_of(flat, "/report.pdf?download=1"))
    assert re.match(r'attachment; filename="?E[0-9A-Z-]+\.pdf', kept.headers["Content-Disposition"])
    assert here.data == kept.data
    assert own.get(page_of(flat, "/report.pdf"), headers={"Range": "bytes=0-4"}).data == b"%PDF-"


def test_there_is_no_report_before_the_seal(quick_estate: Estate, own: Browser) -> None:
    flat = quick_estate.plan()
    assert own.get(page_of(flat, "/report.pdf")).status_code == 404
    assert "pas encore scellé" in own.text(page_of(flat, "/copies"))


def test_each_way_of_handing_over_is_on_the_page_and_in_the_journal(quick_estate: Estate, own: Browser) -> None:
    flat = sealed(quick_estate)
    page, party = page_of(flat, "/copies"), flat.ids["tenant"]
    assert "Pas encore remise" in own.text(page)
    own.send(page, f"{page}/{party}/link")
    html = own.text(page)
    (address,) = re.findall(r"<code>(http://127\.0\.0\.1:8000/h/[\w-]+)</code>", html)
    assert '<svg class="qr"' in html
    assert "Pas encore remise" in html
    own.send(page, f"{page}/{party}/email", email="camille@tenant.example")
    printed = own.send(page, f"{page}/{party}/print")
    assert printed.headers["Location"].endswith("/report.pdf")
    html = own.text(page)
    assert "Copie remise" in html
    assert "camille@tenant.example" in html
    journal = own.text(page_of(flat, "/journal"))
    for words in ("Lien de remise créé", "Remise préparée, par e-mail", "Copie remise, sur papier"):
        assert words in journal, words
    assert address not in journal
    outbox = own.text("/office/outbox")
    assert "camille@tenant.example" in outbox
    assert "Aucun serveur de messagerie" in outbox
    (letter,) = re.findall(r'href="(/office/outbox/[0-9a-f-]{36})"', outbox)
    assert "/h/" in own.text(letter)


def test_a_wrong_address_is_said_where_it_was_written(quick_estate: Estate, own: Browser) -> None:
    flat = sealed(quick_estate)
    page, party = page_of(flat, "/copies"), flat.ids["tenant"]
    answer = own.send(page, f"{page}/{party}/email", email="camille@nowhere")
    assert answer.status_code == 400
    assert f'id="email-{party}-error"' in answer.text
    assert 'value="camille@nowhere"' in answer.text
    assert "Aucun message" in own.text("/office/outbox")


def test_the_landlords_own_copy_needs_no_handing_over(quick_estate: Estate, own: Browser) -> None:
    flat = sealed(quick_estate)
    html = own.text(page_of(flat, "/copies"))
    assert "Son exemplaire est ce dossier" in html
    assert f"{flat.ids['agent']}/link" not in html


def test_the_journal_tells_what_the_tablet_did(quick_estate: Estate, own: Browser) -> None:
    flat = sealed(quick_estate)
    html = own.text(page_of(flat, "/journal"))
    for words in ("Signatures terminées", "Document signé reçu", "Tablette"):
        assert words in html, words


def test_a_copy_that_the_agent_handed_over_is_in_the_journal_once(quick_estate: Estate, own: Browser) -> None:
    flat, tablet = at_work(quick_estate)
    body = {
        "party_id": flat.ids["tenant"],
        "channel": "print",
        "at": "2026-11-18T10:02:00.000Z",
        "to": None,
        "done": True,
    }
    tablet.write(flat.root_id, new_id(), "handover", "body", body)
    tablet.sync()
    assert own.text(page_of(flat, "/journal")).count("Copie remise, sur papier (Camille Essai)") == 1
    assert "sur papier" in own.text(page_of(flat, "/copies"))


def test_a_photograph_that_cannot_be_read_is_said_with_the_way_out(quick_estate: Estate, own: Browser) -> None:
    flat, tablet = at_work(quick_estate)
    fill(tablet, flat)
    photograph(tablet, flat, jpeg(), b"no photograph at all")
    sign_and_close(tablet, flat)
    tablet.sync()
    examined(quick_estate, canonical.sha256_hex(b"no photograph at all"), "unusable", "not_jpeg")
    assert "Photo illisible dans le document signé" in own.text("/office/inventories/?show=pressing")
    page = page_of(flat)
    assert "Une photo du document signé ne se lit pas." in own.text(page)
    assert own.send(page, f"{page}/reopen").status_code == 302
    after = own.text(page)
    assert "L’état des lieux est rouvert" in after
    assert "À faire signer à nouveau" not in after
    assert "Rouvert pour être signé à nouveau" in own.text(page_of(flat, "/journal"))


def test_a_file_that_nothing_stops_is_not_reopened(quick_estate: Estate, own: Browser) -> None:
    flat = sealed(quick_estate)
    answer = own.send(page_of(flat), page_of(flat) + "/reopen")
    assert answer.status_code == 302
    assert "il ne se rouvre pas" in own.text(page_of(flat))


def test_one_tenants_copy_does_not_count_for_the_other(quick_estate: Estate, own: Browser) -> None:
    flat, tablet = at_work(quick_estate)
    fill(tablet, flat)
    other = tablet.new_id()
    for field, value in (("name", "Dana Essai"), ("quality", "co_tenant"), ("present", True)):
        tablet.write(flat.root_id, other, "party", field, value)
    tablet.sync()
    with quick_estate.app.app_context():
        now = datetime.now(UTC)
        row = db.session.get_one(Inventory, flat.root_id)
        row.state, row.record_sha256, row.sealed_at = "sealed", "a" * 64, now
        db.session.commit()
    page = page_of(flat, "/journal")
    assert own.text(page).count("Copie pas encore remise (") == 2
    hand(tablet, flat, flat.ids["tenant"])
    assert "Copie pas encore remise" in own.text("/office/inventories/?show=pressing")
    assert "Copie pas encore remise (Dana Essai)" in own.text(page)
    hand(tablet, flat, other)
    assert listed(own.text("/office/inventories/?reason=not_handed")) == []
    assert "Copie pas encore remise" not in own.text(page)


def hand(tablet: Tablet, flat: Flat, party_id: str) -> None:
    body = {"party_id": party_id, "channel": "print", "at": "2026-11-18T10:05:00.000Z", "to": None, "done": True}
    tablet.write(flat.root_id, tablet.new_id(), "handover", "body", body)
    tablet.sync()
