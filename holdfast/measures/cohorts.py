"""Who comes back: customers by the month of their first purchase, over the months after it.

`activity` is account_id, day: `purchases.purchase_days`, or any other record of who did it when.
It may hold a pair many times. Months are calendar months; period 0 is the cohort's own month.
"""

from __future__ import annotations

from datetime import date, timedelta

import ibis
import pyarrow as pa
from ibis import _
from ibis.expr.types import Table

from holdfast.measures.purchases import month_number
from holdfast.measures.share import share


def cohorts(activity: Table, until: date, periods: int = 12) -> Table:
    """Of the customers who first bought in a month, how many bought k months later, or later still.

    Unit:    customers; the shares 0–1 of the cohort's size.
    Grain:   cohort (the first day of its month), period (0 to `periods`); cells whose month has
             begun before `until`.
    Input:   activity (account_id, day), of all time: a first purchase before the table began makes
             a customer look new.
    Edges:   a cell with nobody is 0, not absent. kept counts those active in month k, kept_or_later
             those active in it or any later one before `until`. mature is whether the cell's month
             had ended by `until`; the others still grow.
    Source:  formulas.md section 1, Cohorts.
    Example: CDNOW, every row a purchase: January 1997 has 7846, then kept 1157, 964, 810,
             kept_or_later 3654, 3357, 3140.
    """
    months = _months(activity, until)
    size = months.filter(_.period == 0).group_by("cohort").agg(size=_.count())
    kept = months.group_by("cohort", "period").agg(kept=_.count())
    last = months.group_by("account_id", "cohort").agg(period=_.period.max())
    last = last.group_by("cohort", "period").agg(leaving=_.count())
    grid = size.cross_join(
        ibis.memtable(pa.table({"period": pa.array(range(periods + 1), pa.int64())}))
    )
    last_month = _number(until - timedelta(days=1))
    grid = grid.mutate(month=month_number(_.cohort) + _.period).filter(_.month <= last_month)
    cells = grid.left_join(kept, ["cohort", "period"]).drop("cohort_right", "period_right")
    gone = _gone_before(grid, last)
    cells = cells.left_join(gone, ["cohort", "period"]).drop("cohort_right", "period_right")
    cells = cells.mutate(kept=_.kept.fill_null(0), kept_or_later=_.size - _.gone.fill_null(0))
    return cells.select(
        "cohort",
        "period",
        "size",
        "kept",
        "kept_or_later",
        kept_share=share(_.kept, _["size"]),
        kept_or_later_share=share(_.kept_or_later, _["size"]),
        mature=_.month < _number(until),
    ).order_by("cohort", "period")


def _gone_before(grid: Table, last: Table) -> Table:
    """How many of each cohort were active for the last time before each period."""
    pairs = grid.select("cohort", "period").inner_join(
        last, [("cohort", "cohort"), _.period > last.period], rname="last_{name}"
    )
    return pairs.group_by("cohort", "period").agg(gone=_.leaving.sum())


def pooled(cells: Table) -> Table:
    """What a cohort keeps on average, k months on: all customers of mature cells together.

    Unit:    shares, 0–1, and the customers behind them.
    Grain:   period.
    Input:   the cells of `cohorts`.
    Edges:   pooled over customers, so a cohort of ten does not weigh as one of a thousand; cells
             that are not mature, and cohorts whose own month has not ended, stay out.
    Source:  formulas.md section 1, Cohorts, the mean row.
    Example: cohorts of 1000 and 500 that keep 500 and 400: 60 %, where the mean of the two is 65 %.
    """
    mature = cells.filter(_.mature)
    sums = mature.group_by("period").agg(
        size=_["size"].sum(), kept=_.kept.sum(), kept_or_later=_.kept_or_later.sum()
    )
    return sums.mutate(
        kept_share=share(_.kept, _["size"]), kept_or_later_share=share(_.kept_or_later, _["size"])
    ).order_by("period")


def cohort_members(
    activity: Table, until: date, cohort: date, period: int, *, or_later: bool = False
) -> Table:
    """account_id of the customers that a cell of `cohorts` counts."""
    months = _months(activity, until).filter(_.cohort == cohort.replace(day=1))
    wanted = months.filter(_.period >= period if or_later else _.period == period)
    return wanted.select("account_id").distinct()


def _months(activity: Table, until: date) -> Table:
    """account_id, cohort, period: each month in which each customer was active, once."""
    seen = activity.filter(_.account_id.notnull(), _.day < until)
    first = seen.group_by("account_id").agg(cohort=_.day.min().truncate("M"))
    months = seen.select("account_id", month=month_number(_.day)).distinct()
    both = months.inner_join(first, "account_id")
    return both.select("account_id", "cohort", period=_.month - month_number(_.cohort))


def _number(day: date) -> int:
    return day.year * 12 + day.month
