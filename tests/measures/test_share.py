"""What cannot be divided is missing."""

import ibis
import pytest
from ibis import _

from holdfast.measures.share import share, sure

NUMBERS = ibis.memtable(
    [(1, 2), (0, 4), (3, 0), (0, 0), (None, 2), (2, None)],
    schema={"a": "int64", "b": "int64"},
)


def test_a_part_of_nothing_is_missing_on_both_engines(engine):
    found = engine.run(NUMBERS.select("a", "b", value=share(_.a, _.b)))

    assert {(row["a"], row["b"]): row["value"] for row in found} == {
        (1, 2): 0.5,
        (0, 4): 0.0,
        (3, 0): None,
        (0, 0): None,
        (None, 2): None,
        (2, None): None,
    }


@pytest.mark.parametrize(("a", "b", "expected"), [(1, 4, 0.25), (1, 0, None), (1.5, 0.5, 3.0)])
def test_plain_numbers_divide_the_same_way(duckdb, a, b, expected):
    one = ibis.memtable([(1,)], schema={"n": "int64"})

    assert duckdb.one(one.select(value=share(a, b))) == {"value": expected}


def test_not_known_is_not_sure(engine):
    known = ibis.memtable(
        [(1, True), (2, False), (3, None)], schema={"id": "int64", "is_it": "boolean"}
    )

    found = engine.run(known.select("id", sure=sure(_.is_it)))

    assert [row["sure"] for row in found] == [True, False, False]
