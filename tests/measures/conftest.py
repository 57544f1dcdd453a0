"""Both engines under one hand, and companies in a few words, for the tests of measures."""

import gc
import math
import os
import shutil
import warnings
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import duckdb as native
import ibis
import pyarrow as pa
import pytest
from ibis.expr.operations import InMemoryTable

from holdfast.measures.schemas import SCHEMAS, Tables, empty

SHARED = Path(__file__).parents[2].parent / "shared" / "data"


class Engine:
    """DuckDB or Spark: runs an expression over tables that belong to neither."""

    def __init__(self, connection) -> None:
        self.connection = connection
        self.name = connection.name

    def run(self, expression) -> list[dict[str, Any]]:
        """The rows, sorted, so that an answer without an order can be compared."""
        rows = self.fetch(expression).to_pylist()
        return sorted(
            rows, key=lambda row: [(v is None, 0 if v is None else v) for v in row.values()]
        )

    def fetch(self, expression) -> pa.Table:
        return self.connection.to_pyarrow(expression)

    def one(self, expression) -> dict[str, Any]:
        (row,) = self.run(expression)
        return row

    def ids(self, expression) -> set[int]:
        rows = [row["account_id"] for row in self.run(expression)]
        assert len(rows) == len(set(rows))
        return set(rows)

    def by_account(self, expression) -> dict[int, dict[str, Any]]:
        return {row["account_id"]: row for row in self.run(expression)}


class Spark(Engine):
    """Through Arrow both ways: by way of pandas, whole numbers beside a null come out wrong."""

    def fetch(self, expression) -> pa.Table:
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore", ResourceWarning
            )  # pyspark leaves sockets to the collector
            for table in expression.op().find(InMemoryTable):
                rows = self.session.createDataFrame(table.data.to_pyarrow(table.schema))
                rows.createOrReplaceTempView(table.name)
            found = self.session.sql(self.connection.compile(expression)).toArrow()
            gc.collect()
        return found.cast(expression.schema().to_pyarrow())

    @property
    def session(self):
        return self.connection._session


def a_line(quantity=1.0, price=1.0, minor=None, product="tea", currency="GBP") -> dict[str, Any]:
    minor = round(quantity * price * 100) if minor is None else minor
    return {
        "product": product, "quantity": float(quantity), "unit_price": float(price),
        "amount_minor": minor, "currency": currency,
    }  # fmt: skip


def a_company(accounts=(), orders=(), subscriptions=(), touches=(), tickets=(), **settings):
    """The tables of a company.

    accounts: {id: became_client_on}; those named elsewhere exist anyway. orders: (account, day,
    *lines); subscriptions: dictionaries; touches: (account, day, minutes); tickets: (account, day).
    """
    rows: dict[str, list] = {name: [] for name in SCHEMAS}
    for number, (account, day, *lines) in enumerate(orders, start=1):
        rows["orders"].append({"id": number, "account_id": account, "ordered_on": day})
        for line in lines:
            rows["order_lines"].append({"id": len(rows["order_lines"]), "order_id": number, **line})
    for plan in subscriptions:
        usual = {"price_minor": 1000, "billing_months": 1, "currency": "GBP", "is_trial": False}
        rows["subscriptions"].append({**usual, **plan})
    for account, day, minutes in touches:
        rows["touches"].append({"account_id": account, "touched_on": day, "minutes": minutes})
    for account, day in tickets:
        rows["tickets"].append({"account_id": account, "opened_on": day})
    named = {row.get("account_id") for table in rows.values() for row in table} - {None}
    given = dict.fromkeys(sorted(named)) | dict(accounts)
    rows["accounts"] = [{"id": account, "became_client_on": day} for account, day in given.items()]
    return Tables(**{name: a_table(name, found) for name, found in rows.items()}, **settings)


def a_table(name, rows):
    schema = SCHEMAS[name]
    return ibis.memtable(pa.Table.from_pylist(rows, schema=schema.to_pyarrow()), schema=schema)


@pytest.fixture(scope="session")
def company():
    return a_company


@pytest.fixture(scope="session")
def line():
    return a_line


