"""Parquet files: written under a temporary name, flushed, renamed, then listed.

The listing is a row in the caller's transaction, so the file counts exactly when the change does.
An unlisted file is rubbish and is swept.
"""

import os
import uuid
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from django.conf import settings

from holdfast.lake.models import LakeFile
from holdfast.lib import crash

ROW_GROUP = 122_880  # what DuckDB scans at once
KEEP = timedelta(days=1)  # a reader may still hold a file that left the list


def root() -> Path:
    """Where the files lie."""
    return Path(settings.HOME) / "lake"


def paths(listed: Iterable[LakeFile]) -> list[str]:
    """The files' places on disk."""
    return [str(root() / file.path) for file in listed]


def write(
    table: str,
    batches: Iterable[pa.RecordBatch],
    *,
    schema: pa.Schema,
    at: datetime,
    day: str | None = None,
    on: date | None = None,
) -> LakeFile:
    """Write the batches as one file and list it.

    `day` names a column with the rows' own times; `on` is the one day that all of them stand for.
    """
    path = _place(table)
    spans = Spans(day=day, on=on)
    try:
        with pq.ParquetWriter(_temporary(path), schema, compression="zstd") as writer:
            for batch in batches:
                writer.write_batch(batch, row_group_size=ROW_GROUP)
                spans.see(batch)
        return _adopt(table, path, at=at, spans=spans)
    except BaseException:
        _temporary(path).unlink(missing_ok=True)
        raise


def _place(table: str) -> Path:
    folder = root() / table
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder / f"{uuid.uuid4().hex}.parquet"


def _temporary(path: Path) -> Path:
    return path.with_suffix(".writing")


def _adopt(table: str, path: Path, *, at: datetime, spans: "Spans") -> LakeFile:
    """Flush the finished file, give it its name and list it in the caller's transaction."""
    crash.here("lake.written")
    _flush(_temporary(path))
    _temporary(path).replace(path)
    _flush(path.parent)
    crash.here("lake.renamed")
    listed = LakeFile.objects.create(
        table=table,
        path=str(path.relative_to(root())),
        rows=spans.rows,
        known_at=at,
        added_at=at,
        **spans.fields(),
    )
    crash.here("lake.listed")
    return listed


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sweep(*, at: datetime) -> int:
    """Delete files that left the list a day ago, and those never listed; answer how many."""
    gone = LakeFile.objects.filter(removed_at__lt=at - KEEP)
    listed = set(LakeFile.objects.exclude(pk__in=gone).values_list("path", flat=True))
    old = (at - KEEP).timestamp()
    swept = 0
    for path in root().rglob("*.*"):
        if str(path.relative_to(root())) not in listed and path.stat().st_mtime < old:
            path.unlink()
            swept += 1
    gone.delete()
    return swept


class Spans:
    """The ids and days that a file's rows reach over, and whether any tells of a deletion."""

    def __init__(self, *, day: str | None = None, on: date | None = None) -> None:
        self.day = day
        self.rows = 0
        self.ids: list[int] = []
        self.days: list[date] = [on] if on else []
        self.gone = False

    def see(self, batch: pa.RecordBatch) -> None:
        self.rows += len(batch)
        if "gone" in batch.schema.names:
            self.ids += _ends(batch.column("id"))
            self.gone = self.gone or bool(pc.any(batch.column("gone")).as_py())
        if self.day:
            self.days += [at.date() for at in _ends(batch.column(self.day))]

    def fields(self) -> dict[str, Any]:
        return {
            "first_id": min(self.ids, default=None),
            "last_id": max(self.ids, default=None),
            "has_gone": self.gone,
            "first_on": min(self.days, default=None),
            "last_on": max(self.days, default=None),
        }


def _ends(column: pa.Array) -> list[Any]:
    ends = pc.min_max(column)
    return [end.as_py() for end in (ends["min"], ends["max"]) if end.is_valid]
