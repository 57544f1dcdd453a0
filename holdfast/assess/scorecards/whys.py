"""Why an account is in another segment than before: one phrase, of what moved it most."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from holdfast.assess.scorecards.reading import card_row
from holdfast.assess.scorecards.shipped import LABELS
from holdfast.lib.money import format_minor
from holdfast.lib.numbers import counted
from holdfast.measures.cards import Card
from holdfast.measures.scorecards import explain
from holdfast.ui.templatetags.figures import number

Row = Mapping[str, Any]
SAME = 1e-9


def why(card: Card, before: Row, now: Row, currency: str) -> str:
    """From the account's rows of both looks, made with this card."""
    ruled, was_ruled = now["abcd__exception"], before["abcd__exception"]
    if ruled and ruled != was_ruled:
        return _ruled(ruled, now, currency)
    if was_ruled and not ruled:
        return _of_revenue(before, now, currency)
    adds = {
        c.measure: (c.points or 0) * c.weight for c in explain(card, card_row("abcd", dict(now)))
    }
    added = {
        c.measure: (c.points or 0) * c.weight for c in explain(card, card_row("abcd", dict(before)))
    }
    sign = 1 if sum(adds.values()) >= sum(added.values()) else -1
    most = max(adds, key=lambda name: sign * (adds[name] - added[name]))
    own = (before[f"abcd__{most}__value"], now[f"abcd__{most}__value"])
    if None not in own and abs(own[1] - own[0]) < SAME:
        return _("others overtook it") if sign < 0 else _("others fell behind it")
    said = PHRASES.get(card.measures[most].value)
    return said(before, now, currency) if said else _of_points(most, before, now)


def _ruled(ruling: str, now: Row, currency: str) -> str:
    if now["revenue"] is not None and now["revenue"] < 0:
        amount = format_minor(round(now["revenue"]), currency, whole=True)
        return _("returned more than it bought: %(amount)s") % {"amount": amount}
    return str(LABELS.get(ruling, ruling))


def _of_revenue(before: Row, now: Row, currency: str) -> str:
    if before["revenue"] is None or now["revenue"] is None:
        return (
            _("its revenue is known now")
            if now["revenue"] is not None
            else _("its revenue is not known any more")
        )
    return _("%(now)s in twelve months, %(before)s then") % {
        "now": format_minor(round(now["revenue"]), currency, whole=True),
        "before": format_minor(round(before["revenue"]), currency, whole=True),
    }


def _of_rhythm(before: Row, now: Row, currency: str) -> str:
    bought, months = _months(now)
    if bought == months == 12:
        return _("bought in each of the last twelve months")
    then, of = _months(before)
    return ngettext(
        "bought in %(bought)s of %(months)s months, in %(then)s of %(of)s then",
        "bought in %(bought)s of %(months)s months, in %(then)s of %(of)s then",
        bought,
    ) % {"bought": bought, "months": months, "then": then, "of": of}


def _months(row: Row) -> tuple[int, int]:
    """How many months it bought in, of how many that count: at least 3, at most 12."""
    since = min(max(row["months_since_first"] or 0, 3), 12)
    return round(row["active_months"] or 0), round(since)


def _of_check(before: Row, now: Row, currency: str) -> str:
    if before["average_check"] is None or now["average_check"] is None:
        return _("its average order came to be known, or went")
    return _("average order %(now)s, %(before)s then") % {
        "now": format_minor(round(now["average_check"]), currency, whole=True),
        "before": format_minor(round(before["average_check"]), currency, whole=True),
    }


def _of_attention(before: Row, now: Row, currency: str) -> str:
    if before["attention_minutes"] is None or now["attention_minutes"] is None:
        return _("how much attention it asks came to be known, or went")
    return _("took %(now)s minutes of our time in twelve months, %(before)s then") % {
        "now": counted(round(now["attention_minutes"])),
        "before": counted(round(before["attention_minutes"])),
    }


def _of_points(measure: str, before: Row, now: Row) -> str:
    return _("%(measure)s gives %(now)s points, %(before)s then") % {
        "measure": LABELS.get(measure, measure),
        "now": number(now[f"abcd__{measure}__points"]),
        "before": number(before[f"abcd__{measure}__points"]),
    }


PHRASES: dict[str, Callable[[Row, Row, str], str]] = {
    "revenue": _of_revenue,
    "buying_rhythm": _of_rhythm,
    "average_check": _of_check,
    "attention_per_revenue": _of_attention,
}
