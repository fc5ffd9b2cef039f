"""The tablets' own addresses: JSON and bytes, a device token in `Authorization`, never a cookie."""

from importlib import import_module

from fieldapp.web.api.pages import pages

for _name in ("blobs", "close", "enrol", "pack", "pull", "push", "uploads"):
    import_module(f"fieldapp.web.api.{_name}")

__all__ = ["pages"]
