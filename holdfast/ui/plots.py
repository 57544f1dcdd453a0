"""The drawings of figures, made of the marks of `ui/charts.py`. The caller brings the words."""

from collections.abc import Callable, Sequence
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
    ticks,
)

Tell = Callable[[float], str]
SLIM, BROAD = "slim", "broad"


# ── a score, the bands it could fall into, and the span it could have ──


@dataclass(frozen=True)
class Zone:
    """A band on the track from `start` to `end`; `short` is what a phone reads."""

    band: str
    start: float
    end: float
    words: str
    short: str


def score_track(
    zones: Sequence[Zone],
    *,
    low: float,
    high: float,
    at: float | None,
    band: str,
    said: str = "",
    worst: str = "",
    best: str = "",
) -> Chart:
    """`said`, `worst`, `best` are the words above the score and the two ends of its span."""
    marks: list[Mark] = []
    for zone in zones:
        marks += _zone(zone)
    ink = "hatch" if band == "unknown" else f"{band} span"
    marks.append(Box(percent(low), "34", percent(high - low), "20", ink))
    if at is not None and band != "unknown":
        marks.append(Rule(percent(at), percent(at), "26", "60", "at"))
        marks.append(Text(percent(at), "16", said, f"loud {_side(at)}"))
    if worst and low > 12 and (at is None or at - low > 4):
        marks.append(Text(percent(low), "16", worst, "end wide", dx="-4"))
    if best and high < 88 and (at is None or high - at > 4):
        marks.append(Text(percent(high), "16", best, "wide", dx="4"))
    return Chart([Plot(84, marks)])


def _zone(zone: Zone) -> list[Mark]:
    start = zone.start + 0.2 if zone.start > 0 else 0
    end = zone.end - 0.2 if zone.end < 100 else 100
    return [
        Box(percent(start), "40", percent(end - start), "8", "zone"),
        Text(percent(start), "80", zone.words, f"{zone.band} wide"),
        Text(percent(start), "80", zone.short, f"{zone.band} narrow"),
    ]


def _side(at: float) -> str:
    """Which way words at a place lean, so that they stay on the page."""
    return "" if at < 6 else "end" if at > 94 else "mid"


# ── a line over time with its interval ──


@dataclass(frozen=True)
class Reading:
    """One point in time. `value` is None where nobody can know; the line breaks there."""

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    small: str = ""


@dataclass(frozen=True)
class Happening:
    """Words with a pointer to a reading."""

    at: int
    words: str


@dataclass(frozen=True)
class Beside:
    """A second figure to compare the last with, drawn alone at the right."""

    value: float
    low: float
    high: float
    said: str
    label: str


TOP, FLOOR, LINE_HEIGHT = 16, 238, 264


def line(
    readings: Sequence[Reading],
    *,
    low: float,
    high: float,
    tell: Tell,
    top_words: str = "",
    said: str = "",
    note: str = "",
    happenings: Sequence[Happening] = (),
    beside: Beside | None = None,
    edges: Sequence[tuple[float, str]] = (),
) -> Chart:
    """`said` and `note` stand at the last reading; `edges` are levels that mean something."""
    up = Scale(low, high, FLOOR, TOP)
    across = Scale(0, max(len(readings) - 1, 1), 8, 74 if beside else 86)
    marks = _levels(up, tell, top_words, [low, high] if edges else ticks(low, high, most=4))
    last = readings[-1].value if readings else None
    for level, words in edges:
        marks += _edge(up(level), words, below=last is not None and last >= level)
    for run in _runs(readings):
        marks += _run(run, across, up)
    marks += _days(readings, across)
    marks += [m for happening in happenings for m in _happening(happening, readings, across, up)]
    marks += _last(readings, across, up, said, note)
    if beside:
        marks += _beside(beside, up)
    return Chart([Plot(LINE_HEIGHT, marks)])


