"""What is wrong in a table that somebody imports, and exactly where."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Problem(StrEnum):
    """The ways in which a table can be wrong; `file_fault_words` says each to a person."""

    EMPTY_FILE = "empty_file"
    NO_ROWS = "no_rows"
    NOT_UTF8 = "not_utf8"
    NOT_TEXT = "not_text"
    BROKEN_QUOTES = "broken_quotes"
    UNKNOWN_COLUMN = "unknown_column"
    MISSING_COLUMN = "missing_column"
    REPEATED_COLUMN = "repeated_column"
    TOO_FEW_CELLS = "too_few_cells"
    TOO_MANY_CELLS = "too_many_cells"
    EMPTY_CELL = "empty_cell"
    TOO_LONG = "too_long"
    NOT_A_CODE = "not_a_code"
    UNKNOWN_WORD = "unknown_word"
    NOT_IN_CATALOGUE = "not_in_catalogue"
    DUPLICATE = "duplicate"
    COMMA_DECIMAL = "comma_decimal"
    NOT_A_NUMBER = "not_a_number"
    NOT_WHOLE = "not_whole"
    TOO_PRECISE = "too_precise"
    TOO_SMALL = "too_small"
    TOO_LARGE = "too_large"
    UNKNOWN_VAT = "unknown_vat"
    NOT_A_DAY = "not_a_day"
    STARTS_AFTER_END = "starts_after_end"
    NOT_DEGREES = "not_degrees"
    SWAPPED_AXES = "swapped_axes"
    OUT_OF_FRANCE = "out_of_france"
    NOT_GEOJSON = "not_geojson"
    NOT_A_POINT = "not_a_point"
    NOT_A_SHEET = "not_a_sheet"
    TOO_LARGE_FILE = "too_large_file"
    FORMULA = "formula"
    NOT_A_DATE = "not_a_date"
    NO_SUCH_DAY = "no_such_day"
    NOT_AN_AMOUNT = "not_an_amount"
    NOT_A_POSTCODE = "not_a_postcode"
    NOT_AN_EMAIL = "not_an_email"
    NOT_YES_NO = "not_yes_no"
    COSTS_SWAPPED = "costs_swapped"
    RENEWED_BEFORE = "renewed_before"
    NAMES_NOTHING = "names_nothing"
    NOT_YOURS = "not_yours"
    FIXED = "fixed"
    NO_HOME = "no_home"
    NOT_A_HOLDER = "not_a_holder"
    BOUND_TWICE = "bound_twice"
    RANK_TAKEN = "rank_taken"
    DAY_WANTED = "day_wanted"
    DAY_UNWANTED = "day_unwanted"
    POINT_UNWANTED = "point_unwanted"


@dataclass(frozen=True, slots=True)
class Fault:
    """One problem at a line and a column, both counted from 1 as a spreadsheet does; `name` is the column's title."""

    problem: Problem
    line: int
    column: int
    name: str = ""
    given: Mapping[str, str | int] = field(default_factory=dict)


class BadFile(Exception):
    """A table that is refused whole: `faults` in the order of the file, at most one a line."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(f"{faults[0].line}:{faults[0].column}: {faults[0].problem}")
        self.faults = tuple(faults)
