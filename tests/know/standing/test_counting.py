"""A list counts exactly to a thousand; then it says so, and has counted no further."""

from datetime import date

import pytest
from django.http import QueryDict

from holdfast.know.accounts.models import Account
from holdfast.know.standing import merge, paging
from holdfast.know.standing.board import said
from holdfast.know.standing.listing import Listing, rows
from holdfast.know.standing.models import Standing, Total
from holdfast.know.standing.wanted import Wanted
from tests.factories.know import AccountFactory, StandingFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 3)


def listing(address: str = "") -> Listing:
    return Listing(Wanted.parse(QueryDict(address)), None, DAY)


def accounts(count: int) -> None:
    made = Account.objects.bulk_create(AccountFactory.build_batch(count))
    Standing.objects.bulk_create(
        StandingFactory.build(account=account, segment="A") for account in made
    )


@pytest.mark.parametrize(
    ("count", "told"),
    [(999, "999"), (1000, "1,000"), (1001, "more than 1,000"), (1100, "more than 1,000")],
)
def test_to_a_thousand(count: int, told: str) -> None:
    accounts(count)

    assert said(listing().count()) == said(listing("segment=A").count()) == told
    assert listing("segment=B").count() == 0
    assert listing().count_bands() == {
        "unhealthy": 0, "not_so_healthy": 0, "healthy": min(count, 1001), "unknown": 0,
    }  # fmt: skip


def test_all_counts_those_nobody_has_looked_at() -> None:
    StandingFactory()
    AccountFactory()

    assert listing().count() == 2
    assert listing("segment=C").count() == 1


def test_the_search_narrows_lists_and_counts() -> None:
    accounts(1002)
    StandingFactory(account=AccountFactory(name="Нордвик Sjømat", external_id="N-1"), segment="B")

    assert listing("q=nordvik").count() == 0
    assert listing("q=sjomat").count() == listing("q=НОРДВИК+sjø&segment=B").count() == 1
    assert listing("q=account&segment=A").count() == 1001  # too many to name one by one
    assert listing("q=account&segment=B").count() == 0
    assert listing("q=%00'%3A*%26|!(").count() == 1001  # no word in it: not narrowed


@pytest.mark.parametrize("rare", [0, 20_000])
@pytest.mark.parametrize("order", ["name", "-revenue", "health"])
@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("q=ber", ["Берёза", "Bergen"]),
        ("q=+BERG.", ["Bergen"]),
        ("q=gen", []),  # in the middle of a word
        ("q=n-1+ber", ["Bergen"]),
        ("q=ber&band=unknown", ["Берёза"]),
        ("q=late", ["Latecomer"]),
        ("q=late&segment=C", []),
    ],
)
def test_words_find_the_same_however_many_have_them(
    monkeypatch: pytest.MonkeyPatch, rare: int, order: str, address: str, found: list[str]
) -> None:
    monkeypatch.setattr("holdfast.know.standing.listing.RARE", rare)
    StandingFactory(account__name="Берёза", account__external_id="ber-2", band="unknown")
    StandingFactory(account__name="Bergen", account__external_id="N-1")
    StandingFactory(account__name="Rosenberg")
    AccountFactory(name="Latecomer")
    wanted = listing(f"{address}&sort={order}")

    shown = rows(paging.page(wanted.phases).ids)

    assert sorted(row.account.name for row in shown) == sorted(found)
    assert wanted.count() == len(found)


def test_totals_are_counted_by_segment_and_band() -> None:
    StandingFactory(segment="A", band="healthy", revenue_365_minor=5)
    StandingFactory(segment="A", band="healthy", revenue_365_minor=None)
    StandingFactory(segment="D", band="unknown", revenue_365_minor=None)
    merge.total()
    StandingFactory(segment="D", band="unknown", revenue_365_minor=-3)
    merge.total()

    found = Total.objects.order_by("segment").values_list(
        "segment", "band", "accounts", "revenue_minor"
    )
    assert list(found) == [("A", "healthy", 2, 5), ("D", "unknown", 2, -3)]
