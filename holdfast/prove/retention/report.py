"""Who was kept, read from the lake: a period, months in a row, cohorts, and the customers behind.

    records = report.read(active=None)  # as the company counts, or parse("purchase:60")
    records.between(start, end, by_segment=True).rates.retention_rate

A page reads what is mirrored; a command calls `lake.mirror.refresh` first. Counts that contradict
each other raise `measures.retention.CannotShowRates`: such a report is not shown.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import ibis
from ibis import _
from ibis.expr.types import Table

from holdfast.assess.scorecards import reading, shipped
from holdfast.assess.scorecards.models import CardVersion, Kind
from holdfast.know.company.models import Company
from holdfast.lake import engine
from holdfast.lake.tables import tables
from holdfast.measures import active as activity
from holdfast.measures import cohorts as by_month
from holdfast.measures import retention
from holdfast.measures.active import Active
from holdfast.measures.cards import Card
from holdfast.measures.purchases import purchase_days
from holdfast.measures.retention import Rates
from holdfast.measures.schemas import Tables
from holdfast.measures.scorecards import score, signals_needed
from holdfast.measures.signals import wide

SEGMENTS = ("A", "B", "C", "D", "unknown", retention.NO_SEGMENT)
WON_AND_KEPT = "won_and_kept"  # what the sum adds: won less won_and_lost
SETS = (*retention.SETS, WON_AND_KEPT)
WINDOWS = (12, 6, 3, 1)  # months a customer is followed for, the usual ones


@dataclass(frozen=True)
class Period:
    """What became of the customers of one day until another.

    `complete` is false when records do not reach back far enough to know everyone who was active
    at the start: its rate stands on the part that is known.
    """

    start: date
    end: date
    active: Active
    rates: Rates
    complete: bool
    segments: dict[str, Rates] = field(default_factory=dict)  # by the segment at the start


@dataclass(frozen=True)
class Cohorts:
    """Customers by the month of their first purchase; `cells` and `pooled` as in the measure."""

    until: date
    cells: list[dict[str, Any]]
    pooled: list[dict[str, Any]]


@dataclass(frozen=True)
class Records:
    """The lake as it is now, under one meaning of active."""

    tables: Tables
    active: Active
    known_from: date | None  # the first day on which all the active are known; null: no records

    def between(self, start: date, end: date, *, by_segment: bool = False) -> Period:
        """Customers active at the start against those active at the end."""
        at_start = segments(self.tables, start) if by_segment else None
        counts = engine.rows(retention.retention(self.tables, start, end, self.active, at_start))
        if not by_segment:
            return self._period(start, end, counts[0])
        parts = {row["segment"]: Rates.of(row) for row in counts}
        whole = {name: sum(row[name] for row in counts) for name in retention.SETS}
        return self._period(start, end, whole, _in_order(parts))

    def series(self, until: date, months: int, window_months: int = 1) -> list[Period]:
        """One period a month, the earliest first; each ends whole months before `until`."""
        counts = retention.monthly_series(self.tables, until, months, self.active, window_months)
        return [self._period(row["start"], row["end"], row) for row in engine.rows(counts)]

    def cohorts(self, until: date, months: int = 12) -> Cohorts:
        """By month of the first purchase, whatever active means."""
        with by_month.cohorts(purchase_days(self.tables), until, months).cache() as cells:
            return Cohorts(until, engine.rows(cells), engine.rows(by_month.pooled(cells)))

    def members(
        self, start: date, end: date, set_name: str, segment: str | None = None
    ) -> list[int]:
        """The ids of the accounts in one of `SETS`, of one segment at the start when told."""
        found = self._set(start, end, set_name)
        if segment == retention.NO_SEGMENT:
            found = found.anti_join(segments(self.tables, start), "account_id")
        elif segment:
            inside = segments(self.tables, start).filter(_.segment == segment)
            found = found.semi_join(inside, "account_id")
        return _ids(found)

    def cohort_members(
        self, until: date, cohort: date, period: int, *, or_later: bool = False
    ) -> list[int]:
        """The ids of the accounts that a cell of `cohorts` counts."""
        days = purchase_days(self.tables)
        return _ids(by_month.cohort_members(days, until, cohort, period, or_later=or_later))

    def usual_window(self, until: date) -> int:
        """The longest usual one that records allow three months in a row; else the shortest."""
        fits = (months for months in WINDOWS if self._reaches(until, months + 2))
        return next(fits, WINDOWS[-1])

    def _set(self, start: date, end: date, name: str) -> Table:
        if name != WON_AND_KEPT:
            return retention.members(self.tables, start, end, self.active, name)
        return self._set(start, end, "won").anti_join(
            self._set(start, end, "won_and_lost"), "account_id"
        )

    def _reaches(self, until: date, months: int) -> bool:
        return self._is_complete(retention.months_before(until, months))

    def _is_complete(self, start: date) -> bool:
        return self.known_from is not None and start >= self.known_from

    def _period(
        self,
        start: date,
        end: date,
        counts: dict[str, Any],
        parts: dict[str, Rates] | None = None,
    ) -> Period:
        complete = self._is_complete(start)
        return Period(start, end, self.active, Rates.of(counts), complete, parts or {})


def read(active: Active | None = None) -> Records:
    """Open what is mirrored. Active means a live subscription when the company has any, else a
    purchase in the 90 days before; unless told."""
    company = Company.get()
    found = tables(
        zone=company.zone, currency=company.currency, ticket_minutes=company.ticket_minutes
    )
    if active is None:
        subscribes = engine.run(activity.by_default(found)).as_py()
        active = activity.SUBSCRIPTION if subscribes else activity.PURCHASE_90
    return Records(found, active, _known_from(found, active))


def _known_from(found: Tables, active: Active) -> date | None:
    """Before it, some were active by purchases that lie before the records begin."""
    first = engine.run(activity.spans(found, active).from_on.min()).as_py()
    if first is None or active.days is None:
        return first
    return first + timedelta(days=active.days - 1)


def segments(found: Tables, day: date) -> Table:
    """account_id, segment: by the card in force now, as of the day. Nothing is stored.

    Where a look of that day is still true it is read, which is the same and much faster.
    """
    card = _card()
    look = reading.latest(day)
    if look and look.abcd.card == card and not reading.is_stale(look):
        kept = reading.history(look).select("account_id", segment=_.abcd__band)
        return ibis.memtable(engine.run(kept))  # so that it joins tables of another connection
    return score(card, wide(found, day, signals_needed(card))).select("account_id", segment=_.band)


def _card() -> Card:
    latest = CardVersion.objects.filter(kind=Kind.ABCD).order_by("-number").first()
    return latest.card if latest else shipped.CARDS[Kind.ABCD]


def _in_order(parts: dict[str, Rates]) -> dict[str, Rates]:
    return {name: parts[name] for name in SEGMENTS if name in parts}


def _ids(found: Table) -> list[int]:
    return [row["account_id"] for row in engine.rows(found.order_by("account_id"))]
