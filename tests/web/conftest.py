"""Gives these tests the small landlord and its tablets."""

from tests.fieldwork.fixtures import estate, postgresql_pattern, quick_estate, sqlite_pattern
from tests.support.post import post

__all__ = ["estate", "post", "postgresql_pattern", "quick_estate", "sqlite_pattern"]
