"""The import: one file that came in, or is about to."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import models

from holdfast.ingest.options import Options


class ImportQuerySet(models.QuerySet["Import"]):
    """Imports, narrowed."""

    def visible_to(self, person: object) -> "ImportQuerySet":
        """Those the person may see: with the one role there is, all of them."""
        return self


class Import(models.Model):
    """A file, how it is to be read, and what became of it. Its state is the times it has."""

    kind = models.CharField(max_length=40)
    name = models.CharField(max_length=255)  # the file's, as its owner calls it
    path = models.CharField(max_length=1000)
    mapping = models.JSONField(default=dict)  # field → header
    options = models.JSONField(default=dict)  # what was said about the file, as in options.Options
    create_accounts = models.BooleanField(default=False)
    dry_run = models.BooleanField(default=False)
    actor = models.CharField(max_length=80)  # who brought it, as facts write it
    uploaded_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    problem = models.TextField(blank=True)
    rows_done = models.BigIntegerField(default=0)
    rows_expected = models.BigIntegerField(null=True)
    report = models.JSONField(null=True)
    rejected_file = models.CharField(max_length=1000, blank=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["-uploaded_at"], name="import_by_time")]

    def __str__(self) -> str:
        return self.name

    @property
    def file(self) -> Path:
        return Path(self.path)

    @property
    def said(self) -> Options:
        return Options(**self.options)

    @property
    def is_running(self) -> bool:
        """Started, and nobody has said how it ended."""
        return bool(self.started_at and not self.finished_at and not self.failed_at)

    @property
    def is_done(self) -> bool:
        """Its rows are stored."""
        return bool(self.finished_at and not self.dry_run)

    def begin(self, *, at: datetime) -> None:
        self.started_at, self.failed_at, self.problem, self.rows_done = at, None, "", 0
        self.save(update_fields=["started_at", "failed_at", "problem", "rows_done"])

    def finish(self, report: dict[str, Any], *, at: datetime) -> None:
        self.finished_at, self.report, self.rows_done = at, report, report["rows_read"]
        self.rejected_file = report["rejected_file"] or ""
        self.save(update_fields=["finished_at", "report", "rows_done", "rejected_file"])

    def fail(self, problem: str, *, at: datetime) -> None:
        self.failed_at, self.problem = at, problem
        self.save(update_fields=["failed_at", "problem"])
