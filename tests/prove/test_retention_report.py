"""Who was kept, read from the lake and compared by sets."""

from datetime import UTC, date, datetime

import pytest

from holdfast.assess.scorecards import actions as scorecards
from holdfast.measures.active import PURCHASE_90, Active
from holdfast.measures.retention import SETS, CannotShowRates, Rates
from holdfast.prove.retention import report

JUNE, SEPTEMBER = date(2026, 6, 1), date(2026, 9, 1)
pytestmark = pytest.mark.django_db(transaction=True)


def test_nobody_at_all(company):
    records = report.read()
    found = records.between(JUNE, SEPTEMBER, by_segment=True)

    assert records.active == PURCHASE_90
    assert records.known_from is None
    assert found.rates == Rates(0, 0, 0, 0, 0, 0, 0)
    assert found.rates.retention_rate is None
    assert found.segments == {}
    assert not found.complete
    assert [p.rates.at_start for p in records.series(SEPTEMBER, 3)] == [0, 0, 0]
    assert records.cohorts(SEPTEMBER).cells == []


def test_one_account(bought):
    [account] = bought(["2026-05-20", "2026-08-20"])
    found = report.read().between(JUNE, SEPTEMBER)

    assert found.rates == Rates(1, 1, 1, 0, 0, 0, 0)
    assert found.rates.retention_rate == 1
    assert report.read().members(JUNE, SEPTEMBER, "kept") == [account.pk]


def test_each_customer_is_in_its_set(bought):
    kept, lost, won, won_and_lost, returned, _gone, _never = bought(
        ["2026-05-20", "2026-08-20"],
        ["2026-05-20"],
        ["2026-07-01"],
        ["2026-06-01"],  # 92 days before the end
        ["2025-06-01", "2026-08-20"],
        ["2025-06-01"],
        [],
    )
    records = report.read()

    def of(name):
        return records.members(JUNE, SEPTEMBER, name)

    assert of("at_start") == [kept.pk, lost.pk]
    assert of("kept") == [kept.pk]
    assert of("lost") == [lost.pk]
    assert of("won") == [won.pk, won_and_lost.pk]
    assert of("won_and_lost") == [won_and_lost.pk]
    assert of("won_and_kept") == [won.pk]
    assert of("returned") == [returned.pk]
    assert of("at_end") == [kept.pk, won.pk, returned.pk]
    rates = records.between(JUNE, SEPTEMBER).rates
    assert rates == Rates(2, 3, 1, 1, 2, 1, 1)
    assert (rates.retention_rate, rates.simple_rate) == (0.5, 0.5)


def test_nobody_active_at_the_start_is_no_rate(bought):
    bought(["2026-07-01"])

    found = report.read().between(JUNE, SEPTEMBER)

    assert (found.rates.at_start, found.rates.won) == (0, 1)
    assert found.rates.retention_rate is None
    assert found.rates.retention_interval is None
    assert found.rates.simple_rate is None


def test_the_meaning_of_active_changes_who_is_kept(bought):
    bought(["2026-05-20", "2026-07-20"])

    assert report.read(Active(90)).between(JUNE, SEPTEMBER).rates.kept == 1
    assert report.read(Active(30)).between(JUNE, SEPTEMBER).rates.kept == 0


@pytest.mark.parametrize(("start", "complete"), [("2026-05-30", False), ("2026-05-31", True)])
def test_records_must_reach_back_as_far_as_active_looks(bought, start, complete):
    bought(["2026-03-02"])  # the 90 days before 31 May begin on it

    assert report.read().known_from == date(2026, 5, 31)
    assert report.read().between(date.fromisoformat(start), SEPTEMBER).complete is complete


def test_segments_are_those_of_the_start_and_add_up(bought):
    big = ["2026-03-20", "2026-04-20", "2026-05-20", "2026-08-20"]
    bought(big, ["2026-05-20"], ["2026-07-01"])
    found = report.read().between(JUNE, SEPTEMBER, by_segment=True)

    whole = found.rates
    for name in ("at_start", "at_end", "kept", "lost", "won", "returned"):
        assert getattr(whole, name) == sum(getattr(p, name) for p in found.segments.values())
    assert found.segments["none"].won == 1
    assert found.segments["none"].at_start == 0
    by_segment = report.read().members(JUNE, SEPTEMBER, "won", "none")
    assert by_segment == report.read().members(JUNE, SEPTEMBER, "won")
    with_segment = [name for name, rates in found.segments.items() if rates.lost]
    assert [len(report.read().members(JUNE, SEPTEMBER, "lost", n)) for n in with_segment] == [1]


def test_a_look_that_is_still_true_gives_the_same_segments(bought, by):
    bought(["2026-03-20", "2026-05-20"], ["2026-05-20"], ["2026-05-01", "2026-08-20"])
    computed = report.read().between(JUNE, SEPTEMBER, by_segment=True)

    scorecards.assess(as_of=JUNE, by=by, at=datetime(2026, 11, 23, 10, tzinfo=UTC))

    assert report.read().between(JUNE, SEPTEMBER, by_segment=True) == computed


def test_a_series_ends_whole_months_before_the_day(bought):
    bought(["2026-01-10", "2026-04-10", "2026-08-10"])

    found = report.read().series(SEPTEMBER, 2, window_months=3)

    assert [(p.start, p.end) for p in found] == [
        (date(2026, 5, 1), date(2026, 8, 1)),
        (JUNE, SEPTEMBER),
    ]
    assert [p.rates.kept for p in found] == [0, 1]


@pytest.mark.parametrize(
    ("first", "window"),
    [("2024-01-01", 12), ("2025-10-01", 6), ("2026-01-01", 3), ("2026-08-01", 1)],
)
def test_the_usual_window_is_the_longest_that_gives_a_line(bought, first, window):
    bought([first])

    assert report.read().usual_window(SEPTEMBER) == window


def test_cohorts_count_who_comes_back_on_and_on_or_after(bought):
    back, late, _once = bought(
        ["2026-05-10", "2026-06-10"], ["2026-05-11", "2026-08-01"], ["2026-05-12"]
    )
    records = report.read()
    cells = {cell["period"]: cell for cell in records.cohorts(SEPTEMBER).cells}

    assert [cells[k]["kept"] for k in range(4)] == [3, 1, 0, 1]
    assert [cells[k]["kept_or_later"] for k in range(4)] == [3, 2, 1, 1]
    may = date(2026, 5, 1)
    assert records.cohort_members(SEPTEMBER, may, 1) == [back.pk]
    assert records.cohort_members(SEPTEMBER, may, 1, or_later=True) == [back.pk, late.pk]


def test_a_month_that_is_not_over_stays_out_of_the_pooled_row(bought):
    bought(["2026-07-10", "2026-08-10"])
    found = report.read().cohorts(date(2026, 8, 20))

    assert [cell["mature"] for cell in found.cells] == [True, False]
    assert [row["period"] for row in found.pooled] == [0]


def test_contradicting_counts_are_refused(bought, monkeypatch):
    bought(["2026-05-20"])
    counts = dict.fromkeys(SETS, 1) | {"at_start": 10, "at_end": 10}
    monkeypatch.setattr(report.engine, "rows", lambda expression: [counts])

    with pytest.raises(CannotShowRates, match="contradict"):
        report.read().between(JUNE, SEPTEMBER)
