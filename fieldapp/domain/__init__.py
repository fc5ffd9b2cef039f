"""The trade's values and rules: no web, no database, no picture library, no clock, no disk."""
