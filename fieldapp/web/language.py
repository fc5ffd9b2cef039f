"""The language of a page: asked for in the address, remembered, the account's, or the browser's."""

from babel import Locale
from flask import Flask, Response, g, has_request_context, request
from flask_babel import get_locale

from fieldapp.web.auth.person import signed_in

LANGUAGES = {"fr": "Français", "en": "English"}
COOKIE = "fieldapp_language"
YEAR_SECONDS = 365 * 24 * 3600


def of_request() -> str:
    """`fr` or `en`: `?lang=` first, then the cookie, the account, what the browser prefers, French."""
    if not has_request_context():
        return "fr"
    for wish in (request.args.get("lang"), request.cookies.get(_cookie())):
        if wish in LANGUAGES:
            return wish
    person = signed_in()
    return person.language if person is not None else request.accept_languages.best_match(list(LANGUAGES)) or "fr"


def current() -> str:
    """The code of the language that this request is answered in."""
    locale: Locale | None = get_locale()
    return "fr" if locale is None else locale.language


def remember(app: Flask) -> None:
    """Keep a language asked for by `?lang=` for the next year."""

    def keep(response: Response) -> Response:
        wish = request.args.get("lang")
        if wish in LANGUAGES and not g.get("impersonal", False):
            response.set_cookie(
                _cookie(), wish, max_age=YEAR_SECONDS, secure=request.is_secure, httponly=True, samesite="Lax"
            )
        return response

    app.after_request(keep)


def _cookie() -> str:
    """Over HTTPS a name that no other host of the same domain can set (RFC 6265bis, 4.1.3.2)."""
    return f"__Host-{COOKIE}" if request.is_secure else COOKIE
