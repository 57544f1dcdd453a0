"""What the figures say, in sentences: never more than their intervals bear."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from holdfast.lib.numbers import counted
from holdfast.measures.active import Active
from holdfast.measures.intervals import wilson
from holdfast.measures.retention import Rates
from holdfast.prove.retention.report import Period
from holdfast.ui.templatetags.figures import percent

FEWEST = 5  # of fewer no rate is spoken of, though it is counted
Interval = tuple[float, float]


def day(of: date) -> str:
    """The day as people write it."""
    return date_format(of, "j E Y")


def meaning(active: Active) -> str:
    """After “active means”."""
    if active.days is None:
        return _("a paid subscription is live")
    return ngettext(
        "a purchase in the %(count)s day before",
        "a purchase in the %(count)s days before",
        active.days,
    ) % {"count": counted(active.days)}


def meant(active: Active) -> str:
    """Beside every number: what active means in it."""
    if active.days is None:
        return _("Active means that a paid subscription is live on the day.")
    return ngettext(
        "Active means a purchase in the %(count)s day before the day.",
        "Active means a purchase in the %(count)s days before the day.",
        active.days,
    ) % {"count": counted(active.days)}


def of_hundred(share: float) -> int:
    """A share as a count of a hundred; all and nobody are said only when it is all or nobody."""
    rounded = math.floor(share * 100 + 0.5)
    return min(max(rounded, 0 if share == 0 else 1), 100 if share == 1 else 99)


def differ(one: Interval | None, other: Interval | None) -> int:
    """−1 when the one is surely lower, 1 surely higher, 0 when it could be chance."""
    if one is None or other is None:
        return 0
    return 1 if one[0] > other[1] else -1 if one[1] < other[0] else 0


def headline(now: Period, before: Period | None, months: int) -> str:
    """How many are kept, and whether that is another number than in the period before."""
    rates = now.rates
    if rates.at_start == 0:
        return _("Nobody was active on %(day)s, so nobody could be kept") % {"day": day(now.start)}
    if rates.at_start < FEWEST:
        return ngettext(
            "%(kept)s of %(count)s customer stayed, too few for a rate",
            "%(kept)s of %(count)s customers stayed, too few for a rate",
            rates.at_start,
        ) % {"kept": rates.kept, "count": rates.at_start}
    if before is None or not _speaks(before) or not now.complete:
        words, was = _alone(months), 0
    else:
        words = _compared(months, differ(_span(now), _span(before)))
        was = of_hundred(before.rates.retention_rate or 0)
    kept = of_hundred(rates.retention_rate or 0)
    return words % {"months": months, "kept": kept, "was": was}


def _alone(months: int) -> str:
    return ngettext(
        "Over %(months)s month we keep %(kept)s of every 100 customers",
        "Over %(months)s months we keep %(kept)s of every 100 customers",
        months,
    )


def _compared(months: int, change: int) -> str:
    if change < 0:
        return ngettext(
            "Over %(months)s month we keep %(kept)s of every 100 customers, down from %(was)s",
            "Over %(months)s months we keep %(kept)s of every 100 customers, down from %(was)s",
            months,
        )
    if change > 0:
        return ngettext(
            "Over %(months)s month we keep %(kept)s of every 100 customers, up from %(was)s",
            "Over %(months)s months we keep %(kept)s of every 100 customers, up from %(was)s",
            months,
        )
    return ngettext(
        "Over %(months)s month we keep %(kept)s of every 100 customers. It was %(was)s before; the "
        "difference could be chance.",
        "Over %(months)s months we keep %(kept)s of every 100 customers. It was %(was)s before; "
        "the difference could be chance.",
        months,
    )


def standfirst(now: Period) -> str:
    """Of how many, and how sure."""
    between = _span(now)
    if between is None:
        return _("Choose a later day, a longer meaning of active, or bring in older records.")
    return ngettext(
        "Of the %(count)s customer active on %(start)s, %(kept)s still was on %(end)s. The rate "
        "lies between %(low)s and %(high)s, with 95%% confidence.",
        "Of the %(count)s customers active on %(start)s, %(kept)s still were on %(end)s. The rate "
        "lies between %(low)s and %(high)s, with 95%% confidence.",
        now.rates.at_start,
    ) % {
        "count": counted(now.rates.at_start),
        "kept": counted(now.rates.kept),
        "start": day(now.start),
        "end": day(now.end),
        "low": percent(between[0], 1),
        "high": percent(between[1], 1),
    }


def simple(now: Period) -> str:
    """Why the rate as it is often computed says something else."""
    rate, often = now.rates.retention_rate, now.rates.simple_rate
    if rate is None or often is None or abs(rate - often) < 0.0005:
        return ""
    return _(
        "Counted as (end − won) ÷ start it would read %(simple)s: that takes those who returned "
        "for kept, and takes off those won and lost."
    ) % {"simple": percent(often, 1)}


def partial(now: Period, known_from: date | None) -> str:
    """A warning where records begin too late to know everyone who was active at the start."""
    if now.complete or known_from is None:
        return ""
    return _(
        "Records begin too late to know everyone who was active on %(start)s; from %(day)s on they "
        "reach back far enough. This rate stands on the customers that are known."
    ) % {"start": day(now.start), "day": day(known_from)}


def over_time(periods: Sequence[Period]) -> str:
    """What the line shows."""
    known = [period for period in periods if _speaks(period)]
    if not known:
        return _("Records do not reach back far enough for a line")
    if len(known) == 1:
        return _("One month is known so far; a line needs two")
    first, last = known[0], known[-1]
    change = differ(_span(last), _span(first))
    words = {
        -1: _("It fell from %(first)s to %(last)s"),
        1: _("It rose from %(first)s to %(last)s"),
        0: _("No reliable change: %(first)s then, %(last)s now"),
    }[change]
    shares = {"first": first.rates.retention_rate, "last": last.rates.retention_rate}
    return words % {name: percent(share) for name, share in shares.items()}


def unknown_until(periods: Sequence[Period]) -> str:
    """Why the line begins later than its months do."""
    known = [period for period in periods if period.complete]
    if not known or len(known) == len(periods):
        return ""
    return _("Before %(day)s records begin too late to know who was active.") % {
        "day": day(known[0].end)
    }


def by_segment(parts: Mapping[str, Rates]) -> str:
    """The two segments that surely differ most, when any do."""
    rated = {name: rates for name, rates in parts.items() if rates.at_start >= FEWEST}
    if len(rated) < 2:
        return _("Too few customers in the segments to compare them")
    spans = {name: rates.retention_interval or (0.0, 1.0) for name, rates in rated.items()}
    best = max(spans, key=lambda name: spans[name][0])  # surely high, surely low: a handful of
    worst = min(spans, key=lambda name: spans[name][1])  # customers does not make the headline
    if not differ(rated[best].retention_interval, rated[worst].retention_interval):
        return _("No reliable difference between the segments")
    return _("Of %(best)s clients we keep %(most)s in 100, of %(worst)s clients %(least)s") % {
        "best": segment(best),
        "worst": segment(worst),
        "most": of_hundred(rated[best].retention_rate or 0),
        "least": of_hundred(rated[worst].retention_rate or 0),
    }


def segment(name: str) -> str:
    """A segment in a sentence."""
    return pgettext("segment", "unknown") if name == "unknown" else name


def verdict(of: Rates, everyone: Rates) -> str:
    """A segment against all others."""
    if of.at_start == 0:
        return ""
    others = everyone.at_start - of.at_start
    if of.at_start < FEWEST or others < FEWEST:
        return _("too few to say")
    rest = wilson(everyone.kept - of.kept, others)
    return {
        1: _("more than the others"),
        -1: _("fewer than the others"),
        0: _("could be chance"),
    }[differ(of.retention_interval, rest)]


def cohorts(pooled: Sequence[Mapping[str, Any]], kept: str) -> str:
    """How many come back after the first month, pooled over those whose next month is over."""
    after = next((row for row in pooled if row["period"] == 1), None)
    if after is None or after["size"] < FEWEST:
        return _("Too early to see who comes back")
    hundred = {"count": of_hundred(after[f"{kept}_share"])}
    if kept == "kept":
        return _("%(count)s of every 100 new customers buy again in the month after") % hundred
    return _("%(count)s of every 100 new customers have bought again in a later month") % hundred


def _speaks(period: Period) -> bool:
    return period.complete and period.rates.at_start >= FEWEST


def _span(period: Period) -> Interval | None:
    return period.rates.retention_interval
