"""The web application: one factory that joins the settings, the database, the languages and the pages."""

from datetime import timedelta

from flask import Flask

from fieldapp.config import Config
from fieldapp.extensions import babel, csrf, db, login
from fieldapp.photos.blobs import BlobStore
from fieldapp.records import all as tables  # noqa: F401 - a query needs every table that its own one refers to
from fieldapp.records.sqlite import tune
from fieldapp.services import indexing
from fieldapp.web import (
    access,
    amounts,
    api,
    assets,
    calendar_feed,
    curve,
    errors,
    field,
    frame,
    health,
    house_words,
    language,
    letting_words,
    links,
    moments,
    qr,
    record_words,
    security,
    size,
    transactions,
    v1,
    verify,
    wording,
)
from fieldapp.web.assets import AssetTree
from fieldapp.web.auth import passwords
from fieldapp.web.auth import views as signing
from fieldapp.web.office import (  # noqa: F401 - pages
    account,
    accounts,
    addenda,
    appointments,
    assessment,
    attributions,
    audit,
    blueprint,
    calendars,
    connectors,
    criteria,
    decisions,
    documents,
    dwellings,
    exports,
    figures,
    file,
    follow_ups,
    grids,
    handing,
    imports,
    inventories,
    lettings,
    messages,
    meters,
    notices,
    outbox,
    paper_entry,
    planning,
    prices,
    search,
    settlement,
    sheet_pictures,
    sheets,
    stock,
    technical,
    tenancies,
    upkeep,
    verdicts,
    visits,
    works,
)

SESSION_HOURS = 12


def create_app(config: Config) -> Flask:
    """Make the application for these settings; it reads the static files once, and connects to nothing.

    `app.extensions` holds `fieldapp.config`, `fieldapp.blobs` and `fieldapp.assets` for whoever serves a request.
    """
    app = Flask("fieldapp", static_folder=None)
    app.config.update(
        SECRET_KEY=config.secret_key,
        SQLALCHEMY_DATABASE_URI=config.database_url,
        # The sentence of a database error is not to quote what a person entered.
        SQLALCHEMY_ENGINE_OPTIONS={"hide_parameters": True},
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

    indexing.watch()
    db.init_app(app)
    with app.app_context():
        tune(db.engine)
    login.init_app(app)
    babel.init_app(app, locale_selector=language.of_request)

    # The order of protection: the transport, the size, the transaction, who may, and whether our own page sent the form.
    security.protect(app, config)
    size.limit(app)
    transactions.follow(app)
    access.guard(app)
    csrf.init_app(app)
    language.remember(app)
    frame.furnish(app)
    moments.furnish(app)
    amounts.furnish(app)
    curve.furnish(app)
    wording.furnish(app)
    letting_words.furnish(app)
    house_words.furnish(app)
    record_words.furnish(app)
    qr.furnish(app)
    errors.answer(app)
    _register(app)
    return app


def _register(app: Flask) -> None:
    """Put every group of pages at its address."""
    for pages in (
        assets.pages,
        field.pages,
        health.pages,
        signing.pages,
        passwords.pages,
        blueprint.pages,
        links.pages,
        calendar_feed.pages,
        verify.pages,
        api.pages,
        v1.pages,
    ):
        app.register_blueprint(pages)
    # Tablets and other systems send a token and no cookie: nothing that a foreign page could borrow.
    csrf.exempt(api.pages)
    csrf.exempt(v1.pages)
