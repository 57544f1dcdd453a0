"""What a person decides about the company."""

from datetime import date, datetime
from zoneinfo import available_timezones

from django.db import transaction
from django.utils.translation import gettext as _

from holdfast import facts
from holdfast.access.actors import Actor
from holdfast.know.company.models import Company
from holdfast.lib import money


class CannotDescribe(Exception):
    """Nothing is changed; the message says which value is wrong and what would be right."""


@transaction.atomic
def describe(
    *,
    name: str,
    currency: str,
    time_zone: str,
    looked_at_on: date | None,
    ticket_minutes: int | None = None,
    by: Actor,
    at: datetime,
) -> Company:
    """Set what the company is called, how it counts, and the day it is looked at (none: today).

    Without `ticket_minutes`, a ticket goes on taking as long as it did.
    """
    if currency not in money.KNOWN:
        raise CannotDescribe(
            _("“%(currency)s” is not a currency code. Give three letters such as EUR or GBP.")
            % {"currency": currency}
        )
    if time_zone not in available_timezones():
        raise CannotDescribe(
            _("“%(zone)s” is not a time zone. Give one such as Europe/Chisinau.")
            % {"zone": time_zone}
        )
    company = Company.get()
    company.name, company.currency, company.time_zone = name, currency, time_zone
    company.looked_at_on = looked_at_on
    if ticket_minutes is not None:
        company.ticket_minutes = ticket_minutes
    company.save()
    facts.record("company.described", by=by, at=at)
    return company


@transaction.atomic
def look_at(*, day: date | None, by: Actor, at: datetime) -> Company:
    """Look at the company as of this day from now on; none: as of today."""
    company = Company.get()
    company.looked_at_on = day
    company.save(update_fields=["looked_at_on"])
    facts.record("company.described", by=by, at=at)
    return company
