"""Handing one letter to the mail server, and what the server answered."""

import smtplib
import ssl
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

PATIENCE_SECONDS = 30
PERMANENT = 500


class Refused(Exception):
    """The server will never take this letter: its answer says why."""


class _Telling(smtplib.SMTP):
    """A connection that keeps the last answer to a letter, which smtplib throws away."""

    answer = ""

    def data(self, msg: object) -> tuple[int, bytes]:
        code, said = super().data(msg)  # type: ignore[arg-type]  # whatever smtplib itself passes
        self.answer = f"{code} {said.decode('utf-8', 'replace')}"
        return code, said


class Plain(_Telling):
    """A connection that is in the clear until `starttls`."""


class Secured(_Telling, smtplib.SMTP_SSL):
    """A connection that is encrypted from the first byte."""


def hand_over(smtp_url: str, letter: EmailMessage) -> str:
    """Give the letter to the server; gives the server's answer, such as `250 2.0.0 Ok: queued as 4F2A`.

    Raises `Refused` when the server refused it for good, and `OSError` or `SMTPException` for what may pass.
    """
    try:
        with _connected(smtp_url) as server:
            server.send_message(letter)
            return server.answer
    except smtplib.SMTPRecipientsRefused as error:
        for code, said in error.recipients.values():
            if code >= PERMANENT:
                raise Refused(f"{code} {said.decode('utf-8', 'replace')}") from error
        raise


def _connected(smtp_url: str) -> _Telling:
    parts = urlsplit(smtp_url)
    host, secure = parts.hostname or "localhost", ssl.create_default_context()
    server: _Telling
    if parts.scheme == "smtps":
        server = Secured(host, parts.port or 465, timeout=PATIENCE_SECONDS, context=secure)
    else:
        server = Plain(host, parts.port or (587 if parts.scheme == "smtp+starttls" else 25), timeout=PATIENCE_SECONDS)
    try:
        if parts.scheme == "smtp+starttls":
            server.starttls(context=secure)
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
    except BaseException:
        server.close()
        raise
    return server
