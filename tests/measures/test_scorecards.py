"""From values to an explained score: weights, coverage, bands, exceptions, staleness."""

import ibis
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from holdfast.measures.cards import Band, Card, Group, Measure, Ruling
from holdfast.measures.points import Linear, Percentile, Steps
from holdfast.measures.scorecards import CannotScore, explain, score, signals_needed

TO_100 = Linear(0, 100)
BANDS = (Band("unhealthy", 0), Band("not_so_healthy", 45), Band("healthy", 70))
SIGNALS = ("a", "b", "c", "d")


def a_card(**changes):
    """Group one: a 30 and b 10 of 60; group two: c 1 and d 1 of 40."""
    groups = (
        Group("one", 60, (Measure("a", "a", 30, TO_100), Measure("b", "b", 10, TO_100))),
        Group("two", 40, (Measure("c", "c", 1, TO_100), Measure("d", "d", 1, TO_100))),
    )
    return Card(**{"name": "health", "groups": groups, "bands": BANDS, **changes})


def one_measure(points=TO_100, **changes):
    measure = Measure("a", "a", 1, points)
    return a_card(**{"groups": (Group("one", 1, (measure,)),), **changes})


def values(*rows, columns=SIGNALS):
    schema = {"account_id": "int64"} | dict.fromkeys(columns, "float64")
    numbered = [(position, *row) for position, row in enumerate(rows, start=1)]
    return ibis.memtable(numbered, schema=schema)


def scored(card, table):
    return score(card, table).order_by("account_id").to_pyarrow().to_pylist()


def weights(row):
    return {name: row[f"{name}__weight"] for name in SIGNALS}


def test_all_present_each_measure_counts_its_share_of_its_group():
    (row,) = scored(a_card(), values((100.0, 0.0, 50.0, 0.0)))

    assert weights(row) == pytest.approx({"a": 0.45, "b": 0.15, "c": 0.2, "d": 0.2})
    assert row["score"] == pytest.approx(55)
    assert row["coverage"] == pytest.approx(1)
    assert row["low"] == pytest.approx(55)
    assert row["high"] == pytest.approx(55)


def test_a_missing_measure_passes_its_weight_to_its_group_first():
    (row,) = scored(a_card(), values((None, 100.0, 0.0, 0.0)))

    assert weights(row) == pytest.approx({"a": 0, "b": 0.6, "c": 0.2, "d": 0.2})
    assert row["score"] == pytest.approx(60)
    assert row["coverage"] == pytest.approx(0.55)


def test_a_missing_group_passes_its_weight_to_the_other_groups():
    (row,) = scored(a_card(), values((100.0, 20.0, None, None)))

    assert weights(row) == pytest.approx({"a": 0.75, "b": 0.25, "c": 0, "d": 0})
    assert row["score"] == pytest.approx(80)
    assert row["coverage"] == pytest.approx(0.6)


def test_the_range_is_what_the_missing_could_make_of_it():
    (row,) = scored(a_card(), values((100.0, 20.0, None, None)))

    assert (row["low"], row["high"]) == pytest.approx((48, 88))


def test_mean_of_three_points_is_their_mean():
    three = tuple(Measure(name, name, 1, Linear(0, 10)) for name in "abc")
    (row,) = scored(a_card(groups=(Group("g", 7, three),)), values((10.0, 10.0, 0.0, None)))

    assert row["score"] / 10 == pytest.approx(6.67, abs=0.005)  # of ten


def test_below_the_minimum_coverage_the_band_is_unknown_and_no_score_is_shown():
    (row,) = scored(a_card(), values((None, None, 100.0, 100.0)))

    assert row["coverage"] == pytest.approx(0.4)
    assert row["band"] == "unknown"
    assert row["score"] is None
    assert (row["low"], row["high"]) == pytest.approx((40, 100))


def test_exactly_the_minimum_coverage_is_enough():
    (row,) = scored(a_card(minimum_coverage=0.6), values((100.0, 100.0, None, None)))

    assert row["band"] == "healthy"


def test_nothing_known_is_unknown_even_when_no_coverage_is_asked_for():
    (row,) = scored(a_card(minimum_coverage=0.0), values((None, None, None, None)))

    assert row["band"] == "unknown"
    assert row["score"] is None
    assert (row["low"], row["high"], row["coverage"]) == (0, 100, 0)
    assert weights(row) == {"a": 0, "b": 0, "c": 0, "d": 0}


@pytest.mark.parametrize("nothing", [float("nan"), float("inf"), float("-inf")])
def test_what_is_no_number_is_missing(nothing):
    (row,) = scored(a_card(), values((nothing, 100.0, 0.0, 0.0)))

    assert row["a__value"] is None
    assert row["coverage"] == pytest.approx(0.55)


def test_no_accounts_no_rows():
    assert scored(a_card(), values((1.0, 1.0, 1.0, 1.0)).limit(0)) == []


@pytest.mark.parametrize(
    ("points", "band"),
    [
        (0, "unhealthy"),
        (44.999999, "unhealthy"),
        (45, "not_so_healthy"),
        (69.999999, "not_so_healthy"),
        (70, "healthy"),
        (100, "healthy"),
    ],
)
def test_an_edge_belongs_to_the_band_it_opens(points, band):
    (row,) = scored(one_measure(), values((float(points), None, None, None)))

    assert row["band"] == band


