"""The one thing a reader can do to the look."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from holdfast.ui import themes


@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    """Public: somebody not signed in reads pages too."""
    theme = request.POST.get("theme", "")
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = "/"
    return themes.remember(
        request, HttpResponseRedirect(back), theme if theme in themes.THEMES else ""
    )


choose_theme.permission = "public"  # type: ignore[attr-defined]  # ui stands below access
