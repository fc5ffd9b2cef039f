"""The command that gives another system its bearer token."""

import click

from fieldapp.command_app import with_app


@click.command()
@click.argument("name", metavar="NAME")
@click.option("--scope", type=click.Choice(["read", "write"]), required=True, help="What it may do; write also reads.")
@click.option("--landlord", "landlord_id", metavar="ID", help="Whose data it sees; needed when there are several.")
def token(name: str, scope: str, landlord_id: str | None) -> None:
    """Make a token for the system called NAME and print it, alone on the last line; it is shown only this once."""
    from fieldapp.services import clients
    from fieldapp.services.scope import Scope

    if not 1 <= len(name.strip()) <= 80:
        raise click.BadParameter("1 to 80 characters", param_hint="NAME")

    def give() -> str:
        try:
            return clients.give(Scope(landlord_id or clients.only_landlord()), name.strip(), scope)
        except clients.NoLandlord as error:
            raise click.ClickException("There is no landlord, or several: say which with --landlord ID.") from error

    made = with_app(give)
    click.echo(f"{name.strip()} may {'read and write' if scope == 'write' else 'read'}. The token is shown only now:")
    click.echo(made)
