"""Who needs us first: key clients not known to be well, by what is at stake.

The order is a year's revenue × the likelihood of loss. As likelihood stands the distance from the
middle of the range that health could have to 100, as a share: 0 at certain 100, 1 at certain 0. It
falls as health rises, and says of an unknown client what its span allows. A rank, no forecast.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, FloatField, QuerySet
from django.db.models.functions import Cast

from holdfast.access.models import Person
from holdfast.assess.scorecards.models import Assessment
from holdfast.know.accounts.models import Account
from holdfast.know.standing.models import KEY, Band, Standing
from holdfast.web import addresses
from holdfast.web.seen import Seen, earlier, many
from holdfast.web.whys import Why, why

LENGTH = 5


@dataclass(frozen=True)
class Item:
    """One client of the queue. `seen` is None when the look does not know it yet."""

    standing: Standing
    why: Why
    edges: str

    @property
    def name(self) -> str:
        return self.standing.account.name

    @property
    def address(self) -> str:
        return addresses.account(self.standing.account_id)

    @property
    def do_address(self) -> str:
        return addresses.account(self.standing.account_id, self.why.part)


def waiting(person: Person) -> QuerySet[Standing]:
    """Key clients with something to lose that are not known to be healthy."""
    visible = Account.objects.visible_to(person)
    ours = Standing.objects.filter(segment__in=KEY, account__in=visible)
    return ours.filter(revenue_365_minor__gt=0).exclude(band=Band.HEALTHY)


def ordered(standings: QuerySet[Standing]) -> QuerySet[Standing]:
    """The most at stake first."""
    likelihood = (200.0 - F("health_low") - F("health_high")) / 200.0
    stake = Cast(F("revenue_365_minor"), FloatField()) * likelihood
    return standings.annotate(stake=stake).order_by(F("stake").desc(), "account_id")


def first(person: Person, look: Assessment) -> list[Item]:
    """The head of the queue, each with why."""
    head = list(ordered(waiting(person)).select_related("account")[:LENGTH])
    ids = [standing.account_id for standing in head]
    now, compared = many(look, ids), earlier(look)
    before = many(compared, ids) if compared else {}
    return [
        Item(standing, _why(standing.account_id, now, before), edges(look))
        for standing in head
        if standing.account_id in now
    ]


def edges(look: Assessment) -> str:
    """Where the bands of health part, as `<c-range>` takes them."""
    return " ".join(f"{band.start:g}" for band in look.health.card.bands[1:])


def _why(account_id: int, now: dict[int, Seen], before: dict[int, Seen]) -> Why:
    return why(now[account_id], before.get(account_id))


def totals(person: Person) -> dict[str, Any]:
    """How many key clients there are, and how many of them wait."""
    visible = Account.objects.visible_to(person)
    key = Standing.objects.filter(segment__in=KEY, account__in=visible)
    return {"key": key.count(), "waiting": waiting(person).count()}
