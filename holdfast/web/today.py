"""What Today puts on the page, gathered from the newest look."""

from datetime import date, timedelta
from typing import Any

from holdfast.access.models import Person
from holdfast.assess.scorecards import reading
from holdfast.assess.scorecards.models import Assessment
from holdfast.know.accounts.models import Account
from holdfast.know.standing.models import KEY
from holdfast.web import addresses, findings, kept, queue, shares, yesterday
from holdfast.web.seen import newest

NOT_WELL = ["unhealthy", "not_so_healthy", "unknown"]


def page(person: Person, day: date) -> dict[str, Any]:
    """Everything Today prints. Without clients or without a look it says what to do first."""
    look = newest(day)
    if look is None or not look.summary["accounts"]:
        has_clients = Account.objects.visible_to(person).exists()
        return {"look": None, "has_clients": has_clients, "imports": addresses.imports()}
    return {
        "look": look,
        "is_old": look.as_of != day or reading.is_stale(look),
        "currency": look.summary["currency"],
        "accounts": look.summary["accounts"],
        "all_accounts": addresses.accounts(),
        **_first(person, look),
        "yesterday": yesterday.compare(person, look, _day_before(look)),
        "kept": kept.of(look),
        "shares": shares.of(look),
    }


def _first(person: Person, look: Assessment) -> dict[str, Any]:
    items = queue.first(person, look)
    counted = queue.totals(person)
    revenue = sum(each["revenue_minor"] or 0 for each in look.summary["segments"].values())
    book = findings.Book(counted["key"], counted["waiting"], revenue)
    heads = [_head(item) for item in items]
    segments = [str(each) for each in KEY]
    return {
        "items": items,
        "book": book,
        "headline": findings.headline(heads, book),
        "standfirst": findings.standfirst(heads, book),
        "waiting_address": addresses.accounts(segment=segments, band=NOT_WELL),
        "key_address": addresses.accounts(segment=segments),
    }


def _head(item: queue.Item) -> findings.Head:
    standing = item.standing
    middle = ((standing.health_low or 0.0) + (standing.health_high or 0.0)) / 2
    return findings.Head(item.name, standing.revenue_365_minor or 0, middle)


def _day_before(look: Assessment) -> Assessment | None:
    return reading.latest(look.as_of - timedelta(days=1))
