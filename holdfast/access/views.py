"""The two doors that open once. Sign-in by password is allauth's (urls.py)."""

from allauth.account.utils import perform_login
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from holdfast.access import links, people
from holdfast.access.actors import STRANGER
from holdfast.access.forms import WelcomeForm
from holdfast.access.guards import person as the_person
from holdfast.access.guards import public, signed_in
from holdfast.access.models import Person, Purpose
from holdfast.lib.days import now
from holdfast.ui.nav import where


@public
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def welcome(request: HttpRequest, token: str) -> HttpResponseBase:
    """The first page there is: whoever holds the printed link becomes the owner."""
    form = WelcomeForm(request.POST or None)
    try:
        links.find(token=token, purpose=Purpose.WELCOME, at=now())
        if form.is_valid():
            person = people.welcome(token=token, **form.cleaned_data, by=STRANGER, at=now())
            return _let_in(request, person)
    except (links.CannotUse, links.AlreadyOwned) as error:
        return _closed(request, error)
    return render(request, "access/welcome.html", {"form": form})


@public
@never_cache
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest, token: str) -> HttpResponseBase:
    """Sign in by a one-time link. Looking changes nothing; the button uses it up."""
    try:
        if request.method == "POST":
            link = links.use(token=token, purpose=Purpose.ENTER, by=STRANGER, at=now())
            return _let_in(request, link.person)
        link = links.find(token=token, purpose=Purpose.ENTER, at=now())
    except links.CannotUse as error:
        return _closed(request, error)
    return render(request, "access/enter.html", {"person": link.person})


@signed_in
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """The person's language, on this device at once, on others after the next sign-in."""
    who = people.choose_language(
        person=the_person(request),
        language=request.POST.get("language", ""),
        by=the_person(request),
        at=now(),
    )
    response = redirect(where("me") or "/")
    if who.language:
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, who.language, secure=settings.SECURE)
    return response


def _let_in(request: HttpRequest, person: Person | None) -> HttpResponseBase:
    response: HttpResponseBase = perform_login(request, person, email_verification="none")
    return response


def _closed(request: HttpRequest, error: Exception) -> HttpResponse:
    return render(request, "access/closed.html", {"problem": error}, status=410)
