"""The tables, one file a noun: what the database holds, and what it must never hold."""
