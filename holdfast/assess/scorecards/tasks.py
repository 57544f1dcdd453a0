"""Looking at the accounts by itself: every night, and whenever records came in."""

from procrastinate.contrib.django import app

from holdfast.access import actors
from holdfast.assess.scorecards import actions, reading
from holdfast.know.company.models import Company
from holdfast.lib.days import now


@app.periodic(cron="10 * * * *")
@app.task(queueing_lock="assess-nightly", lock="assess")
def look_nightly(timestamp: int) -> None:
    """Look at the company's day once it has begun there. Hourly, since midnight differs by zone."""
    day = Company.get().as_of(at=now())
    if reading.is_stale(reading.latest(day)):
        actions.assess(as_of=day, by=actors.job("nightly"), at=now())
    actions.look_back(as_of=day, by=actors.job("nightly"), at=now())


@app.task(lock="assess")
def look_again(fact_id: int) -> None:
    """Look at the accounts after what the fact tells of; passed over when somebody has."""
    look_nightly(timestamp=0)
