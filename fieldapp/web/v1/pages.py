"""The group of the addresses for other systems; the tablets' own are under /api/field and share nothing with them."""

from flask import Blueprint

pages = Blueprint("v1", __name__, url_prefix="/api/v1")
