"""The list of inventories, worst first."""

from flask import render_template

from fieldapp.web.access import roles
from fieldapp.web.office.blueprint import READERS, pages


@pages.get("/")
@roles(*READERS)
def inventories() -> str:
    """Every inventory of the landlord, or of the account's agency."""
    return render_template("office/inventories.html")
