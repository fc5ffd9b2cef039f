"""How the field server speaks to the landlord's own system of record: published events, signed, at least once."""
