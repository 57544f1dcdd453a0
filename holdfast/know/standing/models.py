"""One row an account: what is thought of it now."""

from django.db import models

from holdfast.know.accounts.models import Account


class Band(models.TextChoices):
    """How an account is. Unknown is an answer, never good."""

    UNHEALTHY = "unhealthy"
    NOT_SO_HEALTHY = "not_so_healthy"
    HEALTHY = "healthy"
    UNKNOWN = "unknown"


class Segment(models.TextChoices):
    """How much an account matters. A key client is an A or a B."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    UNKNOWN = "unknown"


KEY = (Segment.A, Segment.B)


class StandingQuerySet(models.QuerySet["Standing"]):
    """What is thought of accounts, narrowed."""

    def visible_to(self, person: object) -> "StandingQuerySet":
        """Of those accounts the person may see: with the one role there is, all of them."""
        return self


class Standing(models.Model):
    """Written whole by each assessment for the company's day; never by hand."""

    account = models.OneToOneField(Account, models.CASCADE, primary_key=True)
    as_of = models.DateField()
    segment = models.CharField(max_length=7, choices=Segment.choices)
    segment_score = models.FloatField(null=True)
    segment_low = models.FloatField(null=True)
    segment_high = models.FloatField(null=True)
    segment_coverage = models.FloatField()
    health = models.FloatField(null=True)
    health_low = models.FloatField(null=True)
    health_high = models.FloatField(null=True)
    health_coverage = models.FloatField()
    band = models.CharField(max_length=14, choices=Band.choices)
    revenue_365_minor = models.BigIntegerField(null=True)
    last_purchase_on = models.DateField(null=True)
    signals = models.JSONField()  # signal → value, null where it cannot be known

    objects = StandingQuerySet.as_manager()

    class Meta:
        # Lists ask by segment and band, then walk in an order: each pair holds its own, see paging.
        indexes = [
            models.Index(fields=["segment", "band", column, "account"], name=f"standing_by_{name}")
            for name, column in (
                ("score", "segment_score"),
                ("health", "health"),
                ("revenue", "revenue_365_minor"),
                ("purchase", "last_purchase_on"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.segment} {self.band}"


class Total(models.Model):
    """How many stand so, and what they bring: counted by each assessment, so no page has to."""

    segment = models.CharField(max_length=7, choices=Segment.choices)
    band = models.CharField(max_length=14, choices=Band.choices)
    accounts = models.BigIntegerField()
    revenue_minor = models.BigIntegerField(null=True)  # null: of none is it known

    class Meta:
        constraints = [models.UniqueConstraint("segment", "band", name="total_is_one")]

    def __str__(self) -> str:
        return f"{self.segment} {self.band}: {self.accounts}"
