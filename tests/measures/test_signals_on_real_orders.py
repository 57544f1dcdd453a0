"""The published ABCD check, on the real shop's orders."""

from datetime import date

import ibis
import pytest
from ibis import _

from holdfast.measures.share import share
from holdfast.measures.signals import wide

DAY = date(2010, 9, 1)


def percentile(table, name):
    """100 × (number below + ½ × number equal) ÷ number, as formulas.md section 2 has it."""
    below = ibis.rank().over(order_by=name)
    equal = table.count().over(group_by=name)
    return 100 * (below + equal / 2) / table.count().over()


@pytest.mark.slow
def test_abcd_comes_out_as_published(duckdb, online_retail):
    signals = wide(online_retail(duckdb), DAY).cache()
    paying = signals.filter(_.revenue > 0)
    paying = paying.mutate(
        lot=percentile(paying, "revenue"),
        check=percentile(paying, "average_check"),
        often=share(_.active_months * 100, _.months_since_first.clip(3, 12)).clip(0, 100),
    )
    score = paying.mutate(score=(40 * _.lot + 30 * _.often + 10 * _.check) / 80)
    segment = ibis.cases((score.score >= 75, "A"), (score.score >= 50, "B"), else_="C")
    placed = score.select("revenue", segment=segment).union(
        signals.filter(_.revenue <= 0).select("revenue", segment=ibis.literal("D"))
    )

    found = duckdb.run(placed.group_by("segment").agg(n=_.count(), revenue=_.revenue.sum()))

    total = sum(row["revenue"] for row in found)
    assert {row["segment"]: row["n"] for row in found} == {"A": 418, "B": 978, "C": 1901, "D": 96}
    assert {row["segment"]: round(row["revenue"] / total, 4) for row in found} == {
        "A": 0.6207,
        "B": 0.2740,
        "C": 0.1222,
        "D": -0.0169,
    }


@pytest.mark.slow
@pytest.mark.spark
def test_both_engines_agree_on_the_real_shop(duckdb, spark, online_retail, same):
    here = duckdb.by_account(wide(online_retail(duckdb), DAY))
    there = spark.by_account(wide(online_retail(spark), DAY))

    assert len(here) == 3393
    assert same(here, there)
