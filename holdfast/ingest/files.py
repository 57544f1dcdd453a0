"""Open a file of rows: look at its first bytes, not at its name."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import pyarrow as pa
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from holdfast.ingest.errors import CannotImport
from holdfast.ingest.options import Options

ROWS = 20_000  # in a block: what is in memory at once
LARGEST_CELL = 1 << 20  # characters


@dataclass
class Block:
    """Some rows of a file, in columns."""

    lines: NDArray[np.int64]  # where in the file each row begins
    columns: dict[str, pa.Array]  # those that were asked for; text, or as the file types them
    broken: dict[int, str]  # index of a row that could not be taken apart → why
    cells: Callable[[int], list[str]]  # a row as it came

    def __len__(self) -> int:
        return len(self.lines)


class File(Protocol):
    """A file that gives its rows again as often as it is asked."""

    path: Path
    headers: list[str]
    rows_expected: int | None  # an estimate, for a progress bar
    notes: list[str]  # what was assumed to open it, as sentences

    def blocks(self, columns: Sequence[str], size: int = ROWS) -> Iterator[Block]: ...


def open_file(path: Path, options: Options) -> File:
    """The file, its headers known; CannotImport when it is nothing to read rows from."""
    from holdfast.ingest.csvs import CsvFile
    from holdfast.ingest.parquets import ParquetFile

    start = _start(path)
    if start.startswith(b"PAR1"):
        return ParquetFile(path)
    _refuse_others(path, start)
    return CsvFile(path, options)


def _start(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            start = file.read(4096)
    except OSError as error:
        raise CannotImport(
            _("%(path)s cannot be read: %(reason)s.") % {"path": path, "reason": error.strerror},
            _("Check the path and who may read it."),
        ) from error
    if not start.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0"):
        raise CannotImport(
            _("%(name)s is empty.") % {"name": path.name},
            _("Export it again, with a first line that names the columns."),
        )
    return start


def _refuse_others(path: Path, start: bytes) -> None:
    save_as = _("Save it as CSV (UTF-8) or Parquet and import that.")
    if start.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise CannotImport(
            _("%(name)s is an Excel workbook or an archive; XLSX comes in a later version.")
            % {"name": path.name},
            save_as,
        )
    utf_16 = start.startswith((b"\xff\xfe", b"\xfe\xff"))
    if start.startswith((b"\x1f\x8b", b"%PDF", b"{", b"<")) or (b"\0" in start and not utf_16):
        raise CannotImport(_("%(name)s is neither CSV nor Parquet.") % {"name": path.name}, save_as)
