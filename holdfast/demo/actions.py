"""Fill an empty home with the simulated wholesaler, through the same verbs that people use."""

from collections.abc import Callable
from datetime import date, datetime

import pyarrow as pa
from django.db import transaction
from django.utils.translation import gettext as _

from holdfast import facts
from holdfast.access import people
from holdfast.access.actors import Actor
from holdfast.access.models import Person
from holdfast.assess.scorecards import actions as scorecards
from holdfast.demo import wholesaler
from holdfast.facts.models import Fact
from holdfast.know.accounts import actions as accounts
from holdfast.know.company import actions as companies
from holdfast.know.company.models import Company
from holdfast.know.orders import actions as orders

OWNER = "demo@example.com"
FILLED = "demo.filled"


class CannotFill(Exception):
    """The home holds a real company; the demonstration wants one of its own."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This home holds a company already. Give the demonstration a home of its own: "
                "HOLDFAST_HOME=~/.holdfast-demo holdfast demo"
            )
        )


def fill(*, clients: int, by: Actor, at: datetime, say: Callable[[str], None]) -> Person:
    """The simulated company and the person who owns it; what is there already is left as it is."""
    if not Fact.objects.filter(kind=FILLED).exists():
        if Person.objects.exists():
            raise CannotFill
        say(_("Simulating a wholesaler with %(count)s clients.") % {"count": clients})
        _simulate(clients, by=by, at=at)
    say(_("Looking at every account, today and in the past year."))
    day = Company.get().as_of(at=at)
    scorecards.assess(as_of=day, by=by, at=at)
    scorecards.look_back(as_of=day, by=by, at=at)
    return Person.objects.owners().get()


@transaction.atomic
def _simulate(count: int, *, by: Actor, at: datetime) -> None:
    company = companies.describe(
        name="Brightwater Foods",
        currency="EUR",
        time_zone="Europe/Chisinau",
        looked_at_on=None,
        by=by,
        at=at,
    )
    people.create_owner(email=OWNER, name="Ines Carvalho", by=by, at=at)
    book = wholesaler.clients(count)
    named = pa.table({"external_id": [c.external_id for c in book], "name": [c.name for c in book]})
    accounts.receive(rows=named.cast(accounts.ACCOUNTS).to_batches(), by=by, at=at)
    orders.receive(rows=_lines(book, company.today(at=at)), by=by, at=at)
    facts.record(FILLED, by=by, at=at, accounts=count)


def _lines(book: list[wholesaler.Client], until: date) -> list[pa.RecordBatch]:
    made = wholesaler.order_lines(book, until=until)
    rows = pa.array(range(1, made.num_rows + 1), pa.int64())
    nothing = pa.nulls(made.num_rows, pa.string())
    whole = made.append_column("row", rows).append_column("currency", nothing)
    whole = whole.append_column("problem", nothing).select(orders.LINES.names)
    return whole.cast(orders.LINES).to_batches(max_chunksize=50_000)
