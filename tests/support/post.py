"""A mail server that tests read, and make fail."""

import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Self

import pytest

from fieldapp.services import smtp


@dataclass
class Post:
    """A mail server that keeps what it is given, or fails as it is told."""

    letters: list[EmailMessage] = field(default_factory=list)
    connected: list[tuple[str, int]] = field(default_factory=list)
    logins: list[tuple[str, str]] = field(default_factory=list)
    secured: int = 0
    failure: Exception | None = None
    answer: str = "250 2.0.0 Ok: queued as 4F2A"

    def server(self, host: str, port: int, timeout: int, context: ssl.SSLContext | None = None) -> "Post":
        assert timeout > 0
        self.connected.append((host, port))
        self.secured += context is not None
        return self

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        return None

    def starttls(self, context: ssl.SSLContext) -> None:
        assert context.verify_mode is ssl.CERT_REQUIRED
        self.secured += 1

    def login(self, name: str, password: str) -> None:
        self.logins.append((name, password))

    def send_message(self, letter: EmailMessage) -> None:
        if self.failure is not None:
            raise self.failure
        self.letters.append(letter)


@pytest.fixture
def post(monkeypatch: pytest.MonkeyPatch) -> Post:
    made = Post()
    monkeypatch.setattr(smtp, "Plain", made.server)
    monkeypatch.setattr(smtp, "Secured", made.server)
    return made
