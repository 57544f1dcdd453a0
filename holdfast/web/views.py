"""The pages that span areas."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from holdfast.access.guards import needs, person
from holdfast.access.roles import Permission
from holdfast.know.accounts.models import Account
from holdfast.know.company.models import Company
from holdfast.lib.days import now
from holdfast.web import one, search
from holdfast.web import today as todays


@needs(Permission.READ_ACCOUNTS)
def today(request: HttpRequest) -> HttpResponse:
    """Who needs us first, what changed, whom we keep."""
    day = Company.get().as_of(at=now())
    return render(request, "web/today.html", todays.page(person(request), day))


@needs(Permission.READ_ACCOUNTS)
def account(request: HttpRequest, account_id: int) -> HttpResponse:
    """One client: who, how, why, since when."""
    found = get_object_or_404(Account.objects.visible_to(person(request)), pk=account_id)
    day = Company.get().as_of(at=now())
    return render(request, "web/account.html", one.page(found, day, request.GET))


@needs(Permission.READ_ACCOUNTS)
def find(request: HttpRequest) -> HttpResponse:
    """Accounts by name or id, and pages by name."""
    return render(request, "web/find.html", search.page(request, request.GET.get("q", "")))
