"""The orders of an account, the newest first, a page at a time."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.http import QueryDict

from holdfast.know.accounts.models import Account
from holdfast.know.company.models import Company
from holdfast.know.orders.models import Order, OrderLine

SHOWN = 20


@dataclass
class Bought:
    """One order with what it came to, by currency."""

    order: Order
    on: date  # in the company's time zone
    lines: int = 0
    amounts: list[tuple[int, str]] = field(default_factory=list)

    @property
    def is_return(self) -> bool:
        return all(amount < 0 for amount, _currency in self.amounts) and bool(self.amounts)


def until(account: Account, day: date) -> QuerySet[Order]:
    """The orders of the account before the day, as the figures count them, the newest first."""
    end = datetime.combine(day, time(), Company.get().zone)
    return account.orders.filter(ordered_at__lt=end).order_by("-ordered_at", "-pk")


def page(account: Account, day: date, asked: QueryDict) -> dict[str, Any]:
    """Twenty orders, and the question that brings the next twenty."""
    before = _place(asked.get("before", ""))
    orders = until(account, day)
    after = orders.filter(_older(before)) if before else orders
    found = list(after[: SHOWN + 1])
    shown, more = found[:SHOWN], len(found) > SHOWN
    return {
        "rows": amounts(shown),
        "next": f"?before={shown[-1].ordered_at:%Y%m%dT%H%M%S%f}-{shown[-1].pk}#orders"
        if more
        else "",
        "is_first": before is None,
        "later": account.orders.count() - orders.count(),
    }


def amounts(orders: list[Order]) -> list[Bought]:
    """What the orders came to: one question for all of them."""
    lines = OrderLine.objects.filter(order__in=orders).values("order_id", "currency")
    zone = Company.get().zone
    summed: dict[int, list[tuple[int, str, int]]] = defaultdict(list)
    for row in lines.annotate(amount=Sum("amount_minor"), count=Count("pk")).order_by("currency"):
        summed[row["order_id"]].append((row["amount"], row["currency"], row["count"]))
    return [
        Bought(
            order,
            order.ordered_at.astimezone(zone).date(),
            sum(count for _amount, _currency, count in summed[order.pk]),
            [(amount, currency) for amount, currency, _count in summed[order.pk]],
        )
        for order in orders
    ]


def _place(written: str) -> tuple[datetime, int] | None:
    """Where the page before ended; nonsense begins anew."""
    at, _dash, key = written.partition("-")
    if not key.isascii() or not key.isdigit() or len(key) > 18:
        return None
    try:
        return datetime.strptime(f"{at}+0000", "%Y%m%dT%H%M%S%f%z"), int(key)
    except ValueError:
        return None


def _older(place: tuple[datetime, int]) -> Q:
    at, key = place
    return Q(ordered_at__lt=at) | Q(ordered_at=at, pk__lt=key)
