"""The twelve signals, on both engines: each example of their docstrings, and hostile accounts."""

from datetime import date, timedelta

import pytest

from holdfast.measures.signals import SIGNALS, population, unconverted, wide

DAY = date(2024, 2, 10)
FULL, RETURNS, GIFTS, EUROS, MIXED, TREND, FUTURE, GIVEN, LATER, EDGE, RHYTHM, BARE = range(1, 13)
SUBSCRIBER, TRIAL, FREE, TOUCHED, UNMEASURED, TICKETS, NOBODY, EMPTY = range(13, 21)


def back(days):
    return DAY - timedelta(days=days)


@pytest.fixture(scope="module")
def shop(company, line, bought):
    """One account for each thing that can be strange about an account."""
    return company(
        accounts={GIVEN: back(30), LATER: DAY, NOBODY: None, FULL: back(400)},
        orders=[
            (FULL, date(2024, 1, 31), line(2, 10.0), line(1, 10.0, product="coffee")),
            bought(FULL, date(2024, 2, 1), 12.50),
            bought(FULL, date(2024, 2, 1), 7.50),
            (FULL, date(2024, 2, 2), line(-1, 5.0, product="coffee")),
            bought(FULL, back(366), 1000.0),  # a day too old for the year
            (RETURNS, back(5), line(-3, 9.0)),
            (GIFTS, back(5), line(4, 0.0), line(1, -2.0)),
            (EUROS, back(5), line(1, 99.0, currency="EUR"), line(1, 1.0, currency=None)),
            (MIXED, back(5), line(1, 8.0), line(1, 99.0, currency="EUR")),
            *(bought(TREND, back(days)) for days in (1, 89, 90, 91, 180, 181)),
            bought(FUTURE, DAY),
            bought(EDGE, back(365)),
            bought(EDGE, back(1)),
            *(bought(RHYTHM, day) for day in (back(40), back(30), back(10))),
            (BARE, back(3)),  # an order without lines
            bought(None, back(3), 5000.0),  # of nobody
            (EMPTY, None, line()),  # without a day
        ],
        subscriptions=[
            {"account_id": SUBSCRIBER, "starts_on": back(73), "price_minor": 12000,
             "billing_months": 12},
            {"account_id": SUBSCRIBER, "starts_on": back(20), "ends_on": back(21)},  # never live
            {"account_id": SUBSCRIBER, "starts_on": back(500), "ends_on": back(366)},
            {"account_id": TRIAL, "starts_on": back(50), "is_trial": True},
            {"account_id": FREE, "starts_on": back(50), "price_minor": 0, "is_trial": None},
        ],
        touches=[
            (TOUCHED, back(3), 30.0),
            (TOUCHED, back(4), 10.0),
            (TOUCHED, back(4), None),
            (TOUCHED, back(366), 500.0),
            (UNMEASURED, back(3), None),
        ],
        tickets=[(TOUCHED, back(9)), (TOUCHED, back(2)), (TICKETS, back(400)), (TICKETS, DAY)],
    )  # fmt: skip


@pytest.fixture(scope="module")
def of(engine, shop):
    """The signals of every account, computed once an engine."""
    return engine.by_account(wide(shop, DAY))


def test_who_exists_has_a_record_before_the_day(of):
    assert set(of) == {*range(1, 21)} - {FUTURE, LATER, NOBODY, EMPTY}


def test_revenue_takes_returns_off_and_looks_at_365_days(of):
    assert of[FULL]["revenue"] == 3000 + 1250 + 750 - 500
    assert of[RETURNS]["revenue"] == -2700
    assert of[GIFTS]["revenue"] == -200
    assert of[EDGE]["revenue"] == 200


def test_a_subscription_brings_its_price_for_each_live_day(of):
    assert of[SUBSCRIBER]["revenue"] == pytest.approx(12000 / 365 * 73, abs=1e-9)
    assert of[TRIAL]["revenue"] == of[FREE]["revenue"] == 0


def test_an_order_without_lines_is_a_record_of_no_amount(of):
    assert of[BARE]["revenue"] == 0
    assert of[BARE]["purchases"] == 0
    assert of[BARE]["tenure_days"] == 3


def test_all_in_other_currencies_is_not_nothing_but_unknown(of):
    assert of[EUROS]["revenue"] is None
    assert of[EUROS]["average_check"] is None
    assert of[EUROS]["returns_share"] is None
    assert of[EUROS]["purchases"] == 1
    assert of[MIXED]["revenue"] == 800


def test_two_purchases_on_a_day_are_one(of):
    assert of[FULL]["purchases"] == 2
    assert of[RETURNS]["purchases"] == of[GIFTS]["purchases"] == of[GIVEN]["purchases"] == 0
    assert of[EDGE]["purchases"] == 2


def test_active_months_are_calendar_months(of):
    assert of[FULL]["active_months"] == 2
    assert of[EDGE]["active_months"] == 2  # February of both years
    assert of[RETURNS]["active_months"] == 0


def test_months_since_first_count_both_ends(of):
    assert of[FULL]["months_since_first"] == 13  # February to February
    assert of[RHYTHM]["months_since_first"] == 2
    assert of[RETURNS]["months_since_first"] is None


