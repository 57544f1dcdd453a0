"""A whole look, from the lake's files to the history, says the same on Spark as on DuckDB."""

import os
import shutil
from datetime import UTC, date, datetime

import pytest

from holdfast.access import actors
from holdfast.assess.scorecards import actions, reading
from holdfast.know.standing.models import Standing
from holdfast.lake import engine
from tests.factories.know import AccountFactory, OrderFactory

DAY = date(2026, 4, 1)
AT = datetime(2026, 11, 23, 9, tzinfo=UTC)

pytestmark = [
    pytest.mark.spark,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        shutil.which("java") is None and os.environ.get("CI") != "true", reason="Java is missing"
    ),
]


def looked() -> list[dict]:
    made = actions.assess(as_of=DAY, by=actors.job("test"), at=AT)
    return engine.rows(reading.history(made).order_by("account_id"))


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # Py4J leaves its sockets to the process
def test_a_look_is_the_same_on_both(monkeypatch):
    regular = AccountFactory(name="Regular")
    for month in (1, 2, 3):
        OrderFactory(account=regular, ordered_at=datetime(2026, month, 5, tzinfo=UTC))
    OrderFactory(ordered_at=datetime(2026, 2, 5, tzinfo=UTC), lines=[(-1, "5.00")])
    AccountFactory(name="Unheard of")
    here = looked()
    standing = list(Standing.objects.order_by("pk").values())

    monkeypatch.setenv("HOLDFAST_ENGINE", "spark")
    there = looked()

    assert len(here) == len(there) == 2
    for mine, theirs in zip(here, there, strict=True):
        assert mine.keys() == theirs.keys()
        for name, value in mine.items():
            same = pytest.approx(value, abs=1e-9) if isinstance(value, float) else value
            assert theirs[name] == same, name
    assert list(Standing.objects.order_by("pk").values()) == standing
