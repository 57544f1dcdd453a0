"""Where allauth asks us: sign-up is closed, and what happens at the door becomes a fact."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from holdfast.access.actors import STRANGER
from holdfast.access.guards import person
from holdfast.access.models import Person
from holdfast.facts import record
from holdfast.lib.days import now
from holdfast.ui.nav import where


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """The door."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing: the page that follows shows who is signed in."""

    def post_login(self, request: HttpRequest, user: Person, **kwargs: Any) -> HttpResponse:
        record("person.signed-in", by=user, at=now())
        response: HttpResponse = super().post_login(request, user, **kwargs)
        if user.language:
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME, user.language, secure=settings.SECURE
            )
        return response

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to the settings, which say that it is done."""
        messages.success(request, _("Your password is changed."))
        return where("me") or "/"

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Keep that someone was refused, never what they typed."""
        meant = Person.objects.filter(email=str(credentials.get("email", "")).lower()).first()
        record("person.refused", by=STRANGER, at=now(), person=meant and meant.pk)

    def set_password(self, user: Person, password: str) -> None:
        super().set_password(user, password)
        record("person.changed-password", by=user, at=now())

    def logout(self, request: HttpRequest) -> None:
        record("person.signed-out", by=person(request), at=now())
        super().logout(request)
