"""Lines of CSV for people who open them in a spreadsheet: no cell may run as a formula."""

import csv
import re
from collections.abc import Iterable, Iterator
from typing import Any

_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")
_WIDE = "＝＋－＠"
_RUNS = tuple(f"=+-@\t\r\n{_WIDE}")
MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"  # by which a spreadsheet knows that it is UTF-8


class _Echo:
    """Gives back what it is told to write."""

    def write(self, text: str) -> str:
        return text


def safe(cell: Any) -> Any:
    """A text that a spreadsheet would run gets an apostrophe before it; a number stays a number."""
    if isinstance(cell, str) and cell.startswith(_RUNS) and not _NUMBER.fullmatch(cell):
        return f"'{cell}"
    return "" if cell is None else cell


def lines(rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """The rows as CSV, one line at a time; the first carries the mark of UTF-8."""
    writer = csv.writer(_Echo())
    mark = MARK
    for row in rows:
        yield mark + writer.writerow([safe(cell) for cell in row])
        mark = ""
