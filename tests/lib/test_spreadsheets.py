"""CSV for spreadsheets: what would run is text, numbers are numbers, one line at a time."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest

from holdfast.lib.spreadsheets import lines, safe


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+SUM(A1)", "-2+3", "@cmd", "\t=1", "\r=1", "\n=1", "＝1", "+7 (999) 1", "-", "--5"],
)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(text):
    assert safe(text) == f"'{text}"


@pytest.mark.parametrize(
    "cell", ["-5", "-5.25", "+5", "-0,5", -5, Decimal("-5.20"), 0, "a=1", "5-3", ""]
)
def test_numbers_and_plain_texts_stay(cell):
    assert safe(cell) == cell


def test_nothing_is_an_empty_cell():
    assert safe(None) == ""


def test_lines_read_back_as_they_were_with_one_mark_of_utf_8():
    rows = [
        ["Имя", "Amount"],
        ['a "quoted", name\nin two lines', Decimal("-1.50")],
        ["x", date(2026, 3, 1)],
    ]

    text = "".join(lines(rows))

    assert text.count("\ufeff") == 1
    read = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert read == [[str(cell) for cell in row] for row in rows]


def test_lines_come_one_by_one():
    def endless():
        while True:
            yield ["a"]

    first = lines(endless())
    assert (next(first), next(first)) == ("\ufeffa\r\n", "a\r\n")
