"""Cohorts: CDNOW's published counts, maturity, the pooled mean, and who is behind a cell."""

from datetime import date

import ibis
import pytest
from ibis import _

from holdfast.measures.cohorts import cohort_members, cohorts, pooled

UNTIL = date(1998, 7, 1)
JAN, FEB = date(1997, 1, 1), date(1997, 2, 1)
ACTIVITY = {"account_id": "int64", "day": "date"}


def some(*rows):
    return ibis.memtable(list(rows), schema=ACTIVITY)


def row_of(found, cohort, column):
    return [row[column] for row in found if row["cohort"] == cohort]


@pytest.fixture(scope="module")
def small():
    """1 and 2 begin in January, 3 in February; nobody buys in March; April is not over."""
    return some(
        (1, date(2024, 1, 31)),
        (1, date(2024, 1, 31)),
        (1, date(2024, 2, 1)),
        (1, date(2024, 4, 2)),
        (2, date(2024, 1, 1)),
        (3, date(2024, 2, 29)),
        (3, date(2024, 4, 10)),  # on the day itself: not yet
        (4, date(2024, 4, 11)),
        (None, date(2024, 1, 5)),
    )


def test_cdnow_with_every_row_a_purchase(duckdb, cdnow):
    found = duckdb.run(cohorts(cdnow, UNTIL))

    assert row_of(found, JAN, "kept")[:7] == [7846, 1157, 964, 810, 679, 736, 720]
    assert row_of(found, FEB, "kept")[:4] == [8476, 1312, 980, 783]
    assert row_of(found, JAN, "kept_or_later")[:4] == [7846, 3654, 3357, 3140]


def test_cdnow_with_purchases_of_some_value(duckdb, cdnow):
    found = duckdb.run(cohorts(cdnow.filter(_.dollars > 0), UNTIL))

    assert row_of(found, JAN, "kept")[:2] == [7814, 1155]


def test_a_cell_counts_who_came_in_the_month_or_later(engine, small):
    found = engine.run(cohorts(small, date(2024, 4, 10), periods=12))

    january, february = date(2024, 1, 1), date(2024, 2, 1)
    assert row_of(found, january, "period") == [0, 1, 2, 3]
    assert row_of(found, january, "kept") == [2, 1, 0, 1]
    assert row_of(found, january, "kept_or_later") == [2, 1, 1, 1]
    assert row_of(found, january, "kept_share") == [1, 0.5, 0, 0.5]
    assert row_of(found, january, "mature") == [True, True, True, False]
    assert row_of(found, february, "kept") == [1, 0, 0]
    assert {row["cohort"] for row in found} == {january, february}


def test_a_month_that_ends_at_the_day_is_over(duckdb, small):
    found = duckdb.run(cohorts(small, date(2024, 4, 1)))

    assert row_of(found, date(2024, 1, 1), "mature") == [True, True, True]


def test_periods_limit_the_columns(duckdb, small):
    found = duckdb.run(cohorts(small, date(2024, 4, 10), periods=1))

    assert {row["period"] for row in found} == {0, 1}


def test_nobody_has_no_cohorts(engine):
    assert engine.run(cohorts(some(), UNTIL)) == []


def cells(*rows):
    schema = {"cohort": "date", "period": "int64", "size": "int64", "kept": "int64",
              "kept_or_later": "int64", "mature": "boolean"}  # fmt: skip
    return ibis.memtable(list(rows), schema=schema)


def test_the_mean_is_pooled_over_customers_of_mature_cells(engine):
    found = engine.run(
        pooled(
            cells(
                (JAN, 1, 1000, 500, 600, True),
                (FEB, 1, 500, 400, 450, True),
                (date(1997, 3, 1), 1, 800, 8, 8, False),  # still growing
            )
        )
    )

    assert found == [
        {"period": 1, "size": 1500, "kept": 900, "kept_or_later": 1050,
         "kept_share": pytest.approx(0.6), "kept_or_later_share": pytest.approx(0.7)}
    ]  # fmt: skip


def test_only_mature_cells_of_real_cohorts_reach_the_mean(duckdb, small):
    found = duckdb.run(pooled(cohorts(small, date(2024, 4, 10))))

    assert [(row["period"], row["size"], row["kept"]) for row in found] == [
        (0, 3, 3),
        (1, 3, 1),
        (2, 2, 0),
    ]


@pytest.mark.parametrize("or_later", [False, True])
def test_a_cell_opens_as_many_customers_as_it_counts(duckdb, small, or_later):
    until = date(2024, 4, 10)
    column = "kept_or_later" if or_later else "kept"

    for cell in duckdb.run(cohorts(small, until)):
        who = cohort_members(small, until, cell["cohort"], cell["period"], or_later=or_later)
        assert len(duckdb.ids(who)) == cell[column]


def test_a_cell_opens_on_both_engines_by_any_day_of_the_cohorts_month(engine, small):
    who = cohort_members(small, date(2024, 4, 10), date(2024, 1, 17), 1)

    assert engine.ids(who) == {1}
