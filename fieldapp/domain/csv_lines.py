"""Reads a CSV file line by line, however long it is: semicolons, commas or tabs, UTF-8 with or without a mark."""

import csv
from collections.abc import Iterable, Iterator

from fieldapp.domain.file_fault import BadFile, Fault, Problem

MARK = b"\xef\xbb\xbf"
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
SEPARATORS = ";,\t"

Line = tuple[int, list[str]]


def csv_lines(raw: Iterable[bytes]) -> Iterator[Line]:
    """(number of its first line, stripped cells) of every line that holds text; `raw` are lines as they are in the file.

    Raises `BadFile` at the first byte that is no UTF-8, and at quotes that do not close.
    """
    lines = iter(raw)
    first = next(lines, b"")
    if first.startswith(UTF16_MARKS):
        raise BadFile([Fault(Problem.NOT_UTF8, 1, 1)])
    first = first.removeprefix(MARK)
    separator = max(SEPARATORS, key=first.decode("utf-8", "replace").count)
    reader = csv.reader(_decoded(first, lines, separator), delimiter=separator, strict=True)
    number = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise BadFile([Fault(Problem.BROKEN_QUOTES, number, 1)]) from error
        stripped = [cell.strip() for cell in cells]
        if any(stripped):
            yield number, stripped
        number = reader.line_num + 1


def _decoded(first: bytes, rest: Iterator[bytes], separator: str) -> Iterator[str]:
    number, line = 1, first
    while line or number == 1:
        try:
            text = line.decode("utf-8")
        except UnicodeDecodeError as error:
            column = line[: error.start].count(separator.encode()) + 1
            raise BadFile([Fault(Problem.NOT_UTF8, number, column)]) from error
        if "\0" in text:
            raise BadFile([Fault(Problem.NOT_TEXT, number, 1)])
        yield text
        number, line = number + 1, next(rest, b"")
