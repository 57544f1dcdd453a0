"""Why a score moved: parts by cause and measure that add up to the change."""

import ibis
import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.measures.cards import Band, Card, Group, Measure
from holdfast.measures.changes import CannotSplit, Cause, Day, Part, split
from holdfast.measures.points import Linear, Percentile, Steps
from holdfast.measures.scorecards import CannotScore, score
from holdfast.measures.scorecards import placed as placed_in

LINE = Linear(0, 100)
BANDS = (Band("all", 0),)
CARD = Card(
    "health",
    (
        Group(
            "use", 60, (Measure("use", "use", 40, LINE), Measure("place", "sold", 20, Percentile()))
        ),
        Group(
            "voice",
            40,
            (Measure("rating", "rating", 30, LINE, rated=True), Measure("nps", "nps", 10, LINE)),
        ),
    ),
    BANDS,
)
HEAVY = Card("health", (CARD.groups[0], Group("voice", 10, CARD.groups[1].measures)), BANDS)


def day(card=CARD, population=(), **values):
    """A day as the history has it: each measure's value, and its points on that day."""
    full = {name: values.get(name) for name in card.measures}
    points = {name: m.points.of(full[name], population) for name, m in card.measures.items()}
    return Day(card, full, points)


def placed(*population):
    """Where a value would have stood among these."""
    return lambda measure, value: Percentile().of(value, population)


def adds_up(before, after, place=None):
    place = place or placed()
    result = split(before, after, place=place)
    assert result.before + sum(p.amount for p in result.parts) == pytest.approx(
        result.after, abs=1e-9
    )
    return result.parts


def test_nothing_moved_nothing_to_say():
    assert adds_up(day(use=50, rating=50), day(use=50, rating=50)) == ()


def test_an_own_value_moved_by_its_weight_times_its_points():
    (part,) = adds_up(day(use=80, rating=50), day(use=30, rating=50))

    assert part == Part(Cause.OWN, "use", pytest.approx(-30))  # 0.6 × −50


def test_each_measure_has_its_own_part():
    parts = adds_up(day(use=80, rating=50, nps=0), day(use=30, rating=50, nps=100))

    assert [(p.cause, p.measure, round(p.amount, 9)) for p in parts] == [
        (Cause.OWN, "use", -30),
        (Cause.OWN, "nps", 10),
    ]


def test_what_people_think_stands_apart():
    parts = adds_up(day(use=80, rating=50), day(use=80, rating=100))

    assert parts == (Part(Cause.RATINGS, "rating", pytest.approx(20)),)


def test_what_came_counts_with_the_weight_it_takes():
    parts = adds_up(day(use=80), day(use=80, rating=30))

    assert parts == (Part(Cause.DATA, "rating", pytest.approx(-20)),)  # 80 → 0.6·80 + 0.4·30


def test_what_went_gives_its_weight_back_before_others_move():
    parts = adds_up(day(use=80, rating=30), day(use=70))

    assert parts == (
        Part(Cause.DATA, "rating", pytest.approx(20)),
        Part(Cause.OWN, "use", pytest.approx(-10)),
    )


def test_everything_known_was_replaced():
    parts = adds_up(day(use=80), day(rating=30))

    assert [part.cause for part in parts] == [Cause.DATA, Cause.DATA]
    assert [part.measure for part in parts] == ["rating", "use"]


def test_the_others_moved_while_the_account_stood_still():
    old, new = (10, 20, 30), (20, 25, 30)

    parts = adds_up(
        day(population=old, use=50, place=20), day(population=new, use=50, place=20), placed(*old)
    )

    assert parts == (Part(Cause.OTHERS, "place", pytest.approx((100 / 6 - 50) / 3)),)


def test_own_movement_and_the_others_are_told_apart():
    old, new = (10, 20, 30), (10, 30, 40)

    own, others = adds_up(
        day(population=old, place=20), day(population=new, place=30), placed(*old)
    )

    assert own == Part(Cause.OWN, "place", pytest.approx(500 / 6 - 50))
    assert others == Part(Cause.OTHERS, "place", pytest.approx(50 - 500 / 6))


def test_another_card_is_its_own_step_after_all_others():
    parts = adds_up(day(use=80, rating=30), day(HEAVY, use=70, rating=30))

    assert parts[0] == Part(Cause.OWN, "use", pytest.approx(-6))
    assert parts[1] == Part(Cause.CARD, None, pytest.approx((6 * 70 + 30) / 7 - 54))


def test_other_points_for_the_same_value_are_the_cards_doing():
    measure = Measure("use", "use", 1, Steps((60,), (0, 100)))
    after = Card("health", (Group("use", 1, (measure,)),), BANDS)
    before = Card("health", (Group("use", 1, (Measure("use", "use", 1, LINE),)),), BANDS)

    parts = adds_up(day(before, use=80), day(after, use=70))

    assert parts == (
        Part(Cause.OWN, "use", pytest.approx(-10)),
        Part(Cause.CARD, None, pytest.approx(30)),
    )


@pytest.mark.parametrize("name", ["other", "use"])
def test_a_measure_that_the_new_card_dropped_stays_until_the_cards_step(name):
    only = Measure(name, "other", 1, LINE)

    parts = adds_up(day(use=80), day(Card("x", (Group("g", 1, (only,)),), BANDS), **{name: 10}))

    assert parts == (Part(Cause.CARD, None, pytest.approx(-70)),)


