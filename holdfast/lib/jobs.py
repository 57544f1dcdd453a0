"""Background work: queued in the transaction of the change that asks for it."""

from typing import Any

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.tasks import Task


def enqueue(
    task: Task[Any, Any, Any] | str,
    *,
    lock: str | None = None,
    queueing_lock: str | None = None,
    **args: Any,
) -> int | None:
    """Queue the task and return the job's number, or None when an equal one waits already.

    An action names the task (`holdfast.ingest.tasks.run`), for tasks import actions.
    Jobs of one `lock` run one after another; of one `queueing_lock` only one waits. The savepoint
    keeps a refused job from poisoning the caller's transaction.
    """
    given = {"lock": lock, "queueing_lock": queueing_lock}
    asked: Any = {key: value for key, value in given.items() if value is not None}
    try:
        with transaction.atomic():
            if isinstance(task, str):
                return app.configure_task(task, allow_unknown=False, **asked).defer(**args)
            return task.configure(**asked).defer(**args)
    except AlreadyEnqueued:
        return None
