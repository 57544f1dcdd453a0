"""What the account page says of a score, from the score and its range alone."""

from datetime import date

import pytest

from holdfast.measures.cards import Band, Card, Group, Measure, Ruling
from holdfast.measures.points import Linear
from holdfast.web import health
from holdfast.web.seen import Seen
from tests.web.rows import one

CARD = Card(
    "health",
    (
        Group(
            "use",
            100,
            (
                Measure("used", "revenue", 60, Linear(0, 1)),
                Measure("met", "purchases", 40, Linear(0, 1)),
            ),
        ),
    ),
    (Band("unhealthy", 0), Band("not_so_healthy", 45), Band("healthy", 70)),
    exceptions=(Ruling("complained", "revenue", "unhealthy", at_most=0),),
)


def seen(
    score: float | None, low: float, high: float, *, band: str, exception: str | None = None
) -> Seen:
    row = {
        "health__score": score,
        "health__low": low,
        "health__high": high,
        "health__band": band,
        "health__exception": exception,
    }
    return Seen(row, CARD, CARD, "GBP")


@pytest.mark.parametrize(
    ("account", "said"),
    [
        (
            seen(58.9, 51.6, 65.6, band="not_so_healthy"),
            "Health is 59, and what we do not know cannot change the band",
        ),
        (
            seen(68.0, 60.0, 72.0, band="not_so_healthy"),
            "Health is 68, but what we do not know could change the band",
        ),
        (
            seen(68.0, 60.0, 70.0, band="not_so_healthy"),
            "Health is 68, but what we do not know could change the band",
        ),
        (seen(28.3, 28.3, 28.3, band="unhealthy"), "Health is 28, and nothing is missing"),
        (seen(None, 33.0, 87.0, band="unknown"), "We cannot say how they are: too little is known"),
        (
            seen(80.0, 80.0, 80.0, band="unhealthy", exception="complained"),
            "Health is 80, and an exception of the card sets the band",
        ),
    ],
)
def test_whether_what_is_missing_could_change_the_band(account, said):
    assert health.title(account) == said


def test_an_edge_belongs_to_the_band_it_opens():
    assert [health.band_at(CARD, score) for score in (0, 44.9, 45, 69.99, 70, 100)] == [
        "unhealthy",
        "unhealthy",
        "not_so_healthy",
        "not_so_healthy",
        "healthy",
        "healthy",
    ]


def test_a_missing_measure_stays_in_the_table_and_its_weight_is_passed_on():
    account = one(days_since_purchase=None, days_since_purchase_over_gap=None)

    habit, depth = health.blocks(account, "health")

    kept, gone = habit.lines
    assert (kept.weight, kept.missing) == ("40 → 60", False)
    assert (gone.weight, gone.missing, gone.adds, gone.could) == ("20 → 0", True, None, 20.0)
    assert "their first purchase fills it" in gone.given
    assert habit.adds + depth.adds == pytest.approx(account.score)


def test_what_is_missing_in_both_cards_is_asked_for_once():
    account = one(active_months=None, months_since_first=None)

    missing = [line.label for line in health.unknown(account)]

    assert missing == ["Buys in most months", "Asks little attention"]


def path(*scores: float | None) -> list[dict]:
    return [
        {
            "as_of": date(2026, at + 1, 1),
            "health__score": score,
            "health__low": score,
            "health__high": score,
        }
        for at, score in enumerate(scores)
    ]


@pytest.mark.parametrize(
    ("scores", "said"),
    [
        ((80, 70, 52), "At its best it was 80, in January 2026; now it is 52"),
        ((30, 40, 52), "At its lowest it was 30, in January 2026; now it is 52"),
        ((50, 51, 52), "Their health has stood still all the while"),
        ((50,), "How their health went, look by look"),
        ((50, 60, None), "How their health went, look by look"),
    ],
)
def test_the_turn_of_the_line(scores, said):
    assert health.path_title(path(*scores)) == said


def test_of_many_looks_the_first_of_each_month_and_the_newest_are_drawn():
    days = [
        date(2026, 1, 1),
        date(2026, 1, 15),
        date(2026, 2, 1),
        date(2026, 2, 2),
        date(2026, 2, 3),
    ]
    looks = [{"as_of": day} for day in days]

    assert [row["as_of"] for row in health.monthly(looks)] == [days[0], days[2], days[4]]
