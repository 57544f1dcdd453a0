"""What every page says of the company: its name, and the day its figures stand for."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from holdfast.know.company.models import Company


def company(request: HttpRequest) -> dict[str, Any]:
    """`company` and `as_of` for signed-in people; read only when a page prints them."""
    if not request.user.is_authenticated:
        return {}
    found = SimpleLazyObject(Company.get)
    return {"company": found, "as_of": SimpleLazyObject(lambda: found.as_of(at=timezone.now()))}
