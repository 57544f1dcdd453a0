"""Accounts as a look would see them, made by the shipped cards from signals that tests name."""

from datetime import date

import ibis
import pyarrow as pa

from holdfast.assess.scorecards.look import look
from holdfast.assess.scorecards.shipped import ABCD, CARDS, HEALTH
from holdfast.lake import engine
from holdfast.measures.signals import SIGNALS
from holdfast.web.seen import Seen

DAY = date(2026, 3, 3)
# A client of nine months that bought in seven of them, every 20 days, and yesterday last.
USUAL = {
    "revenue": 100_000.0,
    "purchases": 12.0,
    "active_months": 7.0,
    "months_since_first": 9.0,
    "average_check": 9_000.0,
    "days_since_purchase": 1.0,
    "days_since_purchase_over_gap": 0.05,
    "purchase_trend": 1.0,
    "returns_share": 0.0,
    "products_bought": 20.0,
    "tenure_days": 270.0,
    "attention_minutes": None,
}


def seen(*accounts: dict, day: date = DAY) -> list[Seen]:
    """One row each, in their order; each is told by what is unlike the usual client."""
    rows = [{"account_id": at, **USUAL, **account} for at, account in enumerate(accounts)]
    schema = ibis.schema({"account_id": "int64", **dict.fromkeys(SIGNALS, "float64")})
    table = pa.Table.from_pylist(rows, schema=schema.to_pyarrow())
    values = engine.connect().create_table(ibis.util.gen_name("values"), table, temp=True)
    found = engine.rows(look(values, CARDS, day).order_by("account_id"))
    return [Seen(row, HEALTH, ABCD, "GBP") for row in found]


def one(*, day: date = DAY, **account: float | None) -> Seen:
    """One account beside a usual one, so that comparing has someone to compare with."""
    return seen(account, {}, day=day)[0]
