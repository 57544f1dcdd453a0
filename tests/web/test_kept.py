"""The share kept is said with what it stands on, and chance is not sold as news."""

from datetime import date

from holdfast.measures.retention import Rates
from holdfast.web.kept import Reading, note, overlap, sub, title, total


def rates(kept: int, of: int, **other: int) -> Rates:
    numbers = {"won": 0, "won_and_lost": 0, "returned": 0, **other}
    end = kept + numbers["won"] - numbers["won_and_lost"] + numbers["returned"]
    return Rates(at_start=of, at_end=end, kept=kept, lost=of - kept, **numbers)


def reading(kept: int, of: int, month: int = 9) -> Reading:
    return Reading(date(2010, month - 3, 1), date(2010, month, 1), rates(kept, of))


def test_a_fall_beyond_chance_is_said():
    found = title([reading(1050, 1712, 6), reading(1128, 1959, 8), reading(1122, 2023)], 3)

    assert (
        found
        == "We keep 55 of every 100 clients over 3 months. That is fewer than the 61 of June 2010."
    )


def test_a_rise_beyond_chance_is_said():
    found = title([reading(300, 1000, 8), reading(700, 1000)], 12)

    assert found.endswith("over 12 months. That is more than the 30 of August 2010.")


def test_what_could_be_chance_is_called_so():
    found = title([reading(30, 50, 8), reading(27, 50)], 1)

    assert (
        found == "We keep 54 of every 100 clients over a month. The ups and downs could be chance."
    )


def test_one_reading_has_no_ups_and_downs():
    assert title([reading(27, 50)], 3) == "We keep 54 of every 100 clients over 3 months."


def test_intervals_that_touch_overlap():
    assert overlap(rates(30, 50), rates(27, 50))
    assert not overlap(rates(900, 1000), rates(500, 1000))


def test_a_short_window_says_why():
    assert sub(3).endswith("The records are too short for twelve months.")
    assert "too short" not in sub(12)


def test_the_note_names_the_meaning_of_active():
    assert note(reading(1122, 2023), "purchase:90") == (
        "Active means a purchase in the 90 days before. Kept: 1,122 of 2,023. Wilson interval."
    )
    assert note(reading(27, 50), "subscription").startswith("Active means a paid subscription")


def test_the_sum_is_the_identity():
    last = Reading(
        date(2010, 6, 1),
        date(2010, 9, 1),
        rates(1122, 2023, won=618, won_and_lost=10, returned=206),
    )

    assert [(part.get("sign"), part["value"]) for part in total(last, 3)] == [
        (None, "2,023"),
        ("−", "901"),
        ("+", "608"),
        ("+", "206"),
        ("=", "1,936"),
    ]
