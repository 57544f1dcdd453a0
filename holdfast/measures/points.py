"""How a value becomes points, 0 to 100. Each kind says it twice: for a table, and for one value.

`expression` runs in the engine over all accounts; `of` answers for one value ("what would it have
got?"). Tests hold the two together. Missing values stay missing, but for `Steps(missing=…)`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import ibis
import ibis.expr.types as ir


class CannotUseCard(ValueError):
    """The declaration of a card does not add up; the message says what to change."""


def double(value: float) -> ir.FloatingValue:
    """A literal in binary floating point: Spark reads 0.3 as a decimal and divides it coarsely."""
    return ibis.literal(repr(float(value))).cast("float64")


@dataclass(frozen=True)
class Linear:
    """0 points at `zero_at`, 100 at `full_at`, clamped outside. Either end may be the larger."""

    zero_at: float
    full_at: float
    kind: ClassVar[str] = "linear"

    def __post_init__(self) -> None:
        if self.zero_at == self.full_at:
            raise CannotUseCard("Give `zero_at` and `full_at` two different values.")

    def expression(self, value: ir.FloatingValue, inside: ir.BooleanValue) -> ir.FloatingValue:
        points = (value - self.zero_at) * 100.0 / (self.full_at - self.zero_at)
        return ibis.cases((points < 0.0, 0.0), (points > 100.0, 100.0), else_=points)

    def of(self, value: float | None, population: Sequence[float] = ()) -> float | None:
        if value is None:
            return None
        return min(max((value - self.zero_at) * 100.0 / (self.full_at - self.zero_at), 0.0), 100.0)


@dataclass(frozen=True)
class Steps:
    """Points by step. `points[0]` lies below the first edge; an edge belongs to the step it opens.

    Edges (5, 15) with points (100, 50, 0): 4.9 → 100, 5 → 50, 15 → 0. So no value falls into two
    steps or between two. `missing`: what a missing value gets; then it counts as known.
    """

    edges: tuple[float, ...]
    points: tuple[float, ...]
    missing: float | None = None
    kind: ClassVar[str] = "steps"

    def __post_init__(self) -> None:
        if not self.edges or list(self.edges) != sorted(set(self.edges)):
            raise CannotUseCard("List the edges of the steps from low to high, each once.")
        if len(self.points) != len(self.edges) + 1:
            raise CannotUseCard(
                f"{len(self.edges)} edges make {len(self.edges) + 1} steps: "
                f"give that many points, not {len(self.points)}."
            )
        given = (*self.points, *(() if self.missing is None else (self.missing,)))
        if not all(0 <= points <= 100 for points in given):
            raise CannotUseCard("Keep the points of every step between 0 and 100.")

    def expression(self, value: ir.FloatingValue, inside: ir.BooleanValue) -> ir.FloatingValue:
        missing = ibis.null("float64") if self.missing is None else double(self.missing)
        below = [
            (value < edge, double(points))
            for edge, points in zip(self.edges, self.points, strict=False)
        ]
        return ibis.cases((value.isnull(), missing), *below, else_=double(self.points[-1]))

    def of(self, value: float | None, population: Sequence[float] = ()) -> float | None:
        return self.missing if value is None else self.points[bisect_right(self.edges, value)]


@dataclass(frozen=True)
class Percentile:
    """100 × (number below + ½ × number equal, itself included) ÷ number, among a population.

    `among` names one of `inputs.POPULATIONS`. An account outside of it is placed among it without
    being counted in it: who earned us nothing stands below all who pay, at 0. That is known, not
    missing. Everyone equal → 50, alone → 50, nobody in the population → missing.
    `reverse`: few is good, so 100 minus that.
    """

    among: str = "everyone"
    reverse: bool = False
    kind: ClassVar[str] = "percentile"

    def expression(self, value: ir.FloatingValue, inside: ir.BooleanValue) -> ir.FloatingValue:
        one = (inside & value.notnull()).ifelse(1, 0)
        up_to = one.sum().over(ibis.range_window(following=0, order_by=value)).cast("float64")
        equal = one.sum().over(group_by=value)
        number = one.sum().over()
        place = (up_to - equal * 0.5) * 100.0 / number.nullif(0)
        points = 100.0 - place if self.reverse else place
        return value.notnull().ifelse(points, ibis.null("float64"))

    def of(self, value: float | None, population: Sequence[float] = ()) -> float | None:
        if value is None or not len(population):
            return None
        below = sum(other < value for other in population)
        equal = sum(other == value for other in population)
        place = (below + equal - equal * 0.5) * 100.0 / len(population)
        return 100.0 - place if self.reverse else place


@dataclass(frozen=True)
class Growth:
    """Of a ratio now ÷ its 12-month mean: × 50, clamped. As before → 50, doubled or more → 100."""

    kind: ClassVar[str] = "growth"

    def expression(self, value: ir.FloatingValue, inside: ir.BooleanValue) -> ir.FloatingValue:
        return Linear(0, 2).expression(value, inside)

    def of(self, value: float | None, population: Sequence[float] = ()) -> float | None:
        return Linear(0, 2).of(value)


@dataclass(frozen=True)
class Indicator:
    """Of a light 0 (red), 1 (amber), 2 (green): 0, 50 or 100 points."""

    kind: ClassVar[str] = "indicator"

    def expression(self, value: ir.FloatingValue, inside: ir.BooleanValue) -> ir.FloatingValue:
        return Steps((1, 2), (0, 50, 100)).expression(value, inside)

    def of(self, value: float | None, population: Sequence[float] = ()) -> float | None:
        return Steps((1, 2), (0, 50, 100)).of(value)


Points = Linear | Steps | Percentile | Growth | Indicator
KINDS: dict[str, type[Points]] = {
    kind.kind: kind for kind in (Linear, Steps, Percentile, Growth, Indicator)
}