def _levels(up: Scale, tell: Tell, top_words: str, levels: Sequence[float]) -> list[Mark]:
    marks: list[Mark] = [Rule("0", "100%", plain(FLOOR), plain(FLOOR), "axis")]
    for level in levels:
        y = up(level)
        if y < FLOOR - 1:
            marks.append(Rule("0", "100%", plain(y), plain(y), "grid"))
        words = top_words if top_words and level == levels[-1] else tell(level)
        marks.append(Text("0%", plain(y - 5), words))
    return marks


def _edge(y: float, words: str, *, below: bool) -> list[Mark]:
    """The words keep to the side of the edge where the last reading, with its number, is not."""
    return [
        Rule("0", "100%", plain(y), plain(y), "edge70"),
        Text("100%", plain(y + 13 if below else y - 5), words, "end"),
    ]


def _runs(readings: Sequence[Reading]) -> list[list[tuple[int, Reading]]]:
    """Unbroken stretches of readings that are known."""
    runs: list[list[tuple[int, Reading]]] = [[]]
    for at, reading in enumerate(readings):
        if reading.value is None:
            runs.append([])
        else:
            runs[-1].append((at, reading))
    return [run for run in runs if run]


def _run(run: list[tuple[int, Reading]], across: Scale, up: Scale) -> list[Mark]:
    marks: list[Mark] = []
    spans = [
        (across(at), r.low, r.high) for at, r in run if r.low is not None and r.high is not None
    ]
    if len(spans) > 1:
        highs = [(x, up(high)) for x, _, high in spans]
        lows = [(x, up(low)) for x, low, _ in reversed(spans)]
        marks.append(Path(closed(highs + lows), "interval"))
    points = [(across(at), up(r.value)) for at, r in run if r.value is not None]
    if len(points) > 1:
        marks.append(Path(curve(points), "line"))
    elif points:
        marks.append(Dot(percent(points[0][0]), plain(points[0][1]), "3", "dot"))
    return marks


def _days(readings: Sequence[Reading], across: Scale) -> list[Mark]:
    """At most five labels, the first and the last among them."""
    last = len(readings) - 1
    count = min(last, 4)
    places = sorted({round(n * last / count) for n in range(count + 1)}) if count > 0 else [0]
    return [
        Text(
            percent(across(at)),
            "256",
            readings[at].label,
            "" if at == 0 else "mid",
            small=f" {readings[at].small}" if readings[at].small else "",
        )
        for at in (places if readings else [])
    ]


def _happening(
    happening: Happening, readings: Sequence[Reading], across: Scale, up: Scale
) -> list[Mark]:
    value = readings[happening.at].value
    if value is None:
        return []
    x, y = across(happening.at), up(value)
    foot = min(y + 88, FLOOR - 24)
    kind = "said end" if x > 60 else "said mid" if x > 30 else "said"
    return [
        Rule(percent(x), percent(x), plain(y + 6), plain(foot), "pointer"),
        Text(percent(x), plain(foot + 14), happening.words, kind),
    ]


def _last(
    readings: Sequence[Reading], across: Scale, up: Scale, said: str, note: str
) -> list[Mark]:
    if not readings or readings[-1].value is None:
        return []
    x, y = percent(across(len(readings) - 1)), up(readings[-1].value)
    marks: list[Mark] = [Dot(x, plain(y), "4.5", "dot")]
    if said:
        marks.append(Text(x, plain(y + 1), said, "loud", dx="10"))
    if note:
        marks.append(Text(x, plain(y + 16), note, "wide", dx="10"))
    return marks


def _beside(beside: Beside, up: Scale) -> list[Mark]:
    return [
        Rule("94%", "94%", plain(up(beside.low)), plain(up(beside.high)), "whisker"),
        Dot("94%", plain(up(beside.value)), "4.5", "dot open"),
        Text("94%", plain(min(up(beside.low) + 15, FLOOR - 6)), beside.said, "mid said"),
        Text("100%", "256", beside.label, "end"),
    ]


# ── a change as a sum of its parts ──


