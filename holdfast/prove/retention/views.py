"""The page of retention, and the customers behind each of its numbers."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from holdfast.access.guards import needs, person
from holdfast.access.roles import Permission
from holdfast.know.company.models import Company
from holdfast.lib.days import now
from holdfast.measures.retention import CannotShowRates
from holdfast.prove.retention.board import Board
from holdfast.prove.retention.customers import Customers
from holdfast.prove.retention.forms import AskForm, SetForm


@needs(Permission.READ_ACCOUNTS)
def board(request: HttpRequest) -> HttpResponse:
    form = AskForm(request.GET)
    shown = Board.asked(form, as_of=Company.get().as_of(at=now()))
    try:
        shown.check()
    except CannotShowRates:
        return render(request, "retention/refused.html", status=500)
    return render(request, "retention/board.html", {"board": shown, "problems": form.problems})


@needs(Permission.READ_ACCOUNTS)
def customers(request: HttpRequest) -> HttpResponse:
    form = SetForm(request.GET)
    if not form.is_valid():
        raise Http404
    shown = Customers(form.cleaned_data, person(request), request.GET.get("page", ""))
    return render(request, "retention/customers.html", {"shown": shown})
