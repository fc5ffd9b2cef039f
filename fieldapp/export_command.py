"""The command by which a landlord leaves with all of its data."""

from collections.abc import Mapping
from pathlib import Path

import click

from fieldapp.command_app import with_app


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--landlord", "landlord_id", metavar="ID", help="Whose data; needed when there are several.")
def export(folder: Path, landlord_id: str | None) -> None:
    """Write everything of a landlord into the empty FOLDER: rows, photographs, signed records, sealed reports."""
    from fieldapp.services import clients, leaving

    def write() -> Mapping[str, int]:
        try:
            return leaving.leave(landlord_id or clients.only_landlord(), folder)
        except clients.NoLandlord as error:
            raise click.ClickException("There is no landlord, or several: say which with --landlord ID.") from error
        except leaving.NotEmpty as error:
            raise click.ClickException(f"{folder} is not empty: name a new folder.") from error
        except OSError as error:
            raise click.ClickException(f"{folder}: {error.strerror}") from error

    counts = with_app(write)
    for name, count in sorted(counts.items()):
        if count:
            click.echo(f"{count:>9}  {name}")
    click.echo(f"{folder}: docs/leaving.md says how to read it.")
