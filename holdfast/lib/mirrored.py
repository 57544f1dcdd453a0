"""The two columns by which the lake learns what changed."""

from django.db import models


class Mirrored(models.Model):
    """A record that the lake keeps a copy of.

    `changed_in` is the number of the transaction that wrote the row (a trigger keeps it, the lake
    reads it): whatever one snapshot sees and the last one did not is new, however late it commits.
    """

    changed_in = models.BigIntegerField(
        editable=False,
        db_default=models.Func(function="holdfast_transaction", template="%(function)s()"),
    )

    class Meta:
        abstract = True
