"""What the import pages say, branch by branch."""

from datetime import UTC, date, datetime, timedelta

import pytest

from holdfast.ingest import findings
from holdfast.ingest.models import Import
from holdfast.know.orders.imports import FIELDS

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
NEEDED = [field for field in FIELDS if field.required]
REPORT = {
    "rows_read": 1200,
    "rows_accepted": 1200,
    "rows_rejected": 0,
    "repeated": 0,
    "created": {"orders": 3, "accounts": 2},
    "updated": {"order_lines": 1, "orders": 0, "lists_made": 4},
}


@pytest.mark.parametrize(
    ("orders", "newest_on", "title"),
    [
        (0, None, "Bring your orders in"),
        (1, date(2010, 12, 9), "1 order is here, of 9 December 2010"),
        (28816, date(2010, 12, 9), "28,816 orders are here, the newest of 9 December 2010"),
    ],
)
def test_the_board_says_what_is_here(orders, newest_on, title):
    assert findings.board(orders=orders, newest_on=newest_on).title == title


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ({"missing": NEEDED[:1]}, "One answer is missing: which column holds Time?"),
        (
            {"missing": NEEDED[:2], "nobody": True},
            "2 answers are missing: which columns hold Time, Quantity?",
        ),
        ({"rows": 0}, "The file has headers but no rows"),
        ({"wrong": 3, "nobody": True}, "3 of the first 10 rows would be rejected"),
        ({"nobody": True}, "No column says who bought"),
        ({"rows": 1}, "The first row reads well"),
        ({}, "The first 10 rows read well"),
    ],
)
def test_the_step_says_what_is_most_wrong(said, title):
    asked = {"missing": [], "nobody": False, "rows": 10, "wrong": 0} | said

    assert findings.step(**asked).title == title


@pytest.mark.parametrize(
    ("done", "of", "waited", "title", "words"),
    [
        (0, None, 1, "Waiting for its turn", "Imports run one after another."),
        (0, None, 60, "Waiting for its turn", "is it running?"),
        (500, None, 60, "Reading the file", "500 rows read."),
        (500, 2000, 60, "Reading the file", "500 of about 2,000 rows read."),
        (2000, 2000, 60, "All rows are read; now they find their places", "2,000 rows read."),
    ],
)
def test_progress_says_how_far_it_is_and_when_nobody_works(done, of, waited, title, words):
    one = Import(
        started_at=AT - timedelta(seconds=waited), rows_done=done, rows_expected=of, name="a.csv"
    )

    found = findings.progress(one, at=AT)

    assert found.title == title
    assert words in found.standfirst


@pytest.mark.parametrize(
    ("said", "dry_run", "title"),
    [
        ({}, False, "1,200 rows are in"),
        ({"rows_accepted": 1}, False, "1 row is in"),
        (
            {"rows_accepted": 1000, "rows_rejected": 200},
            False,
            "1,000 of 1,200 rows are in, the others were rejected",
        ),
        ({"rows_accepted": 0, "rows_rejected": 1200}, False, "No row came in"),
        ({"repeated": 1200}, False, "Nothing new: every row was known already"),
        ({}, True, "1,200 rows would come in"),
        (
            {"rows_accepted": 1000, "rows_rejected": 200},
            True,
            "1,000 of 1,200 rows would come in, the others would be rejected",
        ),
        ({"rows_accepted": 0, "rows_rejected": 1200}, True, "No row would come in"),
    ],
)
def test_the_report_says_what_became_of_the_file(said, dry_run, title):
    assert findings.report(REPORT | said, dry_run=dry_run).title == title


def test_rows_known_already_beside_rejected_ones_are_not_called_nothing_new():
    said = REPORT | {"rows_accepted": 1100, "rows_rejected": 100, "repeated": 1100}

    assert "1,100 of 1,200 rows" in findings.report(said, dry_run=False).title


def test_tables_come_in_the_order_of_importance_and_keep_a_name_we_have_no_word_for():
    assert findings.tables(REPORT) == [
        ("accounts", 2, 0),
        ("orders", 3, 0),
        ("order lines", 0, 1),
        ("lists made", 0, 4),
    ]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Uploaded; say what its columns mean"),
        ({"started_at": AT}, "Under way"),
        ({"started_at": AT, "failed_at": AT, "problem": "No."}, "Nothing was stored: No."),
        (
            {"started_at": AT, "finished_at": AT, "report": REPORT},
            "1,200 rows accepted, 0 rejected",
        ),
        (
            {"started_at": AT, "finished_at": AT, "report": REPORT, "dry_run": True},
            "Tried only: 1,200 rows accepted, 0 rejected",
        ),
    ],
)
def test_the_list_of_earlier_imports_says_what_became_of_each(fields, words):
    assert findings.earlier(Import(name="a.csv", **fields)) == words


@pytest.mark.parametrize(("fresh", "words"), [(True, "being looked at again"), (False, "")])
def test_only_a_fresh_import_says_that_scores_are_being_made(fresh, words):
    standfirst = findings.report(REPORT, dry_run=False, fresh=fresh).standfirst

    assert words in standfirst
    assert bool(standfirst) is fresh
