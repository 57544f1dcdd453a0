"""A fact holds ids and numbers, stays as it is, and queues its reactions."""

from datetime import date
from uuid import UUID

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from holdfast import facts
from holdfast.facts.actions import CannotRecord
from holdfast.facts.models import Fact
from holdfast.lib.append_only import CannotChange

pytestmark = pytest.mark.django_db


def test_a_fact_says_who_did_what_when_to_whom(by, at):
    fact = facts.record(
        "order.received", by=by, at=at, account_id=7, orders=3, day=date(2026, 1, 2)
    )

    kept = Fact.objects.get(pk=fact.pk)
    assert (kept.kind, kept.actor, kept.at, kept.account_id) == (
        "order.received",
        "job:test",
        at,
        7,
    )
    assert kept.numbers == {"orders": 3, "day": "2026-01-02"}


@pytest.mark.parametrize(
    "value",
    [
        1, 0.5, True, None, "A", "EUR", "not_so_healthy", "order-lines", [1, 2],
        "2026-01-02T03:04:05+00:00", {"a": 1, "b": {"c": None}}, UUID(int=5),
    ],
)  # fmt: skip
def test_numbers_codes_and_times_are_kept(by, at, value):
    facts.record("thing.happened", by=by, at=at, value=value)


@pytest.mark.parametrize(
    "value",
    [
        "Ana Popescu", "Ana", "ana@example.com", "", "x" * 65, float("nan"), float("inf"), object(),
        ["Ana Popescu"], {"Ana Popescu": 1}, {"name": "Ana Popescu"}, {1: 1}, b"ana",
    ],
)  # fmt: skip
def test_words_of_people_are_refused(by, at, value):
    with pytest.raises(CannotRecord, match="never words of people"):
        facts.record("thing.happened", by=by, at=at, value=value)
    assert not Fact.objects.exists()


@pytest.mark.parametrize("kind", ["received", "Order.Received", "order.", "order received", ""])
def test_a_kind_is_dotted(by, at, kind):
    with pytest.raises(IntegrityError), transaction.atomic():
        facts.record(kind, by=by, at=at)


def test_a_fact_is_never_changed_in_python(by, at):
    fact = facts.record("thing.happened", by=by, at=at)
    for change in (fact.save, fact.delete, Fact.objects.all().delete, Fact.objects.update):
        with pytest.raises(CannotChange, match="stays"):
            change()


@pytest.mark.parametrize("words", ["update facts_fact set kind = 'a.b'", "delete from facts_fact"])
def test_nor_in_the_database(by, at, words):
    facts.record("thing.happened", by=by, at=at)
    with (
        pytest.raises(DatabaseError, match="written once"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(words)


@app.task(name="tests.answer")
def answer(fact_id: int) -> None:
    """Nothing: only its row in the queue is looked at."""


@pytest.fixture
def reactions(monkeypatch):
    monkeypatch.setattr("holdfast.facts.actions._reactions", type(facts.actions._reactions)(dict))


def test_each_reaction_to_the_kind_is_queued_under_its_own_lock(reactions, by, at):
    facts.reaction("order.received", answer)
    facts.reaction("order.received", answer)  # said twice at start

    fact = facts.record("order.received", by=by, at=at)
    facts.record("order.cancelled", by=by, at=at)

    queued = ProcrastinateJob.objects.filter(task_name="tests.answer")
    assert list(queued.values_list("args", "lock")) == [({"fact_id": fact.pk}, "tests.answer")]


@pytest.mark.django_db(transaction=True)
def test_a_fact_undone_leaves_no_reaction(reactions, by, at):
    facts.reaction("order.received", answer)

    with transaction.atomic():
        facts.record("order.received", by=by, at=at)
        transaction.set_rollback(True)

    assert not ProcrastinateJob.objects.filter(task_name="tests.answer").exists()
    assert not Fact.objects.exists()
