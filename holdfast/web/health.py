"""How an account is: the score on its track, every measure behind it, and its line over time."""

from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from holdfast.assess.scorecards.models import Assessment, Kind
from holdfast.measures.cards import Card
from holdfast.ui import plots
from holdfast.ui.charts import Chart
from holdfast.ui.templatetags.figures import band_word, number
from holdfast.web.measured import filled_by, label, points_given, value_now
from holdfast.web.seen import Part, Seen

SAME = 0.05  # shares of a weight below which it was not passed on
TURNED = 3.0  # points of a score that make a turn worth a title


@dataclass(frozen=True)
class Line:
    """A measure as the table prints it."""

    name: str
    label: str
    now: str
    given: str
    points: float | None
    adds: float | None
    could: float
    weight: str
    missing: bool
    fills: str


@dataclass(frozen=True)
class Block:
    """A group of measures with its sums."""

    label: str
    adds: float
    weight: float
    lines: list[Line]


def page(look: Assessment, now: Seen, whole_path: list[dict[str, Any]]) -> dict[str, Any]:
    """What the part on health prints. `whole_path`: reading.line."""
    card, path = now.health, monthly(whole_path)
    made = blocks(now, Kind.HEALTH)
    return {
        "blocks": made,
        "most_health": max(line.could for block in made for line in block.lines),
        "card_number": look.health.number,
        "edges": " ".join(f"{band.start:g}" for band in card.bands[1:]),
        "track": track(now),
        "health_title": title(now),
        "health_note": note(now),
        "unknown": unknown(now),
        "path": path,
        "path_chart": path_chart(path, card) if len(_known(path)) > 1 else None,
        "path_title": path_title(path),
    }


def blocks(now: Seen, kind: str) -> list[Block]:
    """Every measure of a card by group, the missing ones too."""
    parts = now.parts(kind)
    made = []
    for group in now.card(kind).groups:
        own = [part for part in parts if part.found.group == group.name]
        weight = sum(part.found.weight for part in own) * 100
        made.append(
            Block(label(group.name), sum(p.adds for p in own), weight, [line(p) for p in own])
        )
    return made


def line(part: Part) -> Line:
    found, measure = part.found, part.measure
    weight, original = found.weight * 100, found.original_weight * 100
    return Line(
        name=measure.name,
        label=label(measure.name),
        now=value_now(measure.value, found.value, part.seen.row, part.seen.currency),
        given=filled_by(measure.value)
        if part.missing
        else points_given(measure.points, measure.value),
        points=found.points,
        adds=None if part.missing else part.adds,
        could=original if part.missing else weight,
        weight=_weight(original, weight),
        missing=part.missing,
        fills=filled_by(measure.value),
    )


def _weight(original: float, weight: float) -> str:
    digits = 0 if float(round(weight, 3)).is_integer() else 1
    if abs(original - weight) < SAME:
        return number(weight, digits)
    # Translators: a weight that went from one number to another: 12 → 15.
    return _("%(from)s → %(to)s") % {"from": number(original), "to": number(weight, digits)}


def title(now: Seen) -> str:
    """Whether what is missing could change the band."""
    row, words = now.row, {"score": number(now.score)}
    if now.band == "unknown" or now.score is None:
        return _("We cannot say how they are: too little is known")
    if row["health__exception"]:
        return _("Health is %(score)s, and an exception of the card sets the band") % words
    if row["health__high"] - row["health__low"] < SAME:
        return _("Health is %(score)s, and nothing is missing") % words
    if band_at(now.health, row["health__low"]) == band_at(now.health, row["health__high"]):
        return _("Health is %(score)s, and what we do not know cannot change the band") % words
    return _("Health is %(score)s, but what we do not know could change the band") % words


