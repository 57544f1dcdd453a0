"""The sentences of the page: one test a branch."""

from datetime import date

import pytest

from holdfast.measures.active import PURCHASE_90, SUBSCRIPTION, Active
from holdfast.measures.retention import Rates
from holdfast.prove.retention import findings
from holdfast.prove.retention.report import Period

JUNE, SEPTEMBER = date(2026, 6, 1), date(2026, 9, 1)


def period(kept, of, *, complete=True, returned=0, end=SEPTEMBER):
    rates = Rates(of, kept + returned, kept, of - kept, 0, 0, returned)
    return Period(JUNE, end, PURCHASE_90, rates, complete)


@pytest.mark.parametrize(
    ("now", "before", "says"),
    [
        (period(0, 0), None, "Nobody was active on 1 June 2026, so nobody could be kept"),
        (period(2, 4), period(90, 100), "2 of 4 customers stayed, too few for a rate"),
        (period(1, 1), None, "1 of 1 customer stayed, too few for a rate"),
        (period(93, 100), None, "Over 3 months we keep 93 of every 100 customers"),
        (period(50, 100), period(90, 100),
         "Over 3 months we keep 50 of every 100 customers, down from 90"),
        (period(90, 100), period(50, 100),
         "Over 3 months we keep 90 of every 100 customers, up from 50"),
        (period(50, 100), period(52, 100),
         ("Over 3 months we keep 50 of every 100 customers. It was 52 before; the difference "
          "could be chance.")),
        (period(50, 100), period(3, 4), "Over 3 months we keep 50 of every 100 customers"),
        (period(50, 100), period(90, 100, complete=False),
         "Over 3 months we keep 50 of every 100 customers"),
        (period(50, 100, complete=False), period(90, 100),
         "Over 3 months we keep 50 of every 100 customers"),
    ],
)  # fmt: skip
def test_the_headline(now, before, says):
    assert findings.headline(now, before, 3) == says


@pytest.mark.parametrize(
    ("share", "count"), [(0, 0), (0.001, 1), (0.545, 55), (0.5449, 54), (0.999, 99), (1, 100)]
)
def test_nearly_all_is_not_all(share, count):
    assert findings.of_hundred(share) == count


def test_the_standfirst_says_of_how_many_and_how_sure():
    assert findings.standfirst(period(1122, 2023)) == (
        "Of the 2,023 customers active on 1 June 2026, 1,122 still were on 1 September 2026. The "
        "rate lies between 53.3% and 57.6%, with 95% confidence."
    )
    assert "older records" in findings.standfirst(period(0, 0))


def test_the_simple_rate_is_said_where_it_differs():
    assert findings.simple(period(50, 100)) == ""
    assert findings.simple(period(0, 0)) == ""
    assert "60.0%" in findings.simple(period(50, 100, returned=10))


def test_a_rate_on_part_of_the_customers_is_a_warning():
    assert findings.partial(period(50, 100), JUNE) == ""
    assert "1 September 2026" in findings.partial(period(50, 100, complete=False), SEPTEMBER)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ([], "Records do not reach back far enough for a line"),
        ([period(1, 4), period(50, 100, complete=False)],
         "Records do not reach back far enough for a line"),
        ([period(50, 100)], "One month is known so far; a line needs two"),
        ([period(90, 100), period(50, 100)], "It fell from 90% to 50%"),
        ([period(50, 100), period(90, 100)], "It rose from 50% to 90%"),
        ([period(50, 100), period(52, 100)], "No reliable change: 50% then, 52% now"),
    ],
)  # fmt: skip
def test_the_line(line, says):
    assert findings.over_time(line) == says


def test_why_the_line_begins_late():
    known, unknown = period(50, 100), period(50, 100, complete=False)

    assert findings.unknown_until([known, known]) == ""
    assert findings.unknown_until([unknown]) == ""
    assert "1 September 2026" in findings.unknown_until([unknown, known])


def test_segments_are_compared_where_they_surely_differ():
    a, c, few = period(87, 100).rates, period(35, 100).rates, period(0, 4).rates
    small = period(3, 12).rates

    assert findings.by_segment({"A": a, "D": few}).startswith("Too few customers")
    assert findings.by_segment({"A": a, "B": a}) == "No reliable difference between the segments"
    assert findings.by_segment({"A": a, "C": c, "unknown": small, "D": few}) == (
        "Of A clients we keep 87 in 100, of C clients 35"
    )


def test_a_segment_against_all_others():
    everyone = period(500, 1000).rates

    assert findings.verdict(period(0, 0).rates, everyone) == ""
    assert findings.verdict(period(4, 4).rates, everyone) == "too few to say"
    assert findings.verdict(everyone, everyone) == "too few to say"
    assert findings.verdict(period(90, 100).rates, everyone) == "more than the others"
    assert findings.verdict(period(10, 100).rates, everyone) == "fewer than the others"
    assert findings.verdict(period(52, 100).rates, everyone) == "could be chance"


def test_the_cohorts():
    row = {"period": 1, "size": 100, "kept_share": 0.24, "kept_or_later_share": 0.6}

    assert findings.cohorts([], "kept") == "Too early to see who comes back"
    assert findings.cohorts([row | {"size": 4}], "kept") == "Too early to see who comes back"
    assert findings.cohorts([row], "kept").startswith("24 of every 100 new customers buy again")
    assert findings.cohorts([row], "kept_or_later").startswith("60 of every 100")


def test_what_active_means():
    assert findings.meant(PURCHASE_90) == "Active means a purchase in the 90 days before the day."
    assert findings.meant(Active(1)) == "Active means a purchase in the 1 day before the day."
    assert "subscription" in findings.meant(SUBSCRIPTION)
    assert findings.meaning(PURCHASE_90) == "a purchase in the 90 days before"
    assert findings.meaning(SUBSCRIPTION) == "a paid subscription is live"
