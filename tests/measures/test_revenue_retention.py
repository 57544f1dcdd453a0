"""Recurring revenue kept, gross and net, and logos lost."""

from datetime import date

import pytest

from holdfast.measures.revenue_retention import (
    MOVEMENTS,
    RevenueRates,
    logo_churn,
    revenue_movements,
)

START, END = date(2024, 1, 1), date(2024, 7, 1)
BEFORE, BETWEEN = date(2023, 6, 1), date(2024, 3, 31)


def plan(account, start, end=None, price=100, **rest):
    return {"account_id": account, "starts_on": start, "ends_on": end, "price_minor": price, **rest}


def test_the_published_example_comes_out():
    moved = {"start": 100_000, "expansion": 18_000, "contraction": 6_000, "churned": 9_000}

    rates = RevenueRates.of(moved)

    assert rates.net == pytest.approx(1.03)
    assert rates.gross == pytest.approx(0.85)
    assert rates.preset == "accounts_at_start"


def test_presets_differ_in_what_comes_back():
    moved = {"start": 100, "expansion": 0, "contraction": 10, "churned": 10, "reactivated": 10}

    assert RevenueRates.of(moved).net == pytest.approx(0.80)
    assert RevenueRates.of(moved, "chartmogul").net == pytest.approx(0.90)  # net churn 10 %
    assert RevenueRates.of(moved, "chartmogul").gross == pytest.approx(0.80)  # gross churn 20 %


def test_of_nothing_there_is_no_rate():
    assert RevenueRates.of(dict.fromkeys(MOVEMENTS, 0)) == RevenueRates(
        None, None, "accounts_at_start"
    )


def test_an_unknown_preset_is_refused():
    with pytest.raises(KeyError):
        RevenueRates.of(dict.fromkeys(MOVEMENTS, 1), "generous")


def test_revenue_moves_account_by_account(engine, company):
    shop = company(
        subscriptions=[
            plan(1, BEFORE, BETWEEN),  # changes plan at the same price: nothing moved
            plan(1, date(2024, 4, 1)),
            plan(2, BEFORE, BETWEEN),
            plan(2, date(2024, 4, 1), price=150),
            plan(3, BEFORE, price=100),
            plan(3, BEFORE, BETWEEN, price=20),
            plan(4, BEFORE, BETWEEN, price=1200, billing_months=12),
            plan(5, BETWEEN, price=70),
            plan(6, BEFORE, date(2023, 7, 1)),
            plan(6, BETWEEN, price=30),
            plan(7, BEFORE, is_trial=True),
            plan(8, BEFORE, currency="USD"),
            plan(9, END, price=5),
        ]
    )

    found = engine.one(revenue_movements(shop, START, END))

    assert {name: value / 12 for name, value in found.items()} == {
        "start": 420, "expansion": 50, "contraction": 20, "churned": 100, "new": 75,
        "reactivated": 30,
    }  # fmt: skip


def test_no_subscriptions_move_nothing(duckdb, company):
    assert duckdb.one(revenue_movements(company(), START, END)) == dict.fromkeys(MOVEMENTS, 0)


def test_an_account_has_churned_once_all_its_subscriptions_ended(engine, company):
    shop = company(
        subscriptions=[plan(1, BEFORE), plan(1, BEFORE, BETWEEN), plan(2, BEFORE, BETWEEN)]
    )

    assert engine.one(logo_churn(shop, START, END)) == {
        "at_start": 2, "churned": 1, "logo_churn": 0.5
    }  # fmt: skip
