"""The list of accounts, and the same as a file."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from holdfast.access.guards import needs, person
from holdfast.access.roles import Permission
from holdfast.know.company.models import Company
from holdfast.know.standing.board import Board
from holdfast.know.standing.export import csv_of
from holdfast.know.standing.listing import Listing
from holdfast.know.standing.wanted import Wanted
from holdfast.lib.days import now
from holdfast.ui.swaps import wants_part


@require_safe
@vary_on_headers("HX-Request")
@needs(Permission.READ_ACCOUNTS)
def board(request: HttpRequest) -> HttpResponse:
    """The page; for htmx the list alone, unless it comes back to the page as a whole."""
    company = Company.get()
    listing = Listing(Wanted.parse(request.GET), person(request), company.as_of(at=now()))
    shown = Board(listing, company, request.GET)
    template = "standing/_list.html" if wants_part(request) else "standing/board.html"
    return render(request, template, {"board": shown, "listing": listing, "wanted": listing.wanted})


@require_safe
@needs(Permission.EXPORT_ACCOUNTS)
def export(request: HttpRequest) -> StreamingHttpResponse:
    """Every account asked for, written while it is read."""
    company = Company.get()
    day = company.as_of(at=now())
    listing = Listing(Wanted.parse(request.GET), person(request), day)
    answer = StreamingHttpResponse(
        csv_of(listing, company.currency), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="accounts-{day:%Y-%m-%d}.csv"'
    return answer
