"""The application behind a command: configured from the environment, with a database of the right shape."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

import click

from fieldapp.config import BadSetting, Config

if TYPE_CHECKING:
    from flask import Flask

Answer = TypeVar("Answer")


def configured() -> Config:
    """What the environment says; raises `ClickException` for a bad setting."""
    try:
        return Config.from_environ()
    except BadSetting as error:
        raise click.ClickException(str(error)) from error


def app_of(config: Config) -> "Flask":
    """The application; loaded here, so that a command without it starts at once."""
    from fieldapp.web import create_app

    return create_app(config)


def with_app(work: Callable[[], Answer]) -> Answer:
    """Do some work in the application's context; raises `ClickException` when the database has another shape."""
    from fieldapp.extensions import db
    from fieldapp.records.schema import SchemaProblem, check

    app = app_of(configured())
    with app.app_context():
        try:
            check(db.engine)
        except SchemaProblem as error:
            raise click.ClickException(str(error)) from error
        return work()
