"""Numbers as people write them; what is not known is a dash."""

import pytest
from django.utils import translation

from holdfast.ui.templatetags import figures


@pytest.mark.parametrize(
    ("filtered", "said"),
    [
        (figures.number(1234567), "1,234,567"),
        (figures.number(-3), "−3"),
        (figures.number(-0.4), "0"),
        (figures.number(0.5), "1"),
        (figures.number(2.5), "3"),
        (figures.number(58.94, 1), "58.9"),
        (figures.number(0), "0"),
        (figures.change(2), "+2"),
        (figures.change(-2.04, 1), "−2.0"),
        (figures.change(0.01), "0"),
        (figures.change(0), "0"),
        (figures.percent(0.931), "93%"),
        (figures.percent(0.9312, 1), "93.1%"),
        (figures.percent(0.145), "15%"),
        (figures.percent_change(0.06), "+6%"),
        (figures.percent_change(-0.22), "−22%"),
        (figures.compact(9999), "9,999"),
        (figures.compact(1234567), "1.2 M"),
        (figures.interval(0.901, 0.952), "90.1% to 95.2%"),
        (figures.money(123450, "GBP"), "£1,234.50"),
        (figures.money_whole(123450, "GBP"), "£1,235"),
        (figures.band_word("not_so_healthy"), "not so healthy"),
        (figures.band_word("anything else"), "unknown"),
    ],
)
def test_in_english(filtered, said):
    assert filtered == said


@pytest.mark.parametrize("value", [None, "", float("nan"), float("inf")])
@pytest.mark.parametrize(
    "filtered",
    [
        figures.number,
        figures.change,
        figures.percent,
        figures.points,
        figures.days,
        figures.compact,
    ],
)
def test_what_is_not_known_is_a_dash(filtered, value):
    assert filtered(value) == "–"


def test_money_not_known_is_a_dash_and_no_money_is_not():
    assert figures.money(None, "GBP") == "–"
    assert figures.money(0, "GBP") == "£0.00"


def test_an_interval_needs_both_ends():
    assert figures.interval(0.9, None) == "–"


@pytest.mark.parametrize("language", ["ru", "ro"])
def test_a_decimal_comma_where_people_write_one(language):
    with translation.override(language):
        assert figures.number(58.94, 1) == "58,9"


def test_days_are_counted_as_the_language_does():
    assert (figures.days(1), figures.days(34)) == ("1 day", "34 days")
