"""Every table: importing this module makes the metadata whole, whatever noun is added beside it."""

from importlib import import_module
from pkgutil import iter_modules

from fieldapp import records

for module in iter_modules(records.__path__):
    import_module(f"{records.__name__}.{module.name}")
