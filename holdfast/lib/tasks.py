"""Work that keeps the queue itself healthy."""

from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status


@app.periodic(cron="* * * * * */20")
@app.task(queueing_lock="requeue-stalled", pass_context=True)
async def requeue_stalled(context: JobContext, timestamp: int) -> None:
    """Put back every job whose worker has been silent for 30 seconds, so within a minute in all."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=30):
        try:
            await manager.retry_job(job)
        except UniqueViolation:  # an equal job waits already and will do what this one did not
            await manager.finish_job(job, status=Status.ABORTED, delete_job=False)
