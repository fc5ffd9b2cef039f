"""Every party can be handed a copy, each way is written down, and a link is worth nothing once it is over."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from fieldapp.domain.urgency import Reason
from fieldapp.extensions import db
from fieldapp.records.account import Account
from fieldapp.records.audit_entry import AuditEntry
from fieldapp.records.handover_link import HandoverLink
from fieldapp.services import handover, queue, snapshot
from fieldapp.services.handover import DeadLink, NotSealed, UnknownParty
from fieldapp.services.identifier import new_id
from fieldapp.services.queue import Filters
from fieldapp.services.scope import Scope
from tests.fieldwork.estate import Estate, Flat
from tests.fieldwork.office import sealed, signed


def scope(estate: Estate) -> Scope:
    return Scope(estate.landlord_id)


def reviewer(estate: Estate) -> str:
    return db.session.scalars(
        select(Account.id).where(Account.landlord_id == estate.landlord_id, Account.role == "reviewer")
    ).one()


def link(estate: Estate, flat: Flat) -> handover.Link:
    return handover.give_link(scope(estate), flat.root_id, flat.ids["tenant"], reviewer(estate))


def token(given: handover.Link) -> str:
    return given.path.removeprefix("/h/")


def handings(flat: Flat) -> list[tuple[str, bool]]:
    entities = snapshot.state_of(flat.root_id)["entities"].values()
    bodies = [entity["fields"]["body"] for entity in entities if entity["kind"] == "handover"]
    return sorted((body["channel"], body["done"]) for body in bodies)


def actions(flat: Flat) -> list[str]:
    rows = db.session.scalars(
        select(AuditEntry).where(AuditEntry.subject_id == flat.root_id).order_by(AuditEntry.at, AuditEntry.id)
    )
    return [row.action for row in rows if row.action.startswith("handover.")]


@pytest.fixture
def flat(estate: Estate) -> Flat:
    return sealed(estate)


def test_a_link_opens_the_report_and_the_first_download_is_the_handing_over(estate: Estate, flat: Flat) -> None:
    with estate.app.app_context():
        given = link(estate, flat)
        assert handover.offer(token(given)).number
        assert handings(flat) == []
        handover.fetch(token(given))
        handover.fetch(token(given))
        assert handings(flat) == [("link", True)]
        assert actions(flat) == ["handover.link_made", "handover.done", "handover.downloaded", "handover.downloaded"]
        (seen,) = handover.links_of(scope(estate), flat.root_id)
        assert (seen.downloads, seen.lives) == (2, True)


def test_the_database_does_not_hold_what_opens_a_link(estate: Estate, flat: Flat) -> None:
    with estate.app.app_context():
        given = link(estate, flat)
        row = db.session.get_one(HandoverLink, given.id)
        kept = " ".join(str(value) for value in vars(row).values())
        assert token(given) not in kept
        assert given.path == handover.links_of(scope(estate), flat.root_id)[0].path


def test_an_address_says_nothing_about_anybody(estate: Estate, flat: Flat) -> None:
    with estate.app.app_context():
        path = link(estate, flat).path
        for known in (*flat.ids.values(), flat.root_id, estate.landlord_id):
            assert known not in path


def test_a_withdrawn_link_is_dead_at_once(estate: Estate, flat: Flat) -> None:
    with estate.app.app_context():
        given = link(estate, flat)
        assert handover.withdraw(scope(estate), given.id, reviewer(estate)) == flat.root_id
        with pytest.raises(DeadLink):
            handover.offer(token(given))
        with pytest.raises(DeadLink):
            handover.fetch(token(given))
        assert handings(flat) == []


def test_a_link_ends_by_itself(estate: Estate, flat: Flat) -> None:
    with estate.app.app_context():
        given = link(estate, flat)
        assert given.expires_at - given.created_at == handover.LINK_LIVES
        long_ago = datetime.now(UTC) - timedelta(days=90)
        ended = {"created_at": long_ago, "expires_at": long_ago + handover.LINK_LIVES}
        db.session.execute(update(HandoverLink).values(**ended))
        db.session.commit()
        with pytest.raises(DeadLink):
            handover.offer(token(given))
        assert not handover.links_of(scope(estate), flat.root_id)[0].lives


def test_a_guessed_link_is_dead(estate: Estate, flat: Flat) -> None:
    with estate.app.app_context():
        given = token(link(estate, flat))
        for guess in ("", "x", given[:-1], given + "A", given.swapcase(), new_id()):
            with pytest.raises(DeadLink):
                handover.offer(guess)


def test_two_first_downloads_at_once_are_one_handing_over(estate: Estate, flat: Flat) -> None:
    with estate.app.app_context():
        secret = token(link(estate, flat))
    barrier = threading.Barrier(4)

    def download() -> None:
        with estate.app.app_context():
            barrier.wait()
            handover.fetch(secret)
            db.session.remove()

    threads = [threading.Thread(target=download) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with estate.app.app_context():
        assert handings(flat) == [("link", True)]
        assert handover.links_of(scope(estate), flat.root_id)[0].downloads == 4


@pytest.mark.parametrize("channel", ("print", "post"))
def test_a_copy_on_paper_is_written_down(estate: Estate, flat: Flat, channel: str) -> None:
    with estate.app.app_context():
        handover.hand_over(scope(estate), flat.root_id, flat.ids["tenant"], channel, reviewer(estate))
        assert handings(flat) == [(channel, True)]
        assert actions(flat) == ["handover.done"]


def test_nothing_is_handed_over_before_the_seal(estate: Estate) -> None:
    flat = signed(estate)
    with estate.app.app_context():
        with pytest.raises(NotSealed):
            link(estate, flat)
        with pytest.raises(NotSealed):
            handover.hand_over(scope(estate), flat.root_id, flat.ids["tenant"], "print", reviewer(estate))


def test_nothing_is_handed_to_somebody_who_is_not_in_the_inventory(estate: Estate, flat: Flat) -> None:
    with estate.app.app_context(), pytest.raises(UnknownParty):
        handover.give_link(scope(estate), flat.root_id, new_id(), reviewer(estate))


def test_another_landlord_hands_nothing_over(estate: Estate, flat: Flat) -> None:
    with estate.app.app_context():
        given = link(estate, flat)
        stranger = Scope(new_id())
        with pytest.raises(NotSealed):
            handover.give_link(stranger, flat.root_id, flat.ids["tenant"], reviewer(estate))
        with pytest.raises(DeadLink):
            handover.withdraw(stranger, given.id, reviewer(estate))
        assert handover.links_of(stranger, flat.root_id) == ()


def test_the_list_presses_until_a_copy_is_handed_over(estate: Estate, flat: Flat) -> None:
    with estate.app.app_context():
        assert Reason.NOT_HANDED in queue.page(scope(estate), Filters()).rows[0].reasons
        handover.hand_over(scope(estate), flat.root_id, flat.ids["tenant"], "print", reviewer(estate))
        assert Reason.NOT_HANDED not in queue.page(scope(estate), Filters()).rows[0].reasons


def test_the_journal_holds_no_address_of_anybody(estate: Estate, flat: Flat) -> None:
    with estate.app.app_context():
        handover.fetch(token(link(estate, flat)))
        for entry in db.session.scalars(select(AuditEntry)):
            assert "@" not in str(entry.facts)
