"""The accounts are looked at every night, and whenever records came in; never twice for nothing."""

from datetime import UTC, date, datetime, timedelta

import pytest

from holdfast import facts
from holdfast.access import actors
from holdfast.assess.scorecards import actions, tasks
from holdfast.assess.scorecards.models import Assessment
from holdfast.know.company.models import Company
from holdfast.know.standing.models import Standing
from tests.factories.know import OrderFactory

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 4, 15, 9, tzinfo=UTC)
BY = actors.job("test")


@pytest.fixture(autouse=True)
def in_april(monkeypatch):
    monkeypatch.setenv("HOLDFAST_NOW", NOW.isoformat())
    OrderFactory(ordered_at=datetime(2026, 3, 2, tzinfo=UTC))


def days() -> list[str]:
    return sorted(str(look.as_of) for look in Assessment.objects.all())


def test_the_coming_midnight_so_that_today_counts():
    tasks.look_nightly(timestamp=0)

    assert [str(one.as_of) for one in Standing.objects.all()] == ["2026-04-16"]
    assert "2026-04-16" in days()


def test_yesterday_and_twelve_months_are_there_to_compare_with():
    tasks.look_nightly(timestamp=0)

    assert days()[-3:] == ["2026-04-01", "2026-04-15", "2026-04-16"]
    assert days()[0] == "2025-05-01"
    assert len(days()) == 14


def test_a_second_run_looks_at_nothing_again():
    tasks.look_nightly(timestamp=0)
    tasks.look_again(fact_id=1)

    assert len(days()) == 14


def test_records_that_come_in_are_looked_at():
    tasks.look_nightly(timestamp=0)
    later = NOW + timedelta(minutes=1)
    facts.record("orders.received", by=BY, at=later)

    assert actions.look_back(as_of=date(2026, 4, 16), by=BY, at=later + timedelta(minutes=1))


def test_a_fixed_day_stays_the_day():
    Company.objects.update_or_create(id=1, defaults={"looked_at_on": date(2026, 3, 10)})

    tasks.look_nightly(timestamp=0)

    assert [str(one.as_of) for one in Standing.objects.all()] == ["2026-03-10"]
    assert days()[-1] == "2026-03-10"


def test_an_import_queues_a_look():
    from procrastinate.contrib.django.models import ProcrastinateJob

    facts.record("orders.received", by=BY, at=NOW)

    assert ProcrastinateJob.objects.filter(task_name__endswith="look_again").count() == 1
