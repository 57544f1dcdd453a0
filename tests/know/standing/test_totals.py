"""Totals follow the standing: whoever replaces it counts it anew."""

import pytest

from holdfast.know.standing import merge
from holdfast.know.standing.models import Total
from tests.factories.know import StandingFactory

pytestmark = pytest.mark.django_db


def test_replacing_the_standing_counts_it_anew() -> None:
    StandingFactory(segment="A")
    merge.total()
    assert Total.objects.get().accounts == 1

    merge.replace([])

    assert not Total.objects.exists()
