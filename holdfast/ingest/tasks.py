"""Imports in the background, one after another."""

from procrastinate.contrib.django import app

from holdfast.access.actors import Named
from holdfast.ingest import actions
from holdfast.ingest.models import Import
from holdfast.lib.days import now


@app.task(queue="import")
def run(import_id: int) -> None:
    """Import an uploaded file for who started it. May run twice: a finished one is passed over."""
    one = Import.objects.get(pk=import_id)
    actions.run(import_id=one.pk, by=Named(one.actor), at=now())
