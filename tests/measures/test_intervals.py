"""The Wilson interval, in Python and in the engines."""

import ibis
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ibis import _

from holdfast.measures.intervals import wilson, wilson_columns


@pytest.mark.parametrize(
    ("kept", "of", "low", "high"),
    [
        (1122, 2023, 0.53288, 0.57616),  # formulas.md section 1
        (81, 263, 0.2553, 0.3662),  # Newcombe 1998, table I, method 3
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (29, 29, 0.8830, 1.0),
    ],
)
def test_published_intervals_come_out(kept, of, low, high):
    assert wilson(kept, of) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


def test_of_nobody_there_is_no_share():
    assert wilson(0, 0) is None


@given(st.integers(1, 10_000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_the_share_lies_inside_and_the_interval_inside_0_and_1(pair):
    kept, of = pair
    low, high = wilson(kept, of)

    assert 0 <= low <= kept / of <= high <= 1
    assert low < high


def test_the_engines_say_the_same_as_python(engine):
    pairs = [(0, 0), (0, 5), (3, 5), (5, 5), (1122, 2023)]
    table = ibis.memtable(pairs, schema={"kept": "int64", "of": "int64"})
    low, high = wilson_columns(table.kept, table.of)

    found = engine.run(table.select(_.kept, _.of, low=low, high=high))

    for row in found:
        alone = wilson(row["kept"], row["of"]) or (None, None)
        assert (row["low"], row["high"]) == tuple(
            value if value is None else pytest.approx(value, abs=1e-12) for value in alone
        )
