"""Who is active on a day: a named definition, printed beside every number made with it.

Each definition becomes spans: an account is active on the day D when one of its spans has
`from_on` ≤ D ≤ `until_on`. A purchase on 3 May under purchase:90 is the span 4 May to 1 August,
because DAY means its first moment: that day's own purchases have not happened yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import ibis
import ibis.expr.types as ir
from ibis import _
from ibis.expr.types import Table

from holdfast.measures.purchases import purchase_days
from holdfast.measures.schemas import Tables
from holdfast.measures.subscriptions import paid

LONGEST = 3650  # days after which nobody calls a purchase recent


class CannotReadActive(ValueError):
    """The text is no definition of active; `text` is what was given."""

    def __init__(self, text: str) -> None:
        self.text = text
        super().__init__(
            f"“{text}” does not say who is active. Write subscription, or purchase:N with N the "
            f"days, 1 to {LONGEST}, like purchase:90."
        )


@dataclass(frozen=True)
class Active:
    """`subscription`, or `purchase:N`: a purchase in the N days before the day."""

    days: int | None = None  # null: a paid subscription is live

    def __str__(self) -> str:
        return "subscription" if self.days is None else f"purchase:{self.days}"


SUBSCRIPTION = Active()
PURCHASE_90 = Active(90)


def parse(text: str) -> Active:
    """The definition that the text names, the inverse of `str`."""
    kind, colon, days = text.strip().partition(":")
    if kind == "subscription" and not colon:
        return SUBSCRIPTION
    if kind == "purchase" and days.isascii() and days.isdigit() and 1 <= int(days[:5]) <= LONGEST:
        return Active(int(days))
    raise CannotReadActive(text)


def by_default(tables: Tables) -> ir.BooleanScalar:
    """Whether the company has any subscription, so that `subscription` is its definition."""
    return tables.subscriptions.count() > 0


def spans(tables: Tables, active: Active) -> Table:
    """When each account was active: account_id, from_on, until_on (null: still is)."""
    if active.days is None:
        return paid(tables).select("account_id", from_on=_.starts_on, until_on=_.ends_on)
    return purchase_days(tables).select(
        "account_id",
        from_on=_.day + ibis.interval(days=1),
        until_on=_.day + ibis.interval(days=active.days),
    )


def is_live(span: Table, day: date) -> ir.BooleanColumn:
    """Whether each span covers the day's first moment."""
    return (span.from_on <= day) & (span.until_on.isnull() | (span.until_on >= day))


def active_on(tables: Tables, day: date, active: Active) -> Table:
    """account_id of those active on the day, each once."""
    span = spans(tables, active)
    return span.filter(is_live(span, day)).select("account_id").distinct()
