"""Figures: lines break where nobody knows, sums add up, nothing leaves the page."""

import pytest

from holdfast.ui import plots, plots_of_shares
from holdfast.ui.charts import Box, Chart, Dot, Path, Text

R = plots.Reading


def marks(chart: Chart, kind: type, at: int = 0) -> list:
    return [mark for mark in chart.plots[at].marks if isinstance(mark, kind)]


def words(chart: Chart) -> list[str]:
    return [mark.words for mark in marks(chart, Text)]


def line(readings, **more) -> Chart:
    return plots.line(readings, low=0, high=100, tell=str, **more)


def test_a_line_breaks_where_nobody_knows():
    chart = line([R("a", 1), R("b", 2), R("c", None), R("d", 3), R("e", 4)])

    assert [path.kind for path in marks(chart, Path)] == ["line", "line"]


def test_a_reading_alone_is_a_dot():
    chart = line([R("a", 1), R("b", None), R("c", 3), R("d", None)])

    assert len(marks(chart, Dot)) == 2


def test_no_number_stands_at_the_end_when_the_last_is_not_known():
    assert "93%" not in words(line([R("a", 1), R("b", None)], said="93%"))


def test_a_line_of_nothing_is_an_empty_frame():
    assert marks(line([]), Path) == []


def test_an_interval_is_drawn_only_where_it_is_known():
    chart = line([R("a", 1, 0, 2), R("b", 2, 1, 3), R("c", 3)])

    assert [path.kind for path in marks(chart, Path)] == ["interval", "line"]


def test_the_first_and_the_last_day_are_named_among_at_most_five():
    named = words(line([R(f"day {n}", n) for n in range(40)]))
    days = [word for word in named if word.startswith("day")]

    assert (days[0], days[-1], len(days)) == ("day 0", "day 39", 5)


def test_the_word_of_an_edge_keeps_away_from_the_last_number():
    under = line([R("a", 60), R("b", 68)], said="68", edges=[(70.0, "healthy from 70")])
    over = line([R("a", 60), R("b", 72)], said="72", edges=[(70.0, "healthy from 70")])

    def place(chart, word):
        return next(float(mark.y) for mark in marks(chart, Text) if mark.words == word)

    assert place(under, "healthy from 70") < place(under, "68")
    assert place(over, "healthy from 70") > place(over, "72")


BEFORE = plots.Stand("11 August", 77.6, "77.6", "healthy")


def after(value: float) -> plots.Stand:
    return plots.Stand("22 September", value, str(value), "not_so_healthy")


def test_a_waterfall_ends_where_the_score_stands():
    chart = plots.waterfall(BEFORE, [plots.Step("fewer order", -7.6, "−7.6")], after(70), tell=str)

    assert {plot.shown for plot in chart.plots} == {"broad", "slim"}
    assert [box.kind for box in marks(chart, Box)] == ["step"]


def test_a_waterfall_whose_parts_do_not_add_up_is_refused():
    with pytest.raises(ValueError, match="do not make"):
        plots.waterfall(BEFORE, [plots.Step("fewer order", -7, "−7")], after(60), tell=str)


def test_an_answer_that_grew_old_is_hatched():
    step = plots.Step("two answers too old", -0.6, "−0.6", aged=True)
    chart = plots.waterfall(BEFORE, [step], after(77), tell=str)

    assert marks(chart, Box)[0].kind == "hatch"


def test_a_score_that_did_not_move_is_still_a_picture():
    chart = plots.waterfall(BEFORE, [], plots.Stand("today", 77.6, "77.6", "healthy"), tell=str)

    assert len(marks(chart, Dot)) == 2


def test_long_labels_get_more_room_beside_the_bars():
    def start(label: str) -> float:
        chart = plots.waterfall(BEFORE, [plots.Step(label, -7.6, "−7.6")], after(70), tell=str)
        return float(marks(chart, Box)[0].x[:-1])

    assert start("days since the last purchase over their own gap") > start("returns") + 5


ZONES = [plots.Zone("unhealthy", 0, 45, "unhealthy, below 45", "unhealthy")]


def test_an_unknown_score_is_its_hatched_span_without_a_number():
    chart = plots.score_track(ZONES, low=33, high=87, at=60, band="unknown", said="60")

    assert "60" not in words(chart)
    assert "hatch" in [box.kind for box in marks(chart, Box)]


def test_words_at_a_narrow_span_give_way_to_the_score():
    chart = plots.score_track(
        ZONES, low=58, high=60, at=59, band="healthy", said="59", worst="at worst 58"
    )

    assert "59" in words(chart)
    assert "at worst 58" not in words(chart)


def pareto(points, **more) -> Chart:
    return plots_of_shares.pareto(
        points,
        tell_share=str,
        tell_count=str,
        total_words="all",
        top_words="100%",
        equal_words="equal",
        order_words="largest first",
        **more,
    )


def test_the_curve_is_shaded_up_to_the_milestone_of_the_title():
    milestone = plots_of_shares.Milestone(15, 0.6, "15 bring 60%", "15", loud=True)
    shade = marks(pareto([(10, 0.5), (20, 0.7), (40, 1.0)], milestones=[milestone]), Path)[0]

    # 15 of 40 is 375 of 1000; between 0.5 and 0.7 lies 0.6, on a scale of 290 down to 14
    assert "L375 124.4L375 290Z" in shade.d


def test_a_pareto_of_nothing_is_an_empty_frame():
    assert "all" in words(pareto([]))


def stream(name: str, above: float, below: float) -> plots_of_shares.Stream:
    ink = f"seg-{name.lower()}"
    return plots_of_shares.Stream(name, ink, above, below, f"{above}", f"{below}")


def flow(*streams) -> Chart:
    return plots_of_shares.flow(streams, above_words="above", below_words="below")


def test_a_negative_share_is_drawn_as_nothing():
    boxes = marks(flow(stream("A", 1.02, 0.9), stream("D", -0.02, 0.1)), Box)

    assert [box.kind for box in boxes] == ["seg-a", "seg-a", "seg-d"]


def test_a_part_too_narrow_for_its_words_has_none():
    chart = flow(stream("A", 0.98, 0.5), stream("B", 0.02, 0.5))

    assert words(chart).count("B") == 1
