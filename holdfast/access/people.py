"""Verbs of people: how the owner comes to be."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from holdfast.access import links
from holdfast.access.actors import Actor
from holdfast.access.models import Person, Purpose
from holdfast.access.roles import Role
from holdfast.facts import record


@transaction.atomic
def create_owner(
    *, email: str, name: str, password: str | None = None, by: Actor, at: datetime
) -> Person:
    """The person to whom this Holdfast belongs. Without a password they come by one-time links."""
    if Person.objects.owners().exists():
        raise links.AlreadyOwned
    person = Person(email=email.strip().lower(), name=name, role=Role.OWNER, joined_at=at)
    person.set_password(password)  # None: no password works
    person.save()
    record("person.created", by=by, at=at, person=person.pk, role=person.role)
    return person


@transaction.atomic
def welcome(*, token: str, email: str, name: str, password: str, by: Actor, at: datetime) -> Person:
    """Use the first link up and create the owner: both or neither."""
    links.use(token=token, purpose=Purpose.WELCOME, by=by, at=at)
    return create_owner(email=email, name=name, password=password, by=by, at=at)


@transaction.atomic
def choose_language(*, person: Person, language: str, by: Actor, at: datetime) -> Person:
    """Speak to the person in this language from now on. One we do not speak changes nothing."""
    if language in dict(settings.LANGUAGES):
        person.language = language
        person.save(update_fields=["language"])
        record("person.chose-language", by=by, at=at, person=person.pk, language=language)
    return person
