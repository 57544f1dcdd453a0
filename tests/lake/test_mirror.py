"""The lake sees each record once, in its last version, whatever the order of commits."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import psycopg
import pytest
from django.db import connection

from holdfast.know.accounts.models import Account
from holdfast.know.orders.models import Order
from holdfast.lake import engine, files, mirror
from holdfast.lake.models import LakeFile
from holdfast.lake.tables import tables
from tests.factories.know import AccountFactory, OrderFactory

pytestmark = pytest.mark.django_db(transaction=True)
NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
LATER = NOON + timedelta(hours=1)


def read(zone: str = "UTC", **narrowed):
    return tables(zone=ZoneInfo(zone), currency="EUR", ticket_minutes=15, **narrowed)


def names(**narrowed) -> list[str]:
    return sorted(row["name"] for row in engine.rows(read(**narrowed).accounts))


def test_an_empty_company_has_empty_typed_tables():
    assert mirror.refresh(at=NOON) == 0

    assert engine.rows(read().orders) == []
    assert read().orders.schema()["ordered_on"].is_date()


def test_what_has_not_changed_is_not_written_again():
    OrderFactory()

    assert mirror.refresh(at=NOON) == 3  # an account, an order, a line
    assert mirror.refresh(at=LATER) == 0


def test_a_changed_row_answers_in_its_last_version_and_as_it_was_known():
    account = AccountFactory(name="Before")
    mirror.refresh(at=NOON)
    Account.objects.filter(pk=account.pk).update(name="After")
    mirror.refresh(at=LATER)

    assert names() == ["After"]
    assert names(known_at=NOON) == ["Before"]
    assert names(known_at=NOON - timedelta(days=1)) == []


def test_a_deleted_row_is_gone_but_was_known():
    order = OrderFactory()
    mirror.refresh(at=NOON)
    Order.objects.filter(pk=order.pk).delete()

    assert mirror.refresh(at=LATER) == 2
    assert engine.rows(read().orders) == []
    assert engine.rows(read().order_lines) == []
    assert len(engine.rows(read(known_at=NOON).orders)) == 1


def test_a_transaction_that_commits_late_is_not_missed():
    mirror.refresh(at=NOON)
    with psycopg.connect(mirror._address()) as late, late.cursor() as cursor:
        cursor.execute(
            "insert into accounts_account (external_id, name, sort_key, search_words)"
            " values ('late', 'Late', 'late', ' late')"
        )
        AccountFactory(name="Early")
        mirror.refresh(at=NOON)  # sees Early only, though Late began first
        late.commit()
    assert names() == ["Early"]

    assert mirror.refresh(at=LATER) == 1
    assert names() == ["Early", "Late"]


def test_fresh_rows_need_no_search_for_the_last_version():
    OrderFactory()
    mirror.refresh(at=NOON)
    OrderFactory()
    mirror.refresh(at=LATER)

    sql = str(engine.connect().compile(read().orders))
    assert "ROW_NUMBER" not in sql.upper()
    assert len(engine.rows(read().orders)) == 2


def test_only_the_asked_accounts_are_seen_anywhere():
    mine, other = OrderFactory(), OrderFactory()
    mirror.refresh(at=NOON)

    seen = read(accounts=[mine.account_id])

    assert [row["id"] for row in engine.rows(seen.accounts)] == [mine.account_id]
    assert [row["id"] for row in engine.rows(seen.orders)] == [mine.pk]
    assert [row["order_id"] for row in engine.rows(seen.order_lines)] == [mine.pk]
    assert other.pk not in [row["id"] for row in engine.rows(seen.orders)]


@pytest.mark.parametrize(
    ("zone", "utc", "day"),
    [
        ("UTC", "2026-03-01T23:30", "2026-03-01"),
        ("Europe/London", "2026-03-28T23:30", "2026-03-28"),
        ("Europe/London", "2026-03-29T23:30", "2026-03-30"),  # an hour ahead since that morning
        ("Europe/London", "2026-10-24T23:30", "2026-10-25"),
        ("Europe/London", "2026-10-25T23:30", "2026-10-25"),
        ("Pacific/Apia", "2011-12-29T12:00", "2011-12-29"),
        ("Pacific/Apia", "2011-12-30T12:00", "2011-12-31"),  # the island left out a day
        ("Asia/Kathmandu", "1985-12-31T18:20", "1985-12-31"),
        (
            "Asia/Kathmandu",
            "1986-01-01T18:20",
            "1986-01-02",
        ),  # its clock moved a quarter of an hour
    ],
)
def test_days_are_days_of_the_company(zone, utc, day):
    OrderFactory(ordered_at=datetime.fromisoformat(utc).replace(tzinfo=UTC))
    OrderFactory(ordered_at=datetime(1980, 1, 1, tzinfo=UTC))
    OrderFactory(ordered_at=datetime(2027, 1, 1, tzinfo=UTC))
    mirror.refresh(at=NOON)

    days = [str(row["ordered_on"]) for row in engine.rows(read(zone).orders.order_by("id"))]

    assert days[0] == day


def test_a_listing_that_rolls_back_leaves_rubbish_that_is_swept():
    AccountFactory()
    with connection.cursor() as cursor:
        cursor.execute("select 1")
    with pytest.raises(RuntimeError), files_roll_back():
        mirror.refresh(at=NOON)
    assert LakeFile.objects.count() == 0
    assert list(files.root().rglob("*.parquet"))

    files.sweep(at=datetime.now(UTC) + timedelta(days=2))

    assert not list(files.root().rglob("*.parquet"))
    assert mirror.refresh(at=LATER) == 1


def files_roll_back():
    from contextlib import contextmanager

    from django.db import transaction

    @contextmanager
    def rolled_back():
        with transaction.atomic():
            yield
            raise RuntimeError("the power went")

    return rolled_back()
