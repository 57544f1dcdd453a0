"""Figures of how a whole is shared: who holds how much, and what it is held against."""

from collections.abc import Sequence
from dataclasses import dataclass

from holdfast.ui.charts import (
    Box,
    Chart,
    Dot,
    Mark,
    Path,
    Plot,
    Rule,
    Scale,
    Text,
    closed,
    curve,
    percent,
    plain,
)
from holdfast.ui.plots import Tell

# ── the largest first: how few hold how much ──


@dataclass(frozen=True)
class Milestone:
    """A place on the curve with a sentence; `loud` is the one the title speaks of, shaded up to."""

    count: float
    share: float
    words: str
    short: str
    loud: bool = False


def pareto(
    points: Sequence[tuple[float, float]],
    *,
    tell_share: Tell,
    tell_count: Tell,
    total_words: str,
    top_words: str,
    equal_words: str,
    order_words: str,
    milestones: Sequence[Milestone] = (),
) -> Chart:
    """`points` are (how many, the share they hold, 0 to 1), cumulative, largest first."""
    total = points[-1][0] if points else 1
    across, up = Scale(0, total, 0, 100), Scale(0, 1, 290, 14)
    path = [(0.0, up(0)), *((across(count), up(share)) for count, share in points)]
    marks: list[Mark] = _share_levels(up, tell_share, top_words)
    marks += [_shade(path, across(m.count), up) for m in milestones if m.loud]
    marks.append(Path(curve([(0, up(0)), (100, up(1))]), "line assumed"))
    marks.append(Text("63%", plain(up(0.63) + 28), equal_words, "wide"))
    marks.append(Path(curve(path), "line"))
    for milestone in milestones:
        marks += _milestone(milestone, across(milestone.count), up(milestone.share))
    marks += _counts(milestones, across, tell_count, total_words)
    return Chart([Plot(330, [*marks, Text("0%", "326", order_words)])])


def _share_levels(up: Scale, tell: Tell, top_words: str) -> list[Mark]:
    marks: list[Mark] = [Rule("0", "100%", plain(up(0)), plain(up(0)), "axis")]
    for share in (0.25, 0.5, 0.75, 1.0):
        y = up(share)
        marks.append(Rule("0", "100%", plain(y), plain(y), "grid"))
        marks.append(Text("100%", plain(y - 5), top_words if share == 1 else tell(share), "end"))
    return marks


def _shade(path: list[tuple[float, float]], to: float, up: Scale) -> Path:
    inside = [point for point in path if point[0] <= to]
    after = next((point for point in path if point[0] > to), None)
    if after and inside[-1][0] < to:
        (x0, y0), (x1, y1) = inside[-1], after
        inside.append((to, y0 + (to - x0) / (x1 - x0) * (y1 - y0)))
    return Path(closed([*inside, (to, up(0))]), "interval")


def _milestone(milestone: Milestone, x: float, y: float) -> list[Mark]:
    kind = "loud" if milestone.loud else "said"
    return [
        Dot(percent(x), plain(y), "4.5", "dot"),
        Text(percent(x), plain(y + 18), milestone.words, f"{kind} flat wide", dx="12"),
        Text(percent(x), plain(y + 18), milestone.short, f"{kind} flat narrow", dx="12"),
    ]


def _counts(
    milestones: Sequence[Milestone], across: Scale, tell: Tell, total_words: str
) -> list[Mark]:
    marks: list[Mark] = [Text("0%", "308", tell(0)), Text("100%", "308", total_words, "end")]
    for milestone in milestones:
        if milestone.loud and 8 < across(milestone.count) < 70:
            x = percent(across(milestone.count))
            marks.append(Text(x, "308", tell(milestone.count), "mid"))
    return marks


# ── two shares of the same parts, one above the other, and how the one becomes the other ──


@dataclass(frozen=True)
class Stream:
    """A part: its letter, its ink (`seg-a`), its share above and below, 0 to 1, and their words.

    Nobody knows what lies below when `below` is None.
    """

    name: str
    ink: str
    above: float
    below: float | None
    above_said: str
    below_said: str


def flow(streams: Sequence[Stream], *, above_words: str, below_words: str) -> Chart:
    """A negative share is drawn as nothing; the words beside still say it. What nobody knows below
    is one hatched bar, and nothing flows into it."""
    marks: list[Mark] = []
    boxes: list[Mark] = []
    upper = lower = 0.0
    known = any(stream.below is not None for stream in streams)
    whole = max(sum(max(stream.above, 0) for stream in streams), 1.0)  # beside a negative share
    for stream in streams:
        above, below = max(stream.above, 0) * 100 / whole, max(stream.below or 0, 0) * 100
        corners = [(upper, 66), (upper + above, 66), (lower + below, 150), (lower, 150)]
        if known:
            marks.append(Path(closed(corners), f"flow {stream.ink.replace('seg', 'flow')}"))
        boxes += _part(stream, upper, above, 22, stream.above_said)
        boxes += _part(stream, lower, below, 150, stream.below_said)
        upper, lower = upper + above, lower + below
    foot = 211 if known else 137
    if not known:
        boxes.append(Box("0%", "76", "100%", "44", "hatch"))
    words = [Text("0%", "12", above_words, "said"), Text("0%", str(foot), below_words, "said")]
    return Chart([Plot(foot + 5, [*marks, *boxes, *words])])


def _part(stream: Stream, x: float, width: float, y: int, said: str) -> list[Mark]:
    """A part too narrow for its words keeps its ink only; the table twin has the figure."""
    if width <= 0:
        return []
    on = stream.ink.replace("seg", "on")
    marks: list[Mark] = [Box(percent(x), plain(y), percent(width), "44", stream.ink)]
    if width >= 4:
        marks.append(Text(percent(x), plain(y + 19), stream.name, f"serif {on}", dx="8"))
    if width >= 8:
        marks.append(Text(percent(x), plain(y + 35), said, on, dx="8"))
    elif width >= 5:
        marks.append(Text(percent(x), plain(y + 35), said, f"{on} wide", dx="8"))
    return marks
