"""The tablet's way in: a shell that says nothing about anybody, its manifest, and its service worker."""

import base64
import hashlib
import json
import posixpath
import re

from flask import Blueprint, Response, abort, g, render_template
from werkzeug.wrappers import Response as BaseResponse

from fieldapp.web.access import public
from fieldapp.web.assets import FOREVER, TABLET_SHEET, Asset, AssetTree, send, tree

ENTRY = "field/main.js"
OPENING = "field/screens/unlock.js"
"""The screen on which an enrolled tablet opens; it is imported when it is wanted."""

STATIC_IMPORT = re.compile(r"""(?:^|[;}])\s*(?:import|export)\b[^"'();]*?["']([^"']+)["']""", re.MULTILINE)
REVALIDATE = "no-cache"
BACKGROUND = "#f4f6f6"
BRAND = "#0b5563"

pages = Blueprint("field", __name__)


@pages.get("/field/")
@public
def shell() -> Response:
    """The page that starts the application on the tablet: the same bytes for everybody, so it may be kept."""
    g.impersonal = True
    response = Response(_shell(tree()), mimetype="text/html")
    response.headers["Cache-Control"] = REVALIDATE
    response.headers["Content-Security-Policy"] = policy(tree())
    return response


@pages.get("/field/manifest.webmanifest")
@public
def manifest() -> BaseResponse:
    """What a tablet needs to put the application on its home screen."""
    return send(_manifest(tree()), cache=REVALIDATE)


@pages.get("/sw.js")
@public
def service_worker() -> BaseResponse:
    """The service worker at an address that never changes; it names the release, so each one is news."""
    assets = tree()
    source = assets.files.get("field/sw.js")
    body = source.body.replace(b"__RELEASE__", assets.release.encode()) if source else b""
    response = send(Asset("sw.js", body), cache=REVALIDATE)
    response.headers["Service-Worker-Allowed"] = "/field/"
    return response


@pages.get("/assets/<release>/precache.json")
@public
def precache(release: str) -> BaseResponse:
    """What a tablet keeps, for its service worker; of another release there is none."""
    if release != tree().release:
        abort(404)
    return send(_precache(tree()), cache=FOREVER)


def policy(assets: AssetTree) -> str:
    """The shell's content security policy: our own files, the import map by its hash, and two named policies for types."""
    digest = base64.b64encode(hashlib.sha256(assets.import_map.encode()).digest()).decode()
    return (
        f"default-src 'none'; script-src 'self' 'sha256-{digest}'; style-src 'self'; img-src 'self' blob: data:;"
        " media-src 'self' blob:; connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'none';"
        " base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script';"
        " trusted-types lit-html fieldapp-script-url"
    )


def _precache(assets: AssetTree) -> Asset:
    """The list of every file that a tablet keeps: JSON `{release, urls: [url], sha256: {url: hexadecimal}}`."""
    pages_made = {
        "/field/": Asset("field/index.html", _shell(assets).encode()),
        "/field/manifest.webmanifest": _manifest(assets),
    }
    listed = pages_made | {assets.url(asset.path): asset for asset in assets.tablet_files()}
    content = {
        "release": assets.release,
        "urls": list(listed),
        "sha256": {url: asset.sha256 for url, asset in listed.items()},
    }
    return Asset("precache.json", json.dumps(content, indent=0).encode())


def reached_modules(assets: AssetTree, *entries: str) -> list[str]:
    """These modules, those that they import, and so on: the browser asks for all of them at once."""
    imports = json.loads(assets.import_map)["imports"]
    prefix = f"/assets/{assets.release}/"
    waiting = list(entries)
    reached: dict[str, None] = {}
    while waiting:
        path = waiting.pop(0)
        if path in reached or path not in assets.files:
            continue
        reached[path] = None
        for name in STATIC_IMPORT.findall(assets.files[path].body.decode()):
            if name.startswith("."):
                waiting.append(posixpath.normpath(posixpath.join(posixpath.dirname(path), name)))
            elif name in imports:
                waiting.append(imports[name].removeprefix(prefix))
    return list(reached)


def _shell(assets: AssetTree) -> str:
    return render_template(
        "field/shell.html",
        release=assets.release,
        import_map=assets.import_map,
        style=assets.url(TABLET_SHEET),
        entry=assets.url(ENTRY) if ENTRY in assets.files else None,
        modules=[assets.url(path) for path in reached_modules(assets, ENTRY, OPENING) if path != ENTRY],
        touch_icon=_icon(assets, "app-180.png"),
        brand=BRAND,
    )


def _icon(assets: AssetTree, name: str) -> str:
    return f"/assets/{assets.release}/icons/{name}"


def _manifest(assets: AssetTree) -> Asset:
    icons = [
        {"src": _icon(assets, f"app-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": "any"}
        for size in (192, 512)
    ]
    icons.append(
        {"src": _icon(assets, "app-maskable-512.png"), "sizes": "512x512", "type": "image/png", "purpose": "maskable"}
    )
    content = {
        "id": "/field/",
        "name": "Terrain : états des lieux et visites",
        "short_name": "Terrain",
        "lang": "fr",
        "dir": "ltr",
        "start_url": "/field/",
        "scope": "/field/",
        "display": "standalone",
        "orientation": "any",
        "background_color": BACKGROUND,
        "theme_color": BRAND,
        "icons": icons,
    }
    return Asset("manifest.webmanifest", json.dumps(content, ensure_ascii=False, indent=1).encode())
