"""The tablets' own addresses: JSON and bytes, a device token in `Authorization`, never a cookie."""

from importlib import import_module
from pkgutil import iter_modules

from fieldapp.web.api.pages import pages

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")

__all__ = ["pages"]