def test_when_only_the_new_card_knows_anything_it_is_all_the_cards_doing():
    wider = Card("x", (*CARD.groups, Group("g", 1, (Measure("n", "n", 1, LINE),))), BANDS)

    parts = adds_up(day(use=80), day(wider, n=10))

    assert parts == (Part(Cause.CARD, None, pytest.approx(-70)),)


def test_a_changed_percentile_keeps_to_the_old_population_until_the_card_moves():
    reverse = Measure("place", "sold", 20, Percentile(reverse=True))
    after = Card("x", (Group("use", 1, (reverse,)),), BANDS)
    old = (10, 20, 30)

    own, card = adds_up(
        day(population=old, place=20), day(after, population=(10, 30), place=30), placed(*old)
    )

    assert own == Part(Cause.OWN, "place", pytest.approx(500 / 6 - 50))
    assert card.cause == Cause.CARD


def test_a_percentile_gone_under_a_changed_card_is_gone():
    reverse = Measure("place", "sold", 20, Percentile(reverse=True))
    after = Card("x", (Group("use", 1, (Measure("use", "use", 1, LINE), reverse)),), BANDS)

    parts = adds_up(day(population=(10, 20), use=40, place=20), day(after, use=40), placed(10, 20))

    assert parts[0] == Part(Cause.DATA, "place", pytest.approx(-35 / 3))


def test_nobody_to_be_placed_among_then_the_own_value_takes_it_all():
    parts = adds_up(day(use=50), day(population=(1, 2), use=50, place=2), placed())

    assert parts == (Part(Cause.DATA, "place", pytest.approx(25 / 3)),)


def test_the_engine_places_and_splits_like_the_definition():
    """From two days' signals to the parts, as the account page does it."""
    schema = {"account_id": "int64", "use": "float64", "sold": "float64"}
    schema |= {"rating": "float64", "nps": "float64"}
    old = [(1, 50.0, 20.0, 10.0, None), (2, None, 10.0, None, None), (3, None, 30.0, None, None)]
    new = [(1, 40.0, 30.0, 10.0, None), (2, None, 50.0, None, None), (3, None, None, None, None)]
    before, after = (ibis.memtable(rows, schema=schema) for rows in (old, new))
    first, second = (
        Day.of(CARD, score(CARD, table).filter(ibis._.account_id == 1).to_pyarrow().to_pylist()[0])
        for table in (before, after)
    )

    def place(measure, value):
        return placed_in(CARD.measures[measure], value, before).to_pyarrow().as_py()

    assert place("place", 30) == pytest.approx(Percentile().of(30, [10, 20, 30]))
    causes = [part.cause for part in adds_up(first, second, place)]
    assert causes == [Cause.OWN, Cause.OWN, Cause.OTHERS]


def test_placing_reversed_or_among_nobody():
    schema = {"account_id": "int64", "sold": "float64", "revenue": "float64"}
    table = ibis.memtable([(1, 10.0, -1.0)], schema=schema)
    few = Measure("m", "sold", 1, Percentile(reverse=True))
    nobody = Measure("m", "sold", 1, Percentile(among="paying"))

    assert placed_in(few, 30.0, table).to_pyarrow().as_py() == 0
    assert placed_in(nobody, 30.0, table).to_pyarrow().as_py() is None


def test_only_percentiles_are_placed():
    table = ibis.memtable([(1, 10.0)], schema={"account_id": "int64", "use": "float64"})

    with pytest.raises(CannotScore, match="use needs no others"):
        placed_in(CARD.measures["use"], 30.0, table)


def test_parts_by_cause():
    result = split(day(use=80, nps=0), day(use=30, nps=100), place=placed())

    assert result.by_cause() == pytest.approx(
        {Cause.DATA: 0, Cause.OWN: 10, Cause.OTHERS: 0, Cause.RATINGS: 0, Cause.CARD: 0}
    )


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [(day(), day(use=1), "the day before"), (day(use=1), day(), "the day after")],
)
def test_nothing_known_cannot_be_split(before, after, message):
    with pytest.raises(CannotSplit, match=message):
        split(before, after, place=placed())


VALUE = st.none() | st.floats(0, 100)
ROW = st.fixed_dictionaries(dict.fromkeys(CARD.measures, VALUE)).filter(
    lambda row: any(value is not None for value in row.values())
)
OTHERS = st.lists(st.floats(0, 100), max_size=6)


@given(ROW, ROW, OTHERS, OTHERS, st.sampled_from([CARD, HEAVY]))
def test_parts_always_add_up(before, after, old, new, card):
    """Whatever came, went, moved, was rated otherwise, or was weighed otherwise."""
    old = [*old, 50.0] if before["place"] is None else [*old, before["place"]]
    new = [*new, 50.0] if after["place"] is None else [*new, after["place"]]

    parts = adds_up(day(population=old, **before), day(card, population=new, **after), placed(*old))

    order = [list(Cause).index(part.cause) for part in parts]
    assert order == sorted(order)
    assert len({(part.cause, part.measure) for part in parts}) == len(parts)


@given(ROW, OTHERS)
def test_no_part_for_what_stood_still(row, others):
    population = [*others, 50.0 if row["place"] is None else row["place"]]
    still = day(population=population, **row)

    assert adds_up(still, still, placed(*population)) == ()
