"""The newest record there is, of whatever kind: what is old is looked at as of its own time.

Features that hold records register here at start: `newest.register(a_function)`.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from holdfast.know.company.models import Company

OLD = timedelta(days=60)

_kinds: list[Callable[[], datetime | None]] = []


def register(newest: Callable[[], datetime | None]) -> None:
    """Let the company know when the newest record of a kind happened."""
    _kinds.append(newest)


def day(company: Company) -> date | None:
    """The day of the newest record at the company; None when there is no record."""
    found = [moment for newest in _kinds if (moment := newest())]
    return max(found).astimezone(company.zone).date() if found else None


def fixed_day(company: Company, *, at: datetime) -> date | None:
    """The day to look at the company as of, when its records are old: the one after the newest."""
    newest = day(company)
    if newest is None or company.today(at=at) - newest <= OLD:
        return None
    return newest + timedelta(days=1)
