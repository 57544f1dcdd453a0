"""What the page of segments shows, of one look and one to compare it with."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from holdfast.assess.scorecards import card_words, findings, moves, reading, segments, whys
from holdfast.assess.scorecards.models import Assessment
from holdfast.know.accounts.models import Account
from holdfast.lib.money import format_minor
from holdfast.lib.numbers import counted
from holdfast.ui import charts, plots_of_shares
from holdfast.ui.templatetags.figures import number, percent

DESCRIPTIONS = {
    "A": gettext_lazy("buy much and often"),
    "B": gettext_lazy("solid, could buy more"),
    "C": gettext_lazy("small or seldom"),
    "D": gettext_lazy("bring no revenue"),
    "unknown": gettext_lazy("too little is known"),
}
COLUMNS = ("A", "B", "C", "D", "unknown", "none")


@dataclass(frozen=True)
class Mover:
    """One of those whose move matters most."""

    account: Account
    was: str
    became: str
    why: str
    revenue_minor: int | None
    currency: str

    @property
    def tells_revenue(self) -> bool:
        """Whether its revenue is known, and the phrase does not say it already."""
        if self.revenue_minor is None:
            return False
        return format_minor(self.revenue_minor, self.currency, whole=True) not in self.why


@dataclass(frozen=True)
class Board:
    """Everything the page prints, read when it prints it."""

    look: Assessment
    since: date | None
    person: object

    @property
    def currency(self) -> str:
        return str(self.look.summary["currency"])

    @cached_property
    def parts(self) -> list[segments.Part]:
        return segments.parts(self.look)

    @property
    def headline(self) -> str:
        return findings.headline(self.parts)

    @property
    def standfirst(self) -> str:
        return findings.standfirst(self.parts, self.currency)

    @property
    def last_day(self) -> str:
        return findings.last_day(self.look.as_of)

    @cached_property
    def knows_attention(self) -> bool:
        return any(part.attention_share is not None for part in self.parts)

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The table: a segment a row, with the bars of its shares drawn to one scale."""
        shares = [part.revenue_share for part in self.parts]
        shares += [part.attention_share for part in self.parts]
        most = max((share for share in shares if share), default=1)
        return [
            {
                "part": part,
                "said": DESCRIPTIONS[part.name],
                "revenue_bar": charts.percent(max(part.revenue_share or 0, 0) / most * 92),
                "attention_bar": charts.percent(max(part.attention_share or 0, 0) / most * 92),
                "change": self.moves.change(part.name) if self.moves else None,
            }
            for part in self.parts
        ]

    @property
    def all(self) -> dict[str, Any]:
        bands = {name: sum(part.bands[name] for part in self.parts) for name in self.parts[0].bands}
        known = [part.revenue_minor for part in self.parts if part.revenue_minor is not None]
        whole = sum(bands.values())
        return {
            "accounts": whole,
            "revenue_minor": sum(known) if known else None,
            "bands": bands,
            "unwell_share": (bands["unhealthy"] + bands["unknown"]) / whole if whole else None,
            "change": self.moves.now - self.moves.before if self.moves else None,
        }

    @property
    def card_in_short(self) -> str:
        return card_words.in_short(self.look.abcd.card)

    @property
    def left_out(self) -> str:
        return findings.left_out(segments.left_out(self.look))

    @cached_property
    def held(self) -> segments.Held | None:
        return segments.held(self.look)

    @property
    def pareto_title(self) -> str:
        return findings.pareto(self.held) if self.held else ""

    @property
    def pareto(self) -> charts.Chart | None:
        return drawn(self.held) if self.held else None

    @property
    def not_paying(self) -> int:
        return self.all["accounts"] - self.held.paying if self.held else 0

    @cached_property
    def before(self) -> list[Assessment]:
        return moves.looks_before(self.look)

    @cached_property
    def earlier(self) -> Assessment | None:
        return moves.chosen(self.before, self.look, self.since)

    @cached_property
    def moves(self) -> moves.Moves | None:
        return moves.moves(self.earlier, self.look) if self.earlier else None

    @property
    def choices(self) -> list[dict[str, Any]]:
        """The earlier days there are, for the select."""
        now = self.earlier
        return [
            {"day": one.as_of, "said": findings.day(one.as_of), "on": one == now}
            for one in self.before
        ]

    @property
    def since_words(self) -> str:
        return findings.day(self.earlier.as_of) if self.earlier else ""

    @property
    def moves_title(self) -> str:
        return findings.moved(self.moves) if self.moves else ""

    @property
    def identity(self) -> str:
        return findings.identity(self.moves) if self.moves else ""

    @property
    def matrix(self) -> dict[str, Any]:
        """Rows of where they were, columns of where they are; empty lines are left out."""
        found = self.moves
        if not found:
            return {}
        columns = [
            name for name in COLUMNS if name in moves.RANKED or found.count(moves.ENDS, [name])
        ]
        rows = [name for name in COLUMNS if name in moves.RANKED or found.count([name], moves.ENDS)]
        return {
            "columns": columns,
            "rows": [
                {
                    "name": was,
                    "cells": [_cell(found, was, became) for became in columns],
                    "total": found.count([was], moves.ENDS),
                }
                for was in rows
            ],
            "totals": [found.count(moves.ENDS, [name]) for name in columns],
        }

    @property
    def moved_count(self) -> int:
        return self.moves.rose + self.moves.fell if self.moves else 0

    @cached_property
    def weightiest(self) -> list[Mover]:
        if not self.earlier:
            return []
        found = moves.weightiest(self.earlier, self.look, findings.MOST)
        named = Account.objects.visible_to(self.person).in_bulk(
            [row["account_id"] for row in found]
        )
        return [
            self._mover(named[row["account_id"]], row)
            for row in found
            if row["account_id"] in named
        ]

    def _mover(self, account: Account, row: dict[str, Any]) -> Mover:
        before = reading.row(self.earlier, account.pk) if self.earlier else None
        now = reading.row(self.look, account.pk)
        said = _("the card was changed in between")
        if before and now and self.earlier and self.earlier.abcd_id == self.look.abcd_id:
            said = whys.why(self.look.abcd.card, before, now, self.currency)
        revenue = None if row["revenue"] is None else round(row["revenue"])
        return Mover(account, row["was"], row["became"], said, revenue, self.currency)

    @property
    def weightiest_title(self) -> str:
        return findings.weightiest(len(self.weightiest))


