"""A small landlord with its dwellings and tablets, for tests that go through the tablets' addresses."""
