"""An upload: kept, mapped, run in the background, looked back at."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from holdfast.access.actors import Actor
from holdfast.ingest import actions, tasks
from holdfast.ingest.errors import CannotImport
from holdfast.ingest.models import Import
from holdfast.ingest.options import Options
from holdfast.ingest.progress import Told
from holdfast.know.company.models import Company
from holdfast.know.orders.models import OrderLine

MAPPING = {"order": "order", "at": "date", "quantity": "quantity", "unit_price": "price"}
ROWS = b"order;date;quantity;price\n1;2020-01-05;1;1,5\n2;2020-01-05;x;1\n"


@pytest.fixture
def uploaded(company: Company, by: Actor, at: datetime) -> Import:
    return actions.upload(
        name="März.csv", chunks=[ROWS[:20], ROWS[20:]], kind="order-lines", by=by, at=at
    )


def test_an_upload_is_kept_for_its_owner_alone(uploaded: Import) -> None:
    assert uploaded.file.read_bytes() == ROWS
    assert uploaded.file.stat().st_mode & 0o777 == 0o600
    assert uploaded.file.parent.stat().st_mode & 0o777 == 0o700
    assert (uploaded.name, uploaded.started_at, uploaded.actor) == ("März.csv", None, "job:test")


def test_an_upload_that_breaks_off_leaves_no_file(
    db: None, by: Actor, at: datetime, settings: object
) -> None:
    from holdfast.ingest import rejected

    before = set(rejected.folder().iterdir())

    def chunks() -> Iterator[bytes]:
        yield b"order"
        raise OSError(28, "No space left on device")

    with pytest.raises(CannotImport, match="disk is full"):
        actions.upload(name="a.csv", chunks=chunks(), kind="order-lines", by=by, at=at)

    assert set(rejected.folder().iterdir()) == before
    assert not Import.objects.exists()


def test_it_is_started_once_and_runs_to_its_report(
    uploaded: Import, by: Actor, at: datetime
) -> None:
    actions.start(
        import_id=uploaded.pk, mapping=MAPPING, options=Options(currency="GBP"), by=by, at=at
    )

    job = ProcrastinateJob.objects.get(task_name="holdfast.ingest.tasks.run")
    assert job.args == {"import_id": uploaded.pk}
    with pytest.raises(actions.AlreadyStarted, match="started already"):
        actions.start(import_id=uploaded.pk, mapping=MAPPING, by=by, at=at)
    tasks.run(import_id=uploaded.pk)
    tasks.run(import_id=uploaded.pk)

    uploaded.refresh_from_db()
    assert uploaded.finished_at
    assert (uploaded.report["rows_read"], uploaded.report["rows_rejected"], uploaded.rows_done) == (
        2,
        1,
        2,
    )
    assert Path(uploaded.rejected_file).read_text().count("\n") == 2
    assert OrderLine.objects.get().amount_minor == 150


def test_a_dry_run_may_be_followed_by_the_real_one(
    uploaded: Import, by: Actor, at: datetime
) -> None:
    actions.start(import_id=uploaded.pk, mapping=MAPPING, dry_run=True, by=by, at=at)
    actions.run(import_id=uploaded.pk, by=by, at=at)
    assert not OrderLine.objects.exists()

    actions.start(import_id=uploaded.pk, mapping=MAPPING, by=by, at=at)
    done = actions.run(import_id=uploaded.pk, by=by, at=at)

    assert (done.dry_run, done.report["created"]["order_lines"], OrderLine.objects.count()) == (
        False,
        1,
        1,
    )


def test_a_mapping_that_fits_nothing_starts_nothing(
    uploaded: Import, by: Actor, at: datetime
) -> None:
    with pytest.raises(CannotImport, match="No column is known for: quantity, unit_price"):
        actions.start(import_id=uploaded.pk, mapping={"at": "date"}, by=by, at=at)

    uploaded.refresh_from_db()
    assert uploaded.started_at is None
    assert not ProcrastinateJob.objects.exists()


def test_what_went_wrong_stays_with_the_upload_and_it_may_be_tried_again(
    uploaded: Import, by: Actor, at: datetime
) -> None:
    actions.start(import_id=uploaded.pk, mapping=MAPPING, by=by, at=at)
    kept = uploaded.file.rename(uploaded.file.with_suffix(".kept"))

    failed = actions.run(import_id=uploaded.pk, by=by, at=at)

    assert (failed.failed_at, failed.finished_at) == (at, None)
    assert "cannot be read" in failed.problem
    kept.rename(uploaded.file)
    actions.start(import_id=uploaded.pk, mapping=MAPPING, by=by, at=at)
    again = actions.run(import_id=uploaded.pk, by=by, at=at)
    assert (again.problem, again.finished_at) == ("", at)


@pytest.mark.django_db(transaction=True)
def test_progress_is_seen_while_the_import_is_open(
    company: Company, by: Actor, at: datetime
) -> None:
    from django.db import transaction

    one = actions.upload(name="a.csv", chunks=[ROWS], kind="order-lines", by=by, at=at)
    with transaction.atomic():
        OrderLine.objects.count()
        with Told(one.pk) as told:
            told(20_000, 70_000)

        one.refresh_from_db()

    assert (one.rows_done, one.rows_expected) == (20_000, 70_000)


@pytest.mark.django_db(transaction=True)
def test_a_run_tells_its_progress_and_does_not_wait_for_itself(
    company: Company, by: Actor, at: datetime
) -> None:
    rows = ROWS + b"".join(b"%d;2020-01-05;1;1,5\n" % number for number in range(3, 50_000))
    one = actions.upload(name="a.csv", chunks=[rows], kind="order-lines", by=by, at=at)
    actions.start(import_id=one.pk, mapping=MAPPING, by=by, at=at)

    actions.run(import_id=one.pk, by=by, at=at)

    one.refresh_from_db()
    assert (one.rows_done, one.rows_expected, one.report["rows_accepted"]) == (
        49_999,
        50_000,
        49_998,
    )
