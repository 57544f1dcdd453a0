"""What the page of retention shows: the period, the line of months, segments, cohorts."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import dropwhile
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from holdfast.lib.numbers import counted
from holdfast.measures.intervals import wilson
from holdfast.measures.retention import NO_SEGMENT, Rates, months_before
from holdfast.prove.retention import findings, report
from holdfast.prove.retention.forms import HOW, AskForm
from holdfast.prove.retention.report import Cohorts, Period, Records
from holdfast.ui import plots
from holdfast.ui.charts import Chart
from holdfast.ui.templatetags.figures import MINUS, interval, percent

READINGS, COHORTS = 12, 24  # how many months the line has, and how many rows the heat map
KEPT = {"on": "kept", "later": "kept_or_later"}


@dataclass(frozen=True)
class Line:
    """A segment in the table."""

    name: str
    rates: Rates
    verdict: str
    links: dict[str, str]


@dataclass(frozen=True)
class Cell:
    """A cohort in a month after its first. `grows` while that month is not over."""

    share: float | None
    words: str = ""
    href: str = ""
    grows: bool = False


@dataclass(frozen=True)
class Row:
    """A cohort, or the pooled row."""

    label: str
    size: int
    href: str
    cells: list[Cell]


@dataclass(frozen=True)
class Board:
    """Everything the page prints, read when it prints it."""

    records: Records
    until: date
    months: int
    how: str

    @classmethod
    def asked(cls, form: AskForm, *, as_of: date) -> Board:
        records = report.read(form.said("active"))
        until = form.said("until") or as_of
        months = form.said("months") or records.usual_window(until)
        return cls(records, until, months, form.said("cohorts") or "on")

    def check(self) -> None:
        """Raise CannotShowRates while nothing is printed yet."""
        if self.known:
            self.series, self.period  # noqa: B018

    @property
    def known(self) -> bool:
        """Whether there is anything to count."""
        return self.records.known_from is not None

    @property
    def form(self) -> AskForm:
        return AskForm.chosen(
            months=self.months, until=self.until, active=self.records.active, cohorts=self.how
        )

    @cached_property
    def period(self) -> Period:
        start = months_before(self.until, self.months)
        return self.records.between(start, self.until, by_segment=True)

    @cached_property
    def series(self) -> list[Period]:
        return self.records.series(self.until, max(READINGS, self.months + 1), self.months)

    @property
    def before(self) -> Period:
        """The period that ended when this one began."""
        return self.series[-1 - self.months]

    @cached_property
    def cohorts(self) -> Cohorts:
        return self.records.cohorts(self.until)

    # ── what it says ──

    @property
    def headline(self) -> str:
        return findings.headline(self.period, self.before, self.months)

    @property
    def standfirst(self) -> str:
        return findings.standfirst(self.period)

    @property
    def meant(self) -> str:
        return findings.meant(self.records.active)

    @property
    def simple(self) -> str:
        return findings.simple(self.period)

    @property
    def partial(self) -> str:
        return findings.partial(self.period, self.records.known_from)

    @property
    def over_time(self) -> str:
        return findings.over_time(self.line)

    @property
    def unknown_until(self) -> str:
        return findings.unknown_until(self.line)

    @property
    def segments_say(self) -> str:
        return findings.by_segment(self.period.segments)

    @property
    def cohorts_say(self) -> str:
        return findings.cohorts(self.cohorts.pooled, KEPT[self.how])

    # ── the sum ──

    @property
    def sum(self) -> list[dict[str, Any]]:
        """at_end = at_start − lost + (won − won_and_lost) + returned; each opens its customers."""
        rates = self.period.rates
        stayed = counted(rates.won - rates.won_and_lost)
        parts = (
            ("", "at_start", _("active then"), counted(rates.at_start)),
            (MINUS, "lost", _("lost"), counted(rates.lost)),
            ("+", report.WON_AND_KEPT, _("won and kept"), stayed),
            ("+", "returned", _("returned"), counted(rates.returned)),
            ("=", "at_end", _("active now"), counted(rates.at_end)),
        )
        return [
            {"sign": sign, "value": value, "label": label, "href": self._set(name)}
            for sign, name, label, value in parts
        ]

    @property
    def kept_href(self) -> str:
        return self._set("kept")

    @property
    def won_and_lost_href(self) -> str:
        return self._set("won_and_lost")

    def _set(self, name: str, segment: str = "") -> str:
        asked = {
            "set": name,
            "start": self.period.start,
            "end": self.until,
            "active": self.records.active,
        }
        return _customers(asked | ({"segment": segment} if segment else {}))

    # ── the line ──

    @property
    def line(self) -> list[Period]:
        return self.series[-READINGS:]

    @property
    def chart(self) -> Chart | None:
        """The rate of each month that can be known; nothing when none can."""
        readings = [*dropwhile(lambda r: r.value is None, map(_reading, self.line))]
        known = [r for r in readings if r.low is not None and r.high is not None]
        if not known:
            return None
        low = math.floor(min(r.low or 0 for r in known) * 10) / 10
        high = math.ceil(max(r.high or 0 for r in known) * 10) / 10
        last = readings[-1]
        return plots.line(
            readings,
            low=low,
            high=high,
            tell=percent,
            top_words=_("%(share)s kept") % {"share": percent(high)},
            said=percent(last.value, 1),
            note=interval(last.low, last.high),
        )

    # ── segments ──

    @property
    def segments(self) -> list[Line]:
        parts = self.period.segments
        return [self._line(name, parts[name]) for name in parts if name != NO_SEGMENT]

    def _line(self, name: str, rates: Rates) -> Line:
        links = {part: self._set(part, name) for part in ("at_start", "kept", "lost", "returned")}
        return Line(name, rates, findings.verdict(rates, self.period.rates), links)

    # ── cohorts ──

    @property
    def switch(self) -> list[dict[str, Any]]:
        asked: dict[str, Any] = {
            "months": self.months,
            "until": self.until,
            "active": self.records.active,
        }
        return [
            {
                "label": label,
                "href": f"?{urlencode(asked | {'cohorts': how})}#cohorts",
                "current": how == self.how,
            }
            for how, label in HOW
        ]

    @property
    def periods(self) -> list[int]:
        return sorted({cell["period"] for cell in self.cohorts.cells} - {0})

    @property
    def heat(self) -> list[Row]:
        """The latest cohorts, the oldest of them first."""
        found: dict[date, dict[int, dict[str, Any]]] = {}
        for cell in self.cohorts.cells:
            found.setdefault(cell["cohort"], {})[cell["period"]] = cell
        return [self._row(cohort, cells) for cohort, cells in [*found.items()][-COHORTS:]]

    def _row(self, cohort: date, cells: Mapping[int, Mapping[str, Any]]) -> Row:
        label = date_format(cohort, "M Y")
        shown = [self._cell(label, cells.get(period)) for period in self.periods]
        return Row(label, cells[0]["size"], self._cohort(cohort, 0, "on"), shown)

    def _cell(self, label: str, cell: Mapping[str, Any] | None) -> Cell:
        if cell is None:
            return Cell(None)
        href = self._cohort(cell["cohort"], cell["period"], self.how)
        words = _("%(cohort)s, month %(month)s: %(words)s") % {
            "cohort": label,
            "month": cell["period"],
            "words": self._words(cell),
        }
        return Cell(cell[f"{KEPT[self.how]}_share"], words, href, not cell["mature"])

    @property
    def pooled(self) -> Row | None:
        rows = {row["period"]: row for row in self.cohorts.pooled}
        if 0 not in rows:
            return None
        cells = [
            Cell(rows[period][f"{KEPT[self.how]}_share"], self._words(rows[period]))
            if period in rows
            else Cell(None)
            for period in self.periods
        ]
        return Row(_("All, full months"), rows[0]["size"], "", cells)

    def _words(self, cell: Mapping[str, Any]) -> str:
        kept = cell[KEPT[self.how]]
        between = wilson(kept, cell["size"]) or (None, None)
        return _("%(kept)s of %(size)s, between %(interval)s") % {
            "kept": counted(kept),
            "size": counted(cell["size"]),
            "interval": interval(*between),
        }

    def _cohort(self, cohort: date, period: int, how: str) -> str:
        return _customers({"cohort": cohort, "period": period, "how": how, "end": self.until})


def _reading(period: Period) -> plots.Reading:
    label, small = date_format(period.end, "M"), date_format(period.end, "Y")
    span = period.rates.retention_interval
    if not period.complete or span is None:
        return plots.Reading(label, None, small=small)
    return plots.Reading(label, period.rates.retention_rate, *span, small=small)


def _customers(asked: Mapping[str, Any]) -> str:
    return f"{reverse('retention:customers')}?{urlencode(asked)}"
