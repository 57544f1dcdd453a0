"""The kinds of the features that stand below register here; those above call `kinds.register`."""

from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class IngestConfig(AppConfig):
    name = "holdfast.ingest"

    def ready(self) -> None:
        from holdfast.ingest import kinds
        from holdfast.know.orders.imports import ORDER_LINES
        from holdfast.ui import nav

        kinds.register(ORDER_LINES)
        also = ("ingest:show", "ingest:preview", "ingest:start")
        nav.page("know", _("Import"), "ingest:board", order=90, also=also, allowed=_may_import)


def _may_import(request: HttpRequest) -> bool:
    from holdfast.access.models import Person
    from holdfast.access.roles import Permission

    return isinstance(request.user, Person) and request.user.may(Permission.IMPORT_RECORDS)
