"""The retailer's year: numbers that are known."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from holdfast.ingest import actions
from holdfast.know.company.models import Company
from holdfast.lake import mirror
from holdfast.measures.active import PURCHASE_90
from holdfast.measures.retention import Rates
from holdfast.prove.retention import report

JUNE, SEPTEMBER = date(2010, 6, 1), date(2010, 9, 1)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_retailers_summer(shared: Callable[[str], Path], by, at: datetime) -> None:
    company = Company.get()
    company.currency, company.time_zone = "GBP", "Europe/London"
    company.save()
    path = shared("online_retail_2009_2010.parquet")
    actions.import_file(kind="order-lines", path=path, create_accounts=True, by=by, at=at)
    mirror.refresh(at=datetime(2026, 11, 23, 10, tzinfo=UTC))

    records = report.read()
    found = records.between(JUNE, SEPTEMBER, by_segment=True)

    assert records.active == PURCHASE_90
    assert found.complete
    assert found.rates == Rates(
        at_start=2023, at_end=1936, kept=1122, lost=901, won=618, won_and_lost=10, returned=206
    )
    assert found.rates.retention_rate == pytest.approx(0.55462, abs=5e-6)
    assert found.rates.retention_interval == pytest.approx((0.53288, 0.57616), abs=5e-6)
    assert found.rates.simple_rate == pytest.approx(0.65151, abs=5e-6)
    assert sum(rates.kept for rates in found.segments.values()) == 1122
    assert {name: len(records.members(JUNE, SEPTEMBER, name)) for name in report.SETS} == {
        **vars(found.rates),
        "won_and_kept": 608,
    }
    assert records.series(SEPTEMBER, 2, 3)[-1].rates == found.rates
