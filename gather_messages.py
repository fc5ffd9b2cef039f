"""Gathers what the application says into `messages.po`, the one catalogue that people translate.

French sentences stand in the code: `_("…")` in Python and templates, `t("…")` and `n("…", "…", count)` on the tablet.
`bin/messages` runs this; `hatch_build.py` then compiles the catalogue for the server and for the tablet.
"""

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from hatch_build import compile_catalogues

ROOT = Path(__file__).resolve().parent
SOURCE_LANGUAGE = "fr"
LANGUAGES = ("en", SOURCE_LANGUAGE)

STRING = r'"((?:[^"\\\n]|\\.)*)"'
ONE = re.compile(rf"\bt\(\s*{STRING}")
ONE_OR_MANY = re.compile(rf"\bn\(\s*{STRING},\s*{STRING}")
COMMENT = re.compile(r"^\s*(?://|/?\*).*$", re.MULTILINE)

# Babel's own header changes with every run.
HEADER = """\
# Gathered by bin/messages from the French sentences of the code; translations are written here.
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals};\\n"

"""

Found = Iterator[tuple[int, str, tuple[str, ...] | str, list[str]]]


def tablet_sentences(file: IO[bytes], keywords: Any, comment_tags: Any, options: Any) -> Found:  # noqa: ARG001  # babel's signature
    """Extraction method for JavaScript: yields `(line, function, sentences, comments)`.

    Babel's own does not look into the quoted attributes of `html` templates, where labels stand. Sentences are plain
    string literals in double quotes, as biome formats them.
    """
    source = COMMENT.sub("", file.read().decode())
    for call, name in ((ONE, "t"), (ONE_OR_MANY, "n")):
        for match in call.finditer(source):
            sentences = tuple(re.sub(r"\\(.)", r"\1", text) for text in match.groups())
            yield source.count("\n", 0, match.start()) + 1, name, sentences if name == "n" else sentences[0], []


METHODS: list[tuple[str, Any]] = [
    ("static/field/**.js", tablet_sentences),
    ("templates/**.html", "jinja2"),
    ("**.py", "python"),
]
OPTIONS = {"templates/**.html": {"trimmed": "true"}}
KEYWORDS: dict[str, Any] = {
    **dict.fromkeys(("_", "_l", "gettext", "later", "say", "t"), None),
    **dict.fromkeys(("ngettext", "_n", "n"), (1, 2)),
    "pgettext": ((1, "c"), 2),
}


class TwoPlurals(ValueError):
    """A sentence is said with two different plurals; gettext tells messages apart by the singular."""


def gather(root: Path = ROOT) -> Catalog:
    """Every sentence of the code, untranslated, with the files that say it; raises `TwoPlurals`."""
    catalog = Catalog()
    package = root / "fieldapp"
    found = extract_from_dir(package, METHODS, OPTIONS, KEYWORDS)
    for name, _, sentence, _, context in found:
        key = sentence if isinstance(sentence, str) else sentence[0]
        said = catalog.get(key, context)
        if said and isinstance(said.id, tuple) and isinstance(sentence, tuple) and said.id != sentence:
            raise TwoPlurals(said.id, sentence)
        catalog.add(sentence, locations=[(f"fieldapp/{name}", 0)], context=context)
    return catalog


def translate(said: Catalog, kept: Catalog) -> list[Message]:
    """Give each sentence its translation in `kept`; returns those that have none yet."""
    missing = []
    french = kept.locale is not None and kept.locale.language == SOURCE_LANGUAGE
    for message in said:
        if not message.id:
            continue
        known = kept.get(_singular(message), message.context)
        if french:
            message.string = message.id
        elif known and isinstance(known.id, str) == isinstance(message.id, str):
            message.string = known.string
        if not all(texts(message.string)):
            missing.append(message)
    return missing


def texts(value: str | Iterable[str] | None) -> list[str]:
    """The one text of a message, or its singular and plural."""
    return [value] if isinstance(value, str) else list(value or [""])


def _singular(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def catalogue(language: str, root: Path = ROOT) -> Path:
    """Where the sentences of a language stand."""
    return root / "fieldapp" / "translations" / language / "LC_MESSAGES" / "messages.po"


def read(language: str, root: Path = ROOT) -> Catalog:
    """What is translated so far; raises `PoFileError` for a file that gettext cannot read."""
    with catalogue(language, root).open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def refresh(language: str, root: Path = ROOT) -> list[Message]:
    """Rewrite a catalogue: new sentences in, what is no longer said out; returns what has no translation yet.

    French is the source: its catalogue holds only what has a plural, for the rule that zero is singular.
    """
    kept, said = read(language, root), gather(root)
    missing = translate(said, kept)
    fresh = Catalog(locale=language)
    for message in said:
        if message.id and (language != SOURCE_LANGUAGE or isinstance(message.id, tuple)):
            fresh[message.id] = message
    with catalogue(language, root).open("wb") as file:
        file.write(HEADER.format(language=language, plurals=fresh.plural_forms).encode())
        write_po(file, fresh, width=0, sort_output=True, include_lineno=False, omit_header=True)
    return missing


def main() -> int:
    """Refresh every catalogue and compile it; exit code 1 while a sentence has no translation."""
    missing = [(language, message) for language in LANGUAGES for message in refresh(language)]
    compile_catalogues(ROOT / "fieldapp")
    for language, message in missing:
        files = ", ".join(sorted({path for path, _ in message.locations}))
        sys.stderr.write(f"{language}: no translation of “{_singular(message)}” ({files})\n")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
