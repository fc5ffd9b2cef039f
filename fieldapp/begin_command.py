"""The command that begins an empty installation."""

import click

from fieldapp.command_app import with_app
from fieldapp.domain.landlord import LandlordKind


@click.command()
@click.argument("name", metavar="NAME")
@click.option(
    "--kind", type=click.Choice([one.value for one in LandlordKind]), required=True, help="What it is in law."
)
@click.option("--street", required=True, help="Street of the seat.")
@click.option("--postcode", required=True, help="Its postcode: the hours of the house are those of this place.")
@click.option("--town", required=True, help="Its town.")
@click.option("--siren", required=True, help="SIREN, printed on every document.")
@click.option("--phone", required=True, help="The telephone that messages name.")
@click.option("--email", required=True, help="The address that e-mails come from.")
@click.option("--agency", default="Siège", show_default=True, help="The first agency.")
@click.option("--admin-name", required=True, help="Who administers.")
@click.option("--admin-email", required=True, help="The address with which that person signs in.")
def begin(name: str, kind: str, admin_name: str, admin_email: str, **said: str) -> None:
    """Write the landlord called NAME into an empty installation and print, alone on the last line, where its
    administrator chooses a password; the link is good once, for seven days.
    """
    from fieldapp.services import beginning, mail

    house = beginning.House(
        name=name.strip(), kind=LandlordKind(kind), admin_name=admin_name, admin_email=admin_email, **said
    )

    def write() -> str:
        try:
            return beginning.begin(house)
        except beginning.AlreadyBegun as error:
            raise click.ClickException("There is a landlord already: its administrator invites the others.") from error
        except mail.BadAddress as error:
            raise click.ClickException("An e-mail address is not complete.") from error

    address = with_app(write)
    click.echo(f"{name.strip()} is there. {admin_name} chooses a password here, once, within seven days:")
    click.echo(address)
