"""What a person reads when a page cannot be given, in their language, with a way out."""

import logging
from http import HTTPStatus

from flask import Flask, Response, jsonify, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.wrappers import Response as BaseResponse

from fieldapp.services.failure import traced
from fieldapp.web.words import later as _l

Answer = tuple[str, int] | BaseResponse

log = logging.getLogger("fieldapp.errors")

SENTENCES = {
    400: (_l("Cette demande n’a pas été comprise"), _l("Revenez à la page précédente et recommencez.")),
    403: (
        _l("Cette page n’est pas pour votre compte"),
        _l("Si vous devez l’ouvrir, demandez à l’administrateur de changer vos droits."),
    ),
    404: (_l("Cette page n’existe pas"), _l("L’adresse est peut-être incomplète, ou ce document n’est plus ici.")),
    405: (_l("Cette page ne s’ouvre pas ainsi"), _l("Revenez à la page précédente et recommencez.")),
    413: (_l("Ce fichier est trop lourd"), _l("Choisissez un fichier plus petit.")),
    429: (_l("Trop d’essais"), _l("Attendez quelques minutes, puis recommencez.")),
    500: (
        _l("Quelque chose s’est mal passé chez nous"),
        _l("Rien de ce qui était enregistré n’est perdu. Recommencez dans un instant."),
    ),
}
STALE_FORM = (
    _l("Cette page était ouverte depuis trop longtemps"),
    _l("Rien n’a été enregistré. Revenez en arrière, rechargez la page et recommencez."),
)


def answer(app: Flask) -> None:
    """Give every refusal and every crash its page."""
    app.register_error_handler(HTTPException, _refusal)
    app.register_error_handler(CSRFError, _stale)
    app.register_error_handler(Exception, _crash)


def _refusal(error: HTTPException) -> Answer | HTTPException:
    if error.response is not None or (error.code or 500) < 400:
        return error
    response = make_response(_page(error.code or 500))
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        response.headers["Allow"] = ", ".join(error.valid_methods)  # RFC 9110, 15.5.6
    return response


def _stale(_error: CSRFError) -> Answer:
    title, advice = STALE_FORM
    return render_template("error.html", code=400, title=title, advice=advice), 400


def _crash(error: Exception) -> Answer:
    # The rule and not the address: an address may hold a link's secret.
    rule = request.url_rule.rule if request.url_rule else "(no route)"
    log.error("%s %s failed: %s", request.method, rule, traced(error))
    return _page(500)


def _page(code: int) -> Answer:
    if request.path.startswith("/api/"):
        return _problem(code)
    title, advice = SENTENCES.get(code, SENTENCES[400 if code < 500 else 500])
    return render_template("error.html", code=code, title=title, advice=advice), code


def _problem(code: int) -> Response:
    """The same refusal for a program: a problem (RFC 9457) with our header, so that a tablet knows who speaks."""
    phrase = HTTPStatus(code).phrase
    response = jsonify(type="about:blank", title=phrase, status=code, code=phrase.lower().replace(" ", "_"), detail="")
    response.status_code = code
    response.mimetype = "application/problem+json"
    response.headers["Fieldapp-Server"] = "1"
    return response
