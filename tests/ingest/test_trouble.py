"""Whatever happens in the middle, nothing is half-written and the message says what to do."""

import errno
import subprocess
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection

from holdfast.access import actors
from holdfast.facts.models import Fact
from holdfast.ingest import actions, rejected
from holdfast.ingest.errors import CannotImport
from holdfast.know.accounts.models import Account
from holdfast.know.orders.models import Order, OrderLine
from tests.crash import child
from tests.ingest.reports import Bring, Write

POINTS = child.points("ingest", "know/orders", "know/accounts")
ROWS = [f"{number},A,1,2020-01-{number:02},1.5,7" for number in range(1, 29)]
BAD = "99,A,none,2020-01-05,1.5,7"
CHILD = """
from datetime import UTC, datetime
from pathlib import Path
from holdfast.access import actors
from holdfast.ingest import actions
from holdfast.ingest.errors import CannotImport
try:
    actions.import_file(path=Path(sys.argv[1]), kind="order-lines", create_accounts=True,
        by=actors.job("test"), at=datetime(2026, 11, 23, tzinfo=UTC))
except CannotImport as error:
    sys.exit(str(error))
"""


def in_child(path: Path, crash: str) -> subprocess.CompletedProcess[str]:
    return child.run(CHILD, str(path), crash=crash)


def nothing_is_stored() -> bool:
    return not (
        OrderLine.objects.exists()
        or Order.objects.exists()
        or Account.objects.exists()
        or Fact.objects.exists()
    )


@pytest.fixture(autouse=True)
def no_rejected_files() -> None:
    for file in rejected.folder().iterdir():
        file.unlink()


def test_the_points_are_those_of_the_code() -> None:
    assert set(POINTS) >= {
        "orders.copied",
        "orders.stored",
        "ingest.rejected",
        "ingest.received",
        "ingest.committed",
    }


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("point", POINTS)
def test_killed_at_a_point_all_or_nothing_is_there(point: str, write: Write, bring: Bring) -> None:
    path = write(*ROWS, BAD)

    died = in_child(path, f"{point}:die")

    assert died.returncode == -9, died.stderr
    if point == "ingest.committed":
        assert OrderLine.objects.count() == 28
    else:
        assert nothing_is_stored()
    report = bring(path)  # and what is left behind is in nobody's way
    assert (report.rows_accepted, OrderLine.objects.count(), Account.objects.count()) == (28, 28, 1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("point", ["ingest.block", "orders.stored", "ingest.rejected"])
def test_no_space_left_is_said_and_nothing_is_stored(point: str, write: Write) -> None:
    full = in_child(write(*ROWS, BAD), f"{point}:full")

    assert (full.returncode, full.stderr) == (
        1,
        "The disk is full. Nothing was stored. Make space and import the file again.\n",
    )
    assert nothing_is_stored()
    assert list(rejected.folder().iterdir()) == []


@pytest.mark.django_db(transaction=True)
def test_the_database_gone_in_the_middle_is_said_and_nothing_is_stored(
    bring: Bring, write: Write
) -> None:
    path = write(*ROWS * 2000)

    def gone(done: int, expected: int | None) -> None:
        params = connection.get_connection_params()
        keys = {
            key: params[key]
            for key in ("dbname", "user", "host", "port", "password")
            if params.get(key)
        }
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            (pid,) = cursor.fetchone()
        with psycopg.connect(**keys, autocommit=True) as other:
            other.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])

    with pytest.raises(CannotImport, match="connection to the database was lost") as lost:
        bring(path, progress=gone)

    assert "import the file again" in lost.value.help
    assert nothing_is_stored()


@pytest.mark.django_db
def test_a_full_disk_of_the_database_is_said(
    bring: Bring, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: Any, **said: Any) -> None:
        raise psycopg.errors.DiskFull("could not extend file")

    monkeypatch.setattr("holdfast.know.orders.merge.copy_in", full)

    with pytest.raises(CannotImport, match="The disk of the database is full"):
        bring(write(*ROWS))


@pytest.mark.django_db
def test_when_the_rejected_rows_cannot_be_written_nothing_is_stored(
    bring: Bring, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)

    with pytest.raises(CannotImport, match="The disk is full"):
        bring(write(*ROWS, BAD))

    assert nothing_is_stored()
    assert list(rejected.folder().iterdir()) == []


@pytest.mark.django_db(transaction=True)
def test_of_two_imports_of_one_file_at_once_the_second_creates_nothing(
    bring: Bring, write: Write
) -> None:
    path = write(*ROWS)

    def once(_: int) -> actions.Report:
        try:
            return actions.import_file(
                path=path,
                kind="order-lines",
                by=actors.job("test"),
                at=datetime(2026, 11, 23, tzinfo=UTC),
                create_accounts=True,
            )
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        reports = list(threads.map(once, range(4)))

    assert sorted(report.created["order_lines"] for report in reports) == [0, 0, 0, 28]
    assert sorted(report.repeated for report in reports) == [0, 28, 28, 28]
    assert (Order.objects.count(), OrderLine.objects.count(), Account.objects.count()) == (
        28,
        28,
        1,
    )


@pytest.mark.django_db
def test_a_dry_run_says_the_same_and_stores_nothing(bring: Bring, write: Write) -> None:
    path = write(*ROWS, BAD)

    dry = bring(path, dry_run=True)

    assert nothing_is_stored()
    real = bring(path)
    assert dry.rejected_file
    assert dry.as_json() | {"rejected_file": ""} == real.as_json() | {"rejected_file": ""}
    assert real.created == {"accounts": 1, "orders": 28, "order_lines": 28}


@pytest.mark.django_db
def test_accounts_nobody_knows_are_rejected_unless_asked_for(bring: Bring, write: Write) -> None:
    from tests.ingest.reports import rejected as rows

    report = bring(write(ROWS[0], "2,A,1,2020-01-05,1.5,"), create_accounts=False)

    assert (report.rows_accepted, report.rows_without_account) == (1, 1)
    assert (
        rows(report)[1][1] == "No account has the id 7. Import with --create-accounts to create it."
    )
