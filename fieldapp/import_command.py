"""The command that imports a landlord's file: the same as the office's page, for large first loads."""

import os
import sys
from pathlib import Path

import click

from fieldapp.command_app import with_app
from fieldapp.domain import catalogue, covering_words, file_fault_words
from fieldapp.domain.import_tables import TABLES
from fieldapp.domain.wording import Wording
from fieldapp.domain_words import in_language


@click.command("import")
@click.argument("kind", type=click.Choice(list(TABLES)))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what it would do, and write nothing.")
@click.option("--landlord", "landlord_id", metavar="ID", help="Whose stock; needed when there are several.")
def import_file(kind: str, file: Path, landlord_id: str | None, *, dry_run: bool) -> None:
    """Import FILE, CSV or XLSX, all of it or nothing; docs/imports.md has the columns. Exit 1 when something is wrong."""
    from fieldapp.services import clients
    from fieldapp.services.importing import runs
    from fieldapp.services.scope import Scope

    def progress(rows: int) -> None:
        click.echo(f"{rows} lines", err=True)

    def bring() -> runs.Told:
        try:
            scope = Scope(landlord_id or clients.only_landlord())
            return runs.at_once(scope, "server", kind, file, progress, dry_run=dry_run)
        except clients.NoLandlord as error:
            raise click.ClickException("There is no landlord, or several: say which with --landlord ID.") from error

    told = with_app(bring)
    tally = told.tally
    language = "fr" if os.environ.get("LANG", "").startswith("fr") else "en"
    say, words = in_language(language), Wording(catalogue.load(), language)
    for fault in tally.faults:
        where = f"{file.name}:{fault.line}:{fault.column}"
        click.echo(f"{where}: {f'{fault.name}: ' if fault.name else ''}{file_fault_words.sentence(fault, say)}")
    if tally.fault_count:
        click.echo(f"{tally.fault_count} faults: nothing was written.", err=True)
        sys.exit(1)
    for note in tally.notes:
        click.echo(covering_words.sentence(note, say, words))
    said = f"{tally.created} new, {tally.changed} changed, {tally.unchanged} the same"
    click.echo(f"{said}: {'written' if told.written else 'nothing was written'}.")
