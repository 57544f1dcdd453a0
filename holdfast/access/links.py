"""One-time links: they let their holder in once, and only a hash of them is kept."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from holdfast.access.actors import Actor
from holdfast.access.models import Link, Person, Purpose
from holdfast.facts import record

LIFETIME = timedelta(days=1)


class CannotUse(Exception):
    """The link was used, has expired or never was; the message says how to get another."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This link has been used or has expired. Links work once, for a day. "
                "Start Holdfast again, and it prints a new one."
            )
        )


class AlreadyOwned(Exception):
    """There is an owner; the message says to sign in."""

    def __init__(self) -> None:
        super().__init__(_("Holdfast has an owner already. Sign in, or ask the owner for a link."))


@transaction.atomic
def issue_welcome(*, by: Actor, at: datetime) -> str:
    """The path at which whoever opens it first becomes the owner.

    It ends the earlier ones, so that two of them never make two owners.
    """
    Link.objects.open(at=at).filter(purpose=Purpose.WELCOME).update(expires_at=at)
    if Person.objects.owners().exists():
        raise AlreadyOwned
    return _issue(Purpose.WELCOME, None, by=by, at=at)


@transaction.atomic
def issue_entry(*, person: Person, by: Actor, at: datetime) -> str:
    """The path at which the person signs in once."""
    return _issue(Purpose.ENTER, person, by=by, at=at)


def find(*, token: str, purpose: Purpose, at: datetime) -> Link:
    """The link as long as it works, untouched: mail scanners open pages, too."""
    found = Link.objects.open(at=at).filter(token_hash=_hash(token), purpose=purpose).first()
    if not found:
        raise CannotUse
    return found


@transaction.atomic
def use(*, token: str, purpose: Purpose, by: Actor, at: datetime) -> Link:
    """Use the link up. Of two who come at once, the row lets one through."""
    link = find(token=token, purpose=purpose, at=at)
    if not Link.objects.open(at=at).filter(pk=link.pk).update(used_at=at):
        raise CannotUse
    record("link.used", by=link.person or by, at=at, link=link.pk)
    return link


def _issue(purpose: Purpose, person: Person | None, *, by: Actor, at: datetime) -> str:
    token = secrets.token_urlsafe(32)
    link = Link.objects.create(
        token_hash=_hash(token),
        purpose=purpose,
        person=person,
        made_at=at,
        expires_at=at + LIFETIME,
    )
    record("link.issued", by=by, at=at, link=link.pk, person=person and person.pk)
    return reverse(f"access:{purpose}", args=[token])


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
