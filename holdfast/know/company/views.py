"""The settings page, and the button by which old data is looked at as of its own time."""

from zoneinfo import available_timezones

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from holdfast.access.guards import needs, person
from holdfast.access.roles import Permission
from holdfast.know.company import actions, newest
from holdfast.know.company.forms import SettingsForm
from holdfast.know.company.models import Company
from holdfast.lib.days import now


@needs(Permission.CHANGE_SETTINGS)
@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    company = Company.get()
    form = SettingsForm.of(company, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.describe(**form.described(), by=person(request), at=now())
        except actions.CannotDescribe as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _looked_at_again())
            return redirect("company:settings")
    shown = {
        "form": form,
        "zones": [*sorted(zone for zone in available_timezones() if "/" in zone), "UTC"],
        "newest": newest.day(company),
        "suggested": newest.fixed_day(company, at=now()),
    }
    return render(request, "company/settings.html", shown, status=422 if form.errors else 200)


@needs(Permission.CHANGE_SETTINGS)
@require_POST
def look_at(request: HttpRequest) -> HttpResponse:
    """Fix the day (or, without one, go back to today), then return to the page that offered it."""
    try:
        day = parse_date(request.POST.get("day", ""))
    except ValueError:  # like 2010-02-31
        day = None
    if day or request.POST.get("day") == "today":
        actions.look_at(day=day, by=person(request), at=now())
        messages.success(request, _looked_at_again())
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = "company:settings"
    return redirect(back)


def _looked_at_again() -> str:
    return _("Saved. All figures are being made again in the background; give it a minute or two.")
