"""What the page of accounts shows: headline, views, filters, the rows of one page."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from holdfast.know.accounts.models import Account
from holdfast.know.company.models import Company
from holdfast.know.standing import findings, wanted
from holdfast.know.standing.listing import MOST, Listing, Row, rows
from holdfast.know.standing.models import Band, Segment, Standing, Total
from holdfast.know.standing.paging import Page, page, placed
from holdfast.lib.numbers import counted

VIEWS: tuple[tuple[str | Promise, wanted.Wanted], ...] = (
    (gettext_lazy("All"), wanted.EVERYONE),
    (gettext_lazy("Key clients"), wanted.KEY_CLIENTS),
    (gettext_lazy("Health unknown"), wanted.UNKNOWN_HEALTH),
    (gettext_lazy("No purchase for 90 days"), wanted.QUIET),
    (gettext_lazy("D, no revenue"), wanted.ONLY_D),
)
SORTS = (
    ("-revenue", gettext_lazy("revenue, most first")),
    ("revenue", gettext_lazy("revenue, least first")),
    ("health", gettext_lazy("health, worst first")),
    ("-health", gettext_lazy("health, best first")),
    ("-score", gettext_lazy("segment score, highest first")),
    ("score", gettext_lazy("segment score, lowest first")),
    ("purchase", gettext_lazy("last purchase, longest ago first")),
    ("-purchase", gettext_lazy("last purchase, latest first")),
    ("name", gettext_lazy("name, from A")),
    ("-name", gettext_lazy("name, from Z")),
)
BEST_FIRST = {"score", "revenue"}  # what a first press on a column sorts downwards
BANDS = (Band.UNHEALTHY, Band.NOT_SO_HEALTHY, Band.UNKNOWN, Band.HEALTHY)


@dataclass(frozen=True)
class Line:
    """A row as it is printed."""

    row: Row
    days: int | None  # since the last purchase
    stands_out: str

    @property
    def account(self) -> Account:
        return self.row.account

    @property
    def standing(self) -> Standing | None:
        return self.row.standing


@dataclass(frozen=True)
class Board:
    """Everything the page prints, read when it prints it."""

    listing: Listing
    company: Company
    query: QueryDict

    @cached_property
    def exists(self) -> bool:
        """Whether there is anyone to list at all."""
        return Account.objects.visible_to(self.listing.person).exists()

    @cached_property
    def looked_on(self) -> date | None:
        """The day the standing was found for; None while nobody has looked."""
        looked = Standing.objects.visible_to(self.listing.person)
        return looked.values_list("as_of", flat=True).first()

    @property
    def last_day(self) -> date:
        """The last day that counts."""
        return (self.looked_on or self.listing.as_of) - timedelta(days=1)

    @property
    def headline(self) -> str:
        if not self.looked_on:
            return _("Nobody has looked at these accounts yet")
        return findings.headline(findings.Keys.of(Total.objects.all()))

    @cached_property
    def page(self) -> Page:
        phases = self.listing.phases
        after = placed(self.query.get("after", ""), phases)
        before = placed(self.query.get("before", ""), phases)
        return page(phases, after=after, before=before)

    @cached_property
    def lines(self) -> list[Line]:
        day, currency = self.looked_on, self.company.currency
        return [
            Line(row, _days(row.standing, day), findings.stands_out(row.standing, currency))
            for row in rows(self.page.ids)
        ]

    @property
    def revenue_minor(self) -> int:
        """What the accounts of this page bring together."""
        found = [line.standing for line in self.lines if line.standing]
        return sum(standing.revenue_365_minor or 0 for standing in found)

    @property
    def previous(self) -> str:
        place = self.page.previous
        return self.listing.wanted.query(before=place) if place else ""

    @property
    def next(self) -> str:
        place = self.page.next
        return self.listing.wanted.query(after=place) if place else ""

    @cached_property
    def total(self) -> str:
        """How many there are, exactly to a thousand."""
        return said(self.listing.count())

    @property
    def views(self) -> list[dict[str, Any]]:
        now = self.listing.wanted.but(words="", sort="revenue", descending=True)
        return [
            {
                "label": label,
                "href": asked.query(),
                "current": asked == now,
                "count": _short(Listing(asked, self.listing.person, self.listing.as_of).count()),
            }
            for label, asked in VIEWS
        ]

    @property
    def segments(self) -> list[dict[str, Any]]:
        asked = self.listing.wanted
        return [
            {
                "name": str(name),
                "on": name in asked.segments,
                "href": asked.toggled("segments", name).query(),
            }
            for name in Segment.values
        ]

    @property
    def bands(self) -> list[dict[str, Any]]:
        asked, counts = self.listing.wanted, self.listing.count_bands()
        return [
            {
                "name": str(name),
                "on": name in asked.bands,
                "href": asked.toggled("bands", name).query(),
                "count": _short(counts[name]),
            }
            for name in BANDS
        ]

    @property
    def sorts(self) -> list[dict[str, Any]]:
        order = self.listing.wanted.order
        return [{"value": value, "label": label, "on": value == order} for value, label in SORTS]

    @property
    def heads(self) -> dict[str, dict[str, str]]:
        """For each column that sorts: where its head leads, and how it is sorted now."""
        asked = self.listing.wanted
        return {name: _head(asked, name) for name in wanted.SORTS}

    @property
    def without_quiet(self) -> str:
        return self.listing.wanted.but(quiet=False).query()


def _head(asked: wanted.Wanted, name: str) -> dict[str, str]:
    here = asked.sort == name
    descending = not asked.descending if here else name in BEST_FIRST
    sorted_now = ("descending" if asked.descending else "ascending") if here else ""
    return {"href": asked.but(sort=name, descending=descending).query(), "sorted": sorted_now}


def _days(standing: Standing | None, day: date | None) -> int | None:
    if not standing or not standing.last_purchase_on or not day:
        return None
    return (day - standing.last_purchase_on).days


def said(count: int) -> str:
    """A count of a list for people."""
    if count > MOST:
        return _("more than %(count)s") % {"count": counted(MOST)}
    return counted(count)


def _short(count: int) -> str:
    """The same beside a word, where there is no room."""
    return _("%(count)s+") % {"count": counted(MOST)} if count > MOST else counted(count)
