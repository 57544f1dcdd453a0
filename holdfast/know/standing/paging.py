"""Pages of a long list by the place of a row, never by counting: the same speed on every page.

A list is a run of phases; each is held in order by an index. An order in which some values are
missing has two, so that what is missing comes last in both directions. A phase may have several
arms, one an index range, whose rows are merged: each arm gives a page at most.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.fields.tuple_lookups import (  # type: ignore[import-untyped]
    Tuple,
    TupleGreaterThan,
    TupleLessThan,
)

SIZE = 50


def whole(text: str) -> int:
    """A number that a column can hold."""
    number = int(text)
    if abs(number) >= 2**63:
        raise ValueError(text)
    return number


def _text(text: str) -> str:
    if "\x00" in text:  # which no text of the database holds
        raise ValueError(text)
    return text


@dataclass(frozen=True)
class Place:
    """Where a row stands: its phase, the value it is sorted by (null where missing), its id."""

    phase: int
    value: Any
    id: int

    def __str__(self) -> str:
        """Fit for an address; `placed` reads it."""
        return f"{self.phase}.{self.id}.{'' if self.value is None else self.value}"


@dataclass(frozen=True)
class Phase:
    """A stretch of the list: rows of the arms by `column`, then id. With `missing`, by id alone."""

    arms: tuple[QuerySet[Any], ...]
    column: str
    id: str
    descending: bool = False
    missing: bool = False
    value: Callable[[str], Any] = _text  # from an address

    def read(self, past: Place | None, limit: int, *, backwards: bool) -> list[tuple[Any, int]]:
        """The next (value, id) beyond the place."""
        descending = self.descending != backwards
        arms = [self._arm(arm, past, limit, descending=descending) for arm in self.arms]
        found = list(arms[0].union(*arms[1:], all=True) if len(arms) > 1 else arms[0])
        found.sort(key=lambda row: (not self.missing and row[0], row[1]), reverse=descending)
        return found[:limit]

    def _arm(
        self, arm: QuerySet[Any], past: Place | None, limit: int, *, descending: bool
    ) -> QuerySet[Any]:
        beyond = TupleLessThan if descending else TupleGreaterThan
        if past and self.missing:
            arm = arm.filter(**{f"{self.id}__{'lt' if descending else 'gt'}": past.id})
        elif past:
            arm = arm.filter(beyond(Tuple(F(self.column), F(self.id)), (past.value, past.id)))
        sign = "-" if descending else ""
        ordered = arm.order_by(sign + self.column, sign + self.id)
        return ordered.values_list(self.column, self.id)[:limit]


@dataclass(frozen=True)
class Page:
    """A stretch of ids in the order of the list; `previous` and `next` lead on where rows do."""

    ids: list[int]
    previous: Place | None = None
    next: Place | None = None


def page(
    phases: Sequence[Phase],
    *,
    after: Place | None = None,
    before: Place | None = None,
    size: int = SIZE,
) -> Page:
    """The rows beyond the one place or short of the other; the first ones without either."""
    if before:
        found = list(islice(_walk(phases, before, size + 1, backwards=True), size + 1))
        if len(found) <= size:
            return page(phases, size=size)  # so near the start that the first page is a whole one
        found = found[size - 1 :: -1]
        return Page([place.id for place in found], found[0], found[-1])
    found = list(islice(_walk(phases, after, size + 1), size + 1))
    if after and not found:
        return page(phases, size=size)  # the rest of the list is gone
    more, found = len(found) > size, found[:size]
    ids = [place.id for place in found]
    return Page(ids, found[0] if after else None, found[-1] if more else None)


def every(phases: Sequence[Phase], *, at_once: int = 1000) -> Iterator[list[int]]:
    """All ids of the list in its order, so many at once; nothing is held in between."""
    after: Place | None = None
    while found := list(_walk(phases, after, at_once)):
        yield [place.id for place in found]
        after = found[-1]


def _walk(
    phases: Sequence[Phase], past: Place | None, limit: int, *, backwards: bool = False
) -> Iterator[Place]:
    for number in range(len(phases))[:: -1 if backwards else 1]:
        if past and (number > past.phase if backwards else number < past.phase):
            continue
        since = past if past and past.phase == number else None
        found = phases[number].read(since, limit, backwards=backwards)
        yield from (Place(number, value, row) for value, row in found)
        limit -= len(found)
        if limit <= 0:
            return


def placed(text: str, phases: Sequence[Phase]) -> Place | None:
    """The place an address names; None when it is no place of this list."""
    try:
        number, row, value = text.split(".", 2)
        there = phases[whole(number)]
        place = Place(int(number), None if there.missing else there.value(value), whole(row))
    except (ValueError, IndexError):
        return None
    return place if place.phase >= 0 else None
