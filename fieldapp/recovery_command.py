"""The command `fieldapp recovery`: gives out the wrapped data keys of tablets, for whoever holds the private key."""

from pathlib import Path

import click

from fieldapp.command_app import with_app


@click.command()
@click.argument("device", required=False)
@click.option("-o", "output", type=click.Path(dir_okay=False, path_type=Path), help="The file to write.")
def recovery(device: str | None, output: Path | None) -> None:
    """List the tablets whose data key is kept, or write the newest of DEVICE, still wrapped, to a file.

    Opening it takes the landlord's private recovery key, which need not be on this server: docs/recovery.md.
    """
    from fieldapp.services.recovery import recoverable

    found = with_app(recoverable)
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
