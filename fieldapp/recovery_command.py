"""The command `fieldapp recovery`: gives out the wrapped data keys of tablets, for whoever holds the private key."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from fieldapp.config import BadSetting, Config

if TYPE_CHECKING:
    from fieldapp.services.recovery import Recoverable


@click.command()
@click.argument("device", required=False)
@click.option("-o", "output", type=click.Path(dir_okay=False, path_type=Path), help="The file to write.")
def recovery(device: str | None, output: Path | None) -> None:
    """List the tablets whose data key is kept, or write the newest of DEVICE, still wrapped, to a file.

    Opening it takes the landlord's private recovery key, which need not be on this server: docs/recovery.md.
    """
    found = _kept()
    if device is None:
        for each in found:
            click.echo(f"{each.device_id}  {each.key_id}  {each.recovery_kid}  {each.device_name}")
        return
    own = [each for each in found if each.device_id == device]
    if not own:
        raise click.ClickException(f"no key of a tablet {device}; without its name the command lists them")
    if output is None:
        raise click.ClickException("say with -o which file to write")
    output.write_bytes(own[-1].wrapped)
    click.echo(f"{output}: key {own[-1].key_id}, wrapped for {own[-1].recovery_kid}")


def _kept() -> "list[Recoverable]":
    from fieldapp.records.schema import SchemaProblem, check
    from fieldapp.services.recovery import recoverable
    from fieldapp.web import create_app

    try:
        app = create_app(Config.from_environ())
        with app.app_context():
            check()
            return recoverable()
    except (BadSetting, SchemaProblem) as error:
        raise click.ClickException(str(error)) from error
