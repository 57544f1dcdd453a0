"""Why a client comes first, in words made of its own measures."""

from dataclasses import replace
from datetime import date

import pytest

from holdfast.assess.scorecards.shipped import ABCD
from holdfast.web.whys import lateness, loss, movement, since, why
from tests.web.rows import DAY, one, seen

EARLIER = date(2026, 2, 1)


def test_a_client_silent_for_longer_than_its_own_rhythm_is_late():
    late = one(days_since_purchase=74.0, days_since_purchase_over_gap=74 / 21)

    told = why(late, None)

    assert told.lead == "Bought nothing for 74 days; usually every 21 days."
    assert told.part == "orders"


@pytest.mark.parametrize(
    ("silent", "over"),
    [
        (29.0, 1.45),  # within the rhythm
        (10.0, 10.0),  # buys daily: ten days are no silence yet
        (300.0, None),  # bought on one day only: there is no rhythm
    ],
)
def test_who_keeps_its_own_rhythm_is_not_late(silent, over):
    account = one(days_since_purchase=silent, days_since_purchase_over_gap=over)

    assert lateness(account) == ""


def test_of_an_unknown_client_nothing_is_claimed():
    nobody = one(
        active_months=None,
        months_since_first=None,
        days_since_purchase=None,
        days_since_purchase_over_gap=None,
    )

    told = why(nobody, None)

    assert nobody.band == "unknown"
    assert told.lead == "We cannot tell how they are."
    assert told.rest == "What weighs most and is missing: Buys in most months."
    assert told.part == "unknown"


def test_else_the_largest_loss_leads():
    told = why(one(active_months=2.0), None)

    assert told.lead == "Bought in 2 of the last 9 months."
    assert told.rest == "There is no earlier score to compare with."
    assert (told.do, told.part) == ("See every point", "health")


def test_who_fell_is_sent_to_the_change():
    told = why(one(active_months=2.0), one(active_months=7.0, day=EARLIER))

    assert told.rest == "Health fell by 22.2 points since 1 February 2026, from 71 to 49."
    assert (told.do, told.part) == ("See what changed", "change")


@pytest.mark.parametrize(
    ("months", "said"),
    [
        (8.0, "Health rose by 4.4 points since 1 February 2026"),
        (7.0, "Health has hardly moved since 1 February 2026."),
    ],
)
def test_how_health_moved(months, said):
    assert since(one(active_months=months), one(day=EARLIER)).startswith(said)


def losses(account) -> dict[str, str]:
    return {part.measure.name: loss(part) for part in account.parts("health")}


def test_each_measure_has_its_sentence():
    said = losses(seen({"revenue": 5.0, "products_bought": 2.0, "active_months": 0.0}, {}, {})[0])

    assert said == {
        "keeps_buying": "Bought in none of the last 9 months.",
        "bought_lately": "Last bought 1 day ago.",
        "spends": "Spends more than 17 of 100 clients that pay.",
        "buys_widely": "Buys a wider range than 17 of 100 clients that pay.",
    }


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        (
            {"days_since_purchase": 90.0},
            {"days_since_purchase": 1.0},
            "They bought on 2 March 2026.",
        ),
        ({"days_since_purchase": 40.0}, {"days_since_purchase": 70.0}, "No purchase for 70 days."),
        ({}, {"active_months": 6.0}, "Bought in 6 of 9 months, before in 7 of 9."),
        (
            {"revenue": 200_000.0},
            {"revenue": 50_000.0},
            "Revenue of twelve months went from £2,000 to £500.",
        ),
        (
            {"products_bought": 30.0},
            {"products_bought": 4.0},
            "Products bought in twelve months went from 30 to 4.",
        ),
        (
            {"days_since_purchase": 90.0},
            {"days_since_purchase": None},
            "“Bought lately” is no longer known.",
        ),
        (
            {"days_since_purchase": None},
            {"days_since_purchase": 300.0},
            "“Bought lately” became known.",
        ),
        ({}, {}, ""),
    ],
)
def test_what_moved_a_score(was, now, said):
    assert movement(one(**now), one(**was, day=EARLIER)) == said


def test_a_changed_card_is_named_before_any_measure():
    now, before = one(active_months=2.0), one(day=EARLIER)

    assert movement(now, replace(before, health=ABCD)) == "The card was changed."


def test_who_stood_still_while_the_others_moved():
    before = seen({}, {"revenue": 50.0, "products_bought": 20.0}, day=EARLIER)[0]
    now = seen({}, {"revenue": 200_000.0, "products_bought": 20.0}, day=DAY)[0]

    assert movement(now, before) == "Others they are compared with moved."
