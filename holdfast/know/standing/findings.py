"""What the list of accounts says: from numbers to sentences, never more than they bear."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from holdfast.know.standing.models import KEY, Band, Standing, Total
from holdfast.lib.money import format_minor
from holdfast.lib.numbers import counted
from holdfast.ui.templatetags.figures import percent


@dataclass(frozen=True)
class Keys:
    """The key clients among all: how many, how many of them healthy, what the others bring."""

    accounts: int
    clients: int
    healthy: int
    others_share: float | None  # of all revenue, 0–1; None when there is none to share

    @classmethod
    def of(cls, totals: Iterable[Total]) -> "Keys":
        every = list(totals)
        keys = [total for total in every if total.segment in KEY]
        others = sum(total.revenue_minor or 0 for total in keys if total.band != Band.HEALTHY)
        revenue = sum(total.revenue_minor or 0 for total in every)
        return cls(
            accounts=sum(total.accounts for total in every),
            clients=sum(total.accounts for total in keys),
            healthy=sum(total.accounts for total in keys if total.band == Band.HEALTHY),
            others_share=others / revenue if revenue > 0 and others >= 0 else None,
        )


def headline(keys: Keys) -> str:
    """How the key clients are, and how much of the revenue the unwell ones bring."""
    if not keys.clients:
        return ngettext(
            "Your one account is not a key client yet.",
            "None of your %(count)s accounts is a key client yet.",
            keys.accounts,
        ) % {"count": counted(keys.accounts)}
    if keys.healthy == keys.clients:
        return ngettext(
            "Your one key client is healthy.",
            "All %(count)s of your key clients are healthy.",
            keys.clients,
        ) % {"count": counted(keys.clients)}
    first, second = _how_many(keys), _what_others_bring(keys)
    return _("%(first)s %(second)s") % {"first": first, "second": second} if second else first


def _how_many(keys: Keys) -> str:
    words = {"clients": counted(keys.clients), "healthy": counted(keys.healthy)}
    if not keys.healthy:
        return (
            ngettext(
                "Your one key client is not healthy.",
                "None of your %(clients)s key clients is healthy.",
                keys.clients,
            )
            % words
        )
    return (
        ngettext(
            "Of your %(clients)s key clients %(healthy)s is healthy.",
            "Of your %(clients)s key clients %(healthy)s are healthy.",
            keys.healthy,
        )
        % words
    )


def _what_others_bring(keys: Keys) -> str:
    if keys.others_share is None:
        return ""
    others = keys.clients - keys.healthy
    words = {"others": counted(others), "share": percent(keys.others_share)}
    half = 0.475 <= keys.others_share < 0.525
    if not keys.healthy:
        if half:
            return ngettext("It brings half the revenue.", "They bring half the revenue.", others)
        return (
            ngettext(
                "It brings %(share)s of the revenue.",
                "They bring %(share)s of the revenue.",
                others,
            )
            % words
        )
    if half:
        return (
            ngettext(
                "The other one brings half the revenue.",
                "The other %(others)s bring half the revenue.",
                others,
            )
            % words
        )
    return (
        ngettext(
            "The other one brings %(share)s of the revenue.",
            "The other %(others)s bring %(share)s of the revenue.",
            others,
        )
        % words
    )


LONG = 180  # days of silence that are worth a word whatever the usual gap


class Known(NamedTuple):
    """The signals of an account that phrases are made from; None where one cannot be known."""

    days: float | None
    over_gap: float | None
    trend: float | None
    returns: float | None
    purchases: float | None
    months: float | None
    tenure: float | None

    @classmethod
    def of(cls, signals: Mapping[str, Any]) -> "Known":
        names = ("days_since_purchase", "days_since_purchase_over_gap", "purchase_trend")
        rest = ("returns_share", "purchases", "active_months", "tenure_days")
        return cls(*(signals.get(name) for name in (*names, *rest)))


def stands_out(standing: Standing | None, currency: str) -> str:
    """One short phrase: the first that is true of it, the gravest first; empty when none is."""
    if standing is None:
        return _("not looked at yet")
    known = Known.of(standing.signals)
    return (
        _of_money(standing.revenue_365_minor, known, currency)
        or _of_silence(known)
        or _of_returns(known)
        or _of_beginnings(known)
        or _of_growth(known)
    )


def _of_money(revenue: int | None, known: Known, currency: str) -> str:
    if revenue is None or revenue >= 0:
        return ""
    amount = format_minor(revenue, currency, whole=True)
    if known.days is None:
        return _("returned goods, bought nothing: %(amount)s") % {"amount": amount}
    return _("returned more than it bought: %(amount)s") % {"amount": amount}


def _of_silence(known: Known) -> str:
    if known.days is None:
        return _("has not bought anything yet") if known.purchases is not None else ""
    days = round(known.days)
    if known.purchases == 0:
        return _("bought nothing in twelve months")
    if known.over_gap and known.over_gap >= 3 and days >= 30 and _enough(known, 3):
        gap = max(round(known.days / known.over_gap), 1)
        return ngettext(
            "silent for %(days)s days, else buys every day",
            "silent for %(days)s days, else buys every %(gap)s days",
            gap,
        ) % {"days": counted(days), "gap": counted(gap)}
    if known.trend == 0:
        return _("bought nothing in 90 days, but in the 90 before")
    if known.trend is not None and known.trend <= 0.5 and _enough(known, 4):
        fall = percent(1 - known.trend)
        return _("%(share)s fewer purchase days than in the 90 days before") % {"share": fall}
    if days >= LONG:
        return _("bought nothing in %(days)s days") % {"days": counted(days)}
    return ""


def _enough(known: Known, purchases: int) -> bool:
    return known.purchases is not None and known.purchases >= purchases


def _of_returns(known: Known) -> str:
    if known.returns is None or known.returns < 0.25:
        return ""
    return _("returned %(share)s of what it bought") % {"share": percent(known.returns)}


def _of_beginnings(known: Known) -> str:
    if known.tenure is not None and known.tenure <= 90:
        days = round(known.tenure)
        return ngettext("new, with us for %(days)s day", "new, with us for %(days)s days", days) % {
            "days": counted(days)
        }
    if known.purchases == 1:
        return _("bought on a single day in twelve months")
    return ""


def _of_growth(known: Known) -> str:
    if known.trend is not None and known.trend >= 2 and _enough(known, 4):
        return _("twice as many purchase days as in the 90 days before")
    if known.months is not None and known.months >= 12:
        return _("bought in each of the last twelve months")
    return ""
