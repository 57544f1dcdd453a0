from datetime import UTC, datetime

import pytest

from holdfast.lib.days import now


def test_the_clock_runs(time_machine):
    time_machine.move_to(datetime(2026, 3, 1, 12, tzinfo=UTC), tick=False)
    assert now() == datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "fixed", ["2010-12-09T10:00:00+00:00", "2010-12-09T10:00", "2010-12-09T12:00+02:00"]
)
def test_a_fixed_clock_stands(monkeypatch, fixed):
    monkeypatch.setenv("HOLDFAST_NOW", fixed)
    assert now() == datetime(2010, 12, 9, 10, tzinfo=UTC)
