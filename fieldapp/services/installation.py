"""The installation that the present request or job belongs to: its settings, its store of bytes."""

from typing import cast

from flask import current_app

from fieldapp.config import Config
from fieldapp.photos.blobs import BlobStore


def config() -> Config:
    """The settings that the app was made with; needs an application context."""
    return cast("Config", current_app.extensions["fieldapp.config"])


def blobs() -> BlobStore:
    """Where photographs, records and reports lie; needs an application context."""
    return cast("BlobStore", current_app.extensions["fieldapp.blobs"])
