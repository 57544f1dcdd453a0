"""The twelve signals: what the records say about each account on a day.

A signal is a column over `profiles` (one row an existing account), so any number of them reads the
records once; by itself it is a function `(tables, as_of) -> account_id, value`. Value is null where
it cannot be known, and 0 only where the company records such things and the account has none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import ibis
import ibis.expr.types as ir
from ibis import _
from ibis.expr.types import Table

from holdfast.measures.described import Description, describe
from holdfast.measures.profiles import YEAR, profiles, since
from holdfast.measures.purchases import month_number, on
from holdfast.measures.schemas import Tables
from holdfast.measures.share import share, sure
from holdfast.measures.subscriptions import live_days, paid

Column = Callable[[Table, date], ir.NumericValue]


def revenue(account: Table, as_of: date) -> ir.NumericValue:
    """What the account paid in the 365 days before the day, returns taken off.

    Unit:    minor units of the company's currency.
    Grain:   an account on a day.
    Edges:   below 0 when more came back than was bought; 0 when nothing was ordered; missing when
             the company has neither orders nor subscriptions, or when all that the account paid
             was in other currencies (`unconverted` counts those). A paid subscription gives
             price ÷ billing months × 12 ÷ 365 for each live day.
    Source:  formulas.md section 2, Windows.
    Example: orders of 30.00 and 12.50, a return of 2.50 → 4000; a subscription at 120.00 for
             12 months, live for 73 of the days → 2400.
    """
    home = _count(account.home_lines) + _count(account.home_subscriptions)
    records = _count(account.lines) + _count(account.subscriptions)
    amount = _count(account.ordered_minor).cast("float64") + _count(account.subscribed_minor)
    known = (account.has_orders | account.has_subscriptions) & ~((home == 0) & (records > 0))
    return _when(known, amount)


def purchases(account: Table, as_of: date) -> ir.NumericValue:
    """On how many of the 365 days before the day the account bought.

    Unit:    days.
    Grain:   an account on a day.
    Edges:   two purchases on one day are one; returns and gifts are none; missing only when the
             company has no orders.
    Source:  formulas.md section 2, Windows.
    Example: purchases on 1 March (two of them) and 2 May, a return on 3 May → 2.
    """
    return _when(account.has_orders, _count(account.bought_days_year))


def active_months(account: Table, as_of: date) -> ir.NumericValue:
    """In how many calendar months the account bought, within the 365 days before the day.

    Unit:    months, 0 to 13: on a day inside a month the year touches that month twice.
    Grain:   an account on a day.
    Edges:   missing only when the company has no orders.
    Source:  formulas.md section 2, ABCD check.
    Example: purchases on 31 January, 1 February and 20 February → 2.
    """
    return _when(account.has_orders, _count(account.bought_months_year))


def months_since_first(account: Table, as_of: date) -> ir.NumericValue:
    """Calendar months from that of the first purchase to that of the last full day, both counted.

    Unit:    months, at least 1.
    Grain:   an account on a day.
    Edges:   looks at all history; missing without a purchase.
    Source:  formulas.md section 2, ABCD check.
    Example: first purchase on 31 January: on 1 February 1, on 2 February 2.
    """
    last_full_day = on(as_of - timedelta(days=1))
    return month_number(last_full_day) - month_number(account.first_bought_on) + 1


def average_check(account: Table, as_of: date) -> ir.NumericValue:
    """Mean amount of the orders above 0 in the 365 days before the day.

    Unit:    minor units of the company's currency, an order.
    Grain:   an account on a day.
    Edges:   returns are other orders and do not lower it; missing without an order above 0.
    Source:  formulas.md section 2, Windows.
    Example: orders of 30.00 and 10.00, a return of 5.00 → 2000.
    """
    return share(account.checks_minor, account.checks)


def days_since_purchase(account: Table, as_of: date) -> ir.NumericValue:
    """Days from the last purchase to the day.

    Unit:    days, at least 1.
    Grain:   an account on a day.
    Edges:   looks at all history; missing without a purchase.
    Source:  formulas.md section 2, Windows.
    Example: last purchase on 31 August, the day 1 September → 1.
    """
    return on(as_of).delta(account.last_bought_on, unit="day")


def days_since_purchase_over_gap(account: Table, as_of: date) -> ir.NumericValue:
    """Days since the last purchase ÷ the account's own mean gap between purchase days.

    Unit:    mean gaps; 1 is on time, 2 is one whole gap late.
    Grain:   an account on a day.
    Edges:   looks at all history; missing with fewer than two purchase days.
    Source:  formulas.md section 2, Windows.
    Example: purchases on 1, 11 and 31 January have a mean gap of 15; on 10 February
             10 ÷ 15 = 0.667.
    """
    gaps = account.bought_days - 1
    spanned = account.last_bought_on.delta(account.first_bought_on, unit="day")
    return share(days_since_purchase(account, as_of) * gaps, spanned)


def purchase_trend(account: Table, as_of: date) -> ir.NumericValue:
    """Purchase days in the 90 days before the day ÷ those in the 90 days before them.

    Unit:    ratio; 1 is as before, 0 is none any more.
    Grain:   an account on a day.
    Edges:   missing when there was none before: growth from nothing has no size.
    Source:  formulas.md section 2, Windows.
    Example: 3 purchase days now, 4 before → 0.75.
    """
    return share(account.bought_days_now, account.bought_days_before)


def returns_share(account: Table, as_of: date) -> ir.NumericValue:
    """Amount returned ÷ amount bought in the 365 days before the day.

    Unit:    share; passes 1 when things bought before the year come back within it.
    Grain:   an account on a day.
    Edges:   a returned line has quantity < 0 and price > 0; missing when nothing was bought.
    Source:  formulas.md section 2, Windows.
    Example: bought 40.00, returned 5.00 → 0.125.
    """
    return share(_count(account.returned_minor), account.bought_minor)


def products_bought(account: Table, as_of: date) -> ir.NumericValue:
    """How many different products the account bought in the 365 days before the day.

    Unit:    products.
    Grain:   an account on a day.
    Edges:   returns do not take one off; lines without a product are not counted; missing only
             when the company has no orders.
    Source:  formulas.md section 2, Windows.
    Example: lines of tea, tea and coffee, coffee returned → 2.
    """
    return _when(account.has_orders, _count(account.products))


def tenure_days(account: Table, as_of: date) -> ir.NumericValue:
    """Days from the account's earliest record, or its given start if earlier, to the day.

    Unit:    days, at least 1.
    Grain:   an account on a day.
    Edges:   never missing: an account without a record before the day does not exist on it.
    Source:  formulas.md section 2, Who exists.
    Example: client since 1 August by the company's word, first order 20 August: on 31 August 30.
    """
    return on(as_of).delta(account.first_on, unit="day")


def attention_minutes(account: Table, as_of: date) -> ir.NumericValue:
    """Minutes that touches and tickets cost us in the 365 days before the day.

    Unit:    minutes; a ticket is taken to cost a fixed number of them (15, a setting).
    Grain:   an account on a day.
    Edges:   missing when the company records neither touches nor tickets, or when nothing of the
             account's was measured; a touch without minutes beside measured ones adds nothing.
    Source:  formulas.md section 2, Missing; the second issue, Signals.
    Example: touches of 30 and 10 minutes, two tickets → 70.
    """
    unmeasured = account.attention.isnull() & (_count(account.attention_unmeasured) > 0)
    known = (account.has_touches | account.has_tickets) & ~unmeasured
    return _when(known, _count(account.attention))


def _count(value: ir.NumericValue) -> ir.NumericValue:
    """Nothing recorded is 0; the caller says when the company records such things at all."""
    return value.fill_null(0)


def _when(known: ir.BooleanValue, value: ir.NumericValue) -> ir.NumericValue:
    return known.ifelse(value.cast("float64"), ibis.null("float64"))


@dataclass(frozen=True)
class Signal:
    """A named signal; what it means stands in the docstring of its column."""

    name: str
    column: Column
    description: Description

    def function(self, tables: Tables, as_of: date) -> Table:
        """account_id and value, one row an account that exists on the day."""
        return wide(tables, as_of, [self.name]).rename(value=self.name)

    def over(self, profile: Table, as_of: date) -> ir.FloatingValue:
        return self.column(profile, as_of).cast("float64").name(self.name)


SIGNALS: dict[str, Signal] = {
    column.__name__: Signal(column.__name__, column, describe(column))
    for column in (
        revenue,
        purchases,
        active_months,
        months_since_first,
        average_check,
        days_since_purchase,
        days_since_purchase_over_gap,
        purchase_trend,
        returns_share,
        products_bought,
        tenure_days,
        attention_minutes,
    )
}


def wide(tables: Tables, as_of: date, names: Iterable[str] | None = None) -> Table:
    """One row an account that exists on the day, account_id and one column a signal.

    Edges: without names all of them, in their declared order.
    """
    profile = profiles(tables, as_of)
    chosen = SIGNALS if names is None else names
    return profile.select("account_id", *(SIGNALS[name].over(profile, as_of) for name in chosen))


def population(tables: Tables, as_of: date) -> Table:
    """account_id of those that exist: with a record, or a given start, before the day."""
    return profiles(tables, as_of).select("account_id")


def unconverted(tables: Tables, as_of: date) -> Table:
    """What revenue leaves out, because it is not in the company's currency.

    Grain: currency (null where none was given); accounts, records (order lines and subscriptions
    live in the year) and amount_minor (of lines, and of a subscription its price), 365 days before
    the day.
    """
    start = since(as_of, YEAR)
    placed = tables.orders.filter(
        _.account_id.notnull(), _.ordered_on >= start, _.ordered_on < as_of
    )
    lines = placed.inner_join(tables.order_lines, [("id", "order_id")])
    live = paid(tables).filter(lambda plan: live_days(plan, start, as_of) > 0)
    both = lines.select("account_id", "currency", "amount_minor").union(
        live.select("account_id", "currency", amount_minor=_.price_minor)
    )
    foreign = both.filter(~sure(_.currency == tables.currency))
    return foreign.group_by("currency").agg(
        accounts=_.account_id.nunique(), records=_.count(), amount_minor=_.amount_minor.sum()
    )
