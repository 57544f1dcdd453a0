"""Numbers as people write them."""

from decimal import ROUND_HALF_UP, Decimal

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.ingest import numbers

LARGEST = Decimal(10**14) - Decimal("1e-10")
exact = st.decimals(-LARGEST, LARGEST, places=10, allow_nan=False)


def read(text: str, decimal: str = ".") -> Decimal | None:
    return numbers.read(pa.array([text]), decimal)[0].as_py()


@given(exact)
def test_a_plain_number_comes_back_exactly(number: Decimal) -> None:
    assert read(f"{number:f}") == number


@given(exact)
def test_grouped_thousands_change_nothing(number: Decimal) -> None:
    english = f"{number:,.10f}"
    german = english.translate(str.maketrans(",.", ".,"))
    spaced = english.replace(",", "\u202f").replace(".", ",")

    assert read(english) == read(german, ",") == read(spaced, ",") == number


@given(st.decimals(-(10**6), 10**6, places=13, allow_nan=False))
def test_the_eleventh_decimal_rounds_half_away_from_zero(number: Decimal) -> None:
    assert read(f"{number:f}") == number.quantize(Decimal("1e-10"), ROUND_HALF_UP)


@given(st.floats(-1e13, 1e13, allow_nan=False))
def test_a_float_is_read_as_it_is_printed(number: float) -> None:
    assert read(str(number)) == Decimal(str(number)).quantize(Decimal("1e-10"), ROUND_HALF_UP)


@given(st.text(max_size=20))
def test_no_text_breaks_the_reading(text: str) -> None:
    for decimal in (".", ","):
        number = read(text, decimal)
        assert number is None or abs(number) < 10**14


@pytest.mark.parametrize(
    ("text", "decimal", "number"),
    [
        ("0.001", ".", "0.001"),
        ("1.234,56", ",", "1234.56"),
        ("1,234.56", ".", "1234.56"),
        ("1 234,5", ",", "1234.5"),
        ("1'234.50", ".", "1234.50"),
        ("(12.50)", ".", "-12.50"),
        ("12.50-", ".", "-12.50"),
        ("−7", ".", "-7"),
        ("£12.50", ".", "12.50"),
        ("-£12.50", ".", "-12.50"),
        ("12,50 €", ",", "12.50"),
        ("12,50 lei", ",", "12.50"),
        ("1.5E-3", ".", "0.0015"),
        ("12,", ",", "12"),
        (".5", ".", "0.5"),
    ],
)
def test_what_people_write(text: str, decimal: str, number: str) -> None:
    assert read(text, decimal) == Decimal(number)


@pytest.mark.parametrize(
    ("text", "decimal"),
    [
        ("1.234,56", "."),
        ("1,234.56", ","),
        ("1,23,456", "."),
        ("NaN", "."),
        ("inf", "."),
        ("-Infinity", "."),
        ("1e999", "."),
        ("100000000000000", "."),
        ("99999999999999.99999999999", "."),
        ("twelve", "."),
        ("1.2.3", "."),
        ("--1", "."),
        ("", "."),
        ("£", "."),
        (".", "."),
        ("1 2 x", "."),
    ],
)
def test_what_is_no_number_is_never_guessed(text: str, decimal: str) -> None:
    assert read(text, decimal) is None


@pytest.mark.parametrize(
    ("texts", "sign"),
    [
        (["1.5", "2"], "."),
        (["1,5", "2"], ","),
        (["1,234", "5"], None),
        (["1.234"], None),
        (["1,234,567"], "."),
        (["1.234.567"], ","),
        (["1.234,5", "7.000"], ","),
        (["12", "7"], None),
        (["0,125"], ","),
        (["1234.500"], "."),
        (["1,5", "1.5"], None),
        ([], None),
    ],
)
def test_the_decimal_sign_is_what_the_numbers_show(texts: list[str], sign: str | None) -> None:
    assert numbers.decimal_sign(texts) == sign
