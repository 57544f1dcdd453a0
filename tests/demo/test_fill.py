"""The demonstration fills an empty home through the verbs that people use, once."""

from datetime import UTC, date, datetime

import pytest

from holdfast.access import actors
from holdfast.demo import actions, wholesaler
from holdfast.know.accounts.models import Account
from holdfast.know.orders.models import Order
from holdfast.know.standing.models import Standing

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
BY = actors.job("test")


def fill() -> list[str]:
    said: list[str] = []
    actions.fill(clients=12, by=BY, at=AT, say=said.append)
    return said


@pytest.mark.django_db(transaction=True)
def test_a_second_start_leaves_what_is_there():
    first = fill()
    orders = Order.objects.count()

    second = fill()

    assert Account.objects.count() == Standing.objects.count() == 12
    assert orders == Order.objects.count() > 12
    assert "12" in first[0]
    assert len(second) == len(first) - 1  # nothing was simulated again


@pytest.mark.django_db(transaction=True)
def test_a_company_that_is_there_is_left_alone(owner):
    with pytest.raises(actions.CannotFill, match="HOLDFAST_HOME"):
        fill()

    assert Account.objects.count() == 0


def test_one_seed_is_one_company():
    book = wholesaler.clients(5)
    until = date(2026, 11, 23)

    assert book == wholesaler.clients(5)
    lines = wholesaler.order_lines(book, until=until)
    assert lines.equals(wholesaler.order_lines(book, until=until))
    assert max(at.date() for at in lines["at"].to_pylist()) < until


def test_every_client_has_a_name_of_its_own():
    assert len({client.name for client in wholesaler.clients(1_000)}) == 1_000
