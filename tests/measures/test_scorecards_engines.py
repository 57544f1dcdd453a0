"""DuckDB and Spark give every account the same score, points and weights."""

import random

import ibis
import pyarrow as pa
import pytest

from holdfast.measures.cards import Band, Card, Group, Measure, Ruling
from holdfast.measures.points import Growth, Indicator, Linear, Percentile, Steps
from holdfast.measures.scorecards import placed, score

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
def values():
    draw = random.Random(5)  # noqa: S311 any numbers will do
    columns = {name: [a_value(draw, *RANGES[name]) for _ in range(300)] for name in RANGES}
    return ibis.memtable(pa.table({"account_id": range(300), **columns}))


@pytest.mark.spark
def test_both_engines_agree(values, duckdb, spark, same):
    here, there = (engine.by_account(score(CARD, values)) for engine in (duckdb, spark))

    assert {row["band"] for row in here.values()} == {"low", "middle", "high", "D", "unknown"}
    assert {row["exception"] for row in here.values()} == {None, "no_revenue", "red"}
    assert len(here) == 300
    assert same(here, there)


def test_placing_one_value_agrees_too(values, engine):
    spends = CARD.measures["spends"]
    place = engine.one(placed(spends, 10.0, values).as_table())

    (points,) = place.values()
    revenue = [each for each in values.revenue.to_pyarrow().to_pylist() if each is not None]
    paying = [each for each in revenue if 0 < each < float("inf")]
    assert points == pytest.approx(spends.points.of(10.0, paying), abs=1e-9)
