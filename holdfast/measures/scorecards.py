"""From signals to an explained score: one card, many accounts, one expression."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import ibis
import ibis.expr.types as ir
from ibis.expr.types import Table

from holdfast.measures import inputs
from holdfast.measures.cards import UNKNOWN, Card, Measure, Ruling
from holdfast.measures.points import Percentile, double
from holdfast.measures.share import share

EVERYONE = "everyone"
DECIMALS = 9  # to which a score is compared with an edge, so that engines agree on who owns it


class CannotScore(ValueError):
    """The values lack what the card asks for; the message names it."""


@dataclass(frozen=True)
class Contribution:
    """What one measure adds to a score: weight × points. Missing: value, points null, weight 0."""

    card: str
    group: str
    measure: str
    value: float | None
    points: float | None
    weight: float  # effective, a share of the whole: what is missing has passed its own on
    original_weight: float  # as the card has it


def score(card: Card, values: Table) -> Table:
    """How much each account reaches of what the card asks for, why, and how sure that is.

    Unit:   score, low, high and points 0–100; coverage and weights are shares, 0–1.
    Grain:  one row an account.
    Input:  values(account_id, one column a signal that the card reads, and, where it is known how
            old a signal is, `<signal>__age_days`).
    Output: account_id, score, coverage, low, high, band, exception (the ruling that set the band,
            else null); for each measure `<measure>__value`, `__points` and `__weight` (effective).
    Edges:  Σ weight × points = score. Below the card's minimum coverage the score is null and the
            band unknown, unless a ruling fixes it; low and high are there always. An edge belongs
            to the band it opens. A value older than the measure's limit is missing. Points given
            for a missing value (`Steps.missing`) count as known.
    Source: docs/metrics.md#scorecards.
    Example: use 60 and voice 40; use has 80 points, voice is missing → score 80, coverage 0.6,
            low 48, high 88.
    """
    _check(card, values)
    table = _with_points(card, _with_values(card, _cleaned(values, signals_needed(card))))
    table = _with_weights(card, table)
    table = _with_sums(card, table)
    table = _with_band(card, table)
    details = [
        f"{name}__{what}" for name in card.measures for what in ("value", "points", "weight")
    ]
    summary = ["account_id", "score", "coverage", "low", "high", "band", "exception"]
    return table.select(*summary, *details)


def placed(measure: Measure, value: float, values: Table) -> ir.FloatingScalar:
    """The points that a value would have had on the day of these values: one number, to be run.

    Unit:   points, 0–100.
    Grain:  one number for one value; what `changes.split` asks for.
    Input:  values as for `score`, of the other day; a measure whose points are a percentile.
    Edges:  nobody in the population → null.
    Source: docs/metrics.md#change-of-a-score.
    Example: 25 among 10, 20 and 30 → 66.67.
    """
    kind = measure.points
    if not isinstance(kind, Percentile):
        raise CannotScore(f"{measure.name} needs no others: ask its points for the value alone.")
    among = inputs.POPULATIONS[kind.among]
    values = _cleaned(values, {*inputs.signals_of(measure.value), *among.signals})
    own = _fresh(measure, values)
    counted = among.expression(values) & own.notnull()
    below, equal, number = (
        (counted & each).ifelse(1, 0).sum().cast("float64")
        for each in (own < value, own == value, own.notnull())
    )
    place = (below + equal * 0.5) * 100.0 / number.nullif(0.0)
    return 100.0 - place if kind.reverse else place


def explain(card: Card, row: Mapping[str, Any]) -> list[Contribution]:
    """Every measure of the card in its order, from a row that `score` made, missing ones too."""
    original = card.weights()
    return [
        Contribution(
            card=card.name,
            group=group.name,
            measure=name,
            value=row[f"{name}__value"],
            points=row[f"{name}__points"],
            weight=row[f"{name}__weight"],
            original_weight=original[name],
        )
        for group, measure in card
        for name in [measure.name]
    ]


def signals_needed(card: Card) -> list[str]:
    """The signal columns that the card reads, each once, in alphabetical order."""
    needed = {signal for _, measure in card for signal in inputs.signals_of(measure.value)}
    needed.update(s for ruling in card.exceptions for s in inputs.signals_of(ruling.value))
    needed.update(s for name in _populations(card) for s in inputs.POPULATIONS[name].signals)
    return sorted(needed)


def _check(card: Card, values: Table) -> None:
    lacking = [name for name in ["account_id", *signals_needed(card)] if name not in values.columns]
    if lacking:
        raise CannotScore(
            f"The card {card.name} asks for {', '.join(lacking)}, which the values do not have. "
            "Compute these signals too, or take what reads them out of the card."
        )


def _populations(card: Card) -> list[str]:
    among = {m.points.among for _, m in card if isinstance(m.points, Percentile)}
    return sorted({EVERYONE} | among)


def _cleaned(values: Table, signals: Iterable[str]) -> Table:
    return values.mutate(**{name: inputs.cleaned(values[name]) for name in sorted(signals)})


def _with_values(card: Card, values: Table) -> Table:
    columns: dict[str, ir.Value] = {"account_id": values.account_id}
    for name in _populations(card):
        columns[f"among__{name}"] = inputs.POPULATIONS[name].expression(values)
    for _, measure in card:
        columns[f"{measure.name}__value"] = _fresh(measure, values)
    for position, ruling in enumerate(card.exceptions):
        columns[f"ruling__{position}"] = _triggered(ruling, values)
    return values.select(**columns)


def _fresh(measure: Measure, values: Table) -> ir.FloatingValue:
    value = inputs.read(measure.value, values)
    ages = [f"{signal}__age_days" for signal in inputs.signals_of(measure.value)]
    if measure.stale_after_days is None:
        return value
    for age in ages:
        if age in values.columns:
            stale = values[age] > measure.stale_after_days
            value = stale.ifelse(ibis.null("float64"), value)
    return value


def _triggered(ruling: Ruling, values: Table) -> ir.BooleanValue:
    value = inputs.read(ruling.value, values)
    return value >= ruling.at_least if ruling.at_most is None else value <= ruling.at_most


def _with_points(card: Card, table: Table) -> Table:
    points = {}
    for _, measure in card:
        kind = measure.points
        among = kind.among if isinstance(kind, Percentile) else EVERYONE
        points[f"{measure.name}__points"] = kind.expression(
            table[f"{measure.name}__value"], table[f"among__{among}"]
        )
    return table.mutate(**points)


def _with_weights(card: Card, table: Table) -> Table:
    """Effective weights: inside the group first, then over the groups that have anything at all."""
    table = table.mutate(
        **{
            f"within__{position}": _total(
                _known(table, m.name).ifelse(double(m.weight), double(0)) for m in group.measures
            )
            for position, group in enumerate(card.groups)
        }
    )
    table = table.mutate(
        whole=_total(
            (table[f"within__{position}"] > 0).ifelse(double(group.weight), double(0))
            for position, group in enumerate(card.groups)
        )
    )
    weights = {
        f"{m.name}__weight": _known(table, m.name).ifelse(
            share(group.weight, table.whole) * share(m.weight, table[f"within__{i}"]), double(0)
        )
        for i, group in enumerate(card.groups)
        for m in group.measures
    }
    return table.mutate(**weights)


def _with_sums(card: Card, table: Table) -> Table:
    original = card.weights()
    worth = {name: table[f"{name}__points"].fill_null(double(0)) for name in original}
    table = table.mutate(
        reached=_total(table[f"{name}__weight"] * worth[name] for name in original),
        low=_total(double(weight) * worth[name] for name, weight in original.items()),
        coverage=_total(_known(table, n).ifelse(double(w), double(0)) for n, w in original.items()),
        missing=_total(_known(table, n).ifelse(double(0), double(w)) for n, w in original.items()),
    )
    known = (table.whole > 0) & (table.coverage.round(DECIMALS) >= card.minimum_coverage)
    return table.mutate(
        score=known.ifelse(table.reached, ibis.null("float64")),
        high=table.low + 100.0 * table.missing,
    )


def _with_band(card: Card, table: Table) -> Table:
    """The first ruling listed has the last word, so they are applied from the last one on."""
    exact = table.score.round(DECIMALS)
    above = [(exact >= band.start, ibis.literal(band.name)) for band in reversed(card.bands)]
    table = table.mutate(
        band=ibis.cases((table.score.isnull(), UNKNOWN), *above, else_=card.bands[0].name),
        exception=ibis.null("string"),
    )
    for position, ruling in reversed([*enumerate(card.exceptions)]):
        applies = table[f"ruling__{position}"]
        if ruling.caps:
            applies = applies & table.band.isin(card.better_than(ruling.band))
        table = table.mutate(
            band=applies.ifelse(ruling.band, table.band),
            exception=applies.ifelse(ruling.name, table.exception),
        )
    return table


def _known(table: Table, measure: str) -> ir.BooleanValue:
    return table[f"{measure}__points"].notnull()


def _total(parts: Any) -> ir.FloatingValue:
    total: ir.FloatingValue = double(0)
    for part in parts:
        total = total + part
    return total
