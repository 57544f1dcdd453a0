"""`holdfast retention`: the sum, the JSON, and what it answers to bad input."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from holdfast.config.commands import root
from tests.factories.know import OrderFactory

CONTRACTS = Path(__file__).parents[2] / "docs" / "contracts"
PERIOD = ("--start", "2026-06-01", "--end", "2026-09-01")
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Run `holdfast retention`; answer exit code, stdout, stderr."""

    def one(*words: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            root.run(["retention", *words])
        told = capfd.readouterr()
        return int(left.value.code or 0), told.out, told.err

    return one


def keeps(contract: str, answer: tuple[int, str, str]) -> Any:
    """The answer, when it is done and holds to its contract."""
    code, out, err = answer
    assert code == 0, err
    schema = json.loads((CONTRACTS / f"{contract}.json").read_text())
    jsonschema.validate(json.loads(out), schema, format_checker=jsonschema.FormatChecker())
    return json.loads(out)


@pytest.fixture
def shop(transactional_db: None) -> None:
    """Kept, lost, won, won and lost, returned: one each."""
    for days in (
        [(2026, 5, 20), (2026, 8, 20)],
        [(2026, 5, 20)],
        [(2026, 7, 1)],
        [(2026, 6, 1)],
        [(2025, 6, 1), (2026, 8, 20)],
    ):
        first, *later = [datetime(*day, 12, tzinfo=UTC) for day in days]
        order = OrderFactory(ordered_at=first)
        for at in later:
            OrderFactory(account=order.account, ordered_at=at)


def test_a_period_adds_up(run, shop):
    told = keeps("retention", run(*PERIOD, "--by", "segment", "--json"))

    assert told["active"] == "purchase:90"
    assert told["at_end"] == 3
    assert (told["at_start"], told["kept"], told["lost"]) == (2, 1, 1)
    assert (told["won"], told["won_and_lost"], told["returned"]) == (2, 1, 1)
    assert told["retention_rate"] == told["churn_rate"] == told["simple_rate"] == 0.5
    for name in ("at_start", "at_end", "kept", "lost", "won", "won_and_lost", "returned"):
        assert told[name] == sum(part[name] for part in told["segments"].values())


def test_without_by_there_are_no_segments(run, shop):
    assert "segments" not in keeps("retention", run(*PERIOD, "--json"))


def test_nobody_is_no_rate(run):
    told = keeps("retention", run(*PERIOD, "--by", "segment", "--json"))

    assert told["at_start"] == 0
    assert told["retention_rate"] is told["retention_interval"] is told["simple_rate"] is None


def test_subscription_is_a_meaning_too(run, shop):
    told = keeps("retention", run(*PERIOD, "--active", "subscription", "--json"))

    assert (told["active"], told["at_start"]) == ("subscription", 0)


def test_people_read_a_sum(run, shop):
    code, out, err = run(*PERIOD, "--by", "segment")

    assert code == 0, err
    assert "50.0% kept: 1 of the 2 customers active on 2026-06-01" in out
    lines = [" ".join(line.split()) for line in out.splitlines()]
    total = lines.index("2 active at the start")
    assert lines[total + 1 : total + 5] == [
        "− 1 lost",
        "+ 1 won and kept (1 more were won and lost)",
        "+ 1 returned",
        "= 3 active at the end",
    ]
    assert "Active means purchase:90." in out
    assert "By the segment on 2026-06-01:" in out


def test_nobody_is_said_in_words(run):
    code, out, _ = run(*PERIOD)

    assert code == 0
    assert "Nobody was active on 2026-06-01" in out


def test_months_in_a_row(run, shop):
    words = ("--end", "2026-09-01", "--monthly", "2", "--window", "3")
    told = keeps("retention-monthly", run(*words, "--json"))

    assert [month["start"] for month in told["months"]] == ["2026-05-01", "2026-06-01"]
    assert [month["kept"] for month in told["months"]] == [0, 1]
    assert told["known_from"] == "2025-08-30"
    code, out, _ = run(*words)
    assert code == 0
    assert "2026-06-01 2026-09-01" in " ".join(out.split())


@pytest.mark.parametrize(("how", "kept"), [("on", [2, 0, 0, 1]), ("on-or-after", [2, 1, 1, 1])])
def test_cohorts(run, shop, how, kept):
    told = keeps("retention-cohorts", run("--cohorts", how, "--end", "2026-09-01", "--json"))

    may = [cell["kept"] for cell in told["cells"] if cell["cohort"] == "2026-05"]
    assert may == kept
    assert told["period"] == how
    code, out, _ = run("--cohorts", how, "--end", "2026-09-01")
    assert code == 0
    assert "2026-05" in out


def test_cohorts_of_nobody(run):
    told = keeps("retention-cohorts", run("--cohorts", "on", "--json"))

    assert (told["cells"], told["pooled"]) == ([], [])
    assert "no cohorts" in run("--cohorts", "on")[1]


def test_the_end_is_the_companys_day_when_nobody_says(run, shop):
    from holdfast.know.company.models import Company

    company = Company.get()
    company.looked_at_on = date(2026, 9, 1)
    company.save()

    assert keeps("retention", run("--start", "2026-06-01", "--json"))["end"] == "2026-09-01"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--start", "2026-09-01", "--end", "2026-06-01"), "must come after the start"),
        (("--start", "2026-09-01", "--end", "2026-09-01"), "must come after the start"),
        ((*PERIOD, "--active", "often"), "like purchase:90"),
        ((*PERIOD, "--active", "purchase:0"), "like purchase:90"),
        ((*PERIOD, "--by", "city"), "Give segment"),
        (("--start", "2026-02-31"), "2026-02-31"),
        ((), "Say from which day"),
        (("--end", "2026-09-01"), "Say from which day"),
        (("--cohorts", "up"), "on or on-or-after"),
        ((*PERIOD, "--monthly", "3"), "one thing at a time"),
        (("--monthly", "3", "--cohorts", "on"), "one thing at a time"),
        (("--monthly", "3", "--by", "segment"), "one thing at a time"),
        (("--monthly", "0"), "--monthly"),
    ],
)
def test_bad_input_ends_with_2_and_a_sentence(run, words, says):
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert says in err

    code, out, err = run(*words, "--json")
    assert (code, out) == (2, "")
    assert json.loads(err)["error"]


def test_contradicting_counts_fail_and_show_nothing(run, shop, monkeypatch):
    from holdfast.prove.retention import report

    monkeypatch.setattr(report, "Rates", _Contradicting)

    code, out, err = run(*PERIOD)

    assert (code, out) == (1, "")
    assert "contradict" in err


class _Contradicting:
    """Counts one customer more at the end than there is."""

    @staticmethod
    def of(counts):
        from holdfast.measures.retention import Rates

        return Rates.of({**counts, "at_end": counts["at_end"] + 1})
