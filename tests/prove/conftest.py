"""A shop whose customers bought on the days a test says."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from holdfast.know.accounts.models import Account
    from holdfast.know.company.models import Company

Bought = Callable[..., "list[Account]"]


@pytest.fixture
def company(db: None) -> "Company":
    """Looks at itself as of 1 September 2026."""
    from holdfast.know.company.models import Company

    one = Company.get()
    one.looked_at_on = date(2026, 9, 1)
    one.save()
    return one


@pytest.fixture
def bought(transactional_db: None, company: "Company", at: datetime) -> Bought:
    """One customer for each list of days, mirrored: bought(["2026-05-20"], [])."""
    from holdfast.lake import mirror
    from tests.factories.know import AccountFactory, OrderFactory

    def bought(*customers: list[str]) -> "list[Account]":
        made = [AccountFactory() for _customer in customers]
        for account, days in zip(made, customers, strict=True):
            for day in days:
                noon = datetime.combine(date.fromisoformat(day), time(12), UTC)
                OrderFactory(account=account, ordered_at=noon)
        mirror.refresh(at=at)
        return made

    return bought
