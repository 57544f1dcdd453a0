"""Keeping the lake tidy."""

from procrastinate.contrib.django import app

from holdfast.lake import files
from holdfast.lib.days import now


@app.periodic(cron="40 3 * * *")
@app.task(queueing_lock="sweep-lake")
def sweep(timestamp: int) -> None:
    """Delete files that left the list a day ago or were never listed. May run twice."""
    files.sweep(at=now())
