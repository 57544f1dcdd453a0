"""One look at every account: its signals, both cards' scores, and what each point is made of.

Expressions only: the lake runs them. A history file holds one row an account: the signals under
their names, each card's columns under `health__` and `abcd__`.
"""

from datetime import date
from functools import reduce

import ibis
from ibis import _
from ibis.expr.types import StringColumn, Table

from holdfast.measures.cards import Card
from holdfast.measures.scorecards import score
from holdfast.measures.share import share
from holdfast.measures.signals import SIGNALS

SEGMENTS = ("A", "B", "C", "D", "unknown")
BANDS = ("unhealthy", "not_so_healthy", "healthy", "unknown")


def look(values: Table, cards: dict[str, Card], as_of: date) -> Table:
    """Signals and scores side by side, one row an account of `values` (measures.signals.wide)."""
    scored = [_prefixed(kind, score(card, values)) for kind, card in cards.items()]
    together = reduce(lambda left, right: left.inner_join(right, "account_id"), scored, values)
    days = together.days_since_purchase.cast("int64")
    bought = ibis.literal(as_of) - days.as_interval("D")
    return together.mutate(
        as_of=ibis.literal(as_of, "date"), last_purchase_on=bought.cast("date")
    ).order_by("account_id")


def _prefixed(kind: str, scored: Table) -> Table:
    return scored.rename(
        {f"{kind}__{name}": name for name in scored.columns if name != "account_id"}
    )


def standing(looked: Table) -> Table:
    """The columns of know.standing."""
    return looked.select(
        account_id=_.account_id,
        as_of=_.as_of,
        segment=_.abcd__band,
        segment_score=_.abcd__score,
        segment_low=_.abcd__low,
        segment_high=_.abcd__high,
        segment_coverage=_.abcd__coverage,
        health=_.health__score,
        health_low=_.health__low,
        health_high=_.health__high,
        health_coverage=_.health__coverage,
        band=_.health__band,
        revenue_365_minor=_.revenue.cast("int64"),
        last_purchase_on=_.last_purchase_on,
        signals=_json(looked),
    )


def _json(looked: Table) -> StringColumn:
    """The signals as the text of a JSON object."""
    pairs = [
        ibis.literal(f'"{name}": ') + looked[name].cast("string").fill_null("null")
        for name in SIGNALS
    ]
    return ibis.literal("{") + ibis.literal(", ").join(pairs) + ibis.literal("}")


def totals(looked: Table) -> Table:
    """One row a segment: accounts, revenue, attention, and their shares of all."""
    grouped = looked.group_by(segment=_.abcd__band).agg(
        accounts=_.count(),
        revenue_minor=_.revenue.cast("int64").sum(),
        attention=_.attention_minutes.sum(),
    )
    everything = ibis.window()
    return grouped.mutate(
        revenue_share=share(_.revenue_minor, _.revenue_minor.sum().over(everything)),
        attention_share=share(_.attention, _.attention.sum().over(everything)),
    )


def bands(looked: Table) -> Table:
    """One row a band: how many accounts."""
    return looked.group_by(band=_.health__band).agg(accounts=_.count())


def coverage(looked: Table) -> Table:
    """One row: the mean coverage of each card."""
    return looked.agg(health=_.health__coverage.mean(), abcd=_.abcd__coverage.mean())