def test_average_check_is_of_orders_above_0(of):
    assert of[FULL]["average_check"] == pytest.approx((3000 + 1250 + 750) / 3)
    assert of[RETURNS]["average_check"] is None


def test_days_since_the_last_purchase_pass_over_returns(of):
    assert of[FULL]["days_since_purchase"] == 9
    assert of[RETURNS]["days_since_purchase"] is None


def test_the_gap_is_the_accounts_own(of):
    assert of[RHYTHM]["days_since_purchase_over_gap"] == pytest.approx(10 / 15)
    assert of[MIXED]["days_since_purchase_over_gap"] is None  # one purchase has no gap


def test_the_trend_splits_at_90_and_180_days(of):
    assert of[TREND]["purchase_trend"] == pytest.approx(3 / 2)
    assert of[RHYTHM]["purchase_trend"] is None  # nothing before


def test_returns_are_a_share_of_what_was_bought(of):
    assert of[FULL]["returns_share"] == pytest.approx(500 / 5000)
    assert of[EDGE]["returns_share"] == 0
    assert of[RETURNS]["returns_share"] is None


def test_products_bought_are_different_ones(of):
    assert of[FULL]["products_bought"] == 2
    assert of[GIFTS]["products_bought"] == 0
    assert of[GIVEN]["products_bought"] == 0


def test_tenure_begins_with_the_earliest_record_or_the_given_start(of):
    assert of[FULL]["tenure_days"] == 400
    assert of[GIVEN]["tenure_days"] == 30
    assert of[SUBSCRIBER]["tenure_days"] == 500
    assert of[TICKETS]["tenure_days"] == 400


def test_attention_is_touches_and_15_minutes_a_ticket(of):
    assert of[TOUCHED]["attention_minutes"] == 70
    assert of[TICKETS]["attention_minutes"] == 0
    assert of[FULL]["attention_minutes"] == 0
    assert of[UNMEASURED]["attention_minutes"] is None


def test_each_signal_alone_says_the_same_as_together(duckdb, shop):
    together = duckdb.by_account(wide(shop, DAY))

    for name, signal in SIGNALS.items():
        alone = duckdb.by_account(signal.function(shop, DAY))
        assert {account: row["value"] for account, row in alone.items()} == {
            account: row[name] for account, row in together.items()
        }


def test_a_choice_of_signals_is_a_choice_of_columns(duckdb, shop):
    chosen = wide(shop, DAY, ["tenure_days", "revenue"])

    assert chosen.columns == ("account_id", "tenure_days", "revenue")
    assert list(wide(shop, DAY).columns) == ["account_id", *SIGNALS]


def test_the_population_is_who_has_a_row(duckdb, shop):
    assert duckdb.ids(population(shop, DAY)) == {*range(1, 21)} - {FUTURE, LATER, NOBODY, EMPTY}


def test_a_company_with_nothing_has_nobody(engine, company):
    assert engine.run(wide(company(), DAY)) == []


def test_an_account_known_only_by_its_start_is_asked_nothing_it_cannot_know(duckdb, company):
    row = duckdb.one(wide(company(accounts={1: back(7)}), DAY))

    assert row == {"account_id": 1, **dict.fromkeys(SIGNALS), "tenure_days": 7.0}


def test_records_that_only_come_later_are_no_records_yet(duckdb, company, bought):
    shop = company({1: back(7)}, orders=[bought(1, DAY)], tickets=[(1, DAY)])

    row = duckdb.one(wide(shop, DAY))

    assert row["revenue"] is row["purchases"] is row["attention_minutes"] is None


def test_a_company_of_subscriptions_knows_revenue_but_no_purchases(duckdb, company):
    shop = company({2: back(7)}, subscriptions=[{"account_id": 1, "starts_on": back(1)}])

    found = duckdb.by_account(wide(shop, DAY))

    assert found[1]["revenue"] == pytest.approx(1000 * 12 / 365)
    assert found[2]["revenue"] == 0
    assert found[2]["purchases"] is None


def test_a_ticket_costs_what_the_company_says(duckdb, company):
    shop = company(tickets=[(1, back(1))], ticket_minutes=40)

    assert duckdb.one(wide(shop, DAY))["attention_minutes"] == 40


def test_a_price_for_no_months_has_no_amount_but_breaks_nothing(engine, company):
    plan = {"account_id": 1, "starts_on": back(9), "billing_months": 0}

    assert engine.one(wide(company(subscriptions=[plan]), DAY, ["revenue"]))["revenue"] == 0


def test_what_is_left_out_is_counted(engine, shop, company):
    assert engine.run(unconverted(shop, DAY)) == [
        {"currency": "EUR", "accounts": 2, "records": 2, "amount_minor": 19800},
        {"currency": None, "accounts": 1, "records": 1, "amount_minor": 100},
    ]


def test_foreign_subscriptions_are_left_out_and_counted(duckdb, company):
    plan = {"account_id": 1, "starts_on": back(9), "currency": "USD"}
    shop = company(subscriptions=[plan])

    assert duckdb.one(wide(shop, DAY))["revenue"] is None
    assert duckdb.run(unconverted(shop, DAY)) == [
        {"currency": "USD", "accounts": 1, "records": 1, "amount_minor": 1000}
    ]
