"""What a scorecard is: groups of weighted measures, bands, exceptions. Data, so it fits in JSON.

A stored version never changes; `to_json` and `from_json` are exact inverses.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, asdict, dataclass, fields
from typing import Any, TypeVar

from holdfast.measures.inputs import POPULATIONS
from holdfast.measures.points import KINDS, CannotUseCard, Percentile, Points

UNKNOWN = "unknown"
Made = TypeVar("Made")


@dataclass(frozen=True)
class Measure:
    """One line of a card: a value, the points it gives, and its weight within its group."""

    name: str
    value: str  # a signal, or one of `inputs.DERIVED`
    weight: float
    points: Points
    stale_after_days: int | None = None  # older than this counts as missing
    rated: bool = False  # a person gives this value, so a change of it is a change of mind

    def __post_init__(self) -> None:
        if not self.name.isidentifier() or "__" in self.name:
            raise CannotUseCard(f"Name the measure “{self.name}” like a_word, without “__”.")
        if self.weight <= 0:
            raise CannotUseCard(f"Give {self.name} a weight above 0, or take it out of the card.")
        if isinstance(self.points, Percentile) and self.points.among not in POPULATIONS:
            raise CannotUseCard(
                f"{self.name} compares among “{self.points.among}”, which nobody has defined. "
                f"Choose one of: {', '.join(POPULATIONS)}."
            )


@dataclass(frozen=True)
class Group:
    """Measures that speak of one thing, so that one may stand in for another that is missing."""

    name: str
    weight: float
    measures: tuple[Measure, ...]

    def __post_init__(self) -> None:
        if self.weight <= 0:
            raise CannotUseCard(f"Give the group {self.name} a weight above 0, or take it out.")
        if not self.measures:
            raise CannotUseCard(f"Put a measure into the group {self.name}, or take it out.")


@dataclass(frozen=True)
class Band:
    """Holds the scores from `start` up to the start of the next band; its edge is its own."""

    name: str
    start: float


@dataclass(frozen=True)
class Ruling:
    """An exception: when a value is at most or at least so much, the band is `band`, and we say so.

    With `caps` the band is only kept from being better. A missing value triggers nothing.
    """

    name: str
    value: str
    band: str
    at_most: float | None = None
    at_least: float | None = None
    caps: bool = False

    def __post_init__(self) -> None:
        if (self.at_most is None) == (self.at_least is None):
            raise CannotUseCard(f"Give the exception {self.name} either `at_most` or `at_least`.")


@dataclass(frozen=True)
class Card:
    """Bands go from worst to best. A ruling that fixes may name a band that no score reaches."""

    name: str
    groups: tuple[Group, ...]
    bands: tuple[Band, ...]
    minimum_coverage: float = 0.5
    exceptions: tuple[Ruling, ...] = ()

    def __post_init__(self) -> None:
        _check_measures(self)
        _check_bands(self)
        if not 0 <= self.minimum_coverage <= 1:
            raise CannotUseCard("Give `minimum_coverage` as a share between 0 and 1.")

    def __iter__(self) -> Iterator[tuple[Group, Measure]]:
        return ((group, measure) for group in self.groups for measure in group.measures)

    @property
    def measures(self) -> dict[str, Measure]:
        return {measure.name: measure for _, measure in self}

    def weights(self, present: set[str] | None = None) -> dict[str, float]:
        """Each measure's share of the whole, when only these are present; all are unless said.

        A missing measure's weight goes to the rest of its group first, then to the other groups.
        """
        here = set(self.measures) if present is None else present
        within = {
            group.name: sum(m.weight for m in group.measures if m.name in here)
            for group in self.groups
        }
        whole = sum(group.weight for group in self.groups if within[group.name])
        return {
            measure.name: group.weight / whole * measure.weight / within[group.name]
            if measure.name in here
            else 0.0
            for group, measure in self
        }

    def better_than(self, band: str) -> list[str]:
        names = [each.name for each in self.bands]
        return names[names.index(band) + 1 :]

    def to_json(self) -> dict[str, Any]:
        """Plain lists and words; the kind of points stands beside their numbers."""
        written = asdict(self)
        measures = (each for group in written["groups"] for each in group["measures"])
        for measure, (_, own) in zip(measures, self, strict=True):
            measure["points"] = {"kind": own.points.kind, **measure["points"]}
        return _listed(written)

    @classmethod
    def from_json(cls, written: Mapping[str, Any]) -> Card:
        """The card that `to_json` wrote, checked again; CannotUseCard says what is wrong."""
        several: dict[str, Any] = {
            "groups": tuple(_group(each) for each in written.get("groups", ())),
            "bands": tuple(_made(Band, each) for each in written.get("bands", ())),
            "exceptions": tuple(_made(Ruling, each) for each in written.get("exceptions", ())),
        }
        return _made(cls, {**written, **several})


def _check_measures(card: Card) -> None:
    if not card.groups:
        raise CannotUseCard("Put at least one group with one measure into the card.")
    for names in ([each.name for each in card.groups], [measure.name for _, measure in card]):
        twice = [name for name in names if names.count(name) > 1]
        if twice:
            raise CannotUseCard(f"“{twice[0]}” stands twice in the card: give each its own name.")


def _check_bands(card: Card) -> None:
    names, starts = [b.name for b in card.bands], [b.start for b in card.bands]
    if not starts or starts[0] != 0 or starts != sorted(set(starts)) or starts[-1] > 100:
        raise CannotUseCard("List the bands from worst to best, the first from 0, none above 100.")
    if len(set(names)) < len(names) or UNKNOWN in names:
        raise CannotUseCard(f"Give each band its own name, other than “{UNKNOWN}”.")
    for ruling in card.exceptions:
        if ruling.caps and ruling.band not in names:
            raise CannotUseCard(f"{ruling.name} caps at “{ruling.band}”, which is not a band here.")


def _group(written: Mapping[str, Any]) -> Group:
    measures = tuple(
        _made(Measure, {**each, "points": _points(each.get("points", {}))})
        for each in written.get("measures", ())
    )
    return _made(Group, {**written, "measures": measures})


def _points(written: Mapping[str, Any]) -> Points:
    kind = written.get("kind")
    if kind not in KINDS:
        raise CannotUseCard(f"“{kind}” is no kind of points. Choose one of: {', '.join(KINDS)}.")
    given = {key: value for key, value in written.items() if key != "kind"}
    return _made(KINDS[kind], {k: tuple(v) if isinstance(v, list) else v for k, v in given.items()})


def _made(kind: type[Made], given: Mapping[str, Any]) -> Made:
    known = {each.name: each for each in fields(kind)}  # type: ignore[arg-type]
    unknown = given.keys() - known.keys()
    lacking = {name for name, each in known.items() if each.default is MISSING} - given.keys()
    if unknown:
        raise CannotUseCard(f"{kind.__name__} has no “{sorted(unknown)[0]}”: take it out.")
    if lacking:
        raise CannotUseCard(f"{kind.__name__} lacks “{sorted(lacking)[0]}”: add it.")
    try:
        return kind(**given)
    except TypeError as error:
        raise CannotUseCard(f"{kind.__name__} needs numbers where it counts: {error}.") from error


def _listed(written: Any) -> Any:
    if isinstance(written, dict):
        return {key: _listed(value) for key, value in written.items()}
    if isinstance(written, list | tuple):
        return [_listed(value) for value in written]
    return written
