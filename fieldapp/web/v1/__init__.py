"""The programming interface for other systems: JSON under /api/v1, a bearer token, never a cookie."""

from importlib import import_module
from pkgutil import iter_modules

from fieldapp.web.v1.pages import pages

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")

__all__ = ["pages"]
