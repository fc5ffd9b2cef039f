"""One database session a request: reading for GET and HEAD, so that on SQLite a page never waits for a writer."""

from flask import Flask, g, request

from fieldapp.records.sqlite import reading, writing


def follow(app: Flask) -> None:
    """Say before each request whether its transactions write."""
    app.before_request(_enter)
    app.teardown_request(_leave)


def _enter() -> None:
    g.transaction = reading() if request.method in {"GET", "HEAD", "OPTIONS"} else writing()
    g.transaction.__enter__()


def _leave(_error: BaseException | None) -> None:
    transaction = g.pop("transaction", None)
    if transaction is not None:
        transaction.__exit__(None, None, None)
