"""Rows of a Parquet file, a block at a time."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from django.utils.translation import gettext as _

from holdfast.ingest.errors import CannotImport
from holdfast.ingest.files import ROWS, Block

_BUFFER = 1 << 20


class ParquetFile:
    """A line is a row's place, from 1. Columns keep the types of the file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.notes: list[str] = []
        with self._open() as file:
            self.headers = list(file.schema_arrow.names)
            self.rows_expected: int | None = file.metadata.num_rows
        if not self.rows_expected:
            raise CannotImport(_("%(name)s has no rows.") % {"name": path.name})

    def blocks(self, columns: Sequence[str], size: int = ROWS) -> Iterator[Block]:
        """Blocks with these columns, whatever the row groups of the file."""
        first = 1
        with self._open() as file:
            try:
                for batch in file.iter_batches(size, columns=list(columns), use_threads=False):
                    yield _block(batch, columns, first)
                    first += batch.num_rows
            except (pa.ArrowInvalid, OSError) as error:
                raise self._damaged(error) from error

    def _open(self) -> pq.ParquetFile:
        try:
            return pq.ParquetFile(self.path, buffer_size=_BUFFER, pre_buffer=False)
        except (pa.ArrowInvalid, OSError) as error:
            raise self._damaged(error) from error

    def _damaged(self, error: Exception) -> CannotImport:
        return CannotImport(
            _("%(name)s begins like Parquet but cannot be read: %(reason)s")
            % {"name": self.path.name, "reason": str(error).splitlines()[0][:200]},
            _("It may have been cut off; copy or export it again."),
        )


def _block(batch: pa.RecordBatch, columns: Sequence[str], first: int) -> Block:
    def cells(index: int) -> list[str]:
        row = batch.slice(index, 1).to_pylist()[0]
        return ["" if row[name] is None else str(row[name]) for name in columns]

    lines = np.arange(first, first + batch.num_rows, dtype=np.int64)
    return Block(lines, {name: batch[name] for name in columns}, {}, cells)
