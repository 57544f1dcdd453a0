"""Pages by place: every row once, in order, whatever is missing, equal or new; held by indexes."""

import random
from datetime import date

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from holdfast.know.accounts.models import Account
from holdfast.know.standing import paging
from holdfast.know.standing.listing import Listing
from holdfast.know.standing.models import Band, Segment, Standing
from holdfast.know.standing.wanted import SORTS, Wanted
from tests.factories.know import AccountFactory, StandingFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 3)


def listing(address: str = "") -> Listing:
    return Listing(Wanted.parse(QueryDict(address)), None, DAY)


def forwards(wanted: Listing, size: int = 4) -> list[int]:
    """Every id, page by page, each page asked for by its address."""
    page, found = paging.page(wanted.phases, size=size), []
    while True:
        found += page.ids
        if page.next is None:
            return found
        place = paging.placed(str(page.next), wanted.phases)
        page = paging.page(wanted.phases, after=place, size=size)


def backwards(wanted: Listing, size: int = 4) -> list[int]:
    """The same from the last page to the first."""
    page = paging.page(wanted.phases, size=size)
    while page.next:
        page = paging.page(wanted.phases, after=page.next, size=size)
    found = page.ids
    while page.previous:
        place = paging.placed(str(page.previous), wanted.phases)
        page = paging.page(wanted.phases, before=place, size=size)
        found = page.ids + [one for one in found if one not in page.ids]
    return found


@pytest.fixture
def accounts() -> None:
    """Thirty with few distinct values, so that most are equal or missing; two not looked at."""
    dice = random.Random(7)  # noqa: S311
    for _number in range(28):
        StandingFactory(
            account__name=dice.choice(["Åke", "ake", "Zorn", "Берёзка", "2"]),
            segment=dice.choice(Segment.values),
            band=dice.choice(Band.values),
            segment_score=dice.choice([None, 0.1, 0.30000000000000004, 75.0]),
            health=dice.choice([None, 0.0, 70.0]),
            revenue_365_minor=dice.choice([None, -500, 0, 2**40]),
            last_purchase_on=dice.choice([None, date(2025, 1, 1), date(2026, 3, 1)]),
        )
    AccountFactory.create_batch(2)


def in_memory(order: str) -> list[int]:
    """What the list should be: by value, equal ones by id, missing ones after, the others last."""
    descending, name = order.startswith("-"), order.removeprefix("-")
    if name == "name":
        every = sorted(Account.objects.all(), key=lambda one: (one.sort_key, one.pk))
        return [one.pk for one in (every[::-1] if descending else every)]
    columns = {"score": "segment_score", "revenue": "revenue_365_minor", "health": "health"}
    column = columns.get(name, "last_purchase_on")
    pairs = list(Standing.objects.values_list(column, "pk"))
    known = sorted((pair for pair in pairs if pair[0] is not None), reverse=descending)
    missing = sorted(pk for value, pk in pairs if value is None)
    others = Account.objects.filter(standing=None).order_by("pk").values_list("pk", flat=True)
    return [*(pk for _value, pk in known), *missing, *others]


@pytest.mark.parametrize("order", [sign + sort for sort in SORTS for sign in ("", "-")])
def test_every_row_comes_once_in_order_both_ways(accounts: None, order: str) -> None:
    wanted, right = listing(f"sort={order}"), in_memory(order)

    assert len(right) == 30
    assert forwards(wanted) == right
    assert backwards(wanted) == right
    assert [one for ids in paging.every(wanted.phases, at_once=7) for one in ids] == right


@pytest.mark.parametrize("size", [1, 29, 30, 31])
def test_pages_of_any_size_fit_together(accounts: None, size: int) -> None:
    assert forwards(listing(), size) == backwards(listing(), size) == in_memory("-revenue")


@pytest.mark.parametrize("order", ["-revenue", "health", "purchase", "name"])
def test_filters_keep_the_order(accounts: None, order: str) -> None:
    kept = set(
        Standing.objects.filter(
            segment__in="AB", band__in=["healthy", "unknown"], last_purchase_on__lt=DAY
        )
        .exclude(last_purchase_on=date(2026, 3, 1))
        .values_list("pk", flat=True)
    )
    wanted = listing(f"segment=A&segment=B&band=healthy&band=unknown&quiet=90&sort={order}")

    assert kept
    assert forwards(wanted, 2) == [pk for pk in in_memory(order) if pk in kept]
    assert wanted.count() == len(kept)


