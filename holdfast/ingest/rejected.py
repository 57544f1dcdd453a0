"""The rows that were not taken, as they came, each with its line and the reason."""

import contextlib
import csv
import os
import secrets
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TextIO

from django.conf import settings
from django.utils.translation import gettext as _

from holdfast.ingest.files import LARGEST_CELL, File
from holdfast.lib import crash

_SHOWN = 1000


def folder() -> Path:
    """Where uploads and rejected rows are kept, for the owner of the home alone."""
    place = Path(settings.HOME) / "imports"
    place.mkdir(mode=0o700, exist_ok=True)
    return place


class Beside:
    """The file of the rejected rows: whole under its name, or not there at all."""

    def __init__(self, file: File, *, at: datetime) -> None:
        name = f"{file.path.stem[:80]}-rejected-{at:%Y%m%dT%H%M%S}-{secrets.token_hex(3)}.csv"
        self.file = file
        self.path = folder() / name

    def write(self, rejected: Iterator[tuple[int, str]], /) -> None:
        """Read the file once more and keep the rejected rows."""
        unfinished = self.path.with_suffix(".unfinished")
        try:
            with unfinished.open(
                "x", encoding="utf-8", errors="surrogateescape", newline=""
            ) as out:
                unfinished.chmod(0o600)
                self._write(out, rejected)
                crash.here("ingest.rejected")
                out.flush()
                os.fsync(out.fileno())
            unfinished.rename(self.path)
        finally:
            unfinished.unlink(missing_ok=True)

    def _write(self, out: TextIO, rejected: Iterator[tuple[int, str]]) -> None:
        rows = csv.writer(out)
        rows.writerow([_("line"), _("reason"), *self.file.headers])
        for line, reason, cells in _found(self.file, rejected):
            rows.writerow([line, reason, *map(_cut, cells)])


def reasons(path: str, *, most: int = 5) -> list[tuple[str, str]]:
    """(line, reason) of the first rejected rows, for a report; [] when the file is gone."""
    try:
        with Path(path).open(encoding="utf-8", errors="replace", newline="") as file:
            return [(row[0], row[1]) for row in islice(csv.reader(file), 1, most + 1)]
    except (OSError, csv.Error):
        return []


@contextlib.contextmanager
def beside(file: File, *, at: datetime) -> Iterator[Beside]:
    """For the length of an import; when that fails, the rows of its file are all still in it."""
    one = Beside(file, at=at)
    try:
        yield one
    except BaseException:
        one.path.unlink(missing_ok=True)
        raise


def _cut(cell: str) -> str:
    """A cell that was refused for its length is shown by its beginning."""
    return cell if len(cell) <= LARGEST_CELL else cell[:_SHOWN] + "…"


def _found(file: File, rejected: Iterator[tuple[int, str]]) -> Iterator[tuple[int, str, list[str]]]:
    """Both are in the order of the file, so one pass over each is enough."""
    line, reason = next(rejected, (None, ""))
    for block in file.blocks(file.headers):
        for index, number in enumerate(block.lines.tolist()):
            if line is None:
                return
            if number == line:
                yield line, reason, block.cells(index)
                line, reason = next(rejected, (None, ""))
