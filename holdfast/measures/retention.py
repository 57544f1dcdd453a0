"""How many customers are kept from one day to another, counted by sets.

(E − N) / S, as it is often written, breaks when a customer is won and lost inside the period or
comes back. So who was there is compared with who is there, and the counts must add up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import ibis
import ibis.expr.types as ir
from ibis import _
from ibis.expr.types import Table

from holdfast.measures.active import Active, is_live, spans
from holdfast.measures.intervals import wilson
from holdfast.measures.purchases import on
from holdfast.measures.schemas import Tables

SETS = ("at_start", "at_end", "kept", "lost", "won", "won_and_lost", "returned")
NO_SEGMENT = "none"


class CannotCompareDays(ValueError):
    """A period needs a first day and a later one."""


class CannotShowRates(ValueError):
    """The counts contradict each other, so no rate is made of them."""


class UnknownSet(ValueError):
    """There is no set of customers of that name."""


def retention(
    tables: Tables, start: date, end: date, active: Active, segments: Table | None = None
) -> Table:
    """Of the customers active at the start, how many are at the end; and who came, went, returned.

    Unit:    customers.
    Grain:   one row; with `segments` (account_id, segment: at the start) one row a segment, where
             `none` holds those who had none then, so most of the won.
    Input:   `active` says who is active on a day.
    Edges:   the period includes its first day and excludes its last. Won: first activity ever lies
             within it, still active or not. Returned: active at the end, not at the start, known
             before. Identity: at_end = at_start − lost + (won − won_and_lost) + returned.
    Source:  formulas.md section 1, customer retention rate.
    Example: 100 at the start, 10 of them lost, 20 won of whom 5 left again → at_end 105, kept 90,
             so 90 %, where (105 − 20) / 100 says 85 %.
    """
    each = _sets(tables, start, end, active)
    counts = {name: each[name].sum().fill_null(0) for name in SETS}
    if segments is None:
        return each.agg(**counts)
    each = each.left_join(segments.select("account_id", "segment"), "account_id")
    named = each.mutate(segment=_.segment.fill_null(NO_SEGMENT))
    return named.group_by("segment").agg(**{name: named[name].sum() for name in SETS})


def members(tables: Tables, start: date, end: date, active: Active, set_name: str) -> Table:
    """account_id of the customers in one of the sets that `retention` counts."""
    if set_name not in SETS:
        raise UnknownSet(f"There is no set “{set_name}”. Choose one of: {', '.join(SETS)}.")
    each = _sets(tables, start, end, active)
    return each.filter(each[set_name]).select("account_id")


def monthly_series(
    tables: Tables, last: date, months: int, active: Active, window_months: int = 1
) -> Table:
    """The counts of `retention` for each of the last months, in one expression.

    Unit:    customers.
    Grain:   one row a month, oldest first: start, end and the counts from start to end.
    Input:   `last` is the day on which the newest period ends; the others end whole months
             earlier, on the same day of the month or its last. Each is `window_months` long.
    Edges:   with a window of 12 the rows overlap: each is the year before its end.
    Source:  formulas.md section 1, customer retention rate.
    Example: last 1 September 2010, 3 months, window 12: ends on 1 July, 1 August and 1 September,
             starts a year earlier each.
    """
    ends = [months_before(last, back) for back in reversed(range(months))]
    periods = [(months_before(end, window_months), end) for end in ends]
    days = sorted({day for period in periods for day in period})
    each = _known(tables, last, active, days)
    rows = [_period(each, start, end) for start, end in periods]
    return ibis.union(*rows).order_by("end")


def months_before(day: date, months: int) -> date:
    """The same day of the month so many months earlier, or that month's last day."""
    number = day.year * 12 + day.month - 1 - months
    year, month = number // 12, number % 12 + 1
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    longest = (31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]
    return date(year, month, min(day.day, longest))


def _period(each: Table, start: date, end: date) -> Table:
    flags = _flags(each, start, end)
    counts = each.agg(**{name: flag.sum().fill_null(0) for name, flag in flags.items()})
    return counts.select(start=on(start), end=on(end), **{name: counts[name] for name in SETS})


def _sets(tables: Tables, start: date, end: date, active: Active) -> Table:
    """One row a customer known by the end: account_id and whether it is in each set."""
    if start >= end:
        raise CannotCompareDays(f"The period must end after {start}; {end} does not.")
    each = _known(tables, end, active, (start, end))
    return each.select("account_id", **_flags(each, start, end))


def _known(tables: Tables, last: date, active: Active, days: Iterable[date]) -> Table:
    """One row a customer known by the last day: first_on, and whether active on each day."""
    span = spans(tables, active)
    span = span.filter(span.from_on <= last)
    return span.group_by("account_id").agg(
        first_on=span.from_on.min(), **{_at(day): is_live(span, day).any() for day in days}
    )


def _flags(each: Table, start: date, end: date) -> dict[str, ir.BooleanColumn]:
    at_start, at_end = each[_at(start)], each[_at(end)]
    known = each.first_on <= start
    won = ~known & (each.first_on <= end)
    return {
        "at_start": at_start,
        "at_end": at_end,
        "kept": at_start & at_end,
        "lost": at_start & ~at_end,
        "won": won,
        "won_and_lost": won & ~at_end,
        "returned": known & ~at_start & at_end,
    }


def _at(day: date) -> str:
    return f"on_{day:%Y%m%d}"


@dataclass(frozen=True)
class Rates:
    """The rates that the counts of a period give; it cannot be made of counts that contradict."""

    at_start: int
    at_end: int
    kept: int
    lost: int
    won: int
    won_and_lost: int
    returned: int

    def __post_init__(self) -> None:
        adds_up = self.at_start - self.lost + (self.won - self.won_and_lost) + self.returned
        parts = tuple(getattr(self, name) for name in SETS)
        if self.at_end != adds_up or self.kept != self.at_start - self.lost or min(parts) < 0:
            raise CannotShowRates(
                f"The counts contradict each other: {self.at_end} at the end, but {self.at_start} "
                f"at the start − {self.lost} lost + {self.won} won − {self.won_and_lost} of them "
                f"lost + {self.returned} returned = {adds_up}, with {self.kept} kept. "
                "No rate is shown; import the records again, or report this."
            )

    @classmethod
    def of(cls, counts: Mapping[str, int]) -> Rates:
        """From a row of `retention`, whatever else it holds."""
        return cls(**{name: int(counts[name]) for name in SETS})

    @property
    def retention_rate(self) -> float | None:
        return self.kept / self.at_start if self.at_start else None

    @property
    def retention_interval(self) -> tuple[float, float] | None:
        return wilson(self.kept, self.at_start)

    @property
    def churn_rate(self) -> float | None:
        return self.lost / self.at_start if self.at_start else None

    @property
    def simple_rate(self) -> float | None:
        """(E − N) / S, as it is often written: shown beside the rate, to say why they differ."""
        return (self.at_end - self.won) / self.at_start if self.at_start else None
