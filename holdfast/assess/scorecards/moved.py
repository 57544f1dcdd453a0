"""The accounts behind a figure of who moved: a page at a time, the most revenue first."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from holdfast.assess.scorecards import findings, moves
from holdfast.assess.scorecards.models import Assessment
from holdfast.know.accounts.models import Account

SIZE = moves.SIZE


@dataclass(frozen=True)
class Moved:
    """Who was there then and is here now; either may be left open."""

    look: Assessment
    earlier: Assessment
    was: str
    became: str
    direction: str
    after: tuple[float, int] | None
    person: object

    @classmethod
    def find(
        cls, look: Assessment | None, since: date | None, query: QueryDict, person: object
    ) -> "Moved | None":
        """From an address; None when there are no two looks to compare."""
        earlier = moves.chosen(moves.looks_before(look), look, since) if look else None
        if look is None or earlier is None:
            return None
        was, became = (_among(query.get(name, ""), moves.ENDS) for name in ("from", "to"))
        direction = _among(query.get("way", ""), moves.WAYS)
        if not (was or became):
            direction = direction or "moved"
        return cls(look, earlier, was, became, direction, _after(query.get("after", "")), person)

    @cached_property
    def found(self) -> list[dict[str, Any]]:
        both = moves.between(self.earlier, self.look)
        wanted = moves.who(both, was=self.was, became=self.became, direction=self.direction)
        return moves.page(wanted, after=self.after)

    @cached_property
    def lines(self) -> list[dict[str, Any]]:
        """The rows with their accounts; one deleted meanwhile is left out."""
        shown = self.found[:SIZE]
        named = Account.objects.visible_to(self.person).in_bulk(
            [row["account_id"] for row in shown]
        )
        return [
            {
                **row,
                "account": named[row["account_id"]],
                "revenue": _minor(row["revenue"]),
                "revenue_before": _minor(row["revenue_before"]),
            }
            for row in shown
            if row["account_id"] in named
        ]

    @property
    def next(self) -> str:
        if len(self.found) <= SIZE:
            return ""
        last = self.found[SIZE - 1]
        return self._query(after=f"{last['account_id']}.{last['place']!r}")

    @property
    def first(self) -> str:
        return self._query() if self.after else ""

    def _query(self, **more: str) -> str:
        query = QueryDict(mutable=True)
        named = {"from": self.was, "to": self.became, "way": self.direction, **more}
        query.update({name: value for name, value in named.items() if value})
        query["since"] = self.earlier.as_of.isoformat()
        return f"?{query.urlencode()}"

    @property
    def since(self) -> str:
        return findings.day(self.earlier.as_of)

    @property
    def until(self) -> str:
        return findings.day(self.look.as_of)

    @property
    def currency(self) -> str:
        return str(self.look.summary["currency"])

    @property
    def title(self) -> str:
        """What they have in common."""
        words = {"was": _name(self.was), "became": _name(self.became), "since": self.since}
        if self.was == moves.NONE:
            return (
                _("New since %(since)s, now %(became)s")
                if self.became
                else _("New since %(since)s")
            ) % words
        if self.became == moves.NONE:
            return (
                _("%(was)s on %(since)s, gone now") if self.was else _("Gone since %(since)s")
            ) % words
        if self.was and self.was == self.became:
            return _("%(was)s on %(since)s and still") % words
        if self.was and self.became:
            return _("From %(was)s to %(became)s since %(since)s") % words
        if self.was or self.became:
            return (_("%(was)s on %(since)s") if self.was else _("Now %(became)s")) % words
        if self.direction == "rose":
            return _("Rose to a better segment since %(since)s") % words
        if self.direction == "fell":
            return _("Fell to a lesser segment since %(since)s") % words
        return _("Changed segment since %(since)s") % words


def _name(segment: str) -> str:
    return _("segment unknown") if segment == "unknown" else segment


def _among(text: str, known: tuple[str, ...]) -> str:
    return text if text in known else ""


def _after(text: str) -> tuple[float, int] | None:
    try:
        number, place = text.split(".", 1)
        there = float(place), int(number)
    except ValueError:
        return None
    return there if abs(there[0]) < 1e300 and 0 < there[1] < 2**63 else None


def _minor(revenue: float | None) -> int | None:
    return None if revenue is None else round(revenue)
