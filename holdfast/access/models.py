"""People who sign in, and the links that let them in once."""

from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from holdfast.access.roles import PERMISSIONS, Permission, Role


class PersonQuerySet(models.QuerySet["Person"]):
    """People, narrowed."""

    def visible_to(self, person: "Person") -> "PersonQuerySet":
        """Those the person may see: everyone who works here."""
        return self

    def owners(self) -> "PersonQuerySet":
        return self.filter(role=Role.OWNER)


class Person(AbstractBaseUser):
    """Someone who signs in by e-mail address. A Person is an Actor."""

    email = models.EmailField(_("e-mail address"), unique=True)  # in small letters
    name = models.CharField(_("name"), max_length=200)
    language = models.CharField(_("language"), max_length=8, blank=True, default="")  # "": as asked
    role = models.CharField(max_length=20, choices=Role.choices)
    joined_at = models.DateTimeField()

    objects = BaseUserManager.from_queryset(PersonQuerySet)()

    USERNAME_FIELD = "email"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(email=Lower("email")) & ~Q(email=""), name="person_has_an_address"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def reference(self) -> str:
        return f"person:{self.pk}"

    def may(self, permission: Permission) -> bool:
        return permission in PERMISSIONS.get(self.role, frozenset())


class Purpose(models.TextChoices):
    """What a link lets its holder do, once."""

    WELCOME = "welcome"  # create the owner
    ENTER = "enter"  # sign in


class LinkQuerySet(models.QuerySet["Link"]):
    """Links, narrowed."""

    def open(self, *, at: datetime) -> "LinkQuerySet":
        """Those that still work."""
        return self.filter(used_at=None, expires_at__gt=at)


class Link(models.Model):
    """A one-time link. Only a hash is kept: who reads the table cannot sign in by it."""

    token_hash = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=7, choices=Purpose.choices)
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="links")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    objects = LinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(purpose=Purpose.WELCOME, person=None)
                | Q(purpose=Purpose.ENTER, person__isnull=False),
                name="link_enters_as_someone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} until {self.expires_at:%Y-%m-%d %H:%M}"
