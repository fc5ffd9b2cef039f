"""Gives these tests the small landlord and its tablets."""

from tests.fieldwork.fixtures import estate, postgresql_pattern, quick_estate, sqlite_pattern

__all__ = ["estate", "postgresql_pattern", "quick_estate", "sqlite_pattern"]
