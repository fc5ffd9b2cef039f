"""The names of the files that travel inside a report."""

RECORD = "record.json"
ACTS = "acts.json"
KEYS = "tablet-key.json"
MANIFEST = "photos.sha256"
AUDIT = "audit.json"

ALL = (RECORD, ACTS, KEYS, MANIFEST, AUDIT)
