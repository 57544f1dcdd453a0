"""The list of accounts: which rows, in which order, how many. Every order is held by an index."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import product
from typing import Any

from django.db.models import Q, QuerySet

from holdfast.know.accounts.models import Account
from holdfast.know.standing.models import Band, Segment, Standing
from holdfast.know.standing.paging import Phase, whole
from holdfast.know.standing.wanted import QUIET_DAYS, Wanted

MOST = 1000  # a list is counted so far
RARE = 20_000  # so many are sorted at once
COLUMNS: dict[str, tuple[str, Callable[[str], Any]]] = {  # and how an address writes its values
    "score": ("segment_score", float),
    "health": ("health", float),
    "revenue": ("revenue_365_minor", whole),
    "purchase": ("last_purchase_on", date.fromisoformat),
}


@dataclass(frozen=True)
class Row:
    """An account, and what is thought of it; None when it came after the last look."""

    account: Account
    standing: Standing | None


@dataclass(frozen=True)
class Listing:
    """The accounts somebody asked for, as far as they may see them."""

    wanted: Wanted
    person: object
    as_of: date

    @cached_property
    def phases(self) -> list[Phase]:
        if self.wanted.sort == "name":
            return [Phase((self.accounts,), "sort_key", "id", self.wanted.descending)]
        column, read = COLUMNS[self.wanted.sort]
        missing = {f"{column}__isnull": True}
        known = tuple(arm.filter(**{f"{column}__isnull": False}) for arm in self._arms())
        unknown = tuple(arm.filter(**missing) for arm in self._arms())
        phases = [
            Phase(known, column, "account_id", self.wanted.descending, value=read),
            Phase(unknown, column, "account_id", missing=True),
        ]
        if not self.wanted.narrows:
            phases.append(Phase((self.not_looked_at,), "id", "id", missing=True))
        return phases

    def _arms(self) -> Iterator[QuerySet[Standing]]:
        """One for each segment and band: in each the indexes hold every order.

        The few that are searched for are one arm: sorting them is quicker than any walk.
        """
        if self._rare:
            return iter([self._narrowed()])
        pairs = product(self.wanted.segments or Segment.values, self.wanted.bands or Band.values)
        return (
            self.standing.filter(segment=segment, band=band).order_by("last_purchase_on")
            for segment, band in pairs
        )

    @cached_property
    def standing(self) -> QuerySet[Standing]:
        """What is thought of them, but for segments and bands."""
        found = Standing.objects.visible_to(self.person)
        if self.wanted.quiet:
            found = found.filter(last_purchase_on__lt=self._quiet_since)
        return found.filter(self._searched("account__"))

    def _narrowed(self) -> QuerySet[Standing]:
        found = self.standing.order_by("last_purchase_on")
        if self.wanted.segments:
            found = found.filter(segment__in=self.wanted.segments)
        if self.wanted.bands:
            found = found.filter(band__in=self.wanted.bands)
        return found

    @property
    def accounts(self) -> QuerySet[Account]:
        found = Account.objects.visible_to(self.person).filter(self._searched(""))
        if self.wanted.segments:
            found = found.filter(standing__segment__in=self.wanted.segments)
        if self.wanted.bands:
            found = found.filter(standing__band__in=self.wanted.bands)
        if self.wanted.quiet:
            found = found.filter(standing__last_purchase_on__lt=self._quiet_since)
        return found

    @property
    def not_looked_at(self) -> QuerySet[Account]:
        return self.accounts.filter(standing__isnull=True)

    @property
    def _quiet_since(self) -> date:
        return self.as_of - timedelta(days=QUIET_DAYS)

    @cached_property
    def _rare(self) -> bool:
        """Whether so few have the words that they are best found first, then sorted."""
        found = Account.objects.visible_to(self.person).search(self.wanted.words)
        return bool(self.wanted.words) and found.values("pk")[: RARE + 1].count() <= RARE

    def _searched(self, path: str) -> Q:
        """Those with the words: found by their index, or, when common, passed on the way."""
        accounts = Account.objects.visible_to(self.person)
        if not self.wanted.words:
            return Q()
        if self._rare:
            return Q(pk__in=accounts.search(self.wanted.words).values("pk"))
        return accounts.among(self.wanted.words, path)

    def count(self) -> int:
        """How many, up to 1,001: what is more is not counted."""
        return count(*self._arms()) if self.wanted.narrows else count(self.accounts)

    def count_bands(self) -> dict[str, int]:
        """How many of each band there would be, each up to 1,001."""
        return {
            band: Listing(self.wanted.but(bands=(band,)), self.person, self.as_of).count()
            for band in Band.values
        }


def count(*arms: QuerySet) -> int:
    """The rows of the arms, each counted along an index no further than a list is."""
    found = [arm.values("pk")[: MOST + 1] for arm in arms]
    whole = found[0].union(*found[1:], all=True) if len(found) > 1 else found[0]
    return whole[: MOST + 1].count()


def rows(ids: Iterable[int]) -> list[Row]:
    """The accounts in this order; one deleted meanwhile is left out."""
    wanted = list(ids)
    accounts = Account.objects.in_bulk(wanted)
    standing = Standing.objects.in_bulk(wanted)
    return [Row(accounts[one], standing.get(one)) for one in wanted if one in accounts]
