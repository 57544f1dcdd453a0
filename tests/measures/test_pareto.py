"""How much of the revenue how few accounts bring."""

import ibis
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from holdfast.measures.pareto import accounts_holding, curve, held_by_top


def revenue(*values):
    return ibis.memtable(
        list(enumerate(values, start=1)), schema={"account_id": "int64", "value": "float64"}
    )


FOUR = revenue(5.0, 80.0, None, 10.0, -50.0, 0.0, 5.0)


def test_the_curve_runs_from_the_best_paying_down(engine):
    found = engine.run(curve(FOUR, points=4))

    assert [(row["accounts_share"], row["revenue_share"]) for row in found] == [
        (0.25, pytest.approx(0.80)),
        (0.50, pytest.approx(0.90)),
        (0.75, pytest.approx(0.95)),
        (1.0, 1.0),
    ]


def test_a_curve_has_at_most_its_points(duckdb):
    found = duckdb.run(curve(revenue(*range(1, 1001)), points=10))

    assert [row["accounts_share"] for row in found] == pytest.approx([n / 10 for n in range(1, 11)])


@pytest.mark.parametrize(
    ("part", "accounts", "share"), [(0.2, 1, 0.8), (0.25, 1, 0.8), (0.26, 2, 0.9), (1, 4, 1.0)]
)
def test_the_top_part_rounds_up_to_whole_accounts(duckdb, part, accounts, share):
    assert duckdb.one(held_by_top(FOUR, part)) == {
        "accounts": accounts,
        "of_accounts": 4,
        "revenue_share": pytest.approx(share),
    }


@pytest.mark.parametrize(("part", "accounts"), [(0.5, 1), (0.8, 1), (0.81, 2), (0.9, 2), (1, 4)])
def test_so_few_accounts_hold_so_much(duckdb, part, accounts):
    assert duckdb.one(accounts_holding(FOUR, part)) == {
        "accounts": accounts,
        "of_accounts": 4,
        "accounts_share": accounts / 4,
    }


def test_spark_says_the_same(engine, same):
    few = accounts_holding(FOUR, 0.8).cross_join(held_by_top(FOUR, 0.2), rname="top_{name}")

    assert same(
        engine.one(few),
        {"accounts": 1, "of_accounts": 4, "accounts_share": 0.25,
         "top_accounts": 1, "top_of_accounts": 4, "revenue_share": 0.8},
    )  # fmt: skip


def test_where_nobody_pays_nothing_is_shared(duckdb):
    nobody = revenue(None, 0.0, -3.0)

    assert duckdb.run(curve(nobody)) == []
    assert duckdb.one(held_by_top(nobody, 0.2))["revenue_share"] is None
    assert duckdb.one(accounts_holding(nobody, 0.8)) == {
        "accounts": 0, "of_accounts": 0, "accounts_share": None
    }  # fmt: skip


def test_one_account_holds_it_all(duckdb):
    assert duckdb.one(accounts_holding(revenue(3.0), 0.5))["accounts_share"] == 1


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(1, 10**9).map(float), min_size=1, max_size=30))
def test_the_accounts_that_hold_80_per_cent_do_and_one_fewer_do_not(duckdb, values):
    found = duckdb.one(accounts_holding(revenue(*values), 0.8))

    best = sorted(values, reverse=True)
    assert sum(best[: found["accounts"]]) >= 0.8 * sum(best) * (1 - 1e-9)
    assert sum(best[: found["accounts"] - 1]) < 0.8 * sum(best)
