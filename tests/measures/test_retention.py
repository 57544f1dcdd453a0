"""Customers kept, counted by sets: examples, the identity, hostile histories, the real shop."""

from datetime import date, timedelta

import ibis
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from holdfast.measures.active import PURCHASE_90, SUBSCRIPTION, Active
from holdfast.measures.retention import (
    SETS,
    CannotCompareDays,
    CannotShowRates,
    Rates,
    UnknownSet,
    members,
    monthly_series,
    months_before,
    retention,
)

START, END = date(2024, 3, 1), date(2024, 6, 1)
BEFORE, LONG_AGO, EARLY, LATE = (
    date(2024, 2, 20),
    date(2023, 3, 1),
    date(2024, 3, 1),
    date(2024, 5, 20),
)
MONTH = Active(30)


@pytest.fixture(scope="module")
def shop(company, bought):
    """1 kept, 2 lost, 3 won, 4 won and lost, 5 returned, 6 long gone, 7 only on the last day."""
    days = {1: (BEFORE, LATE), 2: (BEFORE,), 3: (LATE,), 4: (EARLY,), 5: (LONG_AGO, LATE)}
    days |= {6: (LONG_AGO,), 7: (END,), 8: (LONG_AGO, EARLY), 9: (None,)}
    return company({10: BEFORE}, [bought(who, day) for who, on in days.items() for day in on])


EXPECTED = {
    "at_start": {1, 2},
    "at_end": {1, 3, 5},
    "kept": {1},
    "lost": {2},
    "won": {3, 4},
    "won_and_lost": {4},
    "returned": {5},
}


def test_each_set_is_counted(engine, shop):
    found = engine.one(retention(shop, START, END, MONTH))

    assert found == {name: len(who) for name, who in EXPECTED.items()}


def test_each_set_opens_its_customers(engine, shop):
    tagged = [
        members(shop, START, END, MONTH, name).mutate(set_name=ibis.literal(name)) for name in SETS
    ]
    found = engine.run(tagged[0].union(*tagged[1:]))

    assert {
        name: {row["account_id"] for row in found if row["set_name"] == name} for name in SETS
    } == EXPECTED


def test_an_unknown_set_is_refused(shop):
    with pytest.raises(UnknownSet, match="at_start, at_end, kept, lost"):
        members(shop, START, END, MONTH, "stayed")


@pytest.mark.parametrize("end", [START, date(2024, 2, 29)])
def test_a_period_must_end_after_it_starts(shop, end):
    with pytest.raises(CannotCompareDays, match="must end after 2024-03-01"):
        retention(shop, START, end, MONTH)


def test_by_segment_counts_under_the_segment_at_the_start(engine, shop, company):
    segments = company(orders=[(1, BEFORE), (5, BEFORE), (6, BEFORE)]).orders
    named = segments.select("account_id", segment=(segments.account_id == 1).ifelse("A", "D"))

    found = engine.run(retention(shop, START, END, MONTH, named))

    names = {row["segment"]: row for row in found}
    assert set(names) == {"A", "D", "none"}
    assert names["A"]["kept"] == names["A"]["at_start"] == 1
    assert names["D"]["returned"] == 1
    assert names["none"]["won"] == 2
    whole = {name: sum(row[name] for row in found) for name in SETS}
    assert whole == {name: len(who) for name, who in EXPECTED.items()}
    assert all(Rates.of(row) for row in found)


@pytest.mark.parametrize("active", [MONTH, SUBSCRIPTION])
def test_an_empty_company_has_counts_of_0_and_no_rate(engine, company, active):
    found = engine.one(retention(company(), START, END, active))

    rates = Rates.of(found)
    assert found == dict.fromkeys(SETS, 0)
    assert rates.retention_rate is rates.churn_rate is rates.simple_rate is None
    assert rates.retention_interval is None


def test_a_subscription_from_the_first_day_is_there_and_from_the_last_day_is_won(duckdb, company):
    def plan(account, start, end=None):
        return {"account_id": account, "starts_on": start, "ends_on": end}

    shop = company(
        subscriptions=[
            plan(1, START),
            plan(2, END),
            plan(3, LONG_AGO, START),
            plan(4, LONG_AGO, date(2024, 2, 29)),
            plan(4, LATE),
            plan(5, EARLY + timedelta(days=1), LATE),
            plan(6, BEFORE, LATE),  # changes plan, and is kept
            plan(6, LATE + timedelta(days=1)),
        ]
    )

    found = {name: duckdb.ids(members(shop, START, END, SUBSCRIPTION, name)) for name in SETS}

    assert found == {
        "at_start": {1, 3, 6},
        "at_end": {1, 2, 4, 6},
        "kept": {1, 6},
        "lost": {3},
        "won": {2, 5},
        "won_and_lost": {5},
        "returned": {4},
    }


