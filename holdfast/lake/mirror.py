"""Records flow from PostgreSQL into the lake: each change appended as a new version.

What is new is what this snapshot sees and the last one did not, so a row committed late is not
skipped and no row is read twice. The one file here with SQL text beside the merges.
"""

import contextlib
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import pyarrow as pa
from adbc_driver_postgresql import dbapi
from django.db import connection, transaction
from psycopg import conninfo

from holdfast.lake import files
from holdfast.lake.models import Mirror
from holdfast.lib import crash

LOCK = 7_201  # one mirror at a time, everywhere


@dataclass(frozen=True)
class Source:
    """A record table as the lake sees it: lake column → (SQL expression, Arrow type)."""

    name: str
    table: str
    columns: dict[str, tuple[str, pa.DataType]]
    day: str | None = None  # a column with a time: lends the file its first and last day

    @property
    def schema(self) -> pa.Schema:
        own = [pa.field(name, kind) for name, (_, kind) in self.columns.items()]
        return pa.schema([*own, pa.field("gone", pa.bool_()), pa.field("known_at", STAMP)])


STAMP = pa.timestamp("us")
SOURCES: dict[str, Source] = {}


def register(source: Source) -> None:
    """Let the lake keep a copy of this table. Called at start by the app that owns it."""
    SOURCES[source.name] = source


def refresh(*, at: datetime) -> int:
    """Append what changed since the last time to the lake; answer how many versions that were."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [LOCK])
        seen = dict(Mirror.objects.values_list("table", "snapshot"))
        with _reader() as reader:
            snapshot = _one(reader, "select pg_current_snapshot()::text")
            return sum(
                _append(source, reader, since=seen.get(source.name), snapshot=snapshot, at=at)
                for source in SOURCES.values()
            )


def _append(
    source: Source, reader: dbapi.Cursor, *, since: str | None, snapshot: str, at: datetime
) -> int:
    reader.execute(_changes(source, since))
    batches = (_typed(b, source, at) for b in reader.fetch_record_batch() if len(b))
    first = next(batches, None)
    if first is None:
        written = 0  # no file for nothing
    else:
        changes = itertools.chain([first], batches)
        written = files.write(
            source.name, changes, schema=source.schema, at=at, day=source.day
        ).rows
    crash.here("lake.mirrored")
    Mirror.objects.update_or_create(table=source.name, defaults={"snapshot": snapshot})
    return written


def _changes(source: Source, since: str | None) -> str:
    columns = ", ".join(f"{sql} as {name}" for name, (sql, _) in source.columns.items())
    if since is None:
        return f"select {columns}, false as gone from {source.table} order by id"
    nulls = ", ".join("row_id" if name == "id" else f"null as {name}" for name in source.columns)
    new = (
        "{0} >= pg_snapshot_xmin('{1}')::text::bigint"
        " and not pg_visible_in_snapshot({0}::text::xid8, '{1}')"
    )
    return (
        f"select {columns}, false as gone from {source.table}"
        f" where {new.format('changed_in', since)}"
        f" union all select {nulls}, true from lake_gone"
        f" where \"table\" = '{source.table}' and {new.format('gone_in', since)} order by 1"
    )


def _typed(batch: pa.RecordBatch, source: Source, at: datetime) -> pa.RecordBatch:
    known = pa.nulls(len(batch), STAMP).fill_null(pa.scalar(at.replace(tzinfo=None), STAMP))
    columns = [_cast(batch.column(f.name), f.type) for f in source.schema if f.name != "known_at"]
    return pa.RecordBatch.from_arrays([*columns, known], schema=source.schema)


def _cast(column: pa.Array, kind: pa.DataType) -> pa.Array:
    if pa.types.is_timestamp(column.type) and column.type.tz:
        column = column.cast(pa.timestamp("us", "UTC")).cast(STAMP)
    return column.cast(kind)


@contextlib.contextmanager
def _reader() -> Iterator[dbapi.Cursor]:
    """A second connection, held at one moment of the database for all tables."""
    with dbapi.connect(_address()) as other, other.cursor() as cursor:
        cursor.execute("set transaction isolation level repeatable read read only")
        yield cursor


def _address() -> str:
    keep = ("host", "port", "user", "password", "dbname")
    params = connection.get_connection_params()
    return conninfo.make_conninfo(**{key: params[key] for key in keep if params.get(key)})


def _one(reader: dbapi.Cursor, sql: str) -> str:
    reader.execute(sql)
    return str(reader.fetch_arrow_table()[0][0].as_py())
