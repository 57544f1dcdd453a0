"""Geometry: numbers in, strings ready for SVG attributes out. No Django, no language, no style.

Text and marks stand at percentages, so type keeps its size from a phone to a wall; curves are
paths in a stretched inner drawing of 1000 units. Every string here has a decimal point, whatever
the language of the page: a decimal comma would break the drawing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil, floor, isfinite
from typing import NamedTuple


def plain(value: float) -> str:
    """At most two decimals, a point, no group marks: 12.5, 3, -0.01."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def percent(value: float) -> str:
    return f"{plain(value)}%"


class Scale(NamedTuple):
    """Maps numbers from `low` to `high` onto positions from `start` to `end`."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        if self.high == self.low:
            return (self.start + self.end) / 2
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)


# ── marks of a plot ──


@dataclass(frozen=True)
class Rule:
    """A straight line; its class says what it is: axis, grid, tick, pointer, whisker, edge70."""

    x1: str
    x2: str
    y1: str
    y2: str
    kind: str
    mark: str = "rule"


@dataclass(frozen=True)
class Text:
    """Words at a place. `small` is left out where the figure is narrow."""

    x: str
    y: str
    words: str
    kind: str = ""
    dx: str = ""
    small: str = ""
    mark: str = "text"


@dataclass(frozen=True)
class Dot:
    x: str
    y: str
    r: str
    kind: str
    title: str = ""
    mark: str = "dot"


@dataclass(frozen=True)
class Box:
    x: str
    y: str
    width: str
    height: str
    kind: str
    mark: str = "box"


@dataclass(frozen=True)
class Path:
    """A curve in 1000 units of width, stretched to the width there is."""

    d: str
    kind: str
    mark: str = "path"


Mark = Rule | Text | Dot | Box | Path


@dataclass(frozen=True)
class Plot:
    """One drawing. `shown` is wide or narrow where the two differ, else empty: always shown."""

    height: int
    marks: list[Mark] = field(default_factory=list)
    shown: str = ""

    @property
    def tall(self) -> str:
        return plain(self.height)


@dataclass(frozen=True)
class Chart:
    """What `<c-plot>` prints."""

    plots: list[Plot]


def curve(points: Sequence[tuple[float, float]]) -> str:
    """The `d` of a line through points whose x is 0 to 100 percent."""
    return "".join(
        f"{'L' if at else 'M'}{plain(x * 10)} {plain(y)}" for at, (x, y) in enumerate(points)
    )


def closed(points: Sequence[tuple[float, float]]) -> str:
    return curve(points) + "Z" if points else ""


# ── small drawings inside rows ──


@dataclass(frozen=True)
class Range:
    """A score on its track: the span it could have, and where it stands (empty when unknown)."""

    band: str
    track: str
    x: str
    width: str
    at: str


def score_range(
    low: float | None, high: float | None, at: float | None, band: str, edges: Sequence[float]
) -> Range | None:
    """Scores 0 to 100. None when not even a span is known; unknown has a span and no number."""
    if low is None or high is None:
        return None
    known = at is not None and band != "unknown"
    return Range(
        band=band,
        track=_broken_track(edges),
        x=plain(low),
        width=plain(max(high - low, 0)),
        at=plain(at - 1.1) if known and at is not None else "",
    )


def _broken_track(edges: Sequence[float]) -> str:
    """A bar from 0 to 100 with a gap at each edge."""
    starts = [0.0, *(edge + 0.8 for edge in edges)]
    ends = [*(edge - 0.8 for edge in edges), 100.0]
    return "".join(
        f"M{plain(start)} 6.5H{plain(end)}V9.5H{plain(start)}z"
        for start, end in zip(starts, ends, strict=True)
    )


@dataclass(frozen=True)
class Spark:
    path: str
    x: str
    y: str
    edge: str


def spark(
    values: Sequence[float | None], *, edge: float | None = None, low: float = 0, high: float = 100
) -> Spark | None:
    """A line in 82 by 22, with a gap where a value is missing; the last known one is marked."""
    known = [(at, value) for at, value in enumerate(values) if value is not None]
    if len(known) < 2:
        return None
    across, up = Scale(0, max(len(values) - 1, 1), 1, 77), Scale(low, high, 20, 2)
    steps = [
        f"{'L' if at and values[at - 1] is not None else 'M'}{plain(across(at))} {plain(up(value))}"
        for at, value in known
    ]
    last_at, last = known[-1]
    level = f"M0 {plain(up(edge))}H82" if edge is not None else ""
    return Spark("".join(steps), plain(across(last_at)), plain(up(last)), level)


@dataclass(frozen=True)
class Bar:
    """What something adds, inside the room for what it could add; hatched when it is missing."""

    room: str
    adds: str
    missing: bool


def bar(adds: float | None, *, of: float, most: float) -> Bar:
    """`most` is the longest room of the table, so that rooms compare."""
    scale = 100 / most if most > 0 else 0
    filled = 0.0 if adds is None else min(max(adds, 0), of)
    return Bar(percent(of * scale), percent(filled * scale), missing=adds is None)


@dataclass(frozen=True)
class Part:
    name: str
    count: float
    x: str
    width: str


GAP = 0.4


def stacked(counts: Mapping[str, float], *, of: float | None = None) -> list[Part]:
    """Parts of a whole side by side with a hair between; `of` is a larger whole to compare with."""
    whole = of or sum(counts.values())
    parts, x = [], 0.0
    for name, count in counts.items():
        width = count / whole * 100 if whole > 0 else 0.0
        parts.append(Part(name, count, percent(x), percent(max(width - GAP, 0))))
        x += width
    return parts


def heat(share: float | None) -> str:
    """Eleven steps of ink for 0 to 1; `none` where there is no answer."""
    if share is None or not isfinite(share):
        return "none"
    return str(round(min(max(share, 0), 1) * 10))


def ticks(low: float, high: float, *, most: int = 5) -> list[float]:
    """Round numbers inside low to high, at most `most` + 1 of them, steps of 1, 2, 2.5 or 5."""
    if high <= low:
        return [low]
    rough = (high - low) / most
    size = 10.0 ** _exponent(rough)
    step = next(size * factor for factor in (1, 2, 2.5, 5, 10) if size * factor >= rough * 0.999999)
    first, last = ceil(low / step - 1e-9), floor(high / step + 1e-9)
    return [round(n * step, 12) for n in range(first, last + 1)]


def _exponent(value: float) -> int:
    return int(f"{value:e}".split("e")[1])
