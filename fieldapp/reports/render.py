"""The record becomes a PDF: a function of its arguments alone, the same bytes for the same input.

Importing this module loads WeasyPrint, which makes Pillow accept truncated images for the whole process: only the child
process of `fieldapp.reports.process` does.
"""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import jinja2
import segno
import weasyprint
from markupsafe import Markup
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

import fieldapp
from fieldapp.domain.zone import PARIS, clock_words
from fieldapp.reports import (
    addendum,
    bundle,
    convocation,
    document,
    finisher,
    fitting,
    glyphs,
    layout,
    manifest,
    photo_marks,
    scan,
    settlement,
    slip,
    strokes,
    technical,
    typography,
)
from fieldapp.reports.evidence import Evidence
from fieldapp.reports.words import words

HERE = Path(__file__).parent
TEMPLATES = Path(fieldapp.__file__).parent / "templates" / "report"
VARIANT = "pdf/a-3a"
_EMOJI = '@font-face { font-family: "Report Emoji"; src: url("fonts/NotoEmoji-Regular.ttf") }'


class OurFilesOnly(URLFetcher):
    """Opens the fonts and styles of this folder and the photographs of this record; nothing else, no network."""

    def __init__(self, photos: Mapping[str, Path]) -> None:
        super().__init__(allowed_protocols={"file"}, allow_redirects=False)  # type: ignore[no-untyped-call]  # WeasyPrint
        self._photos = {path.absolute().as_uri() for path in photos.values()}

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        """The bytes behind a `file:` address; raises ValueError for any other file."""
        if url not in self._photos and not url.startswith(HERE.as_uri() + "/"):
            raise ValueError("not a file of this report")
        response: URLFetcherResponse = super().fetch(url, headers)  # type: ignore[no-untyped-call]  # WeasyPrint
        return response


def render_inventory(record: bytes, acts: bytes, files: Mapping[str, Path], evidence: Evidence) -> bytes:
    """The report of a signed inventory, slip, answer, technical visit or addendum, of a settlement or a convocation, PDF/A-3a and PDF/UA-1 in one file, not yet rewritten nor sealed.

    `record` and `acts` are canonical JSON, `files` maps the SHA-256 of each 1000 px photograph to its file, which is
    embedded byte for byte, and that of each page of a scanned entry, which is attached. Raises UnusableRecord, PhotographLost,
    ScanLost, NoFonts, NoTranslation.
    """
    values = _values(record, acts, files, evidence)
    said, photos = values["record"], values["photos"]
    fetcher, fonts = OurFilesOnly(files), FontConfiguration()
    html = page(values)
    base = HERE.as_uri() + "/"
    sheets = [weasyprint.CSS(HERE / "report.css", font_config=fonts, url_fetcher=fetcher)]
    if glyphs.needs_emoji(html):
        sheets.append(weasyprint.CSS(string=_EMOJI, base_url=base, font_config=fonts, url_fetcher=fetcher))
    if document.marks_every_page(said):
        sheets.append(weasyprint.CSS(HERE / "every_page.css", font_config=fonts, url_fetcher=fetcher))
    if values["demonstration"]:
        sheets.append(weasyprint.CSS(HERE / "demo.css", font_config=fonts, url_fetcher=fetcher))
    laid_out = weasyprint.HTML(string=html, base_url=base, url_fetcher=fetcher).render(
        stylesheets=sheets, font_config=fonts, pdf_variant=VARIANT
    )
    layout.check(laid_out.pages, photos)
    made = datetime.fromisoformat(said["established_at"])
    laid_out.metadata.attachments = [
        weasyprint.Attachment(
            string=data, name=name, description=about, relationship=relationship, created=made, modified=made
        )
        for name, data, about, relationship in (
            *_attachments(record, acts, photos, evidence, said["language"]),
            *_scan(said, files),
        )
    ]
    identifier = values["record_sha"][:32].encode()
    # The rewrite compresses, in a third of the time.
    pdf: bytes = laid_out.write_pdf(
        finisher=finisher.finish, pdf_variant=VARIANT, pdf_identifier=identifier, uncompressed_pdf=True
    )
    return pdf


def _values(record: bytes, acts: bytes, files: Mapping[str, Path], evidence: Evidence) -> dict[str, Any]:
    if slip.is_slip(record):
        return slip.values(record, acts, evidence)
    if technical.is_technical(record):
        return technical.values(record, acts, files, evidence)
    if addendum.is_addendum(record):
        return addendum.values(record, acts, files, evidence)
    if convocation.is_convocation(record):
        return convocation.values(record, evidence)
    if settlement.is_settlement(record):
        return settlement.values(record, evidence)
    return document.values(record, acts, files, evidence)


def page(values: Mapping[str, Any]) -> str:
    """The whole report as typeset HTML; every character in it has a glyph."""
    said = values["record"]
    style = typography.Typography(said["language"], said["zone"])
    html = environment(style, values).get_template(f"{said['kind']}.html").render(values)
    return fitting.fitted(glyphs.visible(style.page(html)))


def environment(style: typography.Typography, values: Mapping[str, Any]) -> jinja2.Environment:
    """The templates with their filters, in the language of the record."""
    env = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        extensions=["jinja2.ext.i18n"],
    )
    translations = words(style.language)
    env.install_gettext_translations(translations, newstyle=True)  # type: ignore[attr-defined]
    env.filters |= {
        "day": style.day,
        "long_day": style.long_day,
        "moment": style.moment,
        "long_moment": style.long_moment,
        "number": style.number,
        "euro": style.euro,
        "opening": lambda text: text[:1].upper() + text[1:],
        "grouped": typography.grouped,
        "stroke_path": strokes.path,
        "mark_path": photo_marks.path,
        "view_box": photo_marks.view_box,
        "qr": lambda url: qr_code(url, translations.gettext("Code QR : vérifier ce document")),
    }
    labels = {party["id"]: party["quality_label"] for party in values["record"]["parties"]}
    env.globals["whose_clock"] = "" if style.zone == PARIS else clock_words(style.zone, translations.gettext)
    env.globals["quality_label"] = lambda act: labels.get(act["party_id"], act["quality"])
    return env


def qr_code(url: str, title: str) -> Markup:
    """An address as an SVG drawing with a title."""
    drawing = segno.make(url, error="m", micro=False).svg_inline(scale=1, border=0, title=title)
    return Markup(drawing)  # noqa: S704  # segno escapes the title and writes nothing else of ours


def _attachments(
    record: bytes, acts: bytes, photos: list[dict[str, Any]], evidence: Evidence, language: str
) -> list[tuple[str, bytes, str, str]]:
    """Name, bytes, description and relationship (ISO 32000-2, 7.11.3) of each file inside the report."""
    say = words(language).gettext
    return [
        (bundle.RECORD, record, say("Enregistrement montré aux parties"), "Source"),
        (bundle.ACTS, acts, say("Actes : ce que chaque partie a décidé"), "Data"),
        (bundle.KEYS, evidence.keys, say("Clés publiques des tablettes"), "Data"),
        (bundle.MANIFEST, manifest.write(photos), say("Empreintes des photographies"), "Data"),
        (bundle.AUDIT, evidence.audit, say("Journal"), "Supplement"),
    ]


def _scan(record: Mapping[str, Any], files: Mapping[str, Path]) -> list[tuple[str, bytes, str, str]]:
    """The pages of an entry on paper, the same way."""
    about = words(record["language"]).gettext("Entrée sur papier, numérisée")
    return [(page.name, scan.read(page, files), about, "Source") for page in scan.pages_of(record)]
