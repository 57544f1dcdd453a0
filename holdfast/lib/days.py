"""The clock. Only the edges (views, commands, tasks) read it; everyone else is told `at`."""

import os
from datetime import UTC, datetime

from django.utils import timezone


def now() -> datetime:
    """This moment, or the one that HOLDFAST_NOW fixes, for demonstrations and pictures."""
    fixed = os.environ.get("HOLDFAST_NOW")
    if not fixed:
        return timezone.now()
    moment = datetime.fromisoformat(fixed)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
