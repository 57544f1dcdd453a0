"""Accounts as they come."""

from datetime import datetime

import pyarrow as pa
import pytest

from holdfast.access.actors import Actor
from holdfast.facts.models import Fact
from holdfast.know.accounts import actions
from holdfast.know.accounts.models import Account

pytestmark = pytest.mark.django_db


def rows(*pairs: tuple[str, str | None]) -> list[pa.RecordBatch]:
    named = [{"external_id": external_id, "name": name} for external_id, name in pairs]
    return [pa.RecordBatch.from_pylist(named, actions.ACCOUNTS)]


def test_new_accounts_are_found_by_name_and_id(by: Actor, at: datetime) -> None:
    received = actions.receive(rows=rows(("C-7", "Берёзка SRL"), ("13085", None)), by=by, at=at)

    assert (received.created, received.rows) == ({"accounts": 2}, 2)
    assert Account.objects.search("березка").get().external_id == "C-7"
    assert Account.objects.search("13085").get().name == "13085"
    assert Fact.objects.get(kind="accounts.received").numbers == {
        "rows": 2,
        "created": 2,
        "updated": 0,
    }


def test_a_known_account_is_renamed_only_when_a_name_is_given(by: Actor, at: datetime) -> None:
    actions.receive(rows=rows(("1", "Ana"), ("2", "Ion")), by=by, at=at)

    received = actions.receive(rows=rows(("1", "Ana SRL"), ("2", None)), by=by, at=at)

    assert (received.created, received.updated, received.repeated) == (
        {"accounts": 0},
        {"accounts": 1},
        1,
    )
    assert set(Account.objects.values_list("name", "sort_key")) == {
        ("Ana SRL", "ana srl"),
        ("Ion", "ion"),
    }


def test_an_account_named_twice_comes_once(by: Actor, at: datetime) -> None:
    received = actions.receive(rows=rows(("1", None), ("1", "Ana"), ("1", None)), by=by, at=at)

    assert received.created == {"accounts": 1}
    assert Account.objects.get().name == "Ana"
