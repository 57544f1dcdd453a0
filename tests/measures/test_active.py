"""Who is active on a day: definitions read from text, and their first and last day."""

from datetime import date, timedelta

import pytest

from holdfast.measures.active import (
    SUBSCRIPTION,
    Active,
    CannotReadActive,
    active_on,
    by_default,
    parse,
)

DAY = date(2024, 6, 1)


def back(days):
    return DAY - timedelta(days=days)


@pytest.mark.parametrize("text", ["subscription", "purchase:1", "purchase:90", "purchase:3650"])
def test_a_definition_is_printed_as_it_was_written(text):
    assert str(parse(f" {text} ")) == text


@pytest.mark.parametrize(
    "text",
    ["", "purchase", "purchase:", "purchase:0", "purchase:-3", "purchase:9.5", "purchase:3651",
     "purchase:٩٠", "purchase:99999999999", "subscription:", "subscription:30", "Purchase:90",
     "90"],
)  # fmt: skip
def test_anything_else_is_refused_and_the_message_says_what_to_write(text):
    with pytest.raises(CannotReadActive, match=r"Write subscription, or purchase:N") as refused:
        parse(text)

    assert refused.value.text == text


def test_a_purchase_counts_for_n_days_and_not_on_its_own(engine, company, line, bought):
    shop = company(
        orders=[
            bought(1, back(90)),
            bought(2, back(91)),
            bought(3, DAY),
            bought(4, back(1)),
            (5, back(1), line(-1, 5.0)),
            (6, back(1), line(5, 0.0)),
            (7, back(1)),
            bought(None, back(1)),
            bought(1, back(10)),
            bought(8, None),
        ]
    )

    assert engine.ids(active_on(shop, DAY, Active(90))) == {1, 4}
    assert engine.ids(active_on(shop, DAY, Active(91))) == {1, 2, 4}


def test_a_subscription_is_live_on_its_first_and_on_its_last_day(engine, company):
    ends = [DAY, back(1), None, None, None, None, back(-5)]
    starts = [back(9), back(9), DAY, back(-1), back(9), back(9), back(9)]
    plans = [
        {"account_id": number, "starts_on": start, "ends_on": end}
        for number, (start, end) in enumerate(zip(starts, ends, strict=True), start=1)
    ]
    plans[4]["is_trial"] = True
    plans[5]["price_minor"] = 0
    plans.append({"account_id": 8, "starts_on": back(3), "ends_on": back(4)})
    plans.append({"account_id": 9, "starts_on": None})
    plans.append({"account_id": None, "starts_on": back(3)})
    plans.append({"account_id": 7, "starts_on": back(3), "is_trial": None})

    assert engine.ids(active_on(company(subscriptions=plans), DAY, SUBSCRIPTION)) == {1, 3, 7}


def test_subscription_is_the_definition_where_there_is_one(duckdb, company):
    plan = {"account_id": 1, "starts_on": DAY}

    assert duckdb.one(by_default(company(subscriptions=[plan])).as_table()).popitem()[1] is True
    assert duckdb.one(by_default(company()).as_table()).popitem()[1] is False
