"""How a value becomes points. The engine and the one-value twin must say the same."""

import ibis
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from holdfast.measures.cards import Band, Card, Group, Measure
from holdfast.measures.points import Growth, Indicator, Linear, Percentile, Steps
from holdfast.measures.scorecards import score


def in_engine(points, values, revenue=None):
    """The points that the engine gives to these values, one account each."""
    measure = Measure("a", "a", 1, points)
    card = Card("c", (Group("g", 1, (measure,)),), (Band("all", 0),), minimum_coverage=0)
    revenue = revenue or [1.0] * len(values)
    rows = [*zip(range(len(values)), values, revenue, strict=True)]
    schema = {"account_id": "int64", "a": "float64", "revenue": "float64"}
    scored = score(card, ibis.memtable(rows, schema=schema)).order_by("account_id")
    return scored.a__points.to_pyarrow().to_pylist()


def both(points, value):
    """One value's points, once it is sure that both ways agree."""
    alone = points.of(value)
    assert in_engine(points, [value]) == [pytest.approx(alone) if alone is not None else None]
    return alone


def test_licences_in_use():
    assert both(Linear(0, 1), 67 / 100) == pytest.approx(67)


@pytest.mark.parametrize(("now", "mean", "points"), [(693, 564, 61), (499, 564, 44)])
def test_growth_against_the_mean_of_twelve_months(now, mean, points):
    assert both(Growth(), now / mean) == pytest.approx(points, abs=0.5)


@pytest.mark.parametrize(("ratio", "points"), [(0, 0), (1, 50), (2, 100), (9, 100), (None, None)])
def test_growth_is_clamped(ratio, points):
    assert both(Growth(), ratio) == points


def test_a_line_between_two_values():
    assert both(Linear(7, 30), 18) == pytest.approx(48, abs=0.5)  # (18−7)/(30−7)·100
    assert both(Linear(7, 30), 18) == pytest.approx(1100 / 23)


@pytest.mark.parametrize(("days", "points"), [(400, 0), (90, 0), (50, 50), (10, 100), (1, 100)])
def test_a_line_may_fall(days, points):
    assert both(Linear(zero_at=90, full_at=10), days) == points


@pytest.mark.parametrize("value", [None, -1.0, 0.0, 100.0, 101.0])
def test_missing_stays_missing_on_a_line(value):
    assert both(Linear(0, 100), value) == (None if value is None else min(max(value, 0), 100))


@pytest.mark.parametrize(
    ("tickets", "points"), [(0, 100), (1, 100), (4.9, 100), (5, 50), (14.9, 50), (15, 0), (99, 0)]
)
def test_every_edge_has_one_owner(tickets, points):
    """“1–5 green, 5–15 yellow” would put 5 in two bands and 0 in none."""
    assert both(Steps((5, 15), (100, 50, 0)), tickets) == points


def test_missing_may_have_its_own_points():
    assert both(Steps((5,), (100, 0)), None) is None
    assert both(Steps((5,), (100, 0), missing=40), None) == 40


@pytest.mark.parametrize(("light", "points"), [(0, 0), (1, 50), (2, 100), (None, None)])
def test_a_light(light, points):
    assert both(Indicator(), light) == points


def test_percentile_counts_half_of_the_equal_ones_itself_included():
    assert in_engine(Percentile(), [10.0, 20.0, 20.0, 30.0]) == [12.5, 50, 50, 87.5]


def test_a_reversed_percentile_rewards_the_few():
    assert in_engine(Percentile(reverse=True), [10.0, 20.0, 20.0, 30.0]) == [87.5, 50, 50, 12.5]


def test_everyone_equal_is_in_the_middle():
    assert in_engine(Percentile(), [7.0] * 5) == [50] * 5


def test_alone_is_in_the_middle():
    assert in_engine(Percentile(), [7.0]) == [50]


def test_a_missing_value_is_not_counted():
    assert in_engine(Percentile(), [None, 1.0, 2.0, None]) == [None, 25, 75, None]


def test_all_missing():
    assert in_engine(Percentile(), [None, None]) == [None, None]


def test_who_stands_outside_the_population_is_placed_but_not_counted():
    points = in_engine(
        Percentile(among="paying"), [-20.0, 10.0, 20.0, 10.0], [-20.0, 10.0, 20.0, None]
    )

    assert points == [0, 25, 75, 25]


def test_nobody_in_the_population_is_missing():
    assert in_engine(Percentile(among="paying"), [1.0, 2.0], [0.0, -1.0]) == [None, None]


def test_placing_nothing_or_among_nobody_is_missing():
    assert Percentile().of(None, [1.0]) is None
    assert Percentile().of(1.0, []) is None


VALUES = st.lists(st.floats(-1e6, 1e6) | st.integers(-3, 3).map(float), min_size=1, max_size=30)


@settings(deadline=None, max_examples=40)
@given(VALUES, st.booleans())
def test_the_engine_places_like_the_definition(values, reverse):
    kind = Percentile(reverse=reverse)

    places = in_engine(kind, values)

    assert places == pytest.approx([kind.of(value, values) for value in values], abs=1e-9)
    assert sum(places) / len(places) == pytest.approx(50)
