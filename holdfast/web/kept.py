"""How many of the clients we keep: the share of the newest period, and how it went."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.cache import cache
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from holdfast.assess.scorecards.models import Assessment
from holdfast.lake.models import LakeFile
from holdfast.measures.active import parse
from holdfast.measures.retention import SETS, CannotShowRates, Rates
from holdfast.prove.retention import report
from holdfast.ui import plots
from holdfast.ui.charts import Chart
from holdfast.ui.templatetags.figures import interval, number, percent
from holdfast.web import addresses

MONTHS = 12  # readings of the line
A_DAY = 24 * 60 * 60


@dataclass(frozen=True)
class Reading:
    """The rates of one period."""

    start: date
    end: date
    rates: Rates


@dataclass(frozen=True)
class Kept:
    """The figure. Without readings the title alone says why there is none."""

    title: str
    sub: str = ""
    note: str = ""
    readings: list[Reading] = field(default_factory=list)
    chart: Chart | None = None
    total: list[dict[str, Any]] = field(default_factory=list)
    address: str = ""


def of(look: Assessment) -> Kept:
    """As of the look's day, over the longest usual window that the records allow."""
    try:
        found = _series(look)
        readings = [Reading(start, end, Rates.of(counts)) for start, end, counts in found["rows"]]
    except CannotShowRates:
        return Kept(
            _("How many we keep is not shown: the counts of the records contradict each other")
        )
    readings = [reading for reading in readings if reading.rates.at_start]
    if not readings:
        return Kept(_("The records do not reach back far enough to say how many clients we keep"))
    months = found["window"]
    return Kept(
        title=title(readings, months),
        sub=sub(months),
        note=note(readings[-1], found["active"]),
        readings=readings,
        chart=chart(readings) if len(readings) > 1 else None,
        total=total(readings[-1], months),
        address=addresses.retention(),
    )


def _series(look: Assessment) -> dict[str, Any]:
    """Complete periods only. Asked of the lake once for each state of it, kept for a day."""
    newest = LakeFile.objects.order_by("-pk").values_list("pk", flat=True).first()
    key = f"web.kept.{look.pk}.{newest}"
    found: dict[str, Any] | None = cache.get(key)
    if found is None:
        found = _read(look.as_of)
        cache.set(key, found, A_DAY)
    return found


def _read(until: date) -> dict[str, Any]:
    records = report.read()
    months = records.usual_window(until)
    rows = [
        (each.start, each.end, {name: getattr(each.rates, name) for name in SETS})
        for each in records.series(until, MONTHS, months)
        if each.complete
    ]
    return {"window": months, "active": str(records.active), "rows": rows}


def title(readings: list[Reading], months: int) -> str:
    """How many of a hundred we keep, and whether that moved by more than chance."""
    last = readings[-1].rates
    kept = ngettext(
        "We keep %(kept)s of every 100 clients over a month.",
        "We keep %(kept)s of every 100 clients over %(months)s months.",
        months,
    ) % {"kept": number((last.retention_rate or 0) * 100), "months": number(months)}
    return f"{kept} {_moved(readings)}".strip()


def _moved(readings: list[Reading]) -> str:
    """The newest reading against the one that lies furthest from it."""
    if len(readings) < 2:
        return ""
    last, rate = readings[-1], readings[-1].rates.retention_rate or 0
    far = max(readings[:-1], key=lambda each: abs((each.rates.retention_rate or 0) - rate))
    if overlap(last.rates, far.rates):
        return _("The ups and downs could be chance.")
    words = {
        "share": number((far.rates.retention_rate or 0) * 100),
        "month": date_format(far.end, "F Y"),
    }
    if (far.rates.retention_rate or 0) > rate:
        return _("That is fewer than the %(share)s of %(month)s.") % words
    return _("That is more than the %(share)s of %(month)s.") % words


def overlap(one: Rates, other: Rates) -> bool:
    """Whether the intervals of two rates touch; then their difference could be chance."""
    if one.retention_interval is None or other.retention_interval is None:
        return True
    (low, high), (low_2, high_2) = one.retention_interval, other.retention_interval
    return low <= high_2 and low_2 <= high


def sub(months: int) -> str:
    said = ngettext(
        "Share of the clients active a month before each date that are active on it. "
        "The shade is the 95%% interval.",
        "Share of the clients active %(months)s months before each date that are active on it. "
        "The shade is the 95%% interval.",
        months,
    ) % {"months": number(months)}
    if months >= 12:
        return said
    return said + " " + _("The records are too short for twelve months.")


def note(last: Reading, active: str) -> str:
    """What active means, and what the newest reading is made of."""
    meaning = parse(active)
    words = {
        "kept": number(last.rates.kept),
        "of": number(last.rates.at_start),
        "days": number(meaning.days),
    }
    said = (
        _("Active means a paid subscription on the day. Kept: %(kept)s of %(of)s. Wilson interval.")
        if meaning.days is None
        else _(
            "Active means a purchase in the %(days)s days before. Kept: %(kept)s of %(of)s. "
            "Wilson interval."
        )
    )
    return said % words


def chart(readings: list[Reading]) -> Chart:
    ends = (0, len(readings) - 1)
    points = [_point(each, with_year=at in ends) for at, each in enumerate(readings)]
    last = readings[-1].rates
    low = min((point.low for point in points if point.low is not None), default=0.0)
    return plots.line(
        points,
        low=max(int(low * 10 - 1) / 10, 0.0),
        high=1.0,
        tell=percent,
        top_words=_("100% kept"),
        said=percent(last.retention_rate, 1),
        note=interval(*last.retention_interval) if last.retention_interval else "",
    )


def _point(each: Reading, *, with_year: bool) -> plots.Reading:
    low, high = each.rates.retention_interval or (None, None)
    year = date_format(each.end, "Y") if with_year else ""
    return plots.Reading(date_format(each.end, "M"), each.rates.retention_rate, low, high, year)


def total(last: Reading, months: int) -> list[dict[str, Any]]:
    """The identity of the newest period, written as a sum."""
    rates = last.rates
    ago = ngettext("a month ago", "%(months)s months ago", months) % {"months": number(months)}
    return [
        {"value": number(rates.at_start), "label": ago},
        {"sign": "−", "value": number(rates.lost), "label": _("lost")},
        {"sign": "+", "value": number(rates.won - rates.won_and_lost), "label": _("won and kept")},
        {"sign": "+", "value": number(rates.returned), "label": _("came back")},
        {"sign": "=", "value": number(rates.at_end), "label": _("now")},
    ]
