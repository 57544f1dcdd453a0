"""The fact: one thing that happened here."""

from django.db import models
from django.db.models import Q

from holdfast.lib.append_only import AppendOnly, AppendOnlyQuerySet


class Fact(AppendOnly):
    """Who did what, when, to which account. Plain numbers, no foreign key: it outlives its rows."""

    kind = models.CharField(max_length=80)  # dotted: order-lines.imported
    actor = models.CharField(max_length=80)  # person:3, command:root, job:nightly
    at = models.DateTimeField()
    account_id = models.BigIntegerField(null=True)
    numbers = models.JSONField(default=dict)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["account_id", "-at"], name="fact_by_account"),
            models.Index(fields=["kind", "-at"], name="fact_by_kind"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__regex=r"^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+$"),
                name="fact_kind_is_dotted",
            ),
            models.CheckConstraint(condition=~Q(actor=""), name="fact_has_an_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} by {self.actor}"
