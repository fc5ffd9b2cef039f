"""Events reach only who may hear them, signed so that a stranger's library accepts them, in a bounded time."""

import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from pathlib import Path

import pytest

from sync.record import client, folder, signing
from sync.record.client import NotHeard, post
from sync.record.signing import BadSignature
from sync.record.target import BadTarget, checked

LOOPBACK = (ip_network("127.0.0.0/8"),)
NOW = datetime(2026, 11, 27, 22, 0, tzinfo=UTC)


def at(*places: str) -> object:
    return lambda _host, _port: places


@pytest.mark.parametrize(
    "place",
    (
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104
        "224.0.0.1",
        "::1",
        "fe80::1%eth0",
        "fc00::1",
        "::ffff:127.0.0.1",
        "2002:7f00:1::",
        "64:ff9b:1::1",
        "64:ff9b::7f00:1",
    ),
)
def test_a_name_that_leads_near_is_refused_whatever_it_is_called(place: str) -> None:
    for places in ((place,), ("93.184.215.14", place)):
        with pytest.raises(BadTarget) as refused:
            checked("https://hooks.example.org/in", (), at(*places))  # type: ignore[arg-type]
        assert refused.value.code == "private"


def test_the_connection_goes_to_the_address_that_was_checked() -> None:
    found = checked("https://hooks.example.org:8443/in?x=1", (), at("93.184.215.14"))  # type: ignore[arg-type]
    assert (found.place, found.host, found.port, found.path) == ("93.184.215.14", "hooks.example.org", 8443, "/in?x=1")


@pytest.mark.parametrize(
    ("url", "code"),
    (
        ("http://hooks.example.org/", "not_https"),
        ("https://user:secret@hooks.example.org/", "not_an_address"),
        ("file:///etc/passwd", "not_an_address"),
        ("https://", "not_an_address"),
        ("https://x.example:99999/", "not_an_address"),
        ("https://x.example/a b", "not_an_address"),
        ("https://x.example/\r\nX: y", "not_an_address"),
    ),
)
def test_what_is_no_https_address_is_refused(url: str, code: str) -> None:
    with pytest.raises(BadTarget) as refused:
        checked(url, (), at("93.184.215.14"))  # type: ignore[arg-type]
    assert refused.value.code == code


def test_a_near_network_can_be_allowed_and_no_other_with_it() -> None:
    allowed = (ip_network("10.20.0.0/16"),)
    assert checked("http://record.example.org/", allowed, at("10.20.3.4")).place == "10.20.3.4"  # type: ignore[arg-type]
    with pytest.raises(BadTarget):
        checked("http://record.example.org/", allowed, at("10.21.3.4"))  # type: ignore[arg-type]


def test_a_signature_is_the_one_of_the_convention() -> None:
    """The example of the Standard Webhooks specification, with its published secret and signature."""
    secret, body = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", b'{"test": 2432232314}'
    sent = datetime.fromtimestamp(1614265330, UTC)
    made = signing.headers(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", body, sent)
    assert made["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    assert signing.verify(secret, made, body, sent) == "msg_p5jXN8AQM9LWM0D4loKWxJek"


def test_what_was_altered_or_is_old_does_not_verify() -> None:
    secret = signing.new_secret()
    made = signing.headers(secret, "one", b"{}", NOW)
    assert signing.verify(secret, made, b"{}", NOW + timedelta(minutes=4)) == "one"
    wrong = [(secret, made, b"{} ", NOW), (signing.new_secret(), made, b"{}", NOW), (secret, {}, b"{}", NOW)]
    wrong += [(secret, made | {"webhook-id": "two"}, b"{}", NOW), (secret, made, b"{}", NOW + timedelta(hours=1))]
    for case in wrong:
        with pytest.raises(BadSignature):
            signing.verify(*case)


@contextmanager
def server(answers: Sequence[bytes], *, then_wait: bool = False) -> Iterator[tuple[str, list[bytes]]]:
    """Sends these bytes one after the other to who connects, each when the one before was sent."""
    asked: list[bytes] = []
    listening = socket.create_server(("127.0.0.1", 0))
    over = threading.Event()

    def serve() -> None:
        with suppress(OSError):
            while True:
                connection, _ = listening.accept()
                with connection, suppress(OSError):
                    asked.append(connection.recv(100_000))
                    for answer in answers:
                        connection.sendall(answer)
                    while then_wait and not over.wait(0.05):
                        connection.sendall(b"X-Slow: yes\r\n" if answers else b"")

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/in", asked
    finally:
        over.set()
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join(5)


def test_a_2xx_answer_is_heard_and_the_host_is_named() -> None:
    with server([b"HTTP/1.1 204 No Content\r\n\r\n"]) as (url, asked):
        assert post(url, b"{}", {"webhook-id": "one"}, LOOPBACK) == 204
    assert b"webhook-id: one" in asked[0]
    assert url.removeprefix("http://").removesuffix("/in").encode() in asked[0]


def test_a_redirect_is_never_followed() -> None:
    with (
        server([b"HTTP/1.1 204 No Content\r\n\r\n"]) as (inner, reached),
        server([f"HTTP/1.1 307 Go\r\nLocation: {inner}\r\nContent-Length: 0\r\n\r\n".encode()]) as (url, _),
    ):
        with pytest.raises(NotHeard) as refused:
            post(url, b"{}", {}, LOOPBACK)
        assert refused.value.problem == "answered_307"
        assert reached == []


def test_a_target_that_never_answers_and_one_that_trickles_are_both_cut_off() -> None:
    for answers in ([], [b"HTTP/1.1 200 OK\r\n"]):
        with server(answers, then_wait=True) as (url, _):
            with pytest.raises(NotHeard) as refused:
                post(url, b"{}", {}, LOOPBACK, seconds=0.3)
            assert refused.value.problem == "timeout"


def test_a_target_that_speaks_nonsense_or_is_away_is_not_heard() -> None:
    with server([b"nonsense\r\n\r\n"]) as (url, _), pytest.raises(NotHeard):
        post(url, b"{}", {}, LOOPBACK)
    with pytest.raises(NotHeard) as refused:
        post(url, b"{}", {}, LOOPBACK)
    assert refused.value.problem == "unreachable"


def test_a_file_is_whole_or_not_there_and_the_same_twice_is_one(tmp_path: Path) -> None:
    place = folder.prepare(tmp_path, "progiciel")
    for _ in range(2):
        folder.drop(place, "one.json", b"{}")
    assert [path.name for path in (place / "out").iterdir()] == ["one.json"]
    for bad in ("../etc", "a/b", "", ".hidden", "A"):
        with pytest.raises(folder.BadFolder):
            folder.prepare(tmp_path, bad)


def test_tables_that_came_are_put_aside_with_what_became_of_them(tmp_path: Path) -> None:
    place = folder.prepare(tmp_path, "progiciel")
    for name in ("a.csv", "b.csv.part", ".c.csv", "d.txt"):
        (place / "in" / name).write_text("x")
    (found,) = folder.waiting(place)
    folder.put_aside(place, found, folder.DONE, "3 lines")
    assert sorted(path.suffix for path in (place / "done").iterdir()) == [".csv", ".txt"]
    assert list(folder.waiting(place)) == []


def test_the_time_is_bounded_by_default() -> None:
    assert client.WHOLE_SECONDS <= 30
