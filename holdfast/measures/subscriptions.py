"""Which subscriptions are paid, and when they were live: shared by revenue and by who is active."""

from __future__ import annotations

from datetime import date, timedelta

import ibis
import ibis.expr.types as ir
from ibis import _
from ibis.expr.types import Table

from holdfast.measures.purchases import on
from holdfast.measures.schemas import Tables
from holdfast.measures.share import sure


def paid(tables: Tables) -> Table:
    """Those of an account with a price above 0, no trials, none that ended before it began."""
    return tables.subscriptions.filter(
        _.account_id.notnull(),
        _.starts_on.notnull(),
        _.price_minor > 0,
        ~sure(_.is_trial),
        _.ends_on.isnull() | (_.ends_on >= _.starts_on),
    )


def live_days(subscriptions: Table, start: date, end: date) -> ir.IntegerValue:
    """On how many days of [start, end) each was live, its first and its last day included."""
    last = on(end - timedelta(days=1))
    until = ibis.least(subscriptions.ends_on.fill_null(last), last)
    first = ibis.greatest(subscriptions.starts_on, on(start))
    return ibis.greatest(until.delta(first, unit="day") + 1, 0)
