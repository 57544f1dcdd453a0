"""One row an account: what is thought of it now."""

from django.db import models
from django.db.models import F

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

    class Meta:
        indexes = [
            models.Index(F("segment"), F("revenue_365_minor").desc(nulls_last=True), F("account_id"), name="standing_by_segment"),
            models.Index(F("band"), F("revenue_365_minor").desc(nulls_last=True), F("account_id"), name="standing_by_band"),
            models.Index(F("revenue_365_minor").desc(nulls_last=True), F("account_id"), name="standing_by_revenue"),
            models.Index(F("health").asc(nulls_last=True), F("account_id"), name="standing_by_health"),
            models.Index(F("segment_score").desc(nulls_last=True), F("account_id"), name="standing_by_score"),
            models.Index(F("last_purchase_on").desc(nulls_last=True), F("account_id"), name="standing_by_purchase"),
        ]

    def __str__(self) -> str:
        return f"{self.segment} {self.band}"
