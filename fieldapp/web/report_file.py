"""Sending a sealed report: byte for byte as it was sealed."""

from pathlib import Path

from flask import send_file
from werkzeug.wrappers import Response

# The browser's own viewer needs its styles and its plug-in; the document itself can fetch and send nothing.
POLICY = (
    "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'self'"
)


def send_report(path: Path, number: str, *, download: bool) -> Response:
    """The PDF, named by its number; ranges are answered, for viewers read the end first."""
    response = send_file(
        path, mimetype="application/pdf", as_attachment=download, download_name=f"{number}.pdf", max_age=0
    )
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Cache-Control"] = "private, no-store"
    return response
