"""Rows of a CSV file, a block at a time, whatever is in it."""

import csv
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TextIO

import numpy as np
import pyarrow as pa
from django.utils.translation import gettext as _

from holdfast.ingest import encodings
from holdfast.ingest.errors import CannotImport
from holdfast.ingest.files import LARGEST_CELL, ROWS, Block
from holdfast.ingest.options import Options

_LONGEST_LINE = 4 * LARGEST_CELL
_SAMPLE = 1 << 18
Rows = list[list[str]]


class TooLong(Exception):
    """A line longer than any row should be; the next one can be read."""


class _Lines:
    """The lines of a text file, none of them held whole when it is longer than a row may be.

    Not a generator: after TooLong it goes on with the next line.
    """

    def __init__(self, file: TextIO) -> None:
        self.file = file

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self.file.readline(_LONGEST_LINE)
        if not line:
            raise StopIteration
        if len(line) == _LONGEST_LINE:
            rest = line
            while rest and rest[-1] not in "\r\n":
                rest = self.file.readline(_LONGEST_LINE)
            raise TooLong
        return line


class CsvFile:
    """Delimiter and encoding are recognised unless given. A broken row does not stop the rest."""

    def __init__(self, path: Path, options: Options) -> None:
        self.path = path
        spelling = encodings.spelling(path, options.encoding)
        self.encoding = spelling.encoding
        self.rows_expected: int | None = spelling.lines
        self.notes = [spelling.note] if spelling.note else []
        with self._text() as text:
            sample = text.read(_SAMPLE)
        self.delimiter = options.delimiter or encodings.delimiter(sample)
        self._has_headers = options.headers
        self.headers = self._first_row()

    def blocks(self, columns: Sequence[str], size: int = ROWS) -> Iterator[Block]:
        """Blocks with these columns as text; blank lines are passed over."""
        places = [self.headers.index(name) for name in columns]
        for lines, rows, broken in self._rows(size):
            _mark_uneven(rows, broken, len(self.headers))
            taken = _columns(rows, broken, places, len(self.headers))
            yield Block(
                lines, dict(zip(columns, taken, strict=True)), broken, cells=rows.__getitem__
            )

    def _rows(self, size: int) -> Iterator[tuple["np.ndarray", Rows, dict[int, str]]]:
        with self._text() as text:
            source = _Lines(text)
            reader = csv.reader(source, delimiter=self.delimiter)
            passed = 0  # lines that TooLong took, which the reader has not counted
            if self._has_headers:
                _first(reader)
            while True:
                before = reader.line_num + passed
                rows: Rows = []
                broken: dict[int, str] = {}
                try:
                    rows.extend(islice(reader, size))
                except (csv.Error, TooLong) as error:  # the block ends here, so lines count right
                    passed += isinstance(error, TooLong)
                    broken[len(rows)] = _too_long()
                    rows.append([])
                if not rows:
                    return
                lines = _line_numbers(rows, before, reader.line_num + passed)
                yield _without_blank(lines, rows, broken)

    def _text(self) -> TextIO:
        csv.field_size_limit(LARGEST_CELL)
        return self.path.open(encoding=self.encoding, errors="surrogateescape", newline="")

    def _first_row(self) -> list[str]:
        with self._text() as text:
            try:
                first = _first(csv.reader(_Lines(text), delimiter=self.delimiter))
            except (csv.Error, TooLong) as error:
                raise CannotImport(
                    _("The first line of %(name)s is too long to name columns.")
                    % {"name": self.path.name},
                    _("Is it a CSV file?"),
                ) from error
            except UnicodeError as error:
                raise CannotImport(
                    _("%(name)s is not text in %(encoding)s.")
                    % {"name": self.path.name, "encoding": self.encoding},
                    _("Save it as CSV (UTF-8) and import that."),
                ) from error
        if not first:
            raise CannotImport(_("%(name)s is empty.") % {"name": self.path.name})
        if not self._has_headers:
            return [_("column %(number)s") % {"number": number + 1} for number in range(len(first))]
        return _distinct([_printable(name) for name in first])


def _too_long() -> str:
    return _("A cell is longer than %(count)s characters.") % {"count": LARGEST_CELL}


def _first(reader: Iterator[list[str]]) -> list[str]:
    return next((row for row in reader if any(cell.strip() for cell in row)), [])


def _printable(name: str) -> str:
    return " ".join(name.encode(errors="replace").decode().replace("\ufeff", "").split())


def _distinct(names: list[str]) -> list[str]:
    """Each column gets a name of its own: an empty one its number, a second “Date” “Date (2)”."""
    taken: list[str] = []
    for number, name in enumerate(names, 1):
        own = base = name or _("column %(number)s") % {"number": number}
        times = 1
        while own in taken:
            times += 1
            own = f"{base} ({times})"
        taken.append(own)
    return taken


def _line_numbers(rows: Rows, before: int, after: int) -> "np.ndarray":
    """The line each row begins on; only cells that hold line ends make it more than counting."""
    if after - before == len(rows):
        return np.arange(before + 1, after + 1, dtype=np.int64)
    taken = [1 + sum(cell.count("\n") for cell in row) for row in rows]
    return before + 1 + np.concatenate(([0], np.cumsum(taken)[:-1])).astype(np.int64)


def _without_blank(
    lines: "np.ndarray", rows: Rows, broken: dict[int, str]
) -> tuple["np.ndarray", Rows, dict[int, str]]:
    """Rows in which something is written; spreadsheets leave lines of delimiters behind."""
    kept = [index for index, row in enumerate(rows) if index in broken or _says_something(row)]
    if len(kept) == len(rows):
        return lines, rows, broken
    moved = {new: broken[old] for new, old in enumerate(kept) if old in broken}
    return lines[kept], [rows[index] for index in kept], moved


def _says_something(row: list[str]) -> bool:
    return bool(row) and (bool(row[0]) or any(cell.strip() for cell in row))


def _mark_uneven(rows: Rows, broken: dict[int, str], width: int) -> None:
    if set(map(len, rows)) == {width}:
        return
    for index, row in enumerate(rows):
        if len(row) != width and index not in broken:
            broken[index] = _("The row has %(cells)s cells, the headers are %(headers)s.") % {
                "cells": len(row),
                "headers": width,
            }


def _columns(
    rows: Rows, broken: dict[int, str], places: Sequence[int], width: int
) -> list[pa.Array]:
    whole = rows
    if broken:
        empty = [""] * width
        whole = [empty if index in broken else row for index, row in enumerate(rows)]
    return [_column([row[place] for row in whole], broken) for place in places]


def _column(cells: list[str], broken: dict[int, str]) -> pa.Array:
    """The cells as text. One whose bytes are no letters in the file's encoding breaks its row."""
    try:
        return pa.array(cells, pa.string())
    except UnicodeEncodeError:
        clean: list[str] = []
        for index, cell in enumerate(cells):
            readable = cell.encode(errors="ignore").decode()
            if readable != cell:
                words = _("“%(cell)s” holds bytes that are no letters in the encoding of the file.")
                broken.setdefault(index, words % {"cell": readable[:40]})
            clean.append(readable)
        return pa.array(clean, pa.string())