def _cell(found: moves.Moves, was: str, became: str) -> dict[str, Any]:
    return {
        "was": was,
        "became": became,
        "count": found.counts.get((was, became), 0),
        "way": moves.way(was, became),
        "there": not was == became == moves.NONE,
    }


def drawn(held: segments.Held) -> charts.Chart:
    """The curve, with the two places that people speak of."""
    half, most = {"count": counted(held.half)}, {"count": counted(held.most)}
    share = percent(held.most / held.paying)
    return plots_of_shares.pareto(
        held.curve,
        tell_share=percent,
        tell_count=number,
        total_words=ngettext("%(count)s account", "%(count)s accounts", held.paying)
        % {"count": counted(held.paying)},
        top_words=_("100% of revenue"),
        equal_words=_("if all paid the same"),
        order_words=_("largest first"),
        milestones=[
            plots_of_shares.Milestone(
                held.half,
                0.5,
                ngettext(
                    "%(count)s account brings half", "%(count)s accounts bring half", held.half
                )
                % half,
                ngettext("%(count)s brings 50%%", "%(count)s bring 50%%", held.half) % half,
            ),
            plots_of_shares.Milestone(
                held.most,
                0.8,
                ngettext(
                    "%(count)s account, %(share)s of them, brings 80%%",
                    "%(count)s accounts, %(share)s of them, bring 80%%",
                    held.most,
                )
                % {**most, "share": share},
                ngettext("%(count)s brings 80%%", "%(count)s bring 80%%", held.most) % most,
                loud=True,
            ),
        ],
    )
