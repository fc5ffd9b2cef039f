"""The command `fieldapp settle`: calculates charge lines from two files, so that an accountant can check every euro."""

import csv
import io
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from fieldapp.domain.charge_lines import read_lines
from fieldapp.domain.file_fault import BadFile
from fieldapp.domain.file_fault_words import sentence
from fieldapp.domain.grid_file import read_grid
from fieldapp.domain.tenancy import euros
from fieldapp.domain.wear import Assessment, ChargeLine, Outcome, assess, total
from fieldapp.domain.wear_grid import WearGrid
from fieldapp.domain.wear_words import doubtful_row
from fieldapp.domain_words import in_language

COLUMNS = ("line_id", "age", "share_percent", "gross", "due", "outcome", "reason")
ENGLISH = in_language("en")
"""The command line speaks English, as the rest of it does."""
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)

Rows = TypeVar("Rows")


@click.command()
@click.option("--grid", "grid_file", type=FILE, required=True, help="The wear grid, as CSV.")
@click.option("--lines", "lines_file", type=FILE, required=True, help="The charge lines, as CSV.")
@click.option("--json", "as_json", is_flag=True, help="An object with lines and total, for programs.")
@click.option(
    "--losses-without-wear/--losses-with-wear",
    default=True,
    show_default=True,
    help="Whether what was lost is owed at its full price, whatever its age.",
)
def settle(grid_file: Path, lines_file: Path, *, as_json: bool, losses_without_wear: bool) -> None:
    """Calculate charge lines after wear: age, share, gross, due, and the total.

    Lines that a person has to decide have no amount and the outcome to_assess; the total leaves them out. No database
    is needed. A wrong file is refused whole, exit 1, with FILE:LINE:COLUMN for every wrong line. docs/charges.md
    describes the columns of both files.
    """
    grid = WearGrid.of(_read(grid_file, read_grid), wears_losses=not losses_without_wear)
    lines = _read(lines_file, read_lines)
    _warn(grid_file, grid, lines)
    assessed = [assess(line, grid) for line in lines]
    click.echo(_json(assessed) if as_json else _csv(assessed), nl=False)


def _read(file: Path, read: Callable[[bytes], Rows]) -> Rows:
    try:
        return read(file.read_bytes())
    except OSError as error:
        raise click.ClickException(f"{file}: {error.strerror}") from error
    except BadFile as error:
        for fault in error.faults:
            where = f"{file}:{fault.line}:{fault.column}:"
            click.echo(
                " ".join(filter(None, (where, fault.name and f"{fault.name}:", sentence(fault, ENGLISH)))), err=True
            )
        raise SystemExit(1) from error


def _warn(grid_file: Path, grid: WearGrid, lines: Sequence[ChargeLine]) -> None:
    used = {line.element_kind for line in lines}
    for row in grid.doubtful:
        if row.element_kind in used:
            click.echo(f"{grid_file}: warning: {row.element_kind}: {doubtful_row(row, ENGLISH)}", err=True)


def _csv(assessed: Sequence[Assessment]) -> str:
    output = io.StringIO()
    writer = csv.DictWriter(output, COLUMNS, lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(one.as_json() for one in assessed)
    writer.writerow({"line_id": "total", "due": euros(total(assessed))})
    return output.getvalue()


def _json(assessed: Sequence[Assessment]) -> str:
    waiting = sum(one.outcome is Outcome.TO_ASSESS for one in assessed)
    answer = {"lines": [_object(one) for one in assessed], "total": euros(total(assessed)), "to_assess": waiting}
    return json.dumps(answer, ensure_ascii=False, indent=1) + "\n"


def _object(assessed: Assessment) -> dict[str, Any]:
    """Amounts are text, and so "" where a person has to decide; a percent is a number while it is whole."""
    share = assessed.share
    whole = share is not None and share == share.to_integral_value()
    return assessed.as_json() | {
        "due": "" if assessed.due is None else euros(assessed.due),
        **({"share_percent": int(share)} if share is not None and whole else {}),
    }
