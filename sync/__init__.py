"""The wire protocol between a tablet and the field server."""

__version__ = "0.1.0"
