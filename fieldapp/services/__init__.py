"""The verbs: what staff, tablets and the worker do, one transaction each."""
