"""An account as one look saw it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.formats import date_format
from ibis import _ as column

from holdfast.assess.scorecards import reading
from holdfast.assess.scorecards.models import Assessment, Kind
from holdfast.lake import engine
from holdfast.measures.cards import Card, Measure
from holdfast.measures.scorecards import Contribution, explain


@dataclass(frozen=True)
class Seen:
    """The row of a look, and the cards it was made with."""

    row: dict[str, Any]
    health: Card
    abcd: Card
    currency: str

    @property
    def as_of(self) -> date:
        return self.row["as_of"]

    @property
    def score(self) -> float | None:
        return self.row["health__score"]

    @property
    def band(self) -> str:
        return self.row["health__band"]

    def card(self, kind: str) -> Card:
        return self.health if kind == Kind.HEALTH else self.abcd

    def parts(self, kind: str) -> list["Part"]:
        """Every measure of a card, the missing ones too."""
        card = self.card(kind)
        found = explain(card, reading.card_row(kind, self.row))
        return [Part(card.measures[each.measure], each, self) for each in found]


@dataclass(frozen=True)
class Part:
    """What one measure adds to a score of the account."""

    measure: Measure
    found: Contribution
    seen: Seen

    @property
    def missing(self) -> bool:
        return self.found.points is None

    @property
    def adds(self) -> float:
        """Points of the score."""
        return self.found.weight * (self.found.points or 0.0)

    @property
    def lost(self) -> float:
        """Points of the score that it could add and does not."""
        return 0.0 if self.found.points is None else self.found.weight * (100 - self.found.points)


def newest(until: date) -> Assessment | None:
    """The look of the day, or the newest one before it while nobody has looked yet."""
    looks = Assessment.objects.filter(as_of__lte=until).order_by("-as_of", "-made_at", "-pk")
    return looks.select_related("health", "abcd", "file").first()


def many(look: Assessment, account_ids: Iterable[int]) -> dict[int, Seen]:
    """These accounts in the look; those it did not know are left out."""
    ids = list(account_ids)
    if not ids:
        return {}
    health, abcd, currency = look.health.card, look.abcd.card, look.summary["currency"]
    rows = engine.rows(reading.history(look).filter(column.account_id.isin(ids)))
    return {row["account_id"]: Seen(row, health, abcd, currency) for row in rows}


def earlier(look: Assessment) -> Assessment | None:
    """What a look is compared with unless one chooses: about a month before, else the first."""
    before = Assessment.objects.filter(as_of__lt=look.as_of, summary__accounts__gt=0)
    before = before.select_related("health", "abcd", "file")
    month = before.filter(as_of__lte=look.as_of - timedelta(days=28))
    newest_first = month.order_by("-as_of", "-made_at", "-pk").first()
    return newest_first or before.order_by("as_of", "-made_at", "-pk").first()


def said_day(day: date) -> str:
    """A day in a sentence: 1 September 2010."""
    # Translators: a day in a sentence, in the format letters of Django: 1 September 2010.
    return date_format(day, "j E Y")
