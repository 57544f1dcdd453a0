"""The headline of the accounts, and what stands out of one: the truest thing, never more."""

import pytest
from django.utils import translation

from holdfast.know.standing.findings import Keys, headline, stands_out
from holdfast.know.standing.models import Total
from tests.factories.know import StandingFactory


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        (Keys(1, 0, 0, None), "Your one account is not a key client yet."),
        (Keys(1200, 0, 0, 0.0), "None of your 1,200 accounts is a key client yet."),
        (Keys(5, 1, 1, 0.0), "Your one key client is healthy."),
        (Keys(5, 3, 3, 0.0), "All 3 of your key clients are healthy."),
        (Keys(5, 1, 0, 0.8), "Your one key client is not healthy. It brings 80% of the revenue."),
        (Keys(5, 2, 0, 0.5), "None of your 2 key clients is healthy. They bring half the revenue."),
        (
            Keys(9, 1396, 402, 0.49),
            "Of your 1,396 key clients 402 are healthy. The other 994 bring half the revenue.",
        ),
        (
            Keys(9, 3, 1, 0.212),
            "Of your 3 key clients 1 is healthy. The other 2 bring 21% of the revenue.",
        ),
        (
            Keys(9, 3, 2, 0.212),
            "Of your 3 key clients 2 are healthy. The other one brings 21% of the revenue.",
        ),
        (Keys(9, 3, 2, None), "Of your 3 key clients 2 are healthy."),
    ],
)
def test_headline(keys, said):
    assert headline(keys) == said


def total(segment, band, accounts, revenue):
    return Total(segment=segment, band=band, accounts=accounts, revenue_minor=revenue)


def test_keys_are_a_and_b_and_the_others_are_what_is_not_healthy():
    keys = Keys.of(
        [
            total("A", "healthy", 4, 600),
            total("B", "unknown", 1, 100),
            total("B", "unhealthy", 2, None),
            total("C", "healthy", 9, 300),
        ]
    )

    assert keys == Keys(accounts=16, clients=7, healthy=4, others_share=0.1)


@pytest.mark.parametrize(
    "totals",
    [
        [],
        [total("A", "healthy", 1, None)],
        [total("A", "unhealthy", 1, 10), total("D", "unknown", 1, -10)],  # nothing to share
        [total("A", "unhealthy", 1, -10), total("C", "healthy", 1, 100)],  # a share below zero
    ],
)
def test_no_share_is_told_where_there_is_none(totals):
    assert Keys.of(totals).others_share is None


QUIET = {"days_since_purchase": 5, "purchases": 6, "purchase_trend": 1.0, "tenure_days": 900}


@pytest.mark.parametrize(
    ("signals", "revenue", "said"),
    [
        ({}, None, ""),
        (QUIET, 100, ""),
        ({"purchases": 0}, -12345, "returned goods, bought nothing: −£123"),
        (QUIET, -12345, "returned more than it bought: −£123"),
        ({"purchases": 0}, 0, "has not bought anything yet"),
        (
            QUIET | {"purchases": 0, "days_since_purchase": 400},
            0,
            "bought nothing in twelve months",
        ),
        (
            QUIET | {"days_since_purchase": 90, "days_since_purchase_over_gap": 6.0},
            100,
            "silent for 90 days, else buys every 15 days",
        ),
        (
            QUIET | {"days_since_purchase": 90, "days_since_purchase_over_gap": 90.0},
            100,
            "silent for 90 days, else buys every day",
        ),
        # twelve times its gap, but a week only; or so few purchases that the gap is an accident
        (QUIET | {"days_since_purchase": 12, "days_since_purchase_over_gap": 12.0}, 100, ""),
        (
            QUIET
            | {"days_since_purchase": 90, "days_since_purchase_over_gap": 9.0, "purchases": 2},
            100,
            "",
        ),
        (QUIET | {"purchase_trend": 0.0}, 100, "bought nothing in 90 days, but in the 90 before"),
        (
            QUIET | {"purchase_trend": 0.4},
            100,
            "60% fewer purchase days than in the 90 days before",
        ),
        (QUIET | {"purchase_trend": 0.4, "purchases": 3}, 100, ""),
        (QUIET | {"days_since_purchase": 179, "purchase_trend": None}, 100, ""),
        (
            QUIET | {"days_since_purchase": 180, "purchase_trend": None},
            100,
            "bought nothing in 180 days",
        ),
        (QUIET | {"returns_share": 0.31}, 100, "returned 31% of what it bought"),
        (QUIET | {"tenure_days": 1}, 100, "new, with us for 1 day"),
        (QUIET | {"purchases": 1}, 100, "bought on a single day in twelve months"),
        (
            QUIET | {"purchase_trend": 2.0},
            100,
            "twice as many purchase days as in the 90 days before",
        ),
        (QUIET | {"active_months": 12}, 100, "bought in each of the last twelve months"),
        # the gravest comes first
        (
            QUIET | {"purchase_trend": 0.0, "returns_share": 0.5},
            -100,
            "returned more than it bought: −£1",
        ),
    ],
)
def test_what_stands_out(signals, revenue, said):
    standing = StandingFactory.build(signals=signals, revenue_365_minor=revenue)

    assert stands_out(standing, "GBP") == said


def test_who_came_after_the_look_was_not_looked_at():
    assert stands_out(None, "GBP") == "not looked at yet"


def test_every_phrase_can_be_said_in_another_language():
    with translation.override("ru"):
        assert "%(" not in headline(Keys(9, 1396, 402, 0.3))
