"""The office: where inventories are read, decided on and handed over."""

from fieldapp.web.office import inventories  # noqa: F401 - views register themselves
from fieldapp.web.office.blueprint import pages

__all__ = ["pages"]
