"""Who came from which segment since an earlier look, and who of them matters most."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import ibis
from dateutil.relativedelta import relativedelta
from ibis import _
from ibis.expr.types import IntegerColumn, StringColumn, Table

from holdfast.assess.scorecards import reading
from holdfast.assess.scorecards.models import Assessment
from holdfast.lake import engine, files

NONE = "none"  # not there: new since then, or gone by now
RANKED = ("A", "B", "C", "D")
ENDS = (*RANKED, "unknown", NONE)
WAYS = ("moved", "rose", "fell")
SIZE = 50


def looks_before(look: Assessment) -> list[Assessment]:
    """Looks to compare with, the latest day first."""
    return [one for one in reading.looks(until=look.as_of) if one.as_of < look.as_of][::-1]


def chosen(before: list[Assessment], look: Assessment, since: date | None) -> Assessment | None:
    """The look of the day asked for; else the last one three months back, else the first."""
    if not before:
        return None
    asked = next((one for one in before if one.as_of == since), None)
    quarter = look.as_of - relativedelta(months=3)
    return asked or next((one for one in before if one.as_of <= quarter), before[-1])


def between(earlier: Assessment, look: Assessment) -> Table:
    """One row an account of either look: account_id, was, became, revenue_before, revenue, band.

    Who is in one look only has the segment “none” in the other.
    """
    connection = engine.connect()
    then, today = (
        engine.read(connection, files.paths([one.file]), reading.COLUMNS) for one in (earlier, look)
    )
    then = then.select(then_id=_.account_id, was=_.abcd__band, revenue_before=_.revenue)
    both = today.outer_join(then, today.account_id == then.then_id)
    return both.select(
        account_id=ibis.coalesce(_.account_id, _.then_id),
        was=_.was.fill_null(NONE),
        became=_.abcd__band.fill_null(NONE),
        revenue_before=_.revenue_before,
        revenue=_.revenue,
        band=_.health__band.fill_null("unknown"),
    )


def _rank(segment: StringColumn) -> IntegerColumn:
    """A first; null for who has no place in the order."""
    return ibis.cases(*((segment == name, place) for place, name in enumerate(RANKED)))


@dataclass(frozen=True)
class Moves:
    """From the segments of an earlier look, in rows, to those of this one, in columns."""

    since: date
    counts: dict[tuple[str, str], int]

    def count(self, was: Iterable[str], became: Iterable[str]) -> int:
        there = list(became)
        return sum(self.counts.get((one, other), 0) for one in was for other in there)

    @property
    def before(self) -> int:
        return sum(n for (was, _became), n in self.counts.items() if was != NONE)

    @property
    def now(self) -> int:
        return sum(n for (_was, became), n in self.counts.items() if became != NONE)

    @property
    def new(self) -> int:
        return self.count([NONE], ENDS)

    @property
    def gone(self) -> int:
        return self.count(ENDS, [NONE])

    @property
    def rose(self) -> int:
        return sum(n for (was, became), n in self.counts.items() if way(was, became) == "rose")

    @property
    def fell(self) -> int:
        return sum(n for (was, became), n in self.counts.items() if way(was, became) == "fell")

    def change(self, segment: str) -> int:
        """How many more are in it than then."""
        return self.count(ENDS, [segment]) - self.count([segment], ENDS)


def way(was: str, became: str) -> str:
    """rose, fell, same; empty where one of the two has no place in the order."""
    if was == became:
        return "same"
    if was not in RANKED or became not in RANKED:
        return ""
    return "rose" if RANKED.index(became) < RANKED.index(was) else "fell"


def moves(earlier: Assessment, look: Assessment) -> Moves:
    counted = between(earlier, look).group_by("was", "became").agg(accounts=_.count())
    found = {(row["was"], row["became"]): row["accounts"] for row in engine.rows(counted)}
    return Moves(earlier.as_of, found)


def who(both: Table, *, was: str = "", became: str = "", direction: str = "") -> Table:
    """Those who went from the one segment to the other, or in the direction; all by default."""
    if was:
        both = both.filter(_.was == was)
    if became:
        both = both.filter(_.became == became)
    fell, rose = _rank(_.became) > _rank(_.was), _rank(_.became) < _rank(_.was)
    wanted = {"moved": rose | fell, "rose": rose, "fell": fell}.get(direction)
    return both if wanted is None else both.filter(wanted)


def weightiest(earlier: Assessment, look: Assessment, count: int) -> list[dict[str, Any]]:
    """Of those who rose or fell, the ones with the most revenue, then or now."""
    moved = who(between(earlier, look), direction="moved")
    at_stake = ibis.greatest(_.revenue.fill_null(0), _.revenue_before.fill_null(0))
    ordered = moved.mutate(stake=at_stake).order_by(_.stake.desc(), _.account_id)
    return engine.rows(ordered.limit(count))


def page(
    found: Table, *, after: tuple[float, int] | None, size: int = SIZE
) -> list[dict[str, Any]]:
    """A page of them and one more: the most revenue first, beyond the row named."""
    ranked = found.mutate(place=_.revenue.fill_null(-1e18))
    if after:
        value, last = after
        ranked = ranked.filter((_.place < value) | ((_.place == value) & (_.account_id > last)))
    return engine.rows(ranked.order_by(_.place.desc(), _.account_id).limit(size + 1))
