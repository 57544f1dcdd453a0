"""What was bought when: the base that signals, retention and cohorts share.

A purchase is an order with a line of quantity > 0 and price > 0, in whatever currency. Money counts
only in the company's own currency. Orders without an account belong to nobody and stay out.
"""

from __future__ import annotations

from datetime import date

import ibis
import ibis.expr.types as ir
from ibis import _
from ibis.expr.types import Table

from holdfast.measures.schemas import Tables
from holdfast.measures.share import sure


def order_days(tables: Tables, before: date) -> Table:
    """What each account ordered and returned on each day that has an order, before the day.

    Grain:  account_id, day.
    Columns: bought (whether one of the day's orders was a purchase); in the company's currency:
    amount_minor, checks_minor and checks (of orders above 0), bought_minor, returned_minor,
    home_lines; and lines, of any currency.
    """
    placed = tables.orders.filter(_.account_id.notnull(), _.ordered_on < before)
    orders = placed.left_join(_per_order(tables), [("id", "order_id")])
    above = _.amount_minor > 0
    return orders.group_by(_.account_id, day=_.ordered_on).agg(
        bought=_.bought.any(),
        amount_minor=_.amount_minor.sum(),
        checks_minor=_.amount_minor.sum(where=above),
        checks=_.count(where=above),
        bought_minor=_.bought_minor.sum(),
        returned_minor=_.returned_minor.sum(),
        home_lines=_.home_lines.sum(),
        lines=_.lines.sum(),
    )


def _per_order(tables: Tables) -> Table:
    lines = tables.order_lines
    home = sure(lines.currency == tables.currency)
    bought = is_bought(lines)
    returned = (lines.quantity < 0) & (lines.unit_price > 0)
    return lines.group_by("order_id").agg(
        bought=bought.any(),
        amount_minor=lines.amount_minor.sum(where=home),
        bought_minor=lines.amount_minor.sum(where=home & bought),
        returned_minor=-lines.amount_minor.sum(where=home & returned),
        home_lines=home.sum(),
        lines=lines.count(),
    )


def is_bought(lines: Table) -> ir.BooleanValue:
    """Whether a line is of a purchase: gifts, corrections and returns are not."""
    return (lines.quantity > 0) & (lines.unit_price > 0)


def purchase_days(tables: Tables) -> Table:
    """The days on which an account bought: account_id, day, each pair once, of all time."""
    lines = tables.order_lines.filter(is_bought)
    bought = tables.orders.filter(_.account_id.notnull(), _.ordered_on.notnull())
    bought = bought.semi_join(lines, [("id", "order_id")])
    return bought.select(_.account_id, day=_.ordered_on).distinct()


def products_bought(tables: Tables, start: date, before: date) -> Table:
    """How many different products each account bought in the days: account_id, products."""
    lines = tables.order_lines.filter(is_bought)
    within = tables.orders.filter(
        _.account_id.notnull(), _.ordered_on >= start, _.ordered_on < before
    )
    each = within.inner_join(lines, [("id", "order_id")])
    return each.group_by("account_id").agg(products=_.product.nunique())


def month_number(day: ir.DateValue) -> ir.IntegerValue:
    """Calendar months counted from year 0, so that months can be subtracted."""
    return day.year().cast("int64") * 12 + day.month()


def on(day: date) -> ir.DateScalar:
    """The day as a literal that every engine takes for a date."""
    return ibis.literal(day, type="date")
