"""Clients of every kind, and what they bought before the day."""

from datetime import UTC, date, datetime, timedelta

from holdfast.know.accounts.models import Account
from tests.factories.know import AccountFactory, OrderFactory

DAY = date(2026, 3, 3)
EARLIER = (date(2026, 1, 1), DAY - timedelta(days=1))


def bought(account: Account, day: date, price: str = "100.00", **order: object) -> None:
    at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    OrderFactory(account=account, ordered_at=at, lines=[(1, price)], **order)


def clients() -> dict[str, Account]:
    """The silent one pays most and bought every ten days until September."""
    faithful = AccountFactory(name="Nordvik Sjømat", external_id="13085")
    silent = AccountFactory(name="Grâu de Aur & fiii <b>", external_id="AB-7")
    returned = AccountFactory(name="Молочный край", external_id="C-1")
    small = AccountFactory(name="Halden", external_id="C-2")
    for days in range(1, 300, 12):
        bought(faithful, DAY - timedelta(days=days))
    for days in range(180, 360, 10):
        bought(silent, DAY - timedelta(days=days), "400.00")
    bought(small, DAY - timedelta(days=40), "5.00")
    bought(returned, DAY - timedelta(days=60), "-20.00")
    return {"faithful": faithful, "silent": silent, "returned": returned, "small": small}
