"""One row: the company that uses this home."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q


class Company(models.Model):
    """Whose clients these are, and how it looks at them."""

    id = models.SmallIntegerField(primary_key=True, default=1, editable=False)
    name = models.CharField(max_length=200, default="", blank=True)
    currency = models.CharField(max_length=3, default="EUR")
    time_zone = models.CharField(max_length=64, default="UTC")
    looked_at_on = models.DateField(null=True, blank=True)  # null: today
    ticket_minutes = models.PositiveSmallIntegerField(default=15)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="there_is_one_company")]

    def __str__(self) -> str:
        return self.name or "Holdfast"

    @classmethod
    def get(cls) -> "Company":
        """The company; made with defaults when nobody has described it yet."""
        return cls.objects.get_or_create(id=1)[0]

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    def today(self, *, at: datetime) -> date:
        """The day it is at the company at this moment."""
        return at.astimezone(self.zone).date()

    def as_of(self, *, at: datetime) -> date:
        """The day figures stand for: the fixed one, or the coming midnight: today counts."""
        return self.looked_at_on or self.today(at=at) + timedelta(days=1)
