"""What happened to an account: purchases, turns of health and segment, facts; the newest first."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from holdfast.facts.models import Fact
from holdfast.know.accounts.models import Account
from holdfast.know.company.models import Company
from holdfast.lib.money import format_minor
from holdfast.ui.templatetags.figures import band_word, number
from holdfast.web import purchases

SHOWN = 12
LATEST = 5  # orders; the others stand in their own table


@dataclass(frozen=True)
class Entry:
    """One line of the timeline."""

    on: date
    kind: str
    said: str


def entries(account: Account, day: date, path: list[dict[str, Any]]) -> list[Entry]:
    """The newest of everything before the day, at most twelve. `path`: reading.line."""
    zone = Company.get().zone
    known = [*_bought(account, day, zone), *turns(path), *_facts(account, zone)]
    return sorted(known, key=lambda entry: entry.on, reverse=True)[:SHOWN]


def _bought(account: Account, day: date, zone: Any) -> list[Entry]:
    newest_first = purchases.until(account, day)
    orders = list(newest_first[:LATEST])
    first = newest_first.last()
    made = [_order(bought) for bought in purchases.amounts(orders)]
    if first and first not in orders:
        made.append(Entry(_on(first.ordered_at, zone), _("Order"), _("Their first order.")))
    return made


def _order(bought: purchases.Bought) -> Entry:
    amounts = [format_minor(abs(amount), currency) for amount, currency in bought.amounts]
    words = {"amount": " + ".join(amounts), "lines": number(bought.lines)}
    if bought.is_return:
        said = ngettext(
            "Gave back %(amount)s in one line.",
            "Gave back %(amount)s in %(lines)s lines.",
            bought.lines,
        )
    else:
        said = ngettext(
            "Ordered for %(amount)s in one line.",
            "Ordered for %(amount)s in %(lines)s lines.",
            bought.lines,
        )
    return Entry(bought.on, _("Order"), said % words)


def turns(path: list[dict[str, Any]]) -> list[Entry]:
    """Looks at which the band or the segment was another than at the look before."""
    made = []
    for before, row in pairwise(path):
        if row["health__band"] != before["health__band"]:
            made.append(Entry(row["as_of"], _("Health"), _band(before, row)))
        if row["abcd__band"] != before["abcd__band"]:
            made.append(Entry(row["as_of"], _("Segment"), _segment(before, row)))
    return made


def _band(before: dict[str, Any], row: dict[str, Any]) -> str:
    parts = {
        "band": format_html(
            '<span class="band {}">{}</span>', row["health__band"], band_word(row["health__band"])
        ),
        "was": number(before["health__score"]),
        "now": number(row["health__score"]),
    }
    if "unknown" in (row["health__band"], before["health__band"]):
        return format_html(_("Became {band}."), **parts)
    return format_html(_("Became {band}, {was} to {now}."), **parts)


def _segment(before: dict[str, Any], row: dict[str, Any]) -> str:
    words = {"was": before["abcd__band"], "now": row["abcd__band"]}
    if "unknown" in words.values():
        return (
            _("The segment became known.")
            if words["was"] == "unknown"
            else _("The segment is unknown now.")
        )
    return _("From %(was)s to %(now)s.") % words


def _facts(account: Account, zone: Any) -> list[Entry]:
    found = Fact.objects.filter(account_id=account.pk).order_by("-at", "-pk")[:SHOWN]
    return [
        Entry(_on(fact.at, zone), _("Record"), _("Recorded: %(kind)s.") % {"kind": fact.kind})
        for fact in found
    ]


def _on(at: datetime, zone: Any) -> date:
    return at.astimezone(zone).date()
