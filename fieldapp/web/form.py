"""The office's forms: each one carries the token that shows it came from our own page."""

from typing import Any

from flask_wtf import FlaskForm


class Form(FlaskForm):
    """A form of the office."""

    def __init__(self, **values: Any) -> None:
        """Fill the form from the request when it was sent, else from `values`."""
        super().__init__(**values)  # type: ignore[no-untyped-call]

    def accepted(self) -> bool:
        """Whether the form was sent, by our own page, with good answers."""
        return bool(super().validate_on_submit())  # type: ignore[no-untyped-call]