def test_a_hair_of_rounding_does_not_move_a_score_over_an_edge():
    one = (Measure("a", "a", 1, TO_100), Measure("b", "b", 25, TO_100))
    two = (Measure("c", "c", 3, TO_100), Measure("d", "d", 7, TO_100))
    card = a_card(groups=(Group("one", 60, one), Group("two", 40, two)))

    (row,) = scored(card, values((70.0, 70.0, 70.0, 70.0)))

    assert row["score"] < 70  # the binary sum is 69.99999999999999
    assert row["band"] == "healthy"


FIXED = Ruling("sentiment_red", "b", "unhealthy", at_most=0)
CAPPED = Ruling("payment_late", "c", "not_so_healthy", at_least=30, caps=True)


@pytest.mark.parametrize(
    ("a", "b", "c", "band", "exception"),
    [
        (90.0, 1.0, 29.0, "healthy", None),
        (90.0, 0.0, 0.0, "unhealthy", "sentiment_red"),
        (None, 0.0, 0.0, "unhealthy", "sentiment_red"),  # a fixed band needs no score
        (90.0, None, None, "healthy", None),  # a missing value triggers nothing
        (90.0, 1.0, 30.0, "not_so_healthy", "payment_late"),
        (10.0, 1.0, 30.0, "unhealthy", None),  # a cap never lifts, and says nothing then
        (50.0, 1.0, 30.0, "not_so_healthy", None),
        (None, 1.0, 30.0, "unknown", None),  # nor does it make the unknown known
        (90.0, 0.0, 30.0, "unhealthy", "sentiment_red"),
    ],
)
def test_exceptions_fix_or_cap_the_band_and_say_so(a, b, c, band, exception):
    card = one_measure(exceptions=(FIXED, CAPPED))

    (row,) = scored(card, values((a, b, c, None)))

    assert (row["band"], row["exception"]) == (band, exception)
    assert row["score"] == a


LATE = Ruling("contract_ended", "c", "gone", at_least=30)


@pytest.mark.parametrize("order", [(FIXED, LATE), (LATE, FIXED)])
def test_of_two_exceptions_the_first_one_listed_wins(order):
    (row,) = scored(one_measure(exceptions=order), values((90.0, 0.0, 30.0, None)))

    assert (row["band"], row["exception"]) == (order[0].band, order[0].name)


def test_a_value_older_than_its_limit_is_missing():
    measure = Measure("a", "a", 1, TO_100, stale_after_days=60)
    card = a_card(groups=(Group("g", 1, (measure,)),))
    table = values((80.0, 60.0), (80.0, 61.0), (80.0, None), columns=("a", "a__age_days"))

    rows = scored(card, table)

    assert [row["a__points"] for row in rows] == [80, None, 80]
    assert [row["band"] for row in rows] == ["healthy", "unknown", "healthy"]


def test_without_an_age_nothing_grows_stale():
    measure = Measure("a", "a", 1, TO_100, stale_after_days=60)

    (row,) = scored(a_card(groups=(Group("g", 1, (measure,)),)), values((80.0, 0, 0, 0)))

    assert row["a__points"] == 80


def test_a_derived_value_is_stale_when_one_of_its_signals_is():
    measure = Measure("rhythm", "buying_rhythm", 1, TO_100, stale_after_days=9)
    columns = ("active_months", "months_since_first", "months_since_first__age_days")
    table = values((3.0, 6.0, 9.0), (3.0, 6.0, 10.0), columns=columns)

    rows = scored(a_card(groups=(Group("g", 1, (measure,)),)), table)

    assert [row["rhythm__value"] for row in rows] == [50, None]


def test_points_for_a_missing_value_count_as_known():
    card = one_measure(Steps((5,), (100, 0), missing=40))

    (row,) = scored(card, values((None, None, None, None)))

    assert (row["a__value"], row["a__points"], row["score"]) == (None, 40, 40)
    assert row["coverage"] == 1


def test_a_card_says_which_signals_it_lacks():
    card = a_card(exceptions=(Ruling("no_revenue", "revenue", "unhealthy", at_most=0),))

    assert signals_needed(card) == ["a", "b", "c", "d", "revenue"]
    with pytest.raises(CannotScore, match="asks for revenue, which"):
        score(card, values((1.0, 1.0, 1.0, 1.0)))


def test_a_population_needs_its_signals_too():
    card = one_measure(Percentile(among="paying"))

    assert signals_needed(card) == ["a", "revenue"]


def test_explain_lists_every_measure_missing_ones_too():
    (row,) = scored(a_card(), values((None, 100.0, 50.0, 0.0)))

    first, second, *_ = contributions = explain(a_card(), row)

    assert [c.measure for c in contributions] == ["a", "b", "c", "d"]
    assert (first.value, first.points, first.weight) == (None, None, 0)
    assert first.original_weight == pytest.approx(0.45)
    assert (second.card, second.group, second.value) == ("health", "one", 100)
    assert sum(c.weight * c.points for c in contributions if c.weight) == pytest.approx(
        row["score"], abs=1e-9
    )


VALUE = st.none() | st.floats(-50, 150)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(VALUE, VALUE, VALUE, VALUE), min_size=1, max_size=20))
def test_weights_times_points_are_the_score_whatever_is_missing(rows):
    for row in scored(a_card(minimum_coverage=0.0), values(*rows)):
        parts = explain(a_card(), row)
        known = [part for part in parts if part.points is not None]
        if known:
            assert sum(p.weight for p in parts) == pytest.approx(1, abs=1e-12)
            assert sum(p.weight * p.points for p in known) == pytest.approx(row["score"], abs=1e-9)
            assert row["low"] - 1e-9 <= row["score"] <= row["high"] + 1e-9
        assert row["coverage"] == pytest.approx(sum(p.original_weight for p in known), abs=1e-12)
