"""What is served is one immutable release, and the tablet's list names all of it."""

import base64
import gzip
import hashlib
import json
import re

import pytest

from fieldapp.web.assets import AssetTree
from tests.fieldwork.estate import Estate
from tests.fieldwork.office import Browser, browser

FIRST_LOAD_BYTES = 150_000


@pytest.fixture
def own(quick_estate: Estate) -> Browser:
    return browser(quick_estate)


@pytest.fixture
def tree(quick_estate: Estate) -> AssetTree:
    found: AssetTree = quick_estate.app.extensions["fieldapp.assets"]
    return found


def precache(own: Browser, tree: AssetTree) -> dict[str, object]:
    listed: dict[str, object] = json.loads(own.get(f"/assets/{tree.release}/precache.json").data)
    return listed


def test_the_release_depends_on_the_files_alone() -> None:
    assert AssetTree.read().release == AssetTree.read().release


def test_a_file_of_this_release_may_be_kept_for_ever(own: Browser, tree: AssetTree) -> None:
    answer = own.get(tree.url("style/fieldapp.css"))
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.mimetype == "text/css"
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_there_is_no_file_of_another_release(own: Browser) -> None:
    answer = own.get("/assets/0123456789abcdef/style/fieldapp.css")
    assert answer.status_code == 404
    assert "immutable" not in answer.headers["Cache-Control"]


@pytest.mark.parametrize("path", ("../config.py", "..%2fconfig.py", "field/../../config.py", "%2e%2e/__init__.py"))
def test_nothing_outside_the_static_files_is_served(own: Browser, tree: AssetTree, path: str) -> None:
    assert own.get(f"/assets/{tree.release}/{path}").status_code == 404


def test_text_is_compressed_for_whom_can_read_it(own: Browser, tree: AssetTree) -> None:
    url = tree.url("style/fieldapp.css")
    packed = own.get(url, headers={"Accept-Encoding": "gzip"})
    plain = own.get(url, headers={"Accept-Encoding": "identity"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert len(packed.data) * 3 < len(plain.data)


def test_a_browser_that_has_the_file_is_told_so(own: Browser, tree: AssetTree) -> None:
    url = tree.url("icons/icons.svg")
    tag = own.get(url).headers["ETag"]
    assert own.get(url, headers={"If-None-Match": tag}).status_code == 304


def test_one_style_sheet_holds_every_import_in_its_layer(tree: AssetTree) -> None:
    sheet = tree.files["style/fieldapp.css"].body.decode()
    assert "@import" not in sheet
    assert sheet.index("@layer tokens, base, layout, components;") < sheet.index("@layer tokens {")
    assert "@layer components {" in sheet


def test_the_shell_is_the_same_for_everybody(quick_estate: Estate) -> None:
    stranger, staff = browser(quick_estate), browser(quick_estate)
    staff.sign_in("reviewer@estate.example")
    first, second = stranger.get("/field/"), staff.get("/field/?lang=en", headers={"Accept-Language": "en"})
    assert first.data == second.data
    assert "Set-Cookie" not in second.headers
    for personal in ("Habitat", "estate.example", "csrf", "Rita"):
        assert personal not in first.text


def test_the_shells_policy_allows_its_import_map_and_no_other_inline_script(own: Browser) -> None:
    answer = own.get("/field/")
    policy = answer.headers["Content-Security-Policy"]
    (text,) = re.findall(r'<script type="importmap">(.*?)</script>', answer.text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    assert f"script-src 'self' 'sha256-{digest}'" in policy
    assert "trusted-types lit-html fieldapp-script-url" in policy
    assert "unsafe" not in policy
    assert {"lit", "idb"} <= set(json.loads(text)["imports"])


def test_every_module_of_the_import_map_and_of_the_shell_is_served(own: Browser) -> None:
    html = own.text("/field/")
    addresses = re.findall(r'(?:href|src)="(/[^"]+)"', html)
    (text,) = re.findall(r'<script type="importmap">(.*?)</script>', html, re.DOTALL)
    for address in [*addresses, *json.loads(text)["imports"].values()]:
        assert own.get(address).status_code == 200, address


def test_the_shell_asks_at_once_for_all_that_the_first_screen_imports(own: Browser, tree: AssetTree) -> None:
    """Also for modules of libraries, whose imports all stand on one line."""
    shell = own.get("/field/").get_data(as_text=True)
    asked = re.findall(r'rel="modulepreload" href="([^"]+)"', shell)
    wanted = ("field/app.js", "field/screens/unlock.js", "vendor/lit/index.js", "vendor/lit-html/lit-html.js")
    assert {tree.url(path) for path in wanted} <= set(asked)
    assert len(asked) == len(set(asked))


def test_every_file_that_the_tablet_keeps_is_there_with_the_listed_bytes(own: Browser, tree: AssetTree) -> None:
    listed = precache(own, tree)
    assert listed["release"] == tree.release
    hashes = listed["sha256"]
    assert isinstance(hashes, dict)
    assert listed["urls"] == list(hashes)
    for url, sha256 in hashes.items():
        answer = own.get(url)
        assert answer.status_code == 200, url
        assert hashlib.sha256(answer.data).hexdigest() == sha256, url


def test_the_tablets_list_holds_shell_style_icons_words_and_every_module(own: Browser, tree: AssetTree) -> None:
    urls = precache(own, tree)["urls"]
    assert isinstance(urls, list)
    wanted = {"/field/", "/field/manifest.webmanifest"}
    wanted |= {tree.url(path) for path in ("style/fieldapp.css", "icons/icons.svg", "field/messages.en.json")}
    wanted |= {tree.url(path) for path in tree.files if re.fullmatch(r"(field|vendor)/.*\.js", path)} - {
        tree.url("field/sw.js")
    }
    assert wanted <= set(urls)
    assert not any(re.search(r"/office/|/office\.css", url) for url in urls)


def test_the_first_load_stays_within_its_budget(own: Browser, tree: AssetTree) -> None:
    html = own.get("/field/")
    loaded = set(re.findall(r'(?:href|src)="(/assets/[^"]+)"', html.text))
    sizes = [len(own.get(url, headers={"Accept-Encoding": "gzip"}).data) for url in loaded]
    assert len(gzip.compress(html.data)) + sum(sizes) <= FIRST_LOAD_BYTES


def test_the_service_worker_is_news_at_each_release_and_rules_the_field_alone(own: Browser, tree: AssetTree) -> None:
    answer = own.get("/sw.js")
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.headers["Service-Worker-Allowed"] == "/field/"
    assert tree.release in answer.text
    assert "__RELEASE__" not in answer.text
    assert answer.mimetype == "text/javascript"


def test_the_manifest_makes_the_application_installable(own: Browser) -> None:
    manifest = json.loads(own.get("/field/manifest.webmanifest").data)
    assert manifest["display"] == "standalone"
    assert manifest["start_url"].startswith(manifest["scope"])
    sizes = {(icon["sizes"], icon["purpose"]) for icon in manifest["icons"]}
    assert sizes == {("192x192", "any"), ("512x512", "any"), ("512x512", "maskable")}
    for icon in manifest["icons"]:
        picture = own.get(icon["src"])
        width, height = (int(number) for number in icon["sizes"].split("x"))
        assert picture.data[16:24] == width.to_bytes(4) + height.to_bytes(4)
