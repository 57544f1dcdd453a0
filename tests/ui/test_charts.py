"""Geometry: what is not known is not drawn as a number, and lengths stay inside their room."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.ui import charts

EDGES = (45.0, 70.0)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0, "0"),
        (-0.001, "0"),
        (12.5, "12.5"),
        (3.0, "3"),
        (1234567.891, "1234567.89"),
        (100, "100"),
    ],
)
def test_a_number_in_an_attribute_is_plain(value, said):
    assert charts.plain(value) == said


def test_a_range_has_its_span_and_its_score():
    drawn = charts.score_range(52, 66, 58.9, "not_so_healthy", EDGES)

    assert (drawn.x, drawn.width, drawn.at) == ("52", "14", "57.8")
    assert drawn.track.startswith("M0 6.5H44.2V9.5H0z")


def test_unknown_has_a_span_and_no_score_even_when_one_is_given():
    assert charts.score_range(33, 87, 60, "unknown", EDGES).at == ""


def test_nothing_is_drawn_when_not_even_the_span_is_known():
    assert charts.score_range(None, 87, None, "unknown", EDGES) is None


def test_a_score_of_zero_is_a_score():
    assert charts.score_range(0, 0, 0, "unhealthy", EDGES).at == "-1.1"


def test_a_spark_breaks_where_a_week_is_missing():
    drawn = charts.spark([50, None, 60, 70])

    assert drawn.path.count("M") == 2
    assert drawn.path.count("L") == 1


@pytest.mark.parametrize("values", [[], [None, None], [None, 50]])
def test_one_point_is_no_line(values):
    assert charts.spark(values) is None


def test_a_spark_marks_the_last_week_that_is_known():
    assert charts.spark([0, 100, None]).y == "2"


def test_a_missing_part_has_room_and_adds_nothing():
    drawn = charts.bar(None, of=5, most=20)

    assert (drawn.room, drawn.adds, drawn.missing) == ("25%", "0%", True)


def test_a_part_of_zero_is_not_missing():
    assert charts.bar(0, of=5, most=20).missing is False


@pytest.mark.parametrize(("adds", "width"), [(-3, "0%"), (7, "50%")])
def test_a_part_never_leaves_its_room(adds, width):
    assert charts.bar(adds, of=5, most=10).adds == width


def test_parts_of_nothing_have_no_width():
    assert [part.width for part in charts.stacked({"healthy": 0, "unknown": 0})] == ["0%", "0%"]


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=6))
def test_stacked_parts_fill_the_whole_and_no_more(counts):
    parts = charts.stacked({str(at): count for at, count in enumerate(counts)})

    end = float(parts[-1].x[:-1]) + float(parts[-1].width[:-1])
    assert end <= 100.01


@pytest.mark.parametrize(
    ("share", "step"),
    [
        (0, "0"),
        (0.96, "10"),
        (1, "10"),
        (1.7, "10"),
        (-1, "0"),
        (None, "none"),
        (float("nan"), "none"),
    ],
)
def test_heat_has_eleven_steps_and_one_for_no_answer(share, step):
    assert charts.heat(share) == step


def test_ticks_reach_an_end_that_floats_miss():
    assert charts.ticks(0.8, 1, most=4) == [0.8, 0.85, 0.9, 0.95, 1.0]


def test_ticks_of_a_single_level():
    assert charts.ticks(5, 5) == [5]


@given(st.floats(-1e6, 1e6), st.floats(0.001, 1e6), st.integers(2, 8))
def test_ticks_stay_inside_and_are_few(low, width, most):
    found = charts.ticks(low, low + width, most=most)

    assert len(found) <= most + 1
    slack = width * 1e-6 + 1e-9
    assert all(low - slack <= tick <= low + width + slack for tick in found)


def test_a_scale_without_width_stands_in_the_middle():
    assert charts.Scale(5, 5, 0, 100)(5) == 50
