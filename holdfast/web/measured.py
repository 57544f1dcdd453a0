"""What a measure says, in words: its value now, how it gives points, what would fill it.

Keyed by the value that a measure reads, so a company's own card finds the same words.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from holdfast.assess.scorecards.shipped import LABELS
from holdfast.measures.points import Growth, Linear, Percentile, Points, Steps
from holdfast.ui.templatetags.figures import DASH, days, money_whole, number, percent

DAYS = {"days_since_purchase", "tenure_days"}
MONEY = {"revenue", "average_check"}
Row = Mapping[str, Any]


def label(name: str) -> str:
    """What people read for a measure, a group or an exception of a card."""
    return str(LABELS.get(name, name))


def months(row: Row) -> tuple[int, int] | None:
    """In how many months the account bought, and of how many, as `buying_rhythm` counts them."""
    if row["active_months"] is None or row["months_since_first"] is None:
        return None
    return int(row["active_months"]), int(min(max(row["months_since_first"], 3), 12))


def usual_gap(row: Row) -> float | None:
    """The account's own mean days between purchases, from the two signals that hold it."""
    over, since = row["days_since_purchase_over_gap"], row["days_since_purchase"]
    return since / over if over and since is not None else None


def value_now(value: str, amount: float | None, row: Row, currency: str) -> str:
    """The value of an account as people read it."""
    rhythm = months(row)
    if amount is None:
        return DASH
    if value in DAYS:
        return days(amount)
    if value in MONEY:
        return money_whole(round(amount), currency)
    if value == "buying_rhythm" and rhythm:
        return _("%(active)s of %(all)s months") % {"active": rhythm[0], "all": rhythm[1]}
    if value == "returns_share":
        return percent(amount, 1)
    if value == "attention_per_revenue":
        minutes = round(row["attention_minutes"])
        said = ngettext("%(count)s minute", "%(count)s minutes", minutes)
        return said % {"count": number(minutes)}
    return number(amount, 0 if float(amount).is_integer() else 1)


def points_given(points: Points, value: str) -> str:
    """How a value becomes points, 0 to 100."""
    if isinstance(points, Linear):
        return _("0 at %(zero)s, 100 at %(full)s") % {
            "zero": _bound(points.zero_at, value),
            "full": _bound(points.full_at, value),
        }
    if isinstance(points, Percentile):
        return _among(points)
    if isinstance(points, Steps):
        return _steps(points)
    if isinstance(points, Growth):
        return _("50 when as in the twelve months before, 100 when doubled")
    return _("green 100, amber 50, red 0")  # an Indicator


def _bound(bound: float, value: str) -> str:
    if value in DAYS:
        return days(bound)
    if value == "buying_rhythm":
        return _("none of the months") if bound == 0 else _every_month(bound)
    return number(bound, 0 if float(bound).is_integer() else 1)


def _every_month(bound: float) -> str:
    if bound == 100:
        return _("every month")
    return _("%(share)s of the months") % {"share": percent(bound / 100)}


def _among(points: Percentile) -> str:
    if points.among == "paying":
        if points.reverse:
            return _("of 100 that pay, how many ask more")
        return _("of 100 that pay, how many it is above")
    if points.reverse:
        return _("of 100 accounts, how many have more")
    return _("of 100 accounts, how many it is above")


def _steps(points: Steps) -> str:
    first = _("%(points)s below %(edge)s") % {
        "points": number(points.points[0]),
        "edge": number(points.edges[0]),
    }
    rest = [
        _("%(points)s from %(edge)s") % {"points": number(given), "edge": number(edge)}
        for edge, given in zip(points.edges, points.points[1:], strict=True)
    ]
    return ", ".join([first, *rest])


def filled_by(value: str) -> str:
    """What would make a missing measure known."""
    if value in {"attention_per_revenue", "attention_minutes"}:
        return _("Nobody has recorded what we spend on them: touches and tickets would fill it.")
    if value in {"revenue", "purchases", "active_months", "products_bought"}:
        return _("It needs orders in the company’s currency.")
    if value == "average_check":
        return _("They placed no order above zero in the twelve months before the day.")
    if value in {"buying_rhythm", "months_since_first", "days_since_purchase"}:
        return _("They have bought nothing yet: their first purchase fills it.")
    if value == "days_since_purchase_over_gap":
        return _("They bought on fewer than two days: the second purchase fills it.")
    if value == "purchase_trend":
        return _("They bought nothing in the 90 days it is compared with.")
    return _("Nothing on record says it yet.")
