"""Who moved between segments: counts that add up, whom they count, and why."""

from datetime import date

import ibis
import pyarrow as pa
import pytest

from holdfast.assess.scorecards import findings, moves, whys
from holdfast.assess.scorecards.shipped import ABCD
from holdfast.lake import engine
from holdfast.measures.scorecards import score

THEN = date(2026, 6, 1)


def row(account_id, was, became, before=None, now=None):
    return {
        "account_id": account_id,
        "was": was,
        "became": became,
        "revenue_before": before,
        "revenue": now,
        "band": "healthy",
    }


SCHEMA = ibis.schema(
    {
        "account_id": "int64",
        "was": "string",
        "became": "string",
        "revenue_before": "float64",
        "revenue": "float64",
        "band": "string",
    }
)
BOTH = [
    row(1, "A", "A", 9.0, 9.0),
    row(2, "A", "C", 900.0, 5.0),
    row(3, "D", "B", -1.0, 70.0),
    row(4, "none", "B", None, 70.0),
    row(5, "unknown", "A", None, 50.0),
    row(6, "B", "none", 40.0, None),
]
COUNTS = {(one["was"], one["became"]): 1 for one in BOTH}


def table(rows, schema):
    """The rows in the engine that pages use."""
    connection = engine.connect()
    held = pa.Table.from_pylist(rows, schema=schema.to_pyarrow())
    return connection.create_table(ibis.util.gen_name("test"), held, temp=True)


def ids(found):
    return [one["account_id"] for one in found]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, [3, 4, 5, 1, 2, 6]),
        ({"was": "A"}, [1, 2]),
        ({"became": "B"}, [3, 4]),
        ({"was": "A", "became": "C"}, [2]),
        ({"was": "none"}, [4]),
        ({"became": "none"}, [6]),
        ({"direction": "moved"}, [3, 2]),
        ({"direction": "rose"}, [3]),
        ({"direction": "fell"}, [2]),
    ],
)
def test_the_accounts_behind_each_figure(wanted, found):
    both = table(BOTH, SCHEMA)

    assert ids(moves.page(moves.who(both, **wanted), after=None)) == found


def test_pages_go_on_where_the_last_one_ended():
    both, seen, after = table(BOTH, SCHEMA), [], None
    while len(found := moves.page(both, after=after, size=2)) > 2:
        seen += ids(found[:2])
        after = (found[1]["place"], found[1]["account_id"])

    assert seen + ids(found) == [3, 4, 5, 1, 2, 6]


def test_every_account_is_counted_once():
    found = moves.Moves(THEN, COUNTS)

    assert (found.before, found.new, found.gone, found.now) == (5, 1, 1, 5)
    assert found.before - found.gone + found.new == found.now
    assert (found.rose, found.fell) == (1, 1)
    assert [found.change(name) for name in "ABCD"] == [0, 1, 1, -1]


@pytest.mark.parametrize(
    ("was", "became", "said"),
    [
        ("A", "B", "fell"),
        ("D", "C", "rose"),
        ("B", "B", "same"),
        ("none", "A", ""),
        ("unknown", "D", ""),
        ("A", "none", ""),
    ],
)
def test_ways(was, became, said):
    assert moves.way(was, became) == said


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({("A", "A"): 4, ("none", "A"): 1}, "Nobody changed segment since 1 June 2026"),
        ({("B", "A"): 1200}, "1,200 rose and none fell since 1 June 2026"),
        ({("A", "D"): 1}, "1 fell and none rose since 1 June 2026"),
        ({("A", "D"): 16, ("B", "A"): 12}, "12 rose, 16 fell since 1 June 2026"),
    ],
)
def test_how_many_rose_and_fell_is_a_sentence(counts, said):
    assert findings.moved(moves.Moves(THEN, counts)) == said


def test_the_identity_is_written_out():
    grown = {("A", "A"): 395, ("A", "none"): 8, ("none", "C"): 17}

    assert findings.identity(moves.Moves(THEN, grown)) == (
        "403 on 1 June 2026 − 8 gone + 17 new = 412."
    )
    del grown["A", "none"]
    assert findings.identity(moves.Moves(THEN, grown)) == "395 on 1 June 2026 + 17 new = 412."


def looked(*values):
    """Rows of a look at these accounts, with the shipped card."""
    usual = {
        "revenue": 10_000.0,
        "active_months": 6.0,
        "months_since_first": 12.0,
        "average_check": 5_000.0,
        "attention_minutes": None,
    }
    schema = {"account_id": "int64"} | dict.fromkeys(usual, "float64")
    numbered = [{"account_id": at, **usual, **value} for at, value in enumerate(values)]
    signals = table(numbered, ibis.schema(schema))
    scored = engine.rows(score(ABCD, signals).order_by("account_id"))
    return [
        {**one, **{f"abcd__{name}": value for name, value in points.items()}}
        for one, points in zip(numbered, scored, strict=True)
    ]


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        ({}, {"revenue": 90_000.0}, "£900 in twelve months, £100 then"),
        ({}, {"active_months": 2.0}, "bought in 2 of 12 months, in 6 of 12 then"),
        (
            {"months_since_first": 1.0, "active_months": 1.0},
            {"months_since_first": 4.0, "active_months": 4.0},
            "bought in 4 of 4 months, in 1 of 3 then",
        ),
        ({}, {"active_months": 12.0}, "bought in each of the last twelve months"),
        ({}, {"average_check": 90.0}, "average order £1, £50 then"),
        ({}, {"revenue": -42_000.0}, "returned more than it bought: −£420"),
        ({}, {"revenue": 0.0}, "Brings no revenue"),
        ({"revenue": -42_000.0}, {}, "£100 in twelve months, −£420 then"),
    ],
)  # fmt: skip
def test_why_an_account_moved(before, now, said):
    others = ({"revenue": 20_000.0}, {"revenue": 5_000.0, "average_check": 1_000.0})
    then, today = looked(before, *others)[0], looked(now, *others)[0]

    assert whys.why(ABCD, then, today, "GBP") == said


def test_who_stood_still_while_others_moved_is_told_so():
    then = looked({}, {"revenue": 20.0}, {"revenue": 30.0})[0]
    today = looked({}, {"revenue": 20_000.0}, {"revenue": 30_000.0})[0]

    assert whys.why(ABCD, then, today, "GBP") == "others overtook it"
    assert whys.why(ABCD, today, then, "GBP") == "others fell behind it"
