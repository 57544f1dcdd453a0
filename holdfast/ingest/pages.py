"""What each import page shows, gathered for its template."""

from datetime import timedelta
from typing import Any
from zoneinfo import available_timezones

from django.db.models import Count
from django.http import HttpRequest

from holdfast.access.guards import person
from holdfast.access.models import Person
from holdfast.ingest import findings, kinds, rejected
from holdfast.ingest.forms import UploadForm
from holdfast.ingest.models import Import
from holdfast.ingest.step import Step
from holdfast.know.company import newest
from holdfast.know.company.models import Company
from holdfast.know.orders.models import Order
from holdfast.lib.days import now

_EARLIER = 50  # imports on the board
_FRESH = timedelta(minutes=10)


def board(form: UploadForm, request: HttpRequest) -> dict[str, Any]:
    company = Company.get()
    orders = Order.objects.aggregate(count=Count("id"))["count"]
    names = {one.reference: one.name for one in Person.objects.all()}
    brought = Import.objects.visible_to(person(request)).order_by("-uploaded_at", "-pk")[:_EARLIER]
    return {
        "found": findings.board(orders=orders, newest_on=newest.day(company)),
        "form": form,
        "kinds": [kinds.get(name) for name in kinds.names()],
        "empty": not orders,
        "earlier": [(one, names.get(one.actor, ""), findings.earlier(one)) for one in brought],
    }


def mapping(one: Import, step: Step, *, problem: str = "") -> dict[str, Any]:
    wrong = sum(1 for row in step.rows if row.problem)
    found = findings.step(
        missing=step.missing, nobody="account" not in step.mapping, rows=len(step.rows), wrong=wrong
    )
    tried = findings.report(one.report or {}, dry_run=True) if _was_tried(one, step) else None
    return {
        "one": one,
        "kind": kinds.get(one.kind),
        "step": step,
        "wrong": wrong,
        "zones": sorted(zone for zone in available_timezones() if "/" in zone),
        "found": tried or (found if step.found else findings.Found(step.problem, step.help)),
        "problem": problem or (one.problem if one.failed_at else ""),
        "tried": tried,
        **(_told(one) if tried else {}),
    }


def _was_tried(one: Import, step: Step) -> bool:
    """The report of the last try stands until something in the form is changed."""
    return bool(one.report and one.dry_run and not step.form.is_bound)


def progress(one: Import) -> dict[str, Any]:
    told = findings.progress(one, at=now())
    return {"one": one, "found": told, "done": one.rows_done or None, "of": one.rows_expected}


def report(one: Import) -> dict[str, Any]:
    company = Company.get()
    at = now()
    fixed = None if company.looked_at_on else newest.fixed_day(company, at=at)
    fresh = one.finished_at is not None and at - one.finished_at < _FRESH
    return {
        "one": one,
        "found": findings.report(one.report or {}, dry_run=False, fresh=fresh),
        "suggested": fixed,
        "newest": newest.day(company),
        **_told(one),
    }


def _told(one: Import) -> dict[str, Any]:
    said = one.report or {}
    return {
        "said": said,
        "rows": findings.rows_as_sum(said),
        "tables": findings.tables(said),
        "reasons": rejected.reasons(one.rejected_file) if one.rejected_file else [],
        "currency": one.said.currency or Company.get().currency,
    }