def test_rows_that_come_meanwhile_neither_repeat_nor_hide_others() -> None:
    made = [StandingFactory(revenue_365_minor=1000 - number) for number in range(9)]
    first = paging.page(listing().phases, size=3)
    StandingFactory(revenue_365_minor=5000)  # before the place
    StandingFactory(revenue_365_minor=998)  # equal to the last one shown, with a larger id
    second = paging.page(listing().phases, after=first.next, size=3)
    again = paging.page(listing().phases, before=second.previous, size=3)

    assert first.ids == [one.pk for one in made[:3]]
    assert second.ids == [one.pk for one in made[3:6]]
    assert set(first.ids) - {made[0].pk} <= set(again.ids)


def test_back_to_the_start_is_a_whole_page() -> None:
    made = [StandingFactory(revenue_365_minor=1000 - number) for number in range(5)]
    second = paging.page(listing().phases, after=paging.page(listing().phases, size=2).next, size=3)

    assert paging.page(listing().phases, before=second.previous, size=3).ids == [
        one.pk for one in made[:3]
    ]


def test_a_place_beyond_the_end_starts_again() -> None:
    made = StandingFactory()
    beyond = paging.placed(f"1.{made.pk + 9}.", listing().phases)

    assert paging.page(listing().phases, after=beyond).ids == [made.pk]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "0.1",
        "9.1.5",
        "-1.1.5",
        "0.x.5",
        "0.1.x",
        f"0.1.{2**63}",
        f"0.{2**63}.1",
        "0.1.",
        "0.1.1e9",
    ],
)
def test_an_address_that_is_no_place_is_no_place(text: str) -> None:
    assert paging.placed(text, listing().phases) is None


def test_a_name_with_what_no_text_can_hold_is_no_place() -> None:
    assert paging.placed("0.1.a\x00b", listing("sort=name").phases) is None
    assert paging.placed("0.1.a.b", listing("sort=name").phases) == paging.Place(0, "a.b", 1)


@pytest.fixture
def many() -> int:
    """Sixty thousand, straight into the tables."""
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into accounts_account (external_id, name, sort_key, search_words)"
            " select 'E' || n, 'Name ' || n, 'name ' || lpad((n * 7919 % 60000)::text, 6, '0'),"
            " ' name ' || n || ' e' || n from generate_series(1, 60000) n"
        )
        cursor.execute(
            "insert into standing_standing (account_id, as_of, segment, segment_score,"
            " segment_coverage, health, health_coverage, band, revenue_365_minor,"
            " last_purchase_on, signals)"
            " select id, '2026-03-03', (array['A','B','C','D'])[1 + id % 4], id % 101,"
            " 1, nullif(id % 103, 0), 1, (array['healthy','unhealthy','unknown'])[1 + id % 3],"
            " (id * 7919) % 1000003, date '2026-03-01' - (id % 400)::int, '{}'"
            " from accounts_account where id % 60000 <> 1"
        )
        cursor.execute("analyze accounts_account")
        cursor.execute("analyze standing_standing")
    return 60_000


@pytest.mark.parametrize("address", ["", "segment=D&band=unhealthy", "segment=A&segment=B"])
def test_no_page_reads_or_sorts_a_whole_table(many: int, address: str) -> None:
    for order in (sign + sort for sort in SORTS for sign in ("", "-")):
        wanted = listing(f"{address}&sort={order}")
        page = paging.page(wanted.phases)
        with CaptureQueriesContext(connection) as asked:
            second = paging.page(wanted.phases, after=page.next)
            paging.page(wanted.phases, before=second.previous)
            wanted.count()
        plans = {query["sql"]: most_read(query["sql"]) for query in asked.captured_queries}

        assert len(page.ids) == len(second.ids) == paging.SIZE
        assert 3 <= len(plans) <= 6
        assert {sql: read for sql, read in plans.items() if read > many / 6} == {}


def most_read(statement: str) -> int:
    """Runs it once more; the most rows that one step of its plan read or threw away."""
    with connection.cursor() as cursor:
        cursor.execute(f"explain (analyze, format json) {statement.replace('%', '%%')}")
        top = cursor.fetchone()[0][0]["Plan"]
    steps = [top]
    for step in steps:
        steps += step.get("Plans", [])
    read = [
        (step["Actual Rows"] + step.get("Rows Removed by Filter", 0)) * step["Actual Loops"]
        for step in steps
    ]
    return int(max(read))
