"""Values that a card derives from signals, and whom it compares with whom."""

import ibis
import pytest

from holdfast.measures.inputs import DERIVED, POPULATIONS, cleaned, read, signals_of


def derived(name, **signals):
    table = ibis.memtable([signals], schema=dict.fromkeys(signals, "float64"))
    return read(name, table).to_pyarrow().to_pylist()[0]


@pytest.mark.parametrize(
    ("active", "months", "rhythm"),
    [
        (3, 6, 50),
        (1, 0, 100 / 3),  # at least three, so one lucky month is not perfect
        (6, 30, 50),  # at most twelve
        (10, 9, 1000 / 9),  # more than all of them: the points are clamped, the value is told
        (0, None, None),
    ],
)
def test_buying_rhythm(active, months, rhythm):
    found = derived("buying_rhythm", active_months=active, months_since_first=months)

    assert found == (None if rhythm is None else pytest.approx(rhythm))


@pytest.mark.parametrize(
    ("minutes", "revenue", "ratio"),
    [(30, 600, 0.05), (0, 600, 0), (30, 0, None), (30, -5, None), (None, 600, None)],
)
def test_attention_per_unit_of_revenue(minutes, revenue, ratio):
    assert derived("attention_per_revenue", attention_minutes=minutes, revenue=revenue) == ratio


def test_a_signal_is_its_own_value():
    assert signals_of("revenue") == ("revenue",)
    assert derived("revenue", revenue=7) == 7


def test_what_is_derived_and_compared_names_the_signals_it_reads():
    for each in [*DERIVED.values(), *POPULATIONS.values()]:
        signals = dict.fromkeys(each.signals, "float64") | {"account_id": "int64"}
        table = ibis.memtable([], schema=signals)
        assert table.select(found=each.expression(table)).to_pyarrow().num_rows == 0


def test_a_whole_number_is_a_number_and_infinity_is_missing():
    schema = {"whole": "int64", "endless": "float64"}
    table = ibis.memtable([(3, float("inf"))], schema=schema)

    assert cleaned(table.whole).to_pyarrow().to_pylist() == [3.0]
    assert cleaned(table.endless).to_pyarrow().to_pylist() == [None]