@pytest.fixture(scope="session")
def bought():
    """An order of one line, to be unpacked into `orders`."""

    def order(account, day, amount=1.0, **line):
        return (account, day, a_line(price=amount, **line))

    return order


@pytest.fixture(scope="session")
def duckdb() -> Engine:
    return Engine(ibis.duckdb.connect(threads=2))


@pytest.fixture(scope="session", params=["duckdb", pytest.param("spark", marks=pytest.mark.spark)])
def engine(request) -> Engine:
    """Each engine in turn."""
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="session")
def spark():
    """Spark in this process; skipped, saying so, only without Java or pyspark, and never in CI."""
    lacking = [
        what
        for what, found in (
            ("pyspark", find_spec("pyspark")),
            ("Java", shutil.which("java") or os.environ.get("JAVA_HOME")),
        )
        if not found
    ]
    if lacking and os.environ.get("CI") != "true":
        pytest.skip(f"the second engine is not tested: {' and '.join(lacking)} missing")
    from pyspark.sql import SparkSession

    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.sql.ansi.enabled", "true")
        .config("spark.sql.codegen.wholeStage", "false")  # compiling costs more than a few rows
        .getOrCreate()
    )
    yield Spark(ibis.pyspark.connect(session))
    session.stop()


@pytest.fixture(scope="session")
def same():
    """Whether two rows, or lists of them, say the same to 1e-9."""

    def compare(one: Any, other: Any) -> bool:
        if isinstance(one, dict):
            return one.keys() == other.keys() and all(compare(one[k], other[k]) for k in one)
        if isinstance(one, list):
            return len(one) == len(other) and all(map(compare, one, other))
        if isinstance(one, float) and isinstance(other, float):
            return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)
        return one == other

    return compare


LINES = """
select dense_rank() over (order by "Invoice") as order_id, "Customer ID"::bigint as account_id,
    "InvoiceDate"::timestamp as ordered_at, "StockCode" as product, "Quantity" as quantity,
    "Price" as unit_price,
    (sign("Quantity" * "Price") * floor(abs("Quantity"::decimal(18, 4) * "Price"::decimal(18, 4))
        * 100 + 0.5))::bigint as amount_minor, 'GBP' as currency
from read_parquet(?)
"""


@pytest.fixture(scope="session")
def online_retail(tmp_path_factory):
    """The real shop, made anew for an engine: orders take the day of their earliest line."""
    source = SHARED / "online_retail_2009_2010.parquet"
    if not source.exists():
        pytest.skip(f"../shared/data/{source.name} is missing")
    folder = tmp_path_factory.mktemp("online_retail")
    con = native.connect()
    con.execute(f"create temp table lines as {LINES}", [str(source)])
    for name, query in {
        "orders": "select order_id as id, any_value(account_id) as account_id, "
        "min(ordered_at)::date as ordered_on from lines group by order_id",
        "order_lines": "select row_number() over () as id, * exclude (account_id, ordered_at) "
        "from lines",
        "accounts": "select distinct account_id as id, account_id::varchar as external_id, "
        'null::varchar as "name", null::date as became_client_on, null::date as left_on '
        "from lines where account_id is not null",
    }.items():
        con.execute(f"copy ({query}) to '{folder / name}.parquet'")

    def read(engine: Engine) -> Tables:
        found = {
            name: engine.connection.read_parquet(str(folder / f"{name}.parquet")).select(
                *SCHEMAS[name]
            )
            for name in ("orders", "order_lines", "accounts")
        }
        none = {name: empty(name) for name in SCHEMAS if name not in found}
        return Tables(**found, **none)

    return read


@pytest.fixture(scope="session")
def cdnow():
    """The master file of CD purchases: account_id, day, dollars; one row a purchase."""
    source = SHARED / "cdnow_master.txt"
    if not source.exists():
        pytest.skip(f"../shared/data/{source.name} is missing")
    rows = [line.split() for line in source.read_text().splitlines()[1:] if line.strip()]
    table = pa.table(
        {
            "account_id": [int(row[0]) for row in rows],
            "day": [date(int(row[1][:4]), int(row[1][4:6]), int(row[1][6:])) for row in rows],
            "dollars": [float(row[3]) for row in rows],
        }
    )
    return ibis.memtable(table)