def note(now: Seen) -> str:
    """How far the score could lie off, and for want of how many answers."""
    row = now.row
    gone = sum(part.missing for part in now.parts(Kind.HEALTH))
    if not gone:
        return _("Every measure of the card is known.")
    words = {
        "count": number(gone),
        "low": number(row["health__low"], 1),
        "high": number(row["health__high"], 1),
    }
    said = ngettext(
        "One measure is missing. At its worst the score would be %(low)s, at its best %(high)s.",
        "%(count)s measures are missing. At their worst the score would be %(low)s, "
        "at their best %(high)s.",
        gone,
    )
    return said % words


def band_at(card: Card, score: float) -> str:
    """The band that a score falls into; an edge belongs to the band it opens."""
    return [band.name for band in card.bands if round(score, 9) >= band.start][-1]


def track(now: Seen) -> Chart:
    row = now.row
    low, high = row["health__low"], row["health__high"]
    return plots.score_track(
        zones(now.health),
        low=low,
        high=high,
        at=now.score,
        band=now.band,
        said=number(now.score, 1),
        worst=_("at worst %(score)s") % {"score": number(low, 1)},
        best=_("at best %(score)s") % {"score": number(high, 1)},
    )


def zones(card: Card) -> list[plots.Zone]:
    ends = [*(band.start for band in card.bands[1:]), 100.0]
    return [
        plots.Zone(
            band.name, band.start, end, _zone(band.name, band.start, end), band_word(band.name)
        )
        for band, end in zip(card.bands, ends, strict=True)
    ]


def _zone(name: str, start: float, end: float) -> str:
    words = {"band": band_word(name), "start": number(start), "end": number(end)}
    if start == 0:
        return _("%(band)s, below %(end)s") % words
    if end == 100:
        return _("%(band)s, from %(start)s") % words
    return _("%(band)s, %(start)s to %(end)s") % words


def unknown(now: Seen) -> list[Line]:
    """What is missing in either card, what weighs most first, each value once."""
    gone = [p for kind in (Kind.HEALTH, Kind.ABCD) for p in now.parts(kind) if p.missing]
    gone.sort(key=lambda part: -part.found.original_weight)
    first = {part.measure.value: part for part in reversed(gone)}
    return [line(part) for part in gone if first[part.measure.value] is part]


# ── its line over past looks ──


def monthly(path: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The first of each month and the newest look, so that steps of the line are alike."""
    return [row for at, row in enumerate(path) if row["as_of"].day == 1 or at == len(path) - 1][
        -13:
    ]


def _known(path: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row for row in path if row["health__score"] is not None]


def path_chart(path: list[dict[str, Any]], card: Card) -> Chart:
    readings = [
        plots.Reading(
            date_format(row["as_of"], "M"),
            row["health__score"],
            row["health__low"] if row["health__score"] is not None else None,
            row["health__high"] if row["health__score"] is not None else None,
            small=date_format(row["as_of"], "Y") if at in (0, len(path) - 1) else "",
        )
        for at, row in enumerate(path)
    ]
    return plots.line(
        readings,
        low=0,
        high=100,
        tell=number,
        said=number(path[-1]["health__score"], 1),
        edges=[
            (
                band.start,
                _("%(band)s from %(start)s")
                % {"band": band_word(band.name), "start": number(band.start)},
            )
            for band in card.bands[1:]
        ],
    )


def path_title(path: list[dict[str, Any]]) -> str:
    """The turn that the line takes: its highest or lowest point against today."""
    known = _known(path)
    if len(known) < 2 or known[-1] is not path[-1]:
        return _("How their health went, look by look")
    last, best = known[-1], max(known, key=lambda row: row["health__score"])
    worst = min(known, key=lambda row: row["health__score"])
    fell, rose = (
        best["health__score"] - last["health__score"],
        last["health__score"] - worst["health__score"],
    )
    if max(fell, rose) < TURNED:
        return _("Their health has stood still all the while")
    turn = best if fell >= rose else worst
    words = {
        "then": number(turn["health__score"]),
        "month": date_format(turn["as_of"], "F Y"),
        "now": number(last["health__score"]),
    }
    if fell >= rose:
        return _("At its best it was %(then)s, in %(month)s; now it is %(now)s") % words
    return _("At its lowest it was %(then)s, in %(month)s; now it is %(now)s") % words
