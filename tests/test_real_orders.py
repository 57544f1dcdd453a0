"""From a real file of orders to key clients: every published or measured figure comes out."""

import json
from datetime import UTC, date, datetime

import pytest
from django.core.management import call_command

from holdfast.access import actors
from holdfast.assess.scorecards import actions as scorecards
from holdfast.assess.scorecards import reading
from holdfast.ingest import actions as ingest
from holdfast.know.accounts.models import Account
from holdfast.know.company import actions as companies
from holdfast.know.orders.models import Order, OrderLine
from holdfast.know.standing.models import Standing
from tests.conftest import SHARED

FILE = SHARED / "online_retail_2009_2010.parquet"
DAY = date(2010, 9, 1)
AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
BY = actors.job("test")

pytestmark = pytest.mark.skipif(not FILE.exists(), reason=f"../shared/data/{FILE.name} is missing")


def bring_in():
    return ingest.import_file(path=FILE, kind="order-lines", create_accounts=True, by=BY, at=AT)


@pytest.fixture(scope="module")
def first(django_db_setup, django_db_blocker):
    """The report of the first import; the records stay for this file's tests."""
    with django_db_blocker.unblock():
        companies.describe(
            name="Albion", currency="GBP", time_zone="Europe/London", looked_at_on=DAY, by=BY, at=AT
        )
        yield bring_in().as_json()
        call_command("flush", verbosity=0, interactive=False)


@pytest.fixture(scope="module")
def look(first):
    return scorecards.assess(as_of=DAY, by=BY, at=AT)


def test_every_row_is_accounted_for(first):
    assert first == {
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
    assert (Account.objects.count(), Order.objects.count()) == (4_383, 28_816)
    assert Account.objects.filter(external_id="13085", name="13085").exists()
    assert Order.objects.get(external_id="489434").ordered_at == datetime(
        2009, 12, 1, 7, 45, tzinfo=UTC
    )


def test_the_same_file_again_changes_nothing(first):
    again = bring_in().as_json()

    assert set(again["created"].values()) | set(again["updated"].values()) == {0}
    assert again["repeated"] == 525_461
    assert again["amount_without_account_minor"] == 119_127_606
    assert OrderLine.objects.count() == 525_461


def test_the_segments_are_the_measured_ones(look):
    segments = look.summary["segments"]

    assert look.summary["accounts"] == 3_393
    assert {name: row["accounts"] for name, row in segments.items()} == {
        "A": 418, "B": 978, "C": 1_901, "D": 96, "unknown": 0,
    }  # fmt: skip
    shares = [round(segments[name]["revenue_share"], 4) for name in "ABCD"]
    assert shares == [0.6207, 0.2740, 0.1222, -0.0169]
    assert {row["attention_share"] for row in segments.values()} == {None}


def test_every_account_stands_somewhere(look):
    assert Standing.objects.count() == 3_393
    assert sum(look.summary["bands"].values()) == 3_393
    key = Standing.objects.filter(segment__in="AB")
    assert key.count() == 418 + 978
    assert not key.filter(revenue_365_minor__lte=0).exists()


def test_contributions_add_up_to_the_scores(look):
    told = list(reading.accounts(look))

    assert len(told) == 3_393
    for row in told:
        for card, score in (("abcd", row["segment_score"]), ("health", row["health"])):
            parts = [c for c in row["contributions"] if c["card"] == card]
            if score is not None:
                total = sum(c["weight"] * c["points"] for c in parts if c["points"] is not None)
                assert total == pytest.approx(score, abs=1e-9)
    assert json.dumps(told[0])


def test_a_second_look_says_the_same(look):
    again = scorecards.assess(as_of=DAY, by=BY, at=AT)

    assert again.summary == look.summary
