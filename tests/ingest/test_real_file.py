"""The retailer's year, whose numbers are known."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from holdfast.know.accounts.models import Account
from holdfast.know.orders.models import Order, OrderLine
from tests.ingest.reports import Bring


@pytest.mark.slow
def test_the_retailers_year_comes_in_whole_and_only_once(
    bring: Bring, shared: Callable[[str], Path]
) -> None:
    path = shared("online_retail_2009_2010.parquet")

    first = bring(path)
    second = bring(path)

    assert first.as_json() == {
        "kind": "order-lines",
        "rows_read": 525_461,
        "rows_accepted": 525_461,
        "rows_rejected": 0,
        "rows_without_account": 107_927,
        "amount_without_account_minor": 119_127_606,
        "created": {"accounts": 4_383, "orders": 28_816, "order_lines": 525_461},
        "updated": {"accounts": 0, "orders": 0, "order_lines": 0},
        "repeated": 0,
        "rejected_file": None,
    }
    assert first.notes == ()
    nothing = {"accounts": 0, "orders": 0, "order_lines": 0}
    assert (second.created, second.updated, second.repeated) == (nothing, nothing, 525_461)
    assert second.amount_without_account_minor == 119_127_606
    assert Account.objects.filter(external_id="13085", name="13085").exists()
    assert Order.objects.get(external_id="489434").ordered_at == datetime(
        2009, 12, 1, 7, 45, tzinfo=UTC
    )
    assert OrderLine.objects.count() == 525_461
