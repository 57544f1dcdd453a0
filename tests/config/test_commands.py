"""The `holdfast` command: exit codes, sentences, JSON that keeps its contract."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from holdfast.config.commands import root
from holdfast.know.accounts.models import Account
from tests.factories.know import OrderFactory

CONTRACTS = Path(__file__).parents[2] / "docs" / "contracts"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Run a command line; answer exit code, stdout, stderr."""

    def one(*words: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            root.run([*words])
        told = capfd.readouterr()
        return int(left.value.code or 0), told.out, told.err

    return one


def keeps(contract: str, answer: str) -> Any:
    value = json.loads(answer)
    schema = json.loads((CONTRACTS / f"{contract}.json").read_text())
    jsonschema.validate(value, schema, format_checker=jsonschema.FormatChecker())
    return value


def commands() -> list[str]:
    import typer.main

    return sorted(typer.main.get_command(root.app).commands)


def test_the_verbs_are_these():
    assert commands() == [
        "accounts", "assess", "company", "demo", "doctor", "import", "retention", "segments", "up",
    ]  # fmt: skip


@pytest.mark.parametrize("verb", commands())
def test_every_verb_shows_an_example(run, verb):
    code, out, _ = run(verb, "--help")

    assert code == 0
    assert f"holdfast {verb}" in out.split("Example:")[1]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["assess", "--as-of", "yesterday"], "Write it as 2010-09-01"),
        (["accounts", "--segment", "Z"], "A, B, C, D, unknown"),
        (["accounts", "--band", "great"], "not_so_healthy"),
        (["import", "order-lines", "no-such-file.csv"], "no-such-file.csv"),
        (["import", "poems", str(CONTRACTS / "error.json")], "order-lines"),
        (["import", "order-lines", str(CONTRACTS / "error.json"), "--map", "at"], "--map"),
        (["company", "--currency", "XYZ"], "XYZ"),
        (["company", "--time-zone", "Mars/Base"], "Europe/"),
        (["fly"], "fly"),
        (["assess", "--wings"], "--wings"),
    ],
)
def test_bad_input_ends_with_2_and_a_sentence(run, words, says):
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert says in err

    code, out, err = run(*words, "--json")
    assert (code, out) == (2, "")
    problem = keeps("error", err.splitlines()[-1])
    assert says in problem["error"] + problem["help"]


def test_an_empty_company_is_answered_with_nothing_and_no_error(run):
    code, out, _ = run("assess", "--json")

    answer = keeps("assess", out)
    assert code == 0
    assert answer["accounts"] == 0
    assert answer["coverage_mean"] == {"health": None, "abcd": None}
    assert run("accounts", "--json")[1] == ""
    assert keeps("segments", run("segments", "--json")[1])["A"]["accounts"] == 0


def test_an_account_is_told_with_every_key_even_where_nothing_is_known(run):
    OrderFactory(ordered_at=datetime(2026, 3, 2, tzinfo=UTC), lines=[(-1, "5.00")])

    code, out, _ = run("accounts", "--as-of", "2026-04-01", "--json")

    told = keeps("accounts", out)
    assert code == 0
    assert (told["segment"], told["band"], told["health"]) == ("D", "unknown", None)
    assert told["revenue_365_minor"] == -500
    missing = [c for c in told["contributions"] if c["value"] is None]
    assert missing
    assert all((c["points"], c["weight"]) == (None, 0) for c in missing)


def test_a_day_that_is_not_the_companys_leaves_the_standing_alone(run):
    from holdfast.know.standing.models import Standing

    OrderFactory()
    assert run("assess", "--as-of", "2026-04-01")[0] == 0
    assert Standing.objects.count() == 0

    assert run("company", "--look-at", "2026-04-01")[0] == 0
    assert run("assess")[0] == 0
    assert [str(s.as_of) for s in Standing.objects.all()] == ["2026-04-01"]


def test_figures_older_than_the_last_import_say_so(run, tmp_path):
    file = tmp_path / "orders.csv"
    file.write_text("customer,order,date,quantity,price\nA,1,2026-03-02,1,10\n")
    assert run("import", "order-lines", str(file), "--create-accounts")[0] == 0
    assert run("assess")[0] == 0
    assert "holdfast assess" not in run("accounts")[2]

    file.write_text("customer,order,date,quantity,price\nB,2,2026-03-03,1,10\n")
    assert run("import", "order-lines", str(file), "--create-accounts")[0] == 0

    assert "holdfast assess" in run("accounts")[2]


def test_an_import_without_leave_to_create_rejects_and_says_how(run, tmp_path):
    file = tmp_path / "orders.csv"
    file.write_text("customer,order,date,quantity,price\nA,1,2026-03-02,1,10\n")

    code, out, _ = run("import", "order-lines", str(file), "--json")

    report = keeps("import", out)
    assert code == 0
    assert (report["rows_read"], report["rows_rejected"]) == (1, 1)
    assert "--create-accounts" in Path(report["rejected_file"]).read_text()
    assert Account.objects.count() == 0


def test_the_doctor_says_what_to_do(run):
    code, out, _ = run("doctor", "--json")

    answer = keeps("doctor", out)
    assert code == 1
    assert [check["name"] for check in answer["checks"] if not check["well"]] == ["figures"]
    run("assess")
    assert run("doctor")[0] == 0


def test_the_company_is_shown_and_changed(run):
    run("company", "--name", "Albion", "--currency", "GBP")

    assert keeps("company", run("company", "--json")[1]) == {
        "name": "Albion", "currency": "GBP", "time_zone": "UTC", "looked_at_on": None,
    }  # fmt: skip


def test_old_records_are_offered_a_day_of_their_own(run):
    OrderFactory(ordered_at=datetime(2011, 3, 2, 12, tzinfo=UTC))

    assert "holdfast company --look-at 2011-03-03" in run("assess")[2]

    run("company", "--look-at", "2011-03-03")
    assert "--look-at" not in run("assess")[2]
