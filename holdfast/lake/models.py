"""What the lake holds: a file counts from the moment it is listed here, and no sooner."""

from django.db import models
from django.db.models import Q


class LakeFileQuerySet(models.QuerySet["LakeFile"]):
    """Listed files, narrowed."""

    def of(self, table: str) -> "LakeFileQuerySet":
        """The files that make up a table now, oldest first."""
        return self.filter(table=table, removed_at=None).order_by("known_at", "id")


class LakeFile(models.Model):
    """One Parquet file. Its rows never change; taken off the list, it is deleted a day later."""

    table = models.CharField(max_length=60)
    path = models.CharField(max_length=200, unique=True)  # below HOLDFAST_HOME/lake
    rows = models.BigIntegerField()
    first_id = models.BigIntegerField(null=True)
    last_id = models.BigIntegerField(null=True)
    has_gone = models.BooleanField(default=False)  # holds rows that say "deleted"
    first_on = models.DateField(null=True)
    last_on = models.DateField(null=True)
    known_at = models.DateTimeField()
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    objects = LakeFileQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["table"], condition=Q(removed_at=None), name="lake_file_listed")
        ]

    def __str__(self) -> str:
        return self.path

    def overlaps(self, other: "LakeFile") -> bool:
        """Whether the two may hold versions of the same row."""
        if None in (self.first_id, self.last_id, other.first_id, other.last_id):
            return False
        return self.first_id <= other.last_id and other.first_id <= self.last_id  # type: ignore[operator]


class Mirror(models.Model):
    """How far the lake has read a record table: everything that this snapshot saw."""

    table = models.CharField(max_length=60, primary_key=True)
    snapshot = models.TextField()  # pg_snapshot, as text

    def __str__(self) -> str:
        return self.table


class Gone(models.Model):
    """A record that was deleted; written by a trigger, so that no deletion escapes the lake."""

    table = models.CharField(max_length=60)
    row_id = models.BigIntegerField()
    gone_in = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["table", "gone_in"], name="gone_by_table")]

    def __str__(self) -> str:
        return f"{self.table} {self.row_id}"
