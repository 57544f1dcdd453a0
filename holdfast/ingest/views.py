"""The import pages: bring a file, say what its columns mean, watch it, read what became of it."""

from pathlib import Path

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRefresh

from holdfast.access.guards import needs, person
from holdfast.access.roles import Permission
from holdfast.ingest import actions, pages, uploads
from holdfast.ingest.errors import CannotImport
from holdfast.ingest.forms import UploadForm
from holdfast.ingest.models import Import
from holdfast.ingest.step import look
from holdfast.lib.days import now


def _find(request: HttpRequest, import_id: int) -> Import:
    return get_object_or_404(Import.objects.visible_to(person(request)), pk=import_id)


@needs(Permission.IMPORT_RECORDS)
@require_http_methods(["GET", "POST"])
def board(request: HttpRequest) -> HttpResponse:
    large = uploads.was_too_large(request)
    form = UploadForm(request.POST or None, request.FILES or None, too_large=large)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("ingest:show", _keep(form, request).pk)
        except CannotImport as error:
            form.add_error("file", str(error))
    shown = pages.board(form, request)
    return render(request, "ingest/board.html", shown, status=422 if form.errors else 200)


def _keep(form: UploadForm, request: HttpRequest) -> Import:
    """The upload, if it is a table; else nothing is kept of it."""
    file, by = form.cleaned_data["file"], person(request)
    kind = form.cleaned_data["kind"]
    one = actions.upload(name=file.name, chunks=file.chunks(), kind=kind, by=by, at=now())
    step = look(one)
    if step.found is None:
        actions.discard(import_id=one.pk, by=by, at=now())
        raise CannotImport(step.problem, step.help)
    return one


@needs(Permission.IMPORT_RECORDS)
@require_GET
def show(request: HttpRequest, import_id: int) -> HttpResponse:
    """Wherever the import stands: its columns, its progress or its report."""
    one = _find(request, import_id)
    if one.is_running:
        return render(request, "ingest/progress.html", pages.progress(one))
    if one.is_done:
        return render(request, "ingest/report.html", pages.report(one))
    return render(request, "ingest/mapping.html", pages.mapping(one, look(one)))


@needs(Permission.IMPORT_RECORDS)
@require_POST
def preview(request: HttpRequest, import_id: int) -> HttpResponse:
    """The step as the form stands now; the fragment for htmx, the page for a button."""
    one = _find(request, import_id)
    page = "ingest/_step.html" if request.htmx else "ingest/mapping.html"  # type: ignore[attr-defined]
    return render(request, page, pages.mapping(one, look(one, request.POST)))


@needs(Permission.IMPORT_RECORDS)
@require_POST
def start(request: HttpRequest, import_id: int) -> HttpResponse:
    """Queue the run that the form describes; a form that lacks something comes back."""
    one, by = _find(request, import_id), person(request)
    step = look(one, request.POST)
    problem = ""
    if step.may_start:
        try:
            actions.start(
                import_id=one.pk,
                mapping=step.mapping,
                options=step.options,
                create_accounts=step.form.cleaned_data["create_accounts"],
                dry_run="try" in request.POST,
                by=by,
                at=now(),
            )
            return redirect("ingest:show", one.pk)
        except (CannotImport, actions.AlreadyStarted) as error:
            problem = str(error)
    shown = pages.mapping(one, step, problem=problem)
    return render(request, "ingest/mapping.html", shown, status=422)


@needs(Permission.IMPORT_RECORDS)
@require_GET
def progress(request: HttpRequest, import_id: int) -> HttpResponse:
    """How far it is; once it is through, the whole page is asked for again."""
    one = _find(request, import_id)
    if not one.is_running:
        return HttpResponseClientRefresh()
    return render(request, "ingest/_progress.html", pages.progress(one))


@needs(Permission.IMPORT_RECORDS)
@require_GET
def rejected_rows(request: HttpRequest, import_id: int) -> HttpResponseBase:
    """The rejected rows as a file, a piece at a time."""
    one = _find(request, import_id)
    path = Path(one.rejected_file)
    if not one.rejected_file or not path.is_file():
        raise Http404
    name = _("%(name)s rejected.csv") % {"name": Path(one.name).stem}
    return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type="text/csv")


@needs(Permission.IMPORT_RECORDS)
@require_POST
def remove(request: HttpRequest, import_id: int) -> HttpResponse:
    one = _find(request, import_id)
    try:
        actions.discard(import_id=one.pk, by=person(request), at=now())
        messages.success(
            request, _("“%(name)s” is removed; nothing of it was stored.") % {"name": one.name}
        )
    except actions.AlreadyStarted as error:
        messages.error(request, str(error))
    return redirect("ingest:board")
