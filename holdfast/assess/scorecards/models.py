"""Cards as they were published, and each look taken at the accounts with them."""

from datetime import date

from django.db import models

from holdfast.lake.models import LakeFile
from holdfast.lib.append_only import AppendOnly, AppendOnlyQuerySet
from holdfast.measures.cards import Card


class Kind(models.TextChoices):
    """The two questions a card answers."""

    HEALTH = "health"
    ABCD = "abcd"


class CardVersion(AppendOnly):
    """A card as published. It never changes: another opinion is another version."""

    kind = models.CharField(max_length=6, choices=Kind.choices)
    number = models.PositiveIntegerField()
    definition = models.JSONField()
    published_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("kind", "number", name="card_version_is_one")]
        ordering = ["kind", "number"]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"

    @property
    def card(self) -> Card:
        return Card.from_json(self.definition)


class AssessmentQuerySet(AppendOnlyQuerySet):
    """Looks taken, narrowed."""

    def latest_for(self, day: date) -> "Assessment | None":
        """The last look taken at the accounts as of the day."""
        return self.filter(as_of=day).order_by("-made_at", "-pk").first()


class Assessment(AppendOnly):
    """One look at every account as of a day. Its rows lie in the lake, one an account."""

    as_of = models.DateField()
    made_at = models.DateTimeField()  # what was known by then is what it used
    health = models.ForeignKey(CardVersion, models.PROTECT, related_name="+")
    abcd = models.ForeignKey(CardVersion, models.PROTECT, related_name="+")
    file = models.ForeignKey(LakeFile, models.PROTECT, related_name="+")
    summary = models.JSONField()  # docs/contracts/assess.json

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["as_of", "-made_at"], name="assessment_by_day")]

    def __str__(self) -> str:
        return f"{self.as_of}"
