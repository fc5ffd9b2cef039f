"""The office's address."""

from flask import Blueprint

pages = Blueprint("office", __name__, url_prefix="/office")

READERS = ("reviewer", "manager", "accountant", "admin", "auditor")
KEEPERS = ("manager", "admin")
DECIDERS = ("reviewer", "manager", "admin")
PRICERS = ("accountant", "manager", "admin")
ASSESSORS = ("reviewer", "accountant", "manager", "admin")
