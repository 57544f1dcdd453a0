"""What every page says of the company: its name, its today, and the day its figures stand for."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from holdfast.know.company.models import Company
from holdfast.lib.days import now


def company(request: HttpRequest) -> dict[str, Any]:
    """`company`, `today`, `as_of`, `fixed_day` for signed-in people; read when a page prints them.

    `fixed_day` is as_of where a person has fixed it, so that every page can say so; else empty.
    """
    if not request.user.is_authenticated:
        return {}
    at = now()
    found: Any = SimpleLazyObject(Company.get)
    return {
        "company": found,
        "today": SimpleLazyObject(lambda: found.today(at=at)),
        "as_of": SimpleLazyObject(lambda: found.as_of(at=at)),
        "fixed_day": SimpleLazyObject(lambda: found.looked_at_on),
    }