@dataclass(frozen=True)
class Step:
    """What one cause added or took. `aged` marks answers that grew old: hatched, not inked."""

    label: str
    change: float
    said: str
    aged: bool = False


@dataclass(frozen=True)
class Stand:
    """Where the score stood before or after."""

    label: str
    value: float
    said: str
    band: str


def waterfall(
    before: Stand,
    steps: Sequence[Step],
    after: Stand,
    *,
    tell: Tell,
    edges: Sequence[tuple[float, str]] = (),
) -> Chart:
    """Rows; in a slim figure each label stands above its bar. The parts must add up."""
    total = sum(step.change for step in steps)
    if abs(before.value + total - after.value) > 1e-6:
        raise ValueError(f"{before.value} and {total} do not make {after.value}")
    levels = [before.value]
    for step in steps:
        levels.append(levels[-1] + step.change)
    longest = max((len(step.label) for step in steps), default=0)
    start = min(max(longest * 0.95 + 6, 32), 56)
    broad = Scale(min(levels), max(levels), start, 88)
    slim = Scale(min(levels), max(levels), 4, 80)
    return Chart(
        [
            _behind(_fall(before, steps, after, levels, broad, 30, BROAD), broad, tell, edges),
            _behind(_fall(before, steps, after, levels, slim, 44, SLIM), slim, tell, edges),
        ]
    )


def _fall(
    before: Stand,
    steps: Sequence[Step],
    after: Stand,
    levels: list[float],
    across: Scale,
    pitch: int,
    shown: str,
) -> Plot:
    marks: list[Mark] = _stand(before, across, 15, shown)
    y = 15
    for step, start, end in zip(steps, levels, levels[1:], strict=False):
        y += pitch
        marks += _step(step, across(start), across(end), y, pitch)
    return Plot(y + pitch + 39, [*marks, *_stand(after, across, y + pitch, shown)], shown)


def _stand(stand: Stand, across: Scale, y: int, shown: str) -> list[Mark]:
    x = percent(across(stand.value))
    label_y = y + 4 if shown == BROAD else y - 8
    return [
        Text("0%", plain(label_y), stand.label, "loud"),
        Dot(x, plain(y), "6", f"{stand.band} dot2"),
        Text(x, plain(y + 4.5), stand.said, "loud", dx="12"),
    ]


def _step(step: Step, start: float, end: float, y: int, pitch: int) -> list[Mark]:
    left, right = min(start, end), max(start, end)
    label_y = y + 4 if pitch == 30 else y - 14
    return [
        Rule(percent(start), percent(start), plain(y - pitch + 8), plain(y - 8), "tick"),
        Text("0%", plain(label_y), step.label, "said"),
        Box(
            percent(left),
            plain(y - 8),
            percent(max(right - left, 0.3)),
            "16",
            "hatch" if step.aged else "step",
        ),
        Text(percent(right), plain(y + 4), step.said, "said", dx="8"),
    ]


def _behind(plot: Plot, across: Scale, tell: Tell, edges: Sequence[tuple[float, str]]) -> Plot:
    """The round levels behind the bars, and the edges that mean something instead of those near."""
    foot = plot.height - 24
    inside = [(level, words) for level, words in edges if across.low <= level <= across.high]
    marks: list[Mark] = []
    for level, words in inside:
        marks += _upright(across(level), foot, words, "edge70")
    if across.high > across.low:
        for level in ticks(across.low, across.high, most=3):
            if all(abs(across(level) - across(edge)) > 15 for edge, _ in inside):
                marks += _upright(across(level), foot, tell(level), "grid")
    return Plot(plot.height, [*marks, *plot.marks], plot.shown)


def _upright(x: float, foot: int, words: str, kind: str) -> list[Mark]:
    return [
        Rule(percent(x), percent(x), "0", plain(foot), kind),
        Text(
            percent(x), plain(foot + 16), words, "mid" if 15 < x < 85 else "end" if x >= 85 else ""
        ),
    ]
