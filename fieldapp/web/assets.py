"""The static files as one immutable release: read once, named by their hash, served compressed, listed for the tablet."""

import gzip
import hashlib
import json
import mimetypes
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from flask import Blueprint, Response, abort, current_app, g, request

from fieldapp.web.access import public

PACKAGE = Path(__file__).resolve().parent.parent

TABLET_SHEET = "style/fieldapp.css"
PAGES_SHEET = "style/pages.css"
BUNDLES = {
    TABLET_SHEET: ("style/index.css", "style/field.css"),
    PAGES_SHEET: ("style/index.css", "style/office.css"),
}
IMPORT = re.compile(r'@import\s+"(?P<path>[^"]+)"(?:\s+layer\((?P<layer>\w+)\))?\s*;')

TYPES = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".json": "application/json",
    ".png": "image/png",
    ".webmanifest": "application/manifest+json",
}
COMPRESSIBLE = frozenset({".js", ".css", ".svg", ".json", ".webmanifest"})
TABLET_FOLDERS = ("field/", "icons/", "vendor/")
NOT_PRECACHED = frozenset({"field/sw.js", "vendor/importmap.json"})
FOREVER = "public, max-age=31536000, immutable"

pages = Blueprint("assets", __name__)


@dataclass(frozen=True)
class Asset:
    """One file as it is sent."""

    path: str
    body: bytes

    @cached_property
    def sha256(self) -> str:
        """Lower-case hexadecimal SHA-256 of the bytes."""
        return hashlib.sha256(self.body).hexdigest()

    @cached_property
    def gzipped(self) -> bytes | None:
        """The bytes compressed once, or None when that gains nothing."""
        if Path(self.path).suffix not in COMPRESSIBLE:
            return None
        packed = gzip.compress(self.body, compresslevel=9, mtime=0)
        return packed if len(packed) < len(self.body) else None

    @property
    def mimetype(self) -> str:
        """The registered media type; nothing is left to be sniffed."""
        guessed = mimetypes.guess_type(self.path)[0]
        return TYPES.get(Path(self.path).suffix) or guessed or "application/octet-stream"


@dataclass(frozen=True)
class AssetTree:
    """Every static file of this release, in memory: what is listed and what is served cannot differ."""

    files: dict[str, Asset]
    release: str

    @classmethod
    def read(cls, package: Path = PACKAGE) -> "AssetTree":
        """Read `static/` and join the style sheets."""
        static = package / "static"
        files = {
            path.relative_to(static).as_posix(): path.read_bytes()
            for path in sorted(static.rglob("*"))
            if path.is_file() and path.name != "LICENSE" and not path.name.startswith(".")
        }
        files |= {bundle: _bundle(files, sheets) for bundle, sheets in BUNDLES.items()}
        digest = hashlib.sha256()
        for template in sorted((package / "templates" / "field").glob("*")):
            digest.update(template.read_bytes())
        for path, body in sorted(files.items()):
            digest.update(f"{path}\n{len(body)}\n".encode())
            digest.update(body)
        return cls({path: Asset(path, body) for path, body in files.items()}, digest.hexdigest()[:16])

    def url(self, path: str) -> str:
        """The address of a file in this release; raises `KeyError` for a file that is not there."""
        return f"/assets/{self.release}/{self.files[path].path}"

    @cached_property
    def import_map(self) -> str:
        """The import map of the third-party modules, as the text that the shell holds."""
        listed = self.files.get("vendor/importmap.json")
        imports = json.loads(listed.body)["imports"] if listed else {}
        return json.dumps(
            {"imports": {name: f"/assets/{self.release}/vendor/{path}" for name, path in imports.items()}},
            separators=(",", ":"),
        )

    def tablet_files(self) -> list[Asset]:
        """What a tablet must hold to start without a network."""
        return [
            asset
            for path, asset in sorted(self.files.items())
            if path == TABLET_SHEET
            or (path.startswith(TABLET_FOLDERS) and path not in NOT_PRECACHED and path != "icons/app.svg")
        ]


def _bundle(files: dict[str, bytes], sheets: tuple[str, ...]) -> bytes:
    """One style sheet with every `@import` put in its place, so that the first page waits for one file."""
    return "\n".join(_inlined(files, sheet) for sheet in sheets if sheet in files).encode()


def _inlined(files: dict[str, bytes], sheet: str) -> str:
    def put(match: re.Match[str]) -> str:
        body = _inlined(files, f"{sheet.rpartition('/')[0]}/{match['path'].removeprefix('./')}")
        return f"@layer {match['layer']} {{\n{body}\n}}" if match["layer"] else body

    return IMPORT.sub(put, files[sheet].decode())


def tree() -> AssetTree:
    """The release that this app serves."""
    found: AssetTree = current_app.extensions["fieldapp.assets"]
    return found


def asset_url(path: str) -> str:
    """The address of a static file, for templates."""
    return tree().url(path)


def send(asset: Asset, *, cache: str) -> Response:
    """Answer with a file: compressed when the browser can, 304 when it has it, and unable to act when opened alone."""
    g.impersonal = True
    response = Response(asset.body, mimetype=asset.mimetype)
    if asset.gzipped is not None:
        response.vary.add("Accept-Encoding")
        if request.accept_encodings["gzip"] > 0:
            response.set_data(asset.gzipped)
            response.headers["Content-Encoding"] = "gzip"
    response.headers["Cache-Control"] = cache
    # Weak: the compressed and the plain bytes stand for the same file.
    response.set_etag(asset.sha256[:32], weak=True)
    script = asset.mimetype == "text/javascript"
    # A worker lives under the policy of its own file.
    policy = "default-src 'none'; script-src 'self'; connect-src 'self'" if script else "default-src 'none'; sandbox"
    response.headers["Content-Security-Policy"] = policy
    response.make_conditional(request)
    return response


@pages.get("/assets/<release>/<path:path>")
@public
def asset(release: str, path: str) -> Response:
    """One file of this release; of another release there is none, for an address never changes its bytes."""
    assets = tree()
    if release != assets.release:
        abort(404)
    found = assets.files.get(path)
    if found is None:
        abort(404)
    return send(found, cache=FOREVER)


@pages.app_context_processor
def _for_templates() -> dict[str, object]:
    return {"asset_url": asset_url}
