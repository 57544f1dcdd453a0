"""Who comes first: key clients not known to be well, by revenue × likelihood of loss."""

import pytest

from holdfast.know.standing.models import Band, Segment
from holdfast.web.queue import ordered, waiting
from tests.factories.know import StandingFactory

pytestmark = pytest.mark.django_db


def standing(name: str, *, health: float | None, revenue: int = 100_000, span=None, **other):
    low, high = span or (health, health)
    band = Band.UNKNOWN if health is None else Band.NOT_SO_HEALTHY
    return StandingFactory(
        **{
            "account__name": name,
            "segment": Segment.A,
            "band": band,
            "health": health,
            "health_low": low,
            "health_high": high,
            "revenue_365_minor": revenue,
            **other,
        }
    )


def names(owner) -> list[str]:
    return [each.account.name for each in ordered(waiting(owner))]


def test_more_revenue_comes_before_less_and_worse_before_better(owner):
    standing("small", health=60.0, revenue=10_000)
    standing("worse", health=40.0)
    standing("large", health=60.0, revenue=1_000_000)
    standing("better", health=65.0)

    assert names(owner) == ["large", "worse", "better", "small"]


def test_a_healthier_client_may_come_first_when_it_pays_enough_more(owner):
    standing("ill", health=20.0, revenue=100_000)  # 0.8 × 100,000
    standing("rich", health=60.0, revenue=201_000)  # 0.4 × 201,000

    assert names(owner) == ["rich", "ill"]


def test_an_unknown_client_counts_by_the_middle_of_what_it_could_be(owner):
    standing("known at 55", health=55.0)
    standing("unknown", health=None, span=(0.0, 100.0))
    standing("known at 45", health=45.0)

    assert names(owner) == ["known at 45", "unknown", "known at 55"]


def test_only_key_clients_with_something_to_lose_wait(owner):
    standing("well", health=90.0, band=Band.HEALTHY)
    standing("a C", health=10.0, segment=Segment.C)
    standing("of unknown segment", health=10.0, segment=Segment.UNKNOWN)
    standing("without revenue", health=10.0, revenue=0)
    standing("revenue unknown", health=10.0, revenue=None)
    standing("a B", health=10.0, segment=Segment.B)

    assert names(owner) == ["a B"]


def test_equals_stand_in_an_order_that_does_not_change(owner):
    made = [standing(f"equal {n}", health=50.0) for n in range(4)]

    assert [each.account_id for each in ordered(waiting(owner))] == sorted(
        each.account_id for each in made
    )
