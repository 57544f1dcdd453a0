"""The one place that opens an engine: DuckDB here, Spark when one machine is not enough."""

import os
import threading
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import cache

import duckdb
import ibis
import pyarrow as pa
from ibis.backends import BaseBackend
from ibis.expr.types import Expr, Table

from holdfast.lake import files
from holdfast.lake.models import LakeFile

SAFE = {  # nothing is fetched, nothing is loaded
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "preserve_insertion_order": "false",
}
_one_at_a_time = threading.Lock()


def connect() -> BaseBackend:
    """A connection of the caller's own; all share one engine, its memory and its threads."""
    if os.environ.get("HOLDFAST_ENGINE", "duckdb") == "spark":
        return _spark()
    with _one_at_a_time:
        return ibis.duckdb.from_connection(_duckdb().cursor())


@cache
def _duckdb() -> duckdb.DuckDBPyConnection:
    limits = {
        "threads": os.environ.get("HOLDFAST_ENGINE_THREADS", str(os.cpu_count() or 2)),
        "memory_limit": os.environ.get("HOLDFAST_ENGINE_MEMORY", "2GB"),
    }
    return duckdb.connect(":memory:", config={**SAFE, **limits})


@cache
def _spark() -> BaseBackend:
    from pyspark.sql import SparkSession

    session = (
        SparkSession.builder.master(os.environ.get("HOLDFAST_SPARK_MASTER", "local[2]"))
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.shuffle.partitions", "4")
        .getOrCreate()
    )
    return ibis.pyspark.connect(session)


def read(engine: BaseBackend, paths: Iterable[str], schema: ibis.Schema) -> Table:
    """The files as one table with the declared columns; no files, no rows, the same columns."""
    found = list(paths)
    if not found:
        return _empty(engine, schema)
    return _parquet(engine, found).select(*schema)


def _empty(engine: BaseBackend, schema: ibis.Schema) -> Table:
    name = ibis.util.gen_name("empty")
    if engine.name == "duckdb":
        return engine.create_table(name, schema=schema, temp=True)
    rows = schema.to_pyarrow().empty_table()
    engine._session.createDataFrame(rows).createOrReplaceTempView(name)  # noqa: SLF001
    return engine.table(name)


def _parquet(engine: BaseBackend, paths: list[str]) -> Table:
    if engine.name == "duckdb":
        return engine.read_parquet(paths, union_by_name=True)
    name = ibis.util.gen_name("lake")  # Ibis hands Spark one path only
    reader = engine._session.read.option("mergeSchema", "true")  # noqa: SLF001 it has no other door
    reader.parquet(*paths).createOrReplaceTempView(name)
    return engine.table(name)


def read_file(file: LakeFile) -> Table:
    """One file as a table with the columns it was written with."""
    return _parquet(connect(), files.paths([file]))


def read_listed(listed: Iterable[LakeFile], schema: ibis.Schema) -> Table:
    """Files of one table that may have more columns than these, or other ones beside them."""
    return read(connect(), files.paths(listed), schema)


def run(expression: Expr) -> pa.Table:
    """Compute the expression on the engine its tables came from."""
    engine = expression._find_backend()  # noqa: SLF001 Ibis has no public word for it
    if engine.name == "duckdb":
        return expression.to_pyarrow()
    sql = engine.compile(expression)  # through pandas, as Ibis would, Spark's nulls get lost
    return engine._session.sql(sql).toArrow().cast(expression.schema().to_pyarrow())  # noqa: SLF001


def rows(expression: Table) -> list[dict]:
    """The rows as dictionaries, for answers that fit a page."""
    return run(expression).to_pylist()


def batches(expression: Table) -> Iterator[pa.RecordBatch]:
    """The rows in blocks, for writing elsewhere."""
    schema = expression.schema().to_pyarrow()
    if expression._find_backend().name == "duckdb":  # noqa: SLF001
        for batch in expression.to_pyarrow_batches(chunk_size=files.ROW_GROUP):
            yield batch.cast(schema)
    else:
        yield from run(expression).to_batches(max_chunksize=files.ROW_GROUP)


def save(table: str, expression: Table, *, at: datetime, on: date) -> LakeFile:
    """Compute the expression into one file of the table and list it."""
    schema = expression.schema().to_pyarrow()
    return files.write(table, batches(expression), schema=schema, at=at, on=on)
