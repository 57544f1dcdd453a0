"""Orders as they come, one or a million."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from holdfast.access.actors import Actor
from holdfast.facts.models import Fact
from holdfast.know.accounts.models import Account
from holdfast.know.orders import actions
from holdfast.know.orders.models import Order, OrderLine
from holdfast.lib import money
from holdfast.lib.kinds import Received

pytestmark = pytest.mark.django_db
MONDAY, TUESDAY = datetime(2026, 3, 2, 9, tzinfo=UTC), datetime(2026, 3, 3, 9, tzinfo=UTC)
Receive = Callable[..., Received]


def line(**said: Any) -> dict[str, Any]:
    row = {
        "account": "7",
        "order": "1",
        "at": MONDAY,
        "quantity": 1,
        "unit_price": 1,
        "product": "A",
        "currency": "GBP",
    }
    return row | said


def batch(*lines: dict[str, Any]) -> pa.RecordBatch:
    rows = [
        one
        | {
            "row": number,
            "quantity": Decimal(one["quantity"]),
            "unit_price": Decimal(one["unit_price"]),
        }
        for number, one in enumerate(lines, 1)
    ]
    return pa.RecordBatch.from_pylist(rows, actions.LINES)


@pytest.fixture
def receive(by: Actor, at: datetime) -> Receive:
    def receive(*lines: dict[str, Any], **said: Any) -> Received:
        given = {"create_accounts": True, "by": by, "at": at} | said
        return actions.receive(rows=[batch(*lines)], **given)

    return receive


def stored() -> list[tuple[str, str, Decimal]]:
    lines = OrderLine.objects.order_by("order__external_id", "product", "quantity")
    return list(lines.values_list("order__external_id", "product", "quantity"))


def test_an_order_has_the_time_of_its_earliest_line(receive: Receive) -> None:
    receive(line(at=TUESDAY), line(at=MONDAY, product="B"))

    order = Order.objects.get()
    assert (order.ordered_at, order.account.external_id, order.lines.count()) == (MONDAY, "7", 2)


def test_equal_lines_are_kept(receive: Receive) -> None:
    receive(line(), line())

    assert OrderLine.objects.count() == 2


def test_naming_an_order_replaces_its_lines_and_no_others(receive: Receive) -> None:
    receive(line(), line(product="B"), line(order="2"))
    known = set(OrderLine.objects.filter(order__external_id="2").values_list("pk", flat=True))

    received = receive(line(product="C"))

    assert stored() == [("1", "C", 1), ("2", "A", 1)]
    assert (
        set(OrderLine.objects.filter(order__external_id="2").values_list("pk", flat=True)) == known
    )
    assert received.created == {"accounts": 0, "orders": 0, "order_lines": 0}
    assert received.updated == {"accounts": 0, "orders": 1, "order_lines": 1}


def test_one_equal_line_fewer_is_a_change(receive: Receive) -> None:
    receive(line(), line(), line())

    assert receive(line(), line()).updated["order_lines"] == 2
    assert OrderLine.objects.count() == 2


def test_the_same_again_touches_nothing(receive: Receive) -> None:
    receive(line(), line(product="B", quantity="2.50"), line(order="2", account=None))
    before = (
        list(OrderLine.objects.order_by("pk").values()),
        list(Order.objects.order_by("pk").values()),
    )

    again = receive(line(product="B", quantity="2.5"), line(), line(order="2", account=None))

    assert (again.repeated, set(again.created.values()), set(again.updated.values())) == (
        3,
        {0},
        {0},
    )
    assert before == (
        list(OrderLine.objects.order_by("pk").values()),
        list(Order.objects.order_by("pk").values()),
    )


def test_a_new_time_or_account_moves_the_order_and_keeps_its_lines(receive: Receive) -> None:
    receive(line())
    kept = OrderLine.objects.get().pk

    received = receive(line(at=TUESDAY, account="8"))

    assert (received.updated, received.repeated) == (
        {"accounts": 0, "orders": 1, "order_lines": 0},
        1,
    )
    order = Order.objects.get()
    assert (order.ordered_at, order.account.external_id, OrderLine.objects.get().pk) == (
        TUESDAY,
        "8",
        kept,
    )


def test_lines_that_name_nobody_leave_a_known_order_its_account(receive: Receive) -> None:
    receive(line())

    received = receive(line(account=None))

    assert (received.repeated, received.without_account) == (1, 0)
    assert Order.objects.get().account.external_id == "7"


def test_an_order_has_one_account_by_most_of_its_lines(receive: Receive) -> None:
    refused: list[tuple[int, str]] = []

    received = receive(
        line(account="8"),
        line(product="B"),
        line(product="C"),
        line(product="D", account=None),
        rejected=refused.extend,
    )

    assert (received.rejected, Order.objects.get().account.external_id) == (1, "7")
    assert refused == [(1, "Order 1 is of account 7, by most of its lines or the first of them.")]
    assert not Account.objects.filter(external_id="8").exists()


def test_of_two_accounts_with_as_many_lines_the_first_has_the_order(receive: Receive) -> None:
    receive(line(account="b"), line(account="a"))

    assert Order.objects.get().account.external_id == "b"


def test_accounts_nobody_knows_are_rejected_unless_created(receive: Receive) -> None:
    refused: list[tuple[int, str]] = []
    receive(line())

    received = receive(
        line(order="2"),
        line(order="3", account="9"),
        create_accounts=False,
        rejected=refused.extend,
    )

    assert (received.rejected, received.created) == (
        1,
        {"accounts": 0, "orders": 1, "order_lines": 1},
    )
    assert refused == [(2, "No account has the id 9. Import with --create-accounts to create it.")]


def test_lines_without_an_order_are_known_by_what_they_say_and_how_often(receive: Receive) -> None:
    lines = [line(order=None), line(order=None), line(order=None, product="B")]

    first, again, more = (
        receive(*lines),
        receive(*reversed(lines)),
        receive(*lines, line(order=None)),
    )

    assert (first.created["orders"], again.repeated, more.created["orders"]) == (3, 3, 1)
    assert sorted(Order.objects.values_list("external_id", flat=True))[0].endswith("-0")


def test_a_line_of_its_own_keeps_its_id_whatever_the_default_currency(receive: Receive) -> None:
    receive(line(order=None, currency=None), currency="GBP")

    assert receive(line(order=None, currency=None), currency="EUR").created["orders"] == 0


@pytest.mark.parametrize(
    ("quantity", "price", "currency", "minor"),
    [
        ("1", "0.005", "GBP", 1),
        ("-1", "0.005", "GBP", -1),
        ("1", "0.0049", "GBP", 0),
        ("3", "0.001", "GBP", 0),
        ("5", "0.001", "GBP", 1),
        ("1", "10.5", "JPY", 11),
        ("-1", "10.5", "JPY", -11),
        ("1", "1.0005", "KWD", 1001),
        ("0.3333333333", "3", "GBP", 100),
        ("12", "6.95", "GBP", 8340),
    ],
)
def test_amounts_round_half_away_from_zero(
    receive: Receive, quantity: str, price: str, currency: str, minor: int
) -> None:
    receive(line(quantity=quantity, unit_price=price, currency=currency))

    assert OrderLine.objects.get().amount_minor == minor


@settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(
    st.lists(
        st.tuples(
            st.decimals(-9999, 9999, places=4),
            st.decimals(-9999, 9999, places=6),
            st.sampled_from(sorted(money.KNOWN)),
        ),
        min_size=1,
        max_size=20,
    )
)
def test_every_amount_is_exact(receive: Receive, lines: list[tuple[Decimal, Decimal, str]]) -> None:
    from decimal import ROUND_HALF_UP

    Order.objects.all().delete()
    receive(
        *(
            line(quantity=q, unit_price=p, currency=c, product=str(n))
            for n, (q, p, c) in enumerate(lines)
        )
    )

    expected = {
        str(n): int((q * p).scaleb(money.exponent(c)).quantize(Decimal(1), ROUND_HALF_UP))
        for n, (q, p, c) in enumerate(lines)
    }
    assert dict(OrderLine.objects.values_list("product", "amount_minor")) == expected


def test_without_a_currency_it_is_the_companys(receive: Receive) -> None:
    receive(line(currency=None))

    assert OrderLine.objects.get().currency == "EUR"


def test_an_unknown_currency_rejects_its_line(receive: Receive) -> None:
    refused: list[tuple[int, str]] = []

    receive(line(), line(product="B", currency="XYZ"), rejected=refused.extend)

    assert refused == [(2, "“XYZ” is not a currency. Give its three letters, like EUR.")]
    assert OrderLine.objects.count() == 1


def test_lines_that_say_too_little_are_rejected(receive: Receive, by: Actor, at: datetime) -> None:
    refused: list[tuple[int, str]] = []
    bare = pa.RecordBatch.from_pylist([{"row": 1}, {"row": 2, "at": MONDAY}], actions.LINES)

    received = actions.receive(rows=[bare], by=by, at=at, rejected=refused.extend)

    assert (received.rows, received.rejected) == (2, 2)
    assert [words for _row, words in refused] == [
        "The line says no time.",
        "The line says no quantity.",
    ]


def test_lines_without_account_are_counted_and_summed(receive: Receive) -> None:
    received = receive(
        line(account=None, unit_price=5),
        line(account=None, order="2", unit_price=-2),
        line(order="3"),
    )

    assert (received.without_account, received.amount_without_account_minor) == (2, 300)


def test_the_sum_without_account_is_in_the_companys_currency(receive: Receive) -> None:
    lines = [line(account=None, currency=code, product=code) for code in ("USD", "USD", "EUR")]

    received = receive(*lines)

    assert (received.without_account, received.amount_without_account_minor) == (3, 100)


def test_one_call_is_one_fact_of_numbers(receive: Receive) -> None:
    receive(line(), line(currency="XYZ"))

    fact = Fact.objects.get(kind="orders.received")
    assert fact.numbers == {
        "rows": 2,
        "rejected": 1,
        "repeated": 0,
        "accounts_created": 1,
        "orders_created": 1,
        "order_lines_created": 1,
        "accounts_updated": 0,
        "orders_updated": 0,
        "order_lines_updated": 0,
    }


def test_nothing_at_all_is_nothing(by: Actor, at: datetime) -> None:
    received = actions.receive(rows=[], by=by, at=at)

    assert (received.rows, received.rejected, received.repeated) == (0, 0, 0)


def test_a_batch_that_breaks_leaves_nothing(by: Actor, at: datetime) -> None:
    def lines():  # type: ignore[no-untyped-def]
        yield batch(line())
        raise RuntimeError("the source is gone")

    with pytest.raises(RuntimeError):
        actions.receive(rows=lines(), by=by, at=at, create_accounts=True)

    assert not Order.objects.exists()
    assert not Account.objects.exists()
