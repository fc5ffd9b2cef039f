"""How much a request may carry: little, unless its view says more."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, request

View = TypeVar("View", bound=Callable[..., Any])


def body_up_to(most: int) -> Callable[[View], View]:
    """Let a view's requests carry `most` bytes."""

    def mark(view: View) -> View:
        setattr(view, "most_bytes", most)  # noqa: B010 - a function has no such attribute for the type checker
        return view

    return mark


def limit(app: Flask) -> None:
    """Set the limit before anything reads the body."""
    app.before_request(_limit)


def _limit() -> None:
    if request.endpoint is not None:
        most = getattr(current_app.view_functions[request.endpoint], "most_bytes", None)
        if most is not None:
            request.max_content_length = most
