import pytest

from holdfast.lib import money
from holdfast.lib.money import exponent, format_minor


@pytest.mark.parametrize(
    ("currency", "digits"), [("EUR", 2), ("JPY", 0), ("KWD", 3), ("CLF", 4), ("MDL", 2), ("RUB", 2)]
)
def test_digits_of_the_minor_unit(currency, digits):
    assert exponent(currency) == digits


@pytest.mark.parametrize("currency", ["", "EURO", "eur", "XXX", "€"])
def test_what_is_no_currency_is_refused_with_a_hint(currency):
    with pytest.raises(money.UnknownCurrency, match="three letters"):
        exponent(currency)


def test_codes_are_three_capital_letters():
    assert len(money.KNOWN) > 150
    assert all(len(code) == 3 and code.isalpha() and code.isupper() for code in money.KNOWN)


@pytest.mark.parametrize(
    ("minor", "currency", "manner", "written"),
    [
        (123_450, "GBP", {}, "£1,234.50"),
        (0, "EUR", {}, "€0.00"),
        (-5, "USD", {}, "−$0.05"),
        (1_234, "JPY", {}, "1,234\u00a0JPY"),
        (1_234, "KWD", {}, "1.234\u00a0KWD"),
        (123_450, "CAD", {}, "1,234.50\u00a0CAD"),
        (21_840_050, "EUR", {"whole": True}, "€218,401"),
        (-70_000, "EUR", {"whole": True}, "−€700"),
        (-40, "EUR", {"whole": True}, "€0"),  # nobody owes nothing
        (950_000_000, "GBP", {"compact": True}, "£9.5\u00a0M"),
        (99_994_000_000, "GBP", {"compact": True}, "£999.9\u00a0M"),
        (99_995_000_000, "GBP", {"compact": True}, "£1.0\u00a0bn"),
        (99_999_900, "GBP", {"compact": True}, "£999,999"),
        (10**20, "EUR", {"whole": True}, "€1,000,000,000,000,000,000"),
    ],
)
def test_as_written_in_english(minor, currency, manner, written):
    assert format_minor(minor, currency, "en", **manner) == written


@pytest.mark.parametrize(
    ("language", "written"), [("ru", "−1\u00a0234,50\u00a0£"), ("ro", "−1.234,50\u00a0£")]
)
def test_the_language_decides_marks_and_sides(language, written):
    assert format_minor(-123_450, "GBP", language) == written


def test_without_a_language_the_active_one_counts():
    from django.utils import translation

    with translation.override("ro"):
        assert format_minor(100_000_000_000, "EUR", compact=True) == "1,0\u00a0mld.\u00a0€"
