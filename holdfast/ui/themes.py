"""Light, dark, or as the system says: a cookie, because a person has it on each device."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

COOKIE = "theme"
THEMES = {"light": _("Light"), "dark": _("Dark"), "": _("As the system")}
YEAR = 365 * 24 * 60 * 60


def chosen(request: HttpRequest) -> str:
    """`light`, `dark`, or empty for the system's choice."""
    value = request.COOKIES.get(COOKIE, "")
    return value if value in THEMES else ""


def remember(request: HttpRequest, response: HttpResponse, theme: str) -> HttpResponse:
    if theme:
        secure = request.is_secure()
        response.set_cookie(
            COOKIE, theme, max_age=YEAR, samesite="Lax", secure=secure, httponly=True
        )
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
    return response
