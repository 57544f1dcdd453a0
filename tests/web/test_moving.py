"""The title of a change names its size and what made most of it."""

from datetime import date

import pytest

from holdfast.measures.changes import Cause, Part, Split
from holdfast.web.moving import said, shows, title, total

DAY = date(2026, 2, 1)


def change(*parts: tuple[Cause, str | None, float]) -> Split:
    made = tuple(Part(*part) for part in parts)
    return Split(70.0, 70.0 + sum(part.amount for part in made), made)


FELL = change(
    (Cause.OWN, "keeps_buying", -9.0),
    (Cause.OWN, "bought_lately", -2.0),
    (Cause.OTHERS, "spends", 1.5),
)
ROSE = change((Cause.OWN, "bought_lately", 12.0), (Cause.CARD, None, -1.0))
STILL = change((Cause.OWN, "spends", 0.2))


@pytest.mark.parametrize(
    ("split", "then", "known", "words"),
    [
        (None, None, False, "There is no earlier look to compare with"),
        (None, DAY, False, "On 1 February 2026 they were no client yet"),
        (None, DAY, True, "There was no score on 1 February 2026 or there is none now"),
        (STILL, DAY, True, "It has hardly moved since 1 February 2026"),
        (
            FELL,
            DAY,
            True,
            "It fell 9.5 points since 1 February 2026, most of it by “Buys in most months”",
        ),
        (
            ROSE,
            DAY,
            True,
            "It rose 11.0 points since 1 February 2026, most of it by “Bought lately”",
        ),
    ],
)
def test_the_title(split, then, known, words):
    assert title(split, then, known=known).startswith(words)


@pytest.mark.parametrize(
    ("cause", "words"),
    [
        (Cause.OWN, "Bought lately"),
        (Cause.OTHERS, "Bought lately: others moved"),
        (Cause.DATA, "Bought lately: came or went"),
        (Cause.RATINGS, "Bought lately: rated anew"),
        (Cause.CARD, "The card was changed"),
    ],
)
def test_each_cause_has_its_words(cause, words):
    assert said(Part(cause, "bought_lately", 1.0)) == words


def test_small_parts_are_not_drawn_large():
    assert shows(FELL)
    assert not shows(STILL)


def test_the_sum_ends_with_the_whole_change():
    parts = total(FELL)

    assert [part["value"] for part in parts] == ["−11.0", "+1.5", "0.0", "0.0", "−9.5"]
    assert parts[-1]["label"] == "the whole change"
