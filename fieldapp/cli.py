"""The command `fieldapp`: start the app, look at a machine, list inventories, write and verify reports."""

import json
import os
import sys
from pathlib import Path

import click

from fieldapp.begin_command import begin
from fieldapp.command_app import app_of, configured, with_app
from fieldapp.config import BadSetting
from fieldapp.export_command import export
from fieldapp.import_command import import_file
from fieldapp.recovery_command import recovery
from fieldapp.settle_command import settle
from fieldapp.token_command import token

INTACT, ALTERED, UNREADABLE = 0, 1, 2


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="fieldapp")
def main() -> None:
    """Sales visits and inventories on a tablet, offline; sealed reports in the office."""


main.add_command(begin)
main.add_command(settle)
main.add_command(recovery)
main.add_command(token)
main.add_command(export)
main.add_command(import_file)


@main.command()
def run() -> None:
    """Bring the database up to date, then serve the app and its worker until stopped."""
    from fieldapp.serving import serve

    config = configured()
    try:
        serve(config)
    except BadSetting as error:
        raise click.ClickException(str(error)) from error


@main.command()
def worker() -> None:
    """Run the jobs alone: rendering, sealing, photographs, mail."""
    from fieldapp import worker as process

    process.main(app_of(configured()))


@main.command()
def migrate() -> None:
    """Bring the database up to date."""
    from fieldapp.extensions import db
    from fieldapp.records.schema import SchemaProblem, upgrade

    app = app_of(configured())
    with app.app_context():
        try:
            upgrade(db.engine)
        except SchemaProblem as error:
            raise click.ClickException(str(error)) from error


@main.command()
def doctor() -> None:
    """Say what is missing on this machine; exit 1 when something needed is."""
    from fieldapp.doctor import examine

    findings = examine(configured())
    for finding in findings:
        click.echo(f"{'ok     ' if finding.ok else 'MISSING' if finding.needed else 'absent '}  {finding.what}")
        if not finding.ok:
            click.echo(f"         {finding.remedy}")
    sys.exit(any(finding.needed and not finding.ok for finding in findings))


@main.command()
@click.option("--json", "as_json", is_flag=True, help="A list of objects with id, kind and state, for programs.")
def inventories(*, as_json: bool) -> None:
    """List the inventories, the newest first."""
    from fieldapp.services.listing import inventories as listed

    rows = with_app(listed)
    if as_json:
        click.echo(json.dumps([row.as_dict() for row in rows], ensure_ascii=False, indent=1))
        return
    for row in rows:
        click.echo(f"{row.id}  {row.kind:<9} {row.state:<12} {row.number:<18} {row.dwelling}")


@main.command()
@click.argument("inventory_id", metavar="ID")
@click.option("-o", "output", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The file to write.")
def report(inventory_id: str, output: Path) -> None:
    """Write the sealed PDF of inventory ID to a file."""
    from fieldapp.services.listing import NotSealed, sealed_report

    def read() -> bytes:
        try:
            return sealed_report(inventory_id)
        except NotSealed as error:
            raise click.ClickException(str(error)) from error

    data = with_app(read)
    try:
        output.write_bytes(data)
    except OSError as error:
        raise click.ClickException(f"{output} cannot be written ({error.strerror})") from error
    click.echo(f"{output}: {output.stat().st_size} bytes")


@main.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def verify(file: Path) -> None:
    """Check a sealed report: exit 0 when intact, 1 when altered, 2 when it cannot be read."""
    from fieldapp.reports.verdict_words import lines
    from fieldapp.reports.verify import verify as check

    try:
        data = file.read_bytes()
    except OSError as error:
        click.echo(f"{file}: {error.strerror}", err=True)
        sys.exit(UNREADABLE)
    verdict = check(data, _trusted())
    for line in lines(verdict):
        click.echo(line)
    sys.exit(UNREADABLE if verdict.unreadable else INTACT if verdict.intact else ALTERED)


def _trusted() -> tuple[bytes, ...]:
    """What this installation's own seals hang on, from three settings alone: nothing is made for a mere look."""
    from fieldapp.reports.authority import BadSealFile, trust_roots

    folder = Path(os.environ.get("FIELDAPP_DATA") or "data") / "authority"
    name = os.environ.get("FIELDAPP_SEAL_PKCS12")
    try:
        return trust_roots(folder, Path(name) if name else None, os.environ.get("FIELDAPP_SEAL_PASSPHRASE") or None)
    except (BadSealFile, OSError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        click.echo(f"FIELDAPP_SEAL_PKCS12: {why}", err=True)
        # Not 1, which says of the report that it was altered.
        sys.exit(UNREADABLE)
