"""The kinds of the features that stand below register here; those above call `kinds.register`."""

from django.apps import AppConfig


class IngestConfig(AppConfig):
    name = "holdfast.ingest"

    def ready(self) -> None:
        from holdfast.ingest import kinds
        from holdfast.know.orders.imports import ORDER_LINES

        kinds.register(ORDER_LINES)
