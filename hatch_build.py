"""Puts the pinned browser libraries, the report fonts and the compiled catalogues where the application reads them.

`bin/setup` runs it as a program; hatchling runs it as a build hook, so a wheel carries the same files.
"""

import json
import re
import shutil
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from fontTools.ttLib import TTFont
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BROWSER_MODULES = (
    "idb",
    "lit",
    "lit/directives/class-map.js",
    "lit/directives/guard.js",
    "lit/directives/if-defined.js",
    "lit/directives/keyed.js",
    "lit/directives/live.js",
    "lit/directives/ref.js",
    "lit/directives/repeat.js",
)
"""What our own modules may import by name; what these import in turn is found by reading them."""

FONTS = {
    "IBMPlexSans-Regular.ttf": "@ibm/plex-sans/fonts/complete/woff/IBMPlexSans-Regular.woff",
    "IBMPlexSans-SemiBold.ttf": "@ibm/plex-sans/fonts/complete/woff/IBMPlexSans-SemiBold.woff",
    "IBMPlexMono-Regular.ttf": "@ibm/plex-mono/fonts/complete/woff/IBMPlexMono-Regular.woff",
    "NotoEmoji-Regular.ttf": "@fontsource/noto-emoji/files/noto-emoji-emoji-400-normal.woff",
}
"""TTF name to npm file; WOFF2 would cost a second at each cold render."""

SOURCE_LANGUAGE = "fr"
TABLET = "static/field"
"""The modules of the tablet, below the package; it reads its translations as JSON."""

CONDITIONS = ("browser", "import", "module", "default")
IMPORT = re.compile(r"""(?:\bfrom|\bimport)\s*["']([^"']+)["']""")


class AssetsHook(BuildHookInterface[Any]):
    """Collects the files before hatchling lists what goes into a wheel or a source archive."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  # hatchling's signature
        if version != "editable":
            collect(Path(self.root))


class MissingAssets(Exception):
    """The npm packages were not fetched and no earlier copy is there."""


def collect(root: Path) -> None:
    """Writes `static/vendor/`, `reports/fonts/` and every `.mo` under `root/fieldapp`."""
    package, modules = root / "fieldapp", root / "node_modules"
    vendor, fonts = package / "static" / "vendor", package / "reports" / "fonts"
    if modules.is_dir():
        copy_browser_modules(modules, vendor)
        convert_fonts(modules, fonts)
    elif not (vendor / "importmap.json").is_file() or not all((fonts / name).is_file() for name in FONTS):
        message = "The browser libraries are not here: run bin/setup --run, then build again."
        raise MissingAssets(message)
    compile_catalogues(package)


def copy_browser_modules(modules: Path, vendor: Path) -> None:
    """Copies each module under its npm path and writes `importmap.json`, import name to path below `vendor`."""
    fresh = vendor.with_name("vendor.new")
    shutil.rmtree(fresh, ignore_errors=True)
    imports: dict[str, str] = {}
    waiting = list(BROWSER_MODULES)
    while waiting:
        name = waiting.pop()
        if name not in imports:
            imports[name] = resolve(modules, name)
            waiting += copy_module(modules, fresh, imports[name])
    (fresh / "importmap.json").write_text(json.dumps({"imports": dict(sorted(imports.items()))}, indent=2) + "\n")
    shutil.rmtree(vendor, ignore_errors=True)
    fresh.rename(vendor)


def resolve(modules: Path, name: str) -> str:
    """Finds the file that a browser gets for an import name, as a path below `node_modules`."""
    parts = name.split("/")
    depth = 2 if name.startswith("@") else 1
    package, inner = "/".join(parts[:depth]), "/".join(parts[depth:])
    about = json.loads((modules / package / "package.json").read_text(encoding="utf-8"))
    key = f"./{inner}" if inner else "."
    target = about.get("exports", {}).get(key) or inner or about.get("module") or about["main"]
    while isinstance(target, dict):
        target = next(target[condition] for condition in CONDITIONS if condition in target)
    return f"{package}/{target.removeprefix('./')}"


def copy_module(modules: Path, vendor: Path, path: str) -> list[str]:
    """Copies one module, its relative imports and its licence; returns the names that they import."""
    if (vendor / path).exists():
        return []
    source = modules / path
    text = source.read_text(encoding="utf-8")
    (vendor / path).parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, vendor / path)
    copy_licence(modules, vendor, path)
    names: list[str] = []
    for name in IMPORT.findall(text):
        if name.startswith("."):
            relative = (source.parent / name).resolve().relative_to(modules.resolve())
            names += copy_module(modules, vendor, relative.as_posix())
        else:
            names.append(name)
    return names


def copy_licence(modules: Path, target: Path, path: str) -> None:
    """Copies the licence of the package that holds `path`."""
    package = Path(*Path(path).parts[: 2 if path.startswith("@") else 1])
    for licence in sorted((modules / package).glob("LICENSE*")):
        (target / package).mkdir(parents=True, exist_ok=True)
        shutil.copyfile(licence, target / package / licence.name)


def convert_fonts(modules: Path, fonts: Path) -> None:
    """Unpacks each WOFF file into the TTF that reports embed."""
    fonts.mkdir(parents=True, exist_ok=True)
    for name, source in FONTS.items():
        font = TTFont(modules / source, recalcTimestamp=False)
        font.flavor = None
        font.save(fonts / name)
        copy_licence(modules, fonts / "licences", source)


def compile_catalogues(package: Path) -> None:
    """Compiles every `.po` into the `.mo` beside it, and the tablet's sentences into `static/field/messages.*.json`."""
    for source in sorted((package / "translations").glob("*/LC_MESSAGES/*.po")):
        language = source.parent.parent.name
        with source.open("rb") as text:
            catalog = read_po(text, locale=language)
        with source.with_suffix(".mo").open("wb") as compiled:
            write_mo(compiled, catalog)
        if language != SOURCE_LANGUAGE:
            sentences = json.dumps(tablet_sentences(catalog), ensure_ascii=False, indent=0, sort_keys=True)
            (package / TABLET / f"messages.{language}.json").write_text(sentences + "\n", encoding="utf-8")


def tablet_sentences(catalog: Catalog) -> dict[str, str]:
    """French to translation, for what the tablet's modules say; singular and plural each for itself."""
    sentences: dict[str, str] = {}
    for message in catalog:
        if message.id and any(path.startswith(f"fieldapp/{TABLET}/") for path, _ in message.locations):
            sources, targets = (
                [text] if isinstance(text, str) else list(text or ()) for text in (message.id, message.string)
            )
            sentences.update((source, target) for source, target in zip(sources, targets, strict=True) if target)
    return sentences


if __name__ == "__main__":
    collect(Path(__file__).resolve().parent)
