"""Whether the server answers and reaches its database: what a supervisor asks."""

from flask import Blueprint, Response, jsonify
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from fieldapp.extensions import db
from fieldapp.web.access import public

pages = Blueprint("health", __name__)


@pages.get("/health")
@public
def health() -> tuple[Response, int]:
    """200 when the database answers, else 503; says nothing about what it holds."""
    try:
        db.session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return jsonify(status="no database"), 503
    return jsonify(status="ok"), 200
