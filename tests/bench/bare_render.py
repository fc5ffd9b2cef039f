"""The same page with WeasyPrint alone: no seal, no standard, no attachment, no look at what came out.

`python -m tests.bench.bare_render page SAMPLE.pickle PAGE.html` writes the page, `… pdf PAGE.html OUT.pdf` renders it and prints the
megabytes of memory that it took.
"""

import pickle
import resource
import sys
from pathlib import Path


def write_page(sample: Path, target: Path) -> None:
    """The typeset HTML of a sample."""
    from fieldapp.reports import document, render

    made = pickle.loads(sample.read_bytes())  # noqa: S301  # written a moment ago by the benchmark itself
    target.write_text(render.page(document.values(made.record, made.acts, made.files, made.evidence)), encoding="utf-8")


def render_page(page: Path, target: Path) -> None:
    """What a program would do with that HTML in three lines."""
    import weasyprint

    import fieldapp.reports

    styles = Path(fieldapp.reports.__file__).parent
    sheets = [weasyprint.CSS(styles / name) for name in ("report.css", "demo.css")]
    weasyprint.HTML(filename=page).write_pdf(target, stylesheets=sheets)
    sys.stdout.write(str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))


if __name__ == "__main__":
    {"page": write_page, "pdf": render_page}[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
