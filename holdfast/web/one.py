"""What the page of an account holds, gathered from the newest look and from its records."""

from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from holdfast.assess.scorecards import reading
from holdfast.assess.scorecards.models import Assessment
from holdfast.know.accounts.models import Account
from holdfast.know.standing.models import Standing
from holdfast.ui.templatetags.figures import money_whole, number
from holdfast.web import addresses, health, moving, purchases, story, worth
from holdfast.web.measured import usual_gap
from holdfast.web.seen import Seen, many, newest, said_day
from holdfast.web.whys import lateness, since


def page(account: Account, day: date, asked: QueryDict) -> dict[str, Any]:
    """Everything there is; without a look the records alone."""
    look = newest(day)
    now = many(look, [account.pk]).get(account.pk) if look else None
    path = reading.line(account.pk, until=look.as_of) if look else []
    known: dict[str, Any] = {"now": None}
    if look and now:
        known = {**_assessed(account, look, now, asked), **health.page(look, now, path)}
    return {
        "account": account,
        "look": look,
        "day": day,
        "accounts_address": addresses.accounts(),
        "purchases": purchases.page(account, day, asked),
        "story": story.entries(account, day, path),
        **known,
    }


def _assessed(account: Account, look: Assessment, now: Seen, asked: QueryDict) -> dict[str, Any]:
    moved = moving.page(account, look, now, asked)
    return {
        "now": now,
        "currency": now.currency,
        "row": now.row,
        "place": place(now),
        "gap": usual_gap(now.row),
        "bought_days": None if now.row["purchases"] is None else int(now.row["purchases"]),
        "client_since": worth.client_since(account, now),
        "standfirst": standfirst(place(now), now, moved["before"]),
        **moved,
        **worth.page(now),
    }


def place(now: Seen) -> int | None:
    """Where the account stands by revenue among all, 1 for the largest; of those that pay only."""
    revenue = now.row["revenue"]
    if revenue is None or revenue <= 0:
        return None
    return Standing.objects.filter(revenue_365_minor__gt=round(revenue)).count() + 1


def standfirst(place: int | None, now: Seen, before: Seen | None) -> str:
    """Who they are to us, then the most telling thing of late."""
    how = since(now, before) if now.score is not None else _("We cannot tell how they are.")
    sentences = [_who(place, now), lateness(now) or _last(now), how]
    return " ".join(sentence for sentence in sentences if sentence)


def _who(place: int | None, now: Seen) -> str:
    revenue = now.row["revenue"]
    if revenue is None:
        return _("What they pay is not on record.")
    if place is None:
        return _("They brought no revenue in these twelve months.")
    words = {"place": number(place), "revenue": money_whole(round(revenue), now.currency)}
    if place == 1:
        return _("Our largest client, with %(revenue)s a year.") % words
    return _("Number %(place)s by revenue, with %(revenue)s a year.") % words


def _last(now: Seen) -> str:
    bought = now.row.get("last_purchase_on")
    return _("They last bought on %(day)s.") % {"day": said_day(bought)} if bought else ""
