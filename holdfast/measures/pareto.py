"""How much of the revenue how few accounts bring. `revenue` is account_id, value; see `signals`."""

from __future__ import annotations

import ibis
from ibis import _
from ibis.expr.types import Table

from holdfast.measures.share import share

NEARLY = 1e-12  # so that 80 % of a sum is not missed by its last binary digit


def curve(revenue: Table, points: int = 100) -> Table:
    """Which share of the revenue the best-paying accounts hold, at each step of their number.

    Unit:    shares, 0–1, of paying accounts and of their revenue.
    Grain:   at most `points` rows, from the best-paying account down; the last row is 1 and 1.
    Input:   revenue (account_id, value).
    Edges:   accounts with revenue missing, 0 or below are not paying and stay out; no paying
             account, no rows.
    Source:  formulas.md section 1, Pareto.
    Example: revenues 80, 10, 5, 5 with 4 points: (.25, .80), (.50, .90), (.75, .95), (1, 1).
    """
    ranked = _ranked(revenue)
    step = (_.place * points / _.accounts).floor()
    previous = ((_.place - 1) * points / _.accounts).floor()
    return (
        ranked.filter(step > previous)
        .select(accounts_share=share(_.place, _.accounts), revenue_share=share(_.held, _.revenue))
        .order_by("accounts_share")
    )


def held_by_top(revenue: Table, part: float) -> Table:
    """Which share of the revenue the top part of the paying accounts holds.

    Unit:    revenue_share, 0–1; accounts and of_accounts are counts.
    Grain:   one row.
    Input:   revenue (account_id, value); `part` 0–1.
    Edges:   part of an account counts as a whole one; the share is missing without paying accounts.
    Source:  formulas.md section 1, Pareto.
    Example: revenues 80, 10, 5, 5: the top 25 % hold .80, and so do the top 20 %.
    """
    ranked = _ranked(revenue)
    top = _.place < _.accounts * part + 1 - NEARLY
    sums = ranked.agg(
        accounts=_.count(where=top),
        of_accounts=_.count(),
        held=_.held.max(where=top),
        revenue=_.revenue.max(),
    )
    return sums.select("accounts", "of_accounts", revenue_share=share(_.held, _.revenue))


def accounts_holding(revenue: Table, part: float) -> Table:
    """How few accounts, the best-paying first, hold that part of the revenue.

    Unit:    accounts_share, 0–1, of paying accounts; accounts and of_accounts are counts.
    Grain:   one row.
    Input:   revenue (account_id, value); `part` 0–1, commonly .8 and .5.
    Edges:   the account that crosses the line is counted; missing share without paying accounts.
    Source:  formulas.md section 1, Pareto.
    Example: revenues 80, 10, 5, 5: one account, .25 of them, holds 80 %; two hold 90 %.
    """
    ranked = _ranked(revenue)
    before = _.held - _.value
    needed = before < _.revenue * (part - NEARLY)
    sums = ranked.agg(accounts=_.count(where=needed), of_accounts=_.count())
    return sums.mutate(accounts_share=share(_.accounts, _.of_accounts))


def _ranked(revenue: Table) -> Table:
    """The paying accounts, best first: place from 1, held so far, accounts and revenue of all."""
    paying = revenue.filter(_.value > 0)
    best = ibis.window(order_by=[ibis.desc("value"), ibis.asc("account_id")])
    so_far = ibis.window(
        order_by=[ibis.desc("value"), ibis.asc("account_id")], preceding=None, following=0
    )
    everyone = ibis.window()
    return paying.mutate(
        place=ibis.row_number().over(best) + 1,
        held=_.value.sum().over(so_far),
        accounts=_.count().over(everyone),
        revenue=_.value.sum().over(everyone),
    )
