"""The segments, who moved between them, and the card that makes them."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from holdfast.access.guards import needs, person
from holdfast.access.roles import Permission
from holdfast.assess.scorecards import card_words, reading
from holdfast.assess.scorecards.board import Board
from holdfast.assess.scorecards.models import CardVersion
from holdfast.assess.scorecards.moved import Moved
from holdfast.know.accounts.models import Account
from holdfast.know.company.models import Company
from holdfast.lib.days import now
from holdfast.ui.swaps import wants_part


@require_safe
@vary_on_headers("HX-Request")
@needs(Permission.READ_ACCOUNTS)
def segments(request: HttpRequest) -> HttpResponse:
    """The page; for htmx, who moved since another day."""
    look = reading.newest(Company.get().as_of(at=now()))
    if look is None:
        nobody = not Account.objects.visible_to(person(request)).exists()
        return render(request, "scorecards/segments.html", {"nobody": nobody})
    board = Board(look, _day(request.GET.get("since", "")), person(request))
    template = "scorecards/_moves.html" if wants_part(request) else "scorecards/segments.html"
    return render(request, template, {"board": board})


@require_safe
@needs(Permission.READ_ACCOUNTS)
def moved(request: HttpRequest) -> HttpResponse:
    """The accounts behind one figure of who moved."""
    look = reading.newest(Company.get().as_of(at=now()))
    shown = Moved.find(look, _day(request.GET.get("since", "")), request.GET, person(request))
    if shown is None:
        raise Http404(_("There is no earlier look to compare with yet."))
    return render(request, "scorecards/moved.html", {"moved": shown})


@require_safe
@needs(Permission.READ_ACCOUNTS)
def card(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """How a card version gives its points, in words."""
    version = get_object_or_404(CardVersion, kind=kind, number=number)
    told = {
        "groups": card_words.groups(version.card),
        "bands": card_words.bands(version.card),
        "exceptions": card_words.exceptions(version.card),
    }
    return render(request, "scorecards/card.html", {"version": version, "told": told})


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
