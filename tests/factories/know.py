"""Clients and what they bought. Say only what the test is about."""

from datetime import UTC, date, datetime
from decimal import Decimal

import factory

from holdfast.know.accounts.models import Account
from holdfast.know.orders.models import Order, OrderLine
from holdfast.know.standing.models import Band, Segment, Standing
from holdfast.lib.words import search_words, sort_key


class AccountFactory(factory.django.DjangoModelFactory):
    """A client that has bought nothing yet."""

    class Meta:
        model = Account

    external_id = factory.Sequence("A-{:04d}".format)
    name = factory.Sequence("Account {:04d}".format)
    sort_key = factory.LazyAttribute(lambda made: sort_key(made.name))
    search_words = factory.LazyAttribute(lambda made: search_words(made.name, made.external_id))


class OrderFactory(factory.django.DjangoModelFactory):
    """An order of one line, ten pounds. `lines=[(quantity, price), …]` says otherwise."""

    class Meta:
        model = Order
        skip_postgeneration_save = True

    external_id = factory.Sequence("O-{:05d}".format)
    account = factory.SubFactory(AccountFactory)
    ordered_at = datetime(2026, 3, 2, 12, tzinfo=UTC)

    @factory.post_generation
    def lines(self, create, extracted, currency="EUR", **kwargs):
        for quantity, price in extracted if extracted is not None else [(1, "10.00")]:
            OrderLineFactory(order=self, quantity=quantity, unit_price=price, currency=currency)


class OrderLineFactory(factory.django.DjangoModelFactory):
    """One box."""

    class Meta:
        model = OrderLine

    order = factory.SubFactory(OrderFactory, lines=[])
    product = "Flour"
    quantity = Decimal(1)
    unit_price = Decimal("10.00")
    currency = "EUR"
    amount_minor = factory.LazyAttribute(
        lambda made: int(Decimal(made.quantity) * Decimal(made.unit_price) * 100)
    )


class StandingFactory(factory.django.DjangoModelFactory):
    """A healthy C client."""

    class Meta:
        model = Standing

    account = factory.SubFactory(AccountFactory)
    as_of = date(2026, 3, 3)
    segment = Segment.C
    segment_score = 40.0
    segment_low = 35.0
    segment_high = 55.0
    segment_coverage = 0.8
    health = 80.0
    health_low = 75.0
    health_high = 85.0
    health_coverage = 0.9
    band = Band.HEALTHY
    revenue_365_minor = 100_000
    last_purchase_on = date(2026, 3, 1)
    signals = factory.LazyFunction(dict)
