"""Whether a page is asked for as a whole, or as the part that htmx puts in."""

from django.http import HttpRequest


def wants_part(request: HttpRequest) -> bool:
    """Whether htmx asks; when it comes back to a page out of its history it wants all of it."""
    htmx = getattr(request, "htmx", None)
    return htmx is not None and bool(htmx) and not htmx.history_restore_request
