"""Gives these tests the small landlord and its tablets."""

from tests.fieldwork.fixtures import estate, quick_estate

__all__ = ["estate", "quick_estate"]
