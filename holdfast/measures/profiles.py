"""One row an existing account with every quantity that a signal is made of.

All signals read this one table, so that computing twelve of them reads the orders once. It is
grouped in steps (lines to orders, orders to days, days to accounts): counting days is then counting
rows, which is several times faster than counting distinct days.
"""

from __future__ import annotations

from datetime import date, timedelta

import ibis
import ibis.expr.types as ir
from ibis import _
from ibis.expr.types import Table

from holdfast.measures.purchases import month_number, order_days, products_bought
from holdfast.measures.schemas import Tables
from holdfast.measures.share import share, sure
from holdfast.measures.subscriptions import live_days

YEAR = 365  # days that a signal looks back, unless it says otherwise
QUARTER = 90


def since(as_of: date, days: int) -> date:
    """The first of the `days` days before the day; the day itself is never looked at."""
    return as_of - timedelta(days=days)


def profiles(tables: Tables, as_of: date) -> Table:
    """The accounts whose earliest record lies before the day, with what is known of them.

    Grain:  account_id, of accounts that exist on the day.
    Edges:  a quantity without a record is null here; what that means is each signal's own matter.
            The columns has_… say, the same on each row, whether the company keeps such records.
    """
    given = (_.became_client_on < as_of).ifelse(_.became_client_on, ibis.null("date"))
    whole = tables.accounts.select(account_id=_.id, given_on=given)
    for part in (
        _orders(tables, as_of),
        products_bought(tables, since(as_of, YEAR), as_of),
        subscribed(tables, as_of),
        _attention(tables, as_of),
    ):
        whole = whole.left_join(part, "account_id").drop("account_id_right")
    firsts = (_.given_on, _.first_order_on, _.first_subscribed_on, _.first_attention_on)
    existing = whole.mutate(first_on=ibis.least(*firsts)).filter(_.first_on.notnull())
    return existing.cross_join(_kinds(tables, as_of))


def _orders(tables: Tables, as_of: date) -> Table:
    days = order_days(tables, as_of)
    year = days.day >= since(as_of, YEAR)
    now = days.day >= since(as_of, QUARTER)
    before = ~now & (days.day >= since(as_of, 2 * QUARTER))
    bought = days.bought
    return days.group_by("account_id").agg(
        first_order_on=_.day.min(),
        first_bought_on=_.day.min(where=bought),
        last_bought_on=_.day.max(where=bought),
        bought_days=_.count(where=bought),
        bought_days_year=_.count(where=bought & year),
        bought_days_now=_.count(where=bought & now),
        bought_days_before=_.count(where=bought & before),
        bought_months_year=month_number(days.day).nunique(where=bought & year),
        ordered_minor=_.amount_minor.sum(where=year),
        checks_minor=_.checks_minor.sum(where=year),
        checks=_.checks.sum(where=year),
        bought_minor=_.bought_minor.sum(where=year),
        returned_minor=_.returned_minor.sum(where=year),
        home_lines=_.home_lines.sum(where=year),
        lines=_.lines.sum(where=year),
    )


def subscribed(tables: Tables, as_of: date) -> Table:
    """What each account's paid subscriptions brought in the year before the day, day by day.

    Grain:  account_id, of accounts with a subscription begun before the day.
    Columns: first_subscribed_on; subscribed_minor (not whole: a price for a day rarely is);
    home_subscriptions and subscriptions, those live in the year, by whether their currency counts.
    """
    begun = tables.subscriptions.filter(_.account_id.notnull(), _.starts_on < as_of)
    days = live_days(begun, since(as_of, YEAR), as_of)
    begun = begun.mutate(
        days=days,
        paid=(_.price_minor > 0) & ~sure(_.is_trial) & (days > 0),
        home=sure(_.currency == tables.currency),
        a_day=share(_.price_minor * 12, _.billing_months * YEAR),
    )
    return begun.group_by("account_id").agg(
        first_subscribed_on=_.starts_on.min(),
        subscribed_minor=(_.a_day * _.days).sum(where=_.paid & _.home),
        home_subscriptions=_.count(where=_.paid & _.home),
        subscriptions=_.count(where=_.paid),
    )


def _attention(tables: Tables, as_of: date) -> Table:
    touches = tables.touches.select("account_id", day=_.touched_on, minutes=_.minutes)
    tickets = tables.tickets.select(
        "account_id", day=_.opened_on, minutes=ibis.literal(tables.ticket_minutes, "float64")
    )
    both = touches.union(tickets).filter(_.account_id.notnull(), _.day < as_of)
    year = both.day >= since(as_of, YEAR)
    return both.group_by("account_id").agg(
        first_attention_on=_.day.min(),
        attention=_.minutes.sum(where=year),
        attention_unmeasured=_.count(where=year & _.minutes.isnull()),
    )


def _kinds(tables: Tables, as_of: date) -> Table:
    """One row: which kinds of record the company has at all before the day."""
    have = tables.orders.agg(has_orders=_has(tables.orders.ordered_on, as_of))
    for name, days in (
        ("has_subscriptions", tables.subscriptions.starts_on),
        ("has_touches", tables.touches.touched_on),
        ("has_tickets", tables.tickets.opened_on),
    ):
        have = have.cross_join(days.as_table().agg(**{name: _has(days, as_of)}))
    return have


def _has(days: ir.DateColumn, as_of: date) -> ir.BooleanScalar:
    return sure(days.min() < as_of)
