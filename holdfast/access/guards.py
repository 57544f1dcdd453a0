"""Who may reach a view. tests/test_house.py finds every view that says neither."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import resolve_url
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from holdfast.access.models import Person
from holdfast.access.roles import Permission

View = Callable[..., HttpResponseBase]
AnyView = TypeVar("AnyView", bound=Callable[..., Any])


def needs(permission: Permission) -> Callable[[View], View]:
    """Let only people whose role holds the permission reach the view."""

    def guard(view: View) -> View:
        @signed_in
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not person(request).may(permission):
                raise PermissionDenied(_("Your role does not include this. Ask an owner for it."))
            return view(request, *args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded

    return guard


def signed_in(view: View) -> View:
    """Let everyone who signed in reach the view: what is their own, like a password."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if isinstance(request.user, Person):
            return view(request, *args, **kwargs)
        if getattr(request, "htmx", False):  # a fragment cannot hold the sign-in page
            return HttpResponseClientRedirect(resolve_url("account_login"))
        return redirect_to_login(request.get_full_path())

    guarded.permission = "signed-in"  # type: ignore[attr-defined]
    return guarded


def public(view: AnyView) -> AnyView:
    """Let everyone reach the view. The test that lists such views wants its name, too."""
    view.permission = "public"  # type: ignore[attr-defined]
    return view


def person(request: HttpRequest) -> Person:
    """Who is signed in. Only behind a guard."""
    if not isinstance(request.user, Person):
        raise PermissionDenied
    return request.user