def test_what_is_no_purchase_wins_nobody(duckdb, company, line, bought):
    shop = company(
        {1: BEFORE},
        [(2, BEFORE, line(-1, 5.0)), (3, EARLY, line(1, 0.0)), bought(None, LATE), (4, LATE)],
    )

    assert duckdb.one(retention(shop, START, END, MONTH)) == dict.fromkeys(SETS, 0)


def test_the_simple_rate_misleads_where_customers_come_and_go():
    rates = Rates(at_start=100, at_end=105, kept=90, lost=10, won=20, won_and_lost=5, returned=0)

    assert rates.simple_rate == pytest.approx(0.85)
    assert rates.retention_rate == pytest.approx(0.90)
    assert rates.churn_rate == pytest.approx(0.10)


@pytest.mark.parametrize(
    "wrong", [{"at_end": 106}, {"kept": 91}, {"won": 19}, {"lost": -1, "kept": 101, "at_end": 116}]
)
def test_counts_that_contradict_each_other_show_no_rate(wrong):
    counts = dict(zip(SETS, (100, 105, 90, 10, 20, 5, 0), strict=True)) | wrong

    with pytest.raises(CannotShowRates, match="contradict each other"):
        Rates.of(counts)


@pytest.mark.slow
def test_the_real_shop_comes_out_as_published(duckdb, online_retail):
    shop = online_retail(duckdb)
    found = duckdb.one(retention(shop, date(2010, 6, 1), date(2010, 9, 1), PURCHASE_90))

    rates = Rates.of(found)
    assert [found[name] for name in SETS] == [2023, 1936, 1122, 901, 618, 10, 206]
    assert rates.retention_rate == pytest.approx(0.55462, abs=5e-6)
    assert rates.retention_interval == pytest.approx((0.53288, 0.57616), abs=5e-6)
    assert rates.simple_rate == pytest.approx(0.65151, abs=5e-6)


def test_a_series_says_of_each_month_what_retention_says(engine, duckdb, shop):
    series = engine.run(monthly_series(shop, END, 3, MONTH, window_months=3))

    assert [(row["start"], row["end"]) for row in series] == [
        (date(2024, 1, 1), date(2024, 4, 1)),
        (date(2024, 2, 1), date(2024, 5, 1)),
        (START, END),
    ]
    for row in series:
        alone = duckdb.one(retention(shop, row["start"], row["end"], MONTH))
        assert {name: row[name] for name in SETS} == alone


def test_a_series_of_nothing_counts_0(duckdb, company):
    (row,) = duckdb.run(monthly_series(company(), END, 1, MONTH))

    assert row == {"start": date(2024, 5, 1), "end": END, **dict.fromkeys(SETS, 0)}


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2024, 3, 31), 1, date(2024, 2, 29)),
        (date(2023, 3, 31), 1, date(2023, 2, 28)),
        (date(2000, 3, 31), 1, date(2000, 2, 29)),
        (date(1900, 3, 31), 1, date(1900, 2, 28)),
        (date(2024, 1, 15), 1, date(2023, 12, 15)),
        (date(2024, 12, 1), 12, date(2023, 12, 1)),
        (date(2024, 5, 31), 0, date(2024, 5, 31)),
    ],
)
def test_months_back_keep_the_day_or_take_the_last(day, months, expected):
    assert months_before(day, months) == expected


days = st.integers(-120, 120).map(lambda number: START + timedelta(days=number))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(1, 5), days), max_size=15), st.integers(1, 60))
def test_purchases_of_any_history_add_up(duckdb, company, bought, history, within):
    shop = company(orders=[bought(who, day) for who, day in history])

    Rates.of(duckdb.one(retention(shop, START, END, Active(within))))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(1, 5), days, st.none() | days), max_size=12))
def test_subscriptions_of_any_history_add_up(duckdb, company, history):
    plans = [{"account_id": who, "starts_on": on, "ends_on": off} for who, on, off in history]

    Rates.of(duckdb.one(retention(company(subscriptions=plans), START, END, SUBSCRIPTION)))
