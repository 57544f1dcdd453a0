"""How much recurring revenue is kept: gross and net, under a named preset.

Vendors disagree on what counts, so a rate is always printed with the preset it was made under.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import ibis
from ibis import _
from ibis.expr.types import Table

from holdfast.measures.active import SUBSCRIPTION, is_live
from holdfast.measures.retention import retention
from holdfast.measures.schemas import Tables
from holdfast.measures.share import share
from holdfast.measures.subscriptions import paid


@dataclass(frozen=True)
class Preset:
    """What a rate counts. `reactivated_in_net`: a client who came back lifts net retention."""

    name: str
    reactivated_in_net: bool


PRESETS = {
    preset.name: preset
    for preset in (
        Preset("accounts_at_start", reactivated_in_net=False),
        Preset("chartmogul", reactivated_in_net=True),
    )
}
MOVEMENTS = ("start", "expansion", "contraction", "churned", "new", "reactivated")


def revenue_movements(tables: Tables, start: date, end: date) -> Table:
    """How recurring revenue went from one day to another, account by account.

    Unit:    minor units of the company's currency, a year: price ÷ billing months × 12.
    Grain:   one row: start, expansion, contraction, churned, new, reactivated.
    Edges:   trials, free and foreign subscriptions are left out; an account's plans are added up
             first, so a change of plan is one movement; reactivated had a paid subscription before
             the start but none live on it.
    Source:  formulas.md section 1, GRR and NRR.
    Example: live at 100 and 50, then 120 and nothing → start 150, expansion 20, churned 50.
    """
    home = paid(tables).filter(_.currency == tables.currency)
    span = home.select(
        "account_id",
        from_on=_.starts_on,
        until_on=_.ends_on,
        a_year=share(_.price_minor * 12, _.billing_months),
    )
    each = span.group_by("account_id").agg(
        first_on=_.from_on.min(),
        was=_.a_year.sum(where=is_live(span, start)).fill_null(0.0),
        now=_.a_year.sum(where=is_live(span, end)).fill_null(0.0),
    )
    moved = each.mutate(
        more=ibis.greatest(_.now - _.was, 0.0), less=ibis.greatest(_.was - _.now, 0.0)
    )
    known = _.first_on <= start
    sums = moved.agg(
        start=_.was.sum(),
        expansion=_.more.sum(where=_.was > 0),
        contraction=_.less.sum(where=_.now > 0),
        churned=_.less.sum(where=_.now == 0),
        new=_.more.sum(where=(_.was == 0) & ~known),
        reactivated=_.more.sum(where=(_.was == 0) & known),
    )
    return sums.select(**{name: sums[name].fill_null(0.0) for name in MOVEMENTS})


@dataclass(frozen=True)
class RevenueRates:
    """Gross and net retention of revenue, and the preset they were made under.

    Unit:    shares; gross 0–1, net may pass 1.
    Grain:   a period.
    Edges:   what new clients bring never counts; of a start of 0 there is no share, so null.
    Source:  formulas.md section 1, GRR and NRR.
    Example: 100K at the start, +18K expansion, −6K contraction, −9K churn → net 1.03, gross 0.85.
    """

    gross: float | None
    net: float | None
    preset: str

    @classmethod
    def of(cls, moved: Mapping[str, float], preset: str = "accounts_at_start") -> RevenueRates:
        """From a row of `revenue_movements`."""
        rule = PRESETS[preset]
        start = moved["start"]
        if start <= 0:
            return cls(None, None, preset)
        kept = start - moved["contraction"] - moved["churned"]
        back = moved.get("reactivated", 0) if rule.reactivated_in_net else 0
        return cls(kept / start, (kept + moved["expansion"] + back) / start, preset)


def logo_churn(tables: Tables, start: date, end: date) -> Table:
    """Of the accounts with a live paid subscription at the start, how many had all of them end.

    Unit:    accounts; logo_churn is their share, 0–1.
    Grain:   one row: at_start, churned, logo_churn.
    Edges:   an account with another plan still live has not churned; currency does not matter;
             missing when nobody was live at the start.
    Source:  formulas.md section 1, Logo churn.
    Example: two accounts; one ends one of its two plans, the other its only one → .5.
    """
    counts = retention(tables, start, end, SUBSCRIPTION)
    return counts.select("at_start", churned=_.lost, logo_churn=share(_.lost, _.at_start))
