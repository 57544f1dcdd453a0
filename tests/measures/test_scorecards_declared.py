"""What a card may be: kept as JSON without loss, refused with a sentence that says what to do."""

import json

import pytest

from holdfast.measures.cards import Band, Card, Group, Measure, Ruling
from holdfast.measures.points import (
    CannotUseCard,
    Growth,
    Indicator,
    Linear,
    Percentile,
    Steps,
)

LINE = Linear(0, 100)
BANDS = (Band("bad", 0), Band("good", 50))


def a_measure(**changes):
    return Measure(**{"name": "a", "value": "a", "weight": 1, "points": LINE, **changes})


def a_card(**changes):
    groups = (Group("g", 1, (a_measure(),)),)
    return Card(**{"name": "c", "groups": groups, "bands": BANDS, **changes})


def every_kind():
    kinds = [LINE, Steps((1, 2), (0, 50, 100), missing=20), Percentile("paying", reverse=True)]
    kinds += [Growth(), Indicator()]
    measures = tuple(
        a_measure(name=f"m{position}", points=kind, stale_after_days=30, rated=True)
        for position, kind in enumerate(kinds)
    )
    rulings = (
        Ruling("no_revenue", "revenue", "D", at_most=0),
        Ruling("late", "days_late", "bad", at_least=60, caps=True),
    )
    return a_card(groups=(Group("g", 40, measures),), exceptions=rulings, minimum_coverage=0.6)


def test_a_card_comes_back_from_json_as_it_went():
    card = every_kind()

    assert Card.from_json(json.loads(json.dumps(card.to_json()))) == card


def test_json_is_plain_data():
    (group,) = every_kind().to_json()["groups"]

    assert group["measures"][1]["points"] == {
        "kind": "steps",
        "edges": [1, 2],
        "points": [0, 50, 100],
        "missing": 20,
    }


def test_a_card_cannot_be_changed():
    with pytest.raises(AttributeError):
        a_card().name = "another"


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Linear(5, 5), "two different values"),
        (lambda: Steps((), (1,)), "List the edges"),
        (lambda: Steps((2, 1), (0, 1, 2)), "from low to high"),
        (lambda: Steps((1, 1), (0, 1, 2)), "each once"),
        (lambda: Steps((1, 2), (0, 1)), "give that many points, not 2"),
        (lambda: Steps((1,), (0, 101)), "between 0 and 100"),
        (lambda: Steps((1,), (0, 1), missing=-1), "between 0 and 100"),
        (lambda: a_measure(name="a b"), "Name the measure"),
        (lambda: a_measure(name="a__b"), "without “__”"),
        (lambda: a_measure(weight=0), "weight above 0"),
        (lambda: a_measure(points=Percentile("rich")), "Choose one of: everyone, paying"),
        (lambda: Group("g", 0, (a_measure(),)), "weight above 0"),
        (lambda: Group("g", 1, ()), "Put a measure"),
        (lambda: Ruling("r", "v", "bad"), "either `at_most` or `at_least`"),
        (lambda: Ruling("r", "v", "bad", at_most=0, at_least=1), "either"),
        (lambda: a_card(groups=()), "at least one group"),
        (lambda: a_card(groups=(Group("g", 1, (a_measure(), a_measure())),)), "“a” stands twice"),
        (lambda: a_card(groups=(*a_card().groups, *a_card().groups)), "“g” stands twice"),
        (lambda: a_card(bands=()), "from worst to best"),
        (lambda: a_card(bands=(Band("bad", 10),)), "the first from 0"),
        (lambda: a_card(bands=(Band("x", 0), Band("y", 60), Band("z", 50))), "worst to best"),
        (lambda: a_card(bands=(Band("x", 0), Band("y", 101))), "none above 100"),
        (lambda: a_card(bands=(Band("x", 0), Band("x", 50))), "its own name"),
        (lambda: a_card(bands=(Band("unknown", 0),)), "other than “unknown”"),
        (lambda: a_card(minimum_coverage=50), "a share between 0 and 1"),
        (
            lambda: a_card(exceptions=(Ruling("r", "v", "D", at_most=0, caps=True),)),
            "caps at “D”, which is not a band here",
        ),
    ],
)
def test_what_does_not_add_up_is_refused_with_what_to_do(make, message):
    with pytest.raises(CannotUseCard, match=message):
        make()


def changed(**changes):
    return {**a_card().to_json(), **changes}


def points(**written):
    measure = {**a_card().to_json()["groups"][0]["measures"][0], "points": written}
    return changed(groups=[{"name": "g", "weight": 1, "measures": [measure]}])


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ({}, "Card lacks “name”: add it"),
        (changed(colour="red"), "Card has no “colour”: take it out"),
        (changed(groups=[{"name": "g", "weight": 1, "measures": [{"name": "a"}]}]), "no kind"),
        (changed(groups=[{"name": "g"}]), "Group lacks"),
        (changed(bands=[{"name": "bad"}]), "Band lacks “start”"),
        (changed(minimum_coverage="half"), "needs numbers"),
        (points(kind="curve"), "“curve” is no kind of points. Choose one of: linear, steps"),
        (points(kind="linear", zero_at=1), "Linear lacks “full_at”"),
        (points(kind="steps", edges=["a"], points=["b", "c"]), "needs numbers"),
    ],
)
def test_json_that_is_no_card_is_refused_with_what_to_do(written, message):
    with pytest.raises(CannotUseCard, match=message):
        Card.from_json(written)
