"""The web application: one factory that joins the settings, the database, the languages and the pages."""

from datetime import timedelta
from importlib import import_module
from importlib.util import find_spec

from flask import Flask

from fieldapp.config import Config
from fieldapp.extensions import babel, csrf, db, login
from fieldapp.photos.blobs import BlobStore
from fieldapp.records import all as tables  # noqa: F401 - a query needs every table that its own one refers to
from fieldapp.records.sqlite import tune
from fieldapp.web import access, assets, errors, field, frame, health, language, office, security, transactions
from fieldapp.web.assets import AssetTree
from fieldapp.web.auth import views as signing

SESSION_HOURS = 12


def create_app(config: Config) -> Flask:
    """Make the application for these settings; it reads the static files once, and connects to nothing.

    `app.extensions` holds `fieldapp.config`, `fieldapp.blobs` and `fieldapp.assets` for whoever serves a request.
    """
    app = Flask("fieldapp", static_folder=None)
    app.config.update(
        SECRET_KEY=config.secret_key,
        SQLALCHEMY_DATABASE_URI=config.database_url,
        PERMANENT_SESSION_LIFETIME=timedelta(hours=SESSION_HOURS),
        # A form left open over lunch must still be accepted: the token lives as long as its session.
        WTF_CSRF_TIME_LIMIT=None,
        BABEL_DEFAULT_LOCALE="fr",
        BABEL_DEFAULT_TIMEZONE="Europe/Paris",
        MAX_CONTENT_LENGTH=1_000_000,
        MAX_FORM_MEMORY_SIZE=200_000,
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.extensions["fieldapp.config"] = config
    app.extensions["fieldapp.blobs"] = BlobStore(config.blobs)
    app.extensions["fieldapp.assets"] = AssetTree.read()

    db.init_app(app)
    with app.app_context():
        tune(db.engine)
    csrf.init_app(app)
    login.init_app(app)
    babel.init_app(app, locale_selector=language.of_request)  # type: ignore[no-untyped-call]

    # The order of protection: refuse the transport, then open the transaction, then ask who may.
    security.protect(app, config)
    transactions.follow(app)
    access.guard(app)
    language.remember(app)
    frame.furnish(app)
    errors.answer(app)
    _register(app)
    return app


def _register(app: Flask) -> None:
    """Put every group of pages at its address."""
    for pages in (assets.pages, field.pages, health.pages, signing.pages, office.pages):
        app.register_blueprint(pages)
    if find_spec("fieldapp.web.api") is not None:
        api = import_module("fieldapp.web.api")
        app.register_blueprint(api.pages)
        csrf.exempt(api.pages)
