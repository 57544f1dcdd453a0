"""Imports in the background, one after another."""

from procrastinate.contrib.django import app

from holdfast.access import actors
from holdfast.ingest import actions
from holdfast.lib.days import now


@app.task(queue="import")
def run(import_id: int) -> None:
    """Import an uploaded file. May run twice: a finished one is passed over."""
    actions.run(import_id=import_id, at=now(), by=actors.job("import"))
