"""What one look says of the segments: how many, what they bring, how they are, who holds how much.

Read from the look's own rows, so that every figure of the page stands for the same moment.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.cache import cache
from ibis import _
from ibis.expr.types import Table

from holdfast.assess.scorecards import reading
from holdfast.assess.scorecards.look import BANDS, SEGMENTS
from holdfast.assess.scorecards.models import Assessment
from holdfast.know.company.models import Company
from holdfast.lake import engine
from holdfast.lake.tables import tables
from holdfast.measures import pareto
from holdfast.measures.signals import unconverted

DAY = 86_400
STEPS, STEEP = 1000, 50


@dataclass(frozen=True)
class Part:
    """One segment of a look; shares are 0–1, and None where there is nothing to share."""

    name: str
    accounts: int
    accounts_share: float | None
    revenue_minor: int | None
    revenue_share: float | None
    attention_share: float | None
    bands: dict[str, int]

    @property
    def unwell_share(self) -> float | None:
        """Of its accounts, those unhealthy or unknown."""
        unwell = self.bands["unhealthy"] + self.bands["unknown"]
        return unwell / self.accounts if self.accounts else None


def parts(look: Assessment) -> list[Part]:
    """A to D, and the unknown when there are any."""
    bands = _bands(look)
    whole = look.summary["accounts"]
    found = []
    for name in SEGMENTS:
        told = look.summary["segments"][name]
        if told["accounts"] or name != "unknown":
            share = told["accounts"] / whole if whole else None
            found.append(Part(name=name, accounts_share=share, bands=bands[name], **told))
    return found


def _bands(look: Assessment) -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = {name: dict.fromkeys(_best_first(), 0) for name in SEGMENTS}
    grouped = reading.history(look).group_by(segment=_.abcd__band, band=_.health__band)
    for row in engine.rows(grouped.agg(accounts=_.count())):
        counts[row["segment"]][row["band"]] = row["accounts"]
    return counts


def _best_first() -> list[str]:
    """The bands as they are drawn: healthy first, unknown last."""
    *known, unknown = BANDS
    return [*reversed(known), unknown]


@dataclass(frozen=True)
class Held:
    """How few of the paying accounts hold how much."""

    paying: int
    half: int
    most: int  # hold 80 %
    curve: list[tuple[float, float]]  # how many, the share they hold


def held(look: Assessment) -> Held | None:
    """None when nobody pays."""
    revenue = _revenue(look)
    half = engine.rows(pareto.accounts_holding(revenue, 0.5))[0]
    most = engine.rows(pareto.accounts_holding(revenue, 0.8))[0]
    if not most["of_accounts"]:
        return None
    whole = most["of_accounts"]
    curve = engine.rows(pareto.curve(revenue, STEPS))
    points = [(row["accounts_share"] * whole, row["revenue_share"]) for row in curve]
    return Held(whole, half["accounts"], most["accounts"], _thinned(points))


def _thinned(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Every point where the curve is steep, then each tenth, and the last."""
    return [*points[:STEEP], *points[STEEP:-1:10], *points[STEEP:][-1:]]


def _revenue(look: Assessment) -> Table:
    return reading.history(look).select("account_id", value=_.revenue)


def left_out(look: Assessment) -> list[dict[str, Any]]:
    """What revenue leaves out for its currency: currency, accounts. Read once a look."""
    key = f"left-out-{look.pk}"
    found: list[dict[str, Any]] | None = cache.get(key)
    if found is None:
        found = _left_out(look, look.as_of)
        cache.set(key, found, DAY)
    return found


def _left_out(look: Assessment, day: date) -> list[dict[str, Any]]:
    company = Company.get()
    known = tables(
        zone=company.zone,
        currency=look.summary["currency"],
        ticket_minutes=company.ticket_minutes,
        known_at=look.made_at,
    )
    found = engine.rows(unconverted(known, day).order_by(_.accounts.desc(), _.currency))
    return [{"currency": row["currency"], "accounts": row["accounts"]} for row in found]
