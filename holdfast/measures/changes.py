"""Why a score moved between two days: parts that add up to the change."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from holdfast.measures.cards import Card, Measure
from holdfast.measures.points import Percentile

Points = dict[str, float | None]
Place = Callable[[str, float], float | None]  # measure, value → points among the population before


class Cause(StrEnum):
    """In the order in which they are applied, each with all earlier ones."""

    DATA = "data"  # came, went or grew stale
    OWN = "own"  # the account's own value moved
    OTHERS = "others"  # it stood still, those it is compared with moved
    RATINGS = "ratings"  # a person thinks otherwise now
    CARD = "card"  # the card itself was changed


class CannotSplit(ValueError):
    """There is no score on one of the days; the message says on which."""


@dataclass(frozen=True)
class Day:
    """One row of the history: the card that was used, and what each of its measures had."""

    card: Card
    values: Mapping[str, float | None]
    points: Mapping[str, float | None]

    @classmethod
    def of(cls, card: Card, row: Mapping[str, Any]) -> Day:
        """From a row that `score` made."""
        return cls(
            card,
            {name: row[f"{name}__value"] for name in card.measures},
            {name: row[f"{name}__points"] for name in card.measures},
        )


@dataclass(frozen=True)
class Part:
    """So many points of the change, by this cause; no measure where the card itself changed."""

    cause: Cause
    measure: str | None
    amount: float


@dataclass(frozen=True)
class Split:
    """before + Σ parts = after, to 1e-9. Both are weighted sums, whether or not they were shown."""

    before: float
    after: float
    parts: tuple[Part, ...] = field(default=())

    def by_cause(self) -> dict[Cause, float]:
        return {
            cause: sum(part.amount for part in self.parts if part.cause == cause) for cause in Cause
        }


def split(before: Day, after: Day, *, place: Place) -> Split:
    """Split the change of one account's score by cause and measure.

    Unit:   points of the score.
    Grain:  one account, two days; a part for each cause and measure that moved the score.
    Input:  two days as `score` left them; `place(measure, value)`: the points that a value would
            have had among the population of the day before (asked for percentiles only).
    Edges:  what came, came with its new value among the old population; what came is applied before
            what went, so something is known throughout. A score that was not shown for want of
            coverage is split all the same, from its weighted sum; nothing known → CannotSplit.
            When the card changed, a measure that only the old card has stays as it was until the
            card's own step.
    Source: docs/metrics.md#change-of-a-score.
    Example: use 0.6 of the score; it falls from 80 to 30 points → own, use, −30.
    """
    for day, name in ((before, "the day before"), (after, "the day after")):
        if not _known(day.points):
            raise CannotSplit(f"Nothing was known on {name}: choose a day that has a score.")
    start, end = _sum(before.card, before.points), _sum(after.card, after.points)
    now = _by_old_card(before, after, place)
    if not _known(now):  # only the new card knows anything
        return Split(start, end, (Part(Cause.CARD, None, end - start),))
    then = _by_old_population(before, after, now, place)
    parts, reached = [], start
    for cause, measure, state in _steps(before.card, dict(before.points), then, now):
        score = _sum(before.card, state)
        parts.append(Part(cause, measure, score - reached))
        reached = score
    if before.card != after.card:
        parts.append(Part(Cause.CARD, None, end - reached))
    return Split(start, end, tuple(parts))


def _known(points: Mapping[str, float | None]) -> dict[str, float]:
    return {name: given for name, given in points.items() if given is not None}


def _sum(card: Card, points: Mapping[str, float | None]) -> float:
    known = _known(points)
    weights = card.weights(set(known))
    return sum(weights[name] * given for name, given in known.items())


def _by_old_card(before: Day, after: Day, place: Place) -> Points:
    """What the new values give under the old card's rules, among the new population."""
    points: Points = {}
    for name, old in before.card.measures.items():
        new = after.card.measures.get(name)
        if new is None or new.value != old.value:
            points[name] = before.points[name]
        elif new.points == old.points:
            points[name] = after.points[name]
        else:
            points[name] = _points(old, after.values[name], place)
    return points


def _by_old_population(before: Day, after: Day, now: Points, place: Place) -> Points:
    """The same among the old population: differs for percentiles alone."""
    then = dict(now)
    for name, old in before.card.measures.items():
        new = after.card.measures.get(name)
        value = after.values.get(name) if new and new.value == old.value else None
        if isinstance(old.points, Percentile) and value is not None and now[name] is not None:
            placed = place(name, value)
            then[name] = now[name] if placed is None else placed
    return then


def _points(measure: Measure, value: float | None, place: Place) -> float | None:
    if isinstance(measure.points, Percentile):
        return None if value is None else place(measure.name, value)
    return measure.points.of(value)


def _steps(
    card: Card, state: Points, then: Points, now: Points
) -> Iterator[tuple[Cause, str, Points]]:
    """One measure after the other, cause by cause; each state is the whole one at that moment.

    What came goes before what went, so that no state is empty.
    """
    came = [name for name in now if state[name] is None and now[name] is not None]
    went = [name for name in now if state[name] is not None and now[name] is None]
    own = [name for name, measure in card.measures.items() if not measure.rated]
    rated = [name for name, measure in card.measures.items() if measure.rated]
    for cause, names, target in (
        (Cause.DATA, came, then),
        (Cause.DATA, went, now),
        (Cause.OWN, own, then),
        (Cause.OTHERS, own, now),
        (Cause.RATINGS, rated, now),
    ):
        for name in names:
            if state[name] != target[name]:
                state = {**state, name: target[name]}
                yield cause, name, state
