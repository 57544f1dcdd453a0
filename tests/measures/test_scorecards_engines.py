"""DuckDB and Spark give every account the same score, points and weights."""

import random

import ibis
import pytest

from holdfast.measures.cards import Band, Card, Group, Measure, Ruling
from holdfast.measures.points import Growth, Indicator, Linear, Percentile, Steps
from holdfast.measures.scorecards import score

CARD = Card(
    "everything",
    (
        Group(
            "worth",
            70,
            (
                Measure("spends", "revenue", 7, Percentile(among="paying")),
                Measure("asks", "attention_per_revenue", 3, Percentile(reverse=True)),
                Measure("rhythm", "buying_rhythm", 5, Linear(0, 100)),
            ),
        ),
        Group(
            "mood",
            30,
            (
                Measure("late", "days_late", 2, Steps((5, 15), (100, 50, 0), missing=60)),
                Measure("growth", "trend", 1, Growth(), stale_after_days=30),
                Measure("light", "light", 3, Indicator(), rated=True),
            ),
        ),
    ),
    (Band("low", 0), Band("middle", 45), Band("high", 70)),
    exceptions=(
        Ruling("no_revenue", "revenue", "D", at_most=0),
        Ruling("red", "light", "middle", at_most=0, caps=True),
    ),
)
RANGES = {
    "revenue": (-5, 30),
    "attention_minutes": (0, 4),
    "active_months": (0, 9),
    "months_since_first": (0, 15),
    "days_late": (0, 30),
    "trend": (0, 3),
    "trend__age_days": (25, 35),
    "light": (0, 2),
}


def a_value(draw, low, high):
    if draw.random() < 0.25:
        return draw.choice([None, None, None, float("nan"), float("inf")])
    return float(draw.randint(low, high))


@pytest.fixture(scope="module")
def rows():
    draw = random.Random(5)  # noqa: S311 any numbers will do
    return [
        (account, *(a_value(draw, *between) for between in RANGES.values()))
        for account in range(300)
    ]


@pytest.fixture(scope="module")
def spark():
    sql = pytest.importorskip("pyspark.sql", reason="Spark is not installed")
    session = (
        sql.SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.sql.session.timeZone", "UTC")
        .getOrCreate()
    )
    yield session
    session.stop()


@pytest.mark.spark
def test_both_engines_agree(rows, spark):
    schema = {"account_id": "int64"} | dict.fromkeys(RANGES, "float64")
    engine = ibis.pyspark.connect(spark)
    here = score(CARD, ibis.memtable(rows, schema=schema)).order_by("account_id")
    types = ", ".join(["account_id long", *(f"{name} double" for name in RANGES)])
    spark.createDataFrame(rows, types).createOrReplaceTempView("scorecard_values")
    there = score(CARD, engine.table("scorecard_values")).order_by("account_id")

    expected = here.to_pyarrow().to_pylist()
    found = [row.asDict() for row in spark.sql(engine.compile(there)).collect()]

    assert {row["band"] for row in expected} == {"low", "middle", "high", "D", "unknown"}
    for row, twin in zip(expected, found, strict=True):
        assert twin == pytest.approx(row, rel=0, abs=1e-9, nan_ok=False)
