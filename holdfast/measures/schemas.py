"""The tables a measure may read, with their declared columns.

Every time is a day in the company's time zone, so a measure never meets a clock or a zone: "before
the day D" is `_.ordered_on < D`. An empty table is an empty typed table, never a missing one.
"""

from __future__ import annotations

from dataclasses import dataclass

import ibis
from ibis.expr.types import Table

ACCOUNTS = ibis.schema(
    {
        "id": "int64",
        "external_id": "string",
        "name": "string",
        "became_client_on": "date",  # as given by the company; null when it did not say
        "left_on": "date",
    }
)
ORDERS = ibis.schema({"id": "int64", "account_id": "int64", "ordered_on": "date"})
ORDER_LINES = ibis.schema(
    {
        "id": "int64",
        "order_id": "int64",
        "product": "string",
        "quantity": "float64",
        "unit_price": "float64",  # only its sign is used: money is `amount_minor`
        "amount_minor": "int64",
        "currency": "string",
    }
)
SUBSCRIPTIONS = ibis.schema(
    {
        "id": "int64",
        "account_id": "int64",
        "starts_on": "date",
        "ends_on": "date",  # its last live day; null while it runs
        "price_minor": "int64",  # for `billing_months`
        "billing_months": "int64",
        "currency": "string",
        "is_trial": "boolean",
    }
)
TOUCHES = ibis.schema(
    {"id": "int64", "account_id": "int64", "touched_on": "date", "minutes": "float64"}
)
TICKETS = ibis.schema({"id": "int64", "account_id": "int64", "opened_on": "date"})

SCHEMAS = {
    "accounts": ACCOUNTS,
    "orders": ORDERS,
    "order_lines": ORDER_LINES,
    "subscriptions": SUBSCRIPTIONS,
    "touches": TOUCHES,
    "tickets": TICKETS,
}


@dataclass(frozen=True)
class Tables:
    """What the company has recorded, as known at one moment, for the accounts one may see."""

    accounts: Table
    orders: Table
    order_lines: Table
    subscriptions: Table
    touches: Table
    tickets: Table
    currency: str = "GBP"  # the company's: amounts in others are left out and counted
    ticket_minutes: int = 15  # attention that one ticket is taken to cost


def empty(name: str) -> Table:
    """An empty table with the declared columns."""
    return ibis.memtable([], schema=SCHEMAS[name])
