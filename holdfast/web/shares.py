"""Where revenue comes from, against where attention goes, by segment."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from holdfast.assess.scorecards.models import Assessment
from holdfast.ui.charts import Chart
from holdfast.ui.plots_of_shares import Stream, flow
from holdfast.ui.templatetags.figures import percent
from holdfast.web import addresses


@dataclass(frozen=True)
class Row:
    """A segment in the table twin."""

    segment: str
    accounts: int
    revenue_minor: int | None
    revenue_share: float | None
    attention_share: float | None
    address: str


@dataclass(frozen=True)
class Shares:
    """The figure; `known` is whether anybody recorded attention."""

    title: str
    chart: Chart | None
    label: str
    rows: list[Row]
    known: bool


def of(look: Assessment) -> Shares:
    """From the totals of the look."""
    rows = [
        Row(address=addresses.accounts(segment=segment), segment=segment, **_numbers(found))
        for segment, found in look.summary["segments"].items()
    ]
    known = any(row.attention_share is not None for row in rows)
    drawn = [row for row in rows if row.segment != "unknown"]
    earned = any((row.revenue_share or 0) > 0 for row in rows)
    chart = _chart(drawn, known=known) if earned else None
    return Shares(title(rows, known=known), chart, _label(drawn, known=known), rows, known)


def _numbers(found: dict[str, Any]) -> dict[str, Any]:
    return {
        name: found[name]
        for name in ("accounts", "revenue_minor", "revenue_share", "attention_share")
    }


def title(rows: list[Row], *, known: bool) -> str:
    """The share of the best segment there is, and what it gets for it where that is known."""
    best = next((row for row in rows if row.accounts and row.revenue_share is not None), None)
    if (
        best is None
        or best.segment == "unknown"
        or not any((r.revenue_share or 0) > 0 for r in rows)
    ):
        return _("There is no revenue of known segments to share out")
    words = {
        "segment": best.segment,
        "revenue": percent(best.revenue_share),
        "attention": percent(best.attention_share),
    }
    said = _(
        "%(segment)s clients bring %(revenue)s of your revenue; nobody recorded what time they get"
    )
    if known:
        said = _(
            "%(segment)s clients bring %(revenue)s of your revenue "
            "and get %(attention)s of your time"
        )
    return said % words


def _chart(rows: list[Row], *, known: bool) -> Chart:
    streams = [
        Stream(
            row.segment,
            f"seg-{row.segment.lower()}",
            row.revenue_share or 0.0,
            (row.attention_share or 0.0) if known else None,
            percent(row.revenue_share),
            percent(row.attention_share),
        )
        for row in rows
    ]
    return flow(
        streams,
        above_words=_("Where revenue comes from"),
        below_words=_("Where your hours go") if known else _("Where your hours go: not recorded"),
    )


def _label(rows: list[Row], *, known: bool) -> str:
    said = _("%(segment)s %(revenue)s of revenue")
    if known:
        said = _("%(segment)s %(revenue)s of revenue, %(attention)s of time")
    parts = [
        said
        % {
            "segment": row.segment,
            "revenue": percent(row.revenue_share),
            "attention": percent(row.attention_share),
        }
        for row in rows
    ]
    return "; ".join(parts)
