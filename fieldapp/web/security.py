"""What protects every answer: the transport, the host, the cookies, the headers and what is written in the log."""

import hashlib
import logging
import secrets
from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, g, render_template, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from werkzeug.middleware.proxy_fix import ProxyFix

from fieldapp.config import LOOPBACK, Config

log = logging.getLogger("fieldapp.requests")

MISDIRECTED = 421
"""RFC 9110, 15.5.20: this server does not answer for that host."""

HSTS_SECONDS = 2 * 365 * 24 * 3600

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Same-origin and not no-referrer: the form protection compares the referrer over HTTPS.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
}


class HostCookies(SecureCookieSessionInterface):
    """Session cookies that no other host can set: `__Host-` and Secure, except over plain HTTP on this machine."""

    digest_method = staticmethod(hashlib.sha256)

    def get_cookie_name(self, app: Flask) -> str:  # noqa: ARG002 - Flask's signature
        """`__Host-fieldapp` over HTTPS."""
        return "__Host-fieldapp" if request.is_secure else "fieldapp"

    def get_cookie_secure(self, app: Flask) -> bool:  # noqa: ARG002 - Flask's signature
        """Whenever the request came over HTTPS."""
        return request.is_secure

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Nothing on an impersonal answer: it is the same for everybody and may be kept by anybody."""
        if not g.get("impersonal", False):
            super().save_session(app, session, response)

    def get_cookie_samesite(self, app: Flask) -> str:  # noqa: ARG002 - Flask's signature
        """Lax: a link in an e-mail may open a page, a foreign form may not post."""
        return "Lax"


def protect(app: Flask, config: Config) -> None:
    """Put the protections around an app; `trusted_proxies` forwarded headers are believed, and no more."""
    if config.trusted_proxies:
        count = config.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]
    app.session_interface = HostCookies()
    app.before_request(_refuse_wrong_transport)
    app.after_request(_harden)
    app.after_request(_write_log)
    app.jinja_env.globals["csp_nonce"] = nonce


def nonce() -> str:
    """The number used once that this page's own style element carries."""
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(16)
    value: str = g.nonce
    return value


def public_url(path: str) -> str:
    """The absolute address of a path, from the settings and never from the Host header."""
    config: Config = current_app.extensions["fieldapp.config"]
    return config.public_url + path


def client_address() -> str:
    """The address of the browser, behind the trusted proxies."""
    return request.remote_addr or "unknown"


def office_policy() -> str:
    """The content security policy of pages made by a template: our files, and one style element with a nonce."""
    return (
        f"default-src 'none'; script-src 'nonce-{nonce()}'; style-src 'self' 'nonce-{nonce()}'; img-src 'self';"
        " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none';"
        " require-trusted-types-for 'script'; trusted-types 'none'"
    )


def _refuse_wrong_transport() -> tuple[str, int] | None:
    """Plain HTTP is for this machine alone; HTTPS is for the public host, so that no other name can be borrowed."""
    config: Config = current_app.extensions["fieldapp.config"]
    host = urlsplit(f"//{request.host}").hostname or ""
    if request.is_secure:
        known = host in LOOPBACK or host == urlsplit(config.public_url).hostname
        return None if known else (render_template("refused.html", reason="host"), MISDIRECTED)
    if host in LOOPBACK and _is_loopback(client_address()):
        return None
    return render_template("refused.html", reason="plain"), 403


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def _harden(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if "Content-Security-Policy" not in response.headers:
        policy = office_policy() if response.mimetype == "text/html" else "default-src 'none'; frame-ancestors 'none'"
        response.headers["Content-Security-Policy"] = policy
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = f"max-age={HSTS_SECONDS}; includeSubDomains"
    # A page about somebody must not stay in a cache; what may stay says so itself.
    response.headers.setdefault("Cache-Control", "no-store")
    return response


def _write_log(response: Response) -> Response:
    """One line a request with the route's pattern: neither identifiers of people nor a link's secret can be in it."""
    rule = request.url_rule.rule if request.url_rule else "(no route)"
    log.info("%s %s %d", request.method, rule, response.status_code)
    return response


def not_found() -> None:
    """Answer as if the thing did not exist: also when it does, and belongs to somebody else."""
    abort(404)
