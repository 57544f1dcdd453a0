"""What a measure says of itself: its value, how it gives points, what would fill it."""

import pytest

from holdfast.measures.inputs import DERIVED
from holdfast.measures.points import Growth, Indicator, Linear, Percentile, Steps
from holdfast.measures.signals import SIGNALS
from holdfast.web.measured import filled_by, label, points_given, value_now
from tests.web.rows import USUAL


@pytest.mark.parametrize(
    ("points", "value", "said"),
    [
        (Linear(365, 30), "days_since_purchase", "0 at 365 days, 100 at 30 days"),
        (Linear(0, 100), "buying_rhythm", "0 at none of the months, 100 at every month"),
        (Linear(25, 75), "buying_rhythm", "0 at 25% of the months, 100 at 75% of the months"),
        (Linear(0, 2.5), "purchase_trend", "0 at 0, 100 at 2.5"),
        (Percentile("paying"), "revenue", "of 100 that pay, how many it is above"),
        (
            Percentile("paying", reverse=True),
            "attention_per_revenue",
            "of 100 that pay, how many ask more",
        ),
        (Percentile(), "revenue", "of 100 accounts, how many it is above"),
        (Percentile(reverse=True), "purchases", "of 100 accounts, how many have more"),
        (Steps((5, 15), (100, 50, 0)), "purchases", "100 below 5, 50 from 5, 0 from 15"),
        (Growth(), "revenue", "50 when as in the twelve months before, 100 when doubled"),
        (Indicator(), "light", "green 100, amber 50, red 0"),
    ],
)
def test_how_points_are_given(points, value, said):
    assert points_given(points, value) == said


@pytest.mark.parametrize(
    ("value", "amount", "said"),
    [
        ("revenue", 123_450.0, "£1,235"),
        ("revenue", -5_918.0, "−£59"),
        ("days_since_purchase", 1.0, "1 day"),
        ("buying_rhythm", 77.8, "7 of 9 months"),
        ("returns_share", 0.125, "12.5%"),
        ("products_bought", 1_204.0, "1,204"),
        ("purchase_trend", 0.75, "0.8"),
        ("average_check", None, "–"),
    ],
)
def test_the_value_as_people_read_it(value, amount, said):
    assert value_now(value, amount, USUAL, "GBP") == said


def test_attention_is_said_in_minutes():
    row = {**USUAL, "attention_minutes": 1_870.0}

    assert value_now("attention_per_revenue", 0.0187, row, "GBP") == "1,870 minutes"


def test_a_rhythm_counts_at_least_three_months():
    row = {**USUAL, "active_months": 1.0, "months_since_first": 1.0}

    assert value_now("buying_rhythm", 33.3, row, "GBP") == "1 of 3 months"


def test_every_value_a_card_may_ask_for_says_what_would_fill_it():
    generic = filled_by("something of their own")
    always_known = {"tenure_days", "returns_share"}

    silent = {name for name in [*SIGNALS, *DERIVED] if filled_by(name) == generic}

    assert silent <= always_known


def test_a_measure_of_their_own_shows_its_name():
    assert label("keeps_buying") == "Buys in most months"
    assert label("licences_used") == "licences_used"
