"""A column that holds one code of an enumeration: the named check that keeps others out."""

from enum import StrEnum

from sqlalchemy import CheckConstraint


def one_of(column: str, choices: type[StrEnum]) -> CheckConstraint:
    """The constraint `<column>_known`: the column is null or one of the enumeration's values."""
    listed = ", ".join(f"'{choice.value}'" for choice in choices)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_known")
