"""What the page of segments says: each sentence, and silence where nothing can be said."""

import pytest

from holdfast.assess.scorecards import card_words, findings
from holdfast.assess.scorecards.segments import Held, Part
from holdfast.assess.scorecards.shipped import CARDS
from holdfast.measures.cards import Band, Card, Group, Measure, Ruling
from holdfast.measures.points import Growth, Indicator, Linear, Percentile, Steps

BANDS = {"healthy": 0, "not_so_healthy": 0, "unhealthy": 0, "unknown": 0}


def part(name, accounts, revenue_share=None, attention_share=None, revenue_minor=None):
    return Part(name, accounts, None, revenue_minor, revenue_share, attention_share, BANDS)


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ([part("A", 62, 0.68, 0.24)], "62 A clients bring 68% of revenue and get 24% of our time"),
        ([part("A", 1, 0.68, 0.24)], "1 A client brings 68% of revenue and gets 24% of our time"),
        ([part("A", 1418, 0.6207)], "1,418 A clients bring 62% of revenue"),
        ([part("A", 0), part("B", 1, 0.3)], "1 B client brings 30% of revenue"),
        ([part("A", 0), part("C", 3)], "3 C clients"),
        ([part("A", 0), part("D", 3, None)], "No account brings revenue yet"),
    ],
)
def test_headline(parts, said):
    assert findings.headline(parts) == said


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ([part("A", 1, 1.0, 0.5)], ""),
        ([part("D", 0, None, 0.5)], ""),
        (
            [part("D", 96, -0.02, 0.1, -8699800)],
            "The 96 D accounts returned £86,998 more than they bought.",
        ),
        (
            [part("D", 1, -0.02, 0.1, -50000)],
            "The one D account returned £500 more than it bought.",
        ),
        ([part("D", 2, 0.0, 0.1, 0)], "The 2 D accounts brought nothing."),
        (
            [part("A", 1, 1.0)],
            "How much attention they ask is not known: no calls, meetings or tickets are recorded.",
        ),
    ],
)
def test_standfirst(parts, said):
    assert findings.standfirst(parts, "GBP") == said


@pytest.mark.parametrize(
    ("held", "said"),
    [
        (Held(371, 22, 94, []), "A quarter of paying accounts bring 80% of revenue"),
        (Held(1000, 22, 200, []), "A fifth of paying accounts bring 80% of revenue"),
        (Held(3297, 193, 935, []), "28% of paying accounts bring 80% of revenue"),
        (Held(3, 1, 1, []), "A third of paying accounts bring 80% of revenue"),
        (Held(7, 1, 1, []), "One paying account brings 80% of revenue"),
    ],
)
def test_how_few_bring_80_percent(held, said):
    assert findings.pareto(held) == said


def test_money_left_out_is_counted_and_said():
    assert findings.left_out([]) == ""
    assert findings.left_out(
        [{"currency": "NOK", "accounts": 2}, {"currency": None, "accounts": 1}]
    ) == (
        "Without a rate, revenue in another currency is left out: "
        "2 accounts in NOK, 1 account in no currency."
    )


@pytest.mark.parametrize(
    ("points", "said"),
    [
        (Linear(0, 100), "none up to 0, 100 points from 100; in between in proportion"),
        (Linear(365, 30), "100 points up to 30, none from 365; in between in proportion"),
        (Steps((1, 2.5), (0, 50, 100)), "below 1: 0; from 1: 50; from 2.50: 100"),
        (Steps((1,), (0, 100), missing=20), "below 1: 0; from 1: 100; not known: 20"),
        (Percentile("paying"), "by place among those who pay: the highest near 100, the middle 50"),
        (
            Percentile("everyone", reverse=True),
            "by place among all accounts, the least best: the lowest near 100, the middle 50",
        ),
        (Growth(), "50 points when as before, 100 when doubled"),
        (Indicator(), "red 0, amber 50, green 100 points"),
    ],
)
def test_how_points_are_given(points, said):
    assert card_words.points(points) == said


@pytest.mark.parametrize("card", CARDS.values(), ids=CARDS)
def test_shipped_cards_are_told_whole(card):
    told = card_words.groups(card)

    assert [line.name for group in told for line in group.lines] == [
        card_words.label(name) for name in card.measures
    ]
    assert sum(line.weight for group in told for line in group.lines) == pytest.approx(1)
    assert all(measure.value in card_words.VALUES for measure in card.measures.values())


def test_bands_and_exceptions():
    card = Card(
        name="x",
        groups=(Group("g", 1, (Measure("m", "purchases", 1, Linear(0, 1)),)),),
        bands=(Band("C", 0), Band("B", 50), Band("A", 75.5)),
        exceptions=(
            Ruling("one", "revenue", "D", at_most=0),
            Ruling("two", "own_signal", "B", at_least=3, caps=True),
        ),
    )

    assert [f"{one['name']} {one['said']}" for one in card_words.bands(card)] == [
        "A from 75.50",
        "B from 50 to below 75.50",
        "C below 50",
    ]
    assert card_words.exceptions(card) == [
        "Always D when this is 0 or less: revenue of twelve months, net of returns.",
        "Not better than B when this is 3 or more: own_signal.",
    ]
