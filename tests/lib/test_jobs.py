"""A job is queued with the change that asks for it, and put back when its worker dies."""

import asyncio

import pytest
from asgiref.sync import sync_to_async
from django.db import connection, connections, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import TaskNotFound
from procrastinate.job_context import JobContext
from procrastinate.jobs import Job, Status

from holdfast.lib import jobs, tasks


@app.task(name="tests.quiet")
def quiet(n: int = 0) -> None:
    """Nothing: only its row in the queue is looked at."""


def queued() -> list[tuple[str, dict[str, int], str | None]]:
    rows = ProcrastinateJob.objects.filter(task_name="tests.quiet").order_by("id")
    return list(rows.values_list("status", "args", "lock"))


@pytest.mark.django_db
def test_a_job_is_queued_with_its_words_and_lock():
    assert jobs.enqueue(quiet, lock="one-by-one", n=3)
    assert queued() == [("todo", {"n": 3}, "one-by-one")]


@pytest.mark.django_db
def test_a_task_may_be_named_but_must_exist():
    jobs.enqueue("tests.quiet", lock="one-by-one", n=3)
    assert queued() == [("todo", {"n": 3}, "one-by-one")]

    with pytest.raises(TaskNotFound):
        jobs.enqueue("tests.quite", n=3)


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_undone_takes_its_job_along():
    with transaction.atomic():
        jobs.enqueue(quiet, n=1)
        transaction.set_rollback(True)
    assert queued() == []


@pytest.mark.django_db
def test_an_equal_job_waits_once_and_the_transaction_lives_on():
    assert jobs.enqueue(quiet, queueing_lock="daily", n=1)
    assert jobs.enqueue(quiet, queueing_lock="daily", n=2) is None
    assert jobs.enqueue(quiet, n=3)  # would fail in a poisoned transaction
    assert [args for _status, args, _lock in queued()] == [{"n": 1}, {"n": 3}]


def work_of(worker: str, *job_ids: int | None) -> None:
    """Let a worker take the jobs; its last sign of life is `worker` ago."""
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into procrastinate_workers (last_heartbeat) values (now() - %s::interval)"
            " returning id",
            [worker],
        )
        (number,) = cursor.fetchone()
        cursor.execute(
            "update procrastinate_jobs set status = 'doing', worker_id = %s where id = any(%s)",
            [number, list(job_ids)],
        )


def requeue() -> None:
    job = Job(id=1, queue="default", lock=None, queueing_lock=None, task_name="x")
    context = JobContext(app=app, job=job, abort_reason=lambda: None, start_timestamp=0.0)

    async def run() -> None:
        await tasks.requeue_stalled(context, 0)
        await sync_to_async(connections.close_all)()  # those of the thread that Django works in

    asyncio.run(run())


@pytest.mark.django_db(transaction=True)
def test_a_job_of_a_dead_worker_is_put_back_and_one_of_a_living_is_not():
    work_of("31 seconds", jobs.enqueue(quiet, n=1))
    work_of("20 seconds", jobs.enqueue(quiet, n=2))

    requeue()

    assert sorted((args["n"], status) for status, args, _ in queued()) == [
        (1, "todo"),
        (2, "doing"),
    ]


@pytest.mark.django_db(transaction=True)
def test_where_an_equal_job_waits_already_the_dead_one_is_closed():
    work_of("1 hour", jobs.enqueue(quiet, queueing_lock="daily", n=1))
    jobs.enqueue(quiet, queueing_lock="daily", n=2)
    work_of("1 hour", jobs.enqueue(quiet, n=3))

    requeue()

    assert [(args["n"], status) for status, args, _ in queued()] == [
        (1, Status.ABORTED.value), (2, "todo"), (3, "todo"),
    ]  # fmt: skip
