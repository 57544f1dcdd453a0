"""One-time links: they work once, for a day, and only on the button."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from holdfast.access import links, people
from holdfast.access.actors import STRANGER
from holdfast.access.models import Link, Person, Purpose
from holdfast.facts.models import Fact
from holdfast.lib.days import now

ANA = {"name": "Ana", "email": "ANA@Example.com", "password": "walrus on a bicycle"}


@pytest.fixture
def welcome(db, by):
    return links.issue_welcome(by=by, at=now())


@pytest.fixture
def enter(owner, by):
    return links.issue_entry(person=owner, by=by, at=now())


def kinds():
    return set(Fact.objects.values_list("kind", flat=True))


def test_the_first_link_makes_the_owner_and_signs_in(client, welcome):
    assert client.get(welcome).status_code == 200
    answer = client.post(welcome, ANA)

    ana = Person.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.session["_auth_user_id"] == str(ana.pk)
    assert (ana.email, ana.role) == ("ana@example.com", "owner")
    assert ana.check_password(ANA["password"])
    assert {"link.used", "person.created", "person.signed-in"} <= kinds()


@pytest.mark.parametrize(
    "password", ["short", "123456789012345", "1q2w3e4r5t6y", "ana@example.com", ""]
)
def test_a_weak_password_is_refused_and_the_link_still_works(client, welcome, password):
    answer = client.post(welcome, ANA | {"password": password})

    assert answer.status_code == 200
    assert answer.context["form"].errors["password"]
    assert not Person.objects.exists()
    assert client.post(welcome, ANA).status_code == 302


def test_looking_uses_nothing_up(client, enter):
    for _scanner in range(3):
        assert Client().get(enter).status_code == 200
        assert Client().head(enter).status_code == 405

    assert client.post(enter).status_code == 302
    assert "_auth_user_id" in client.session


def test_a_used_link_is_closed_and_says_what_to_do(client, enter):
    Client().post(enter)

    for answer in (client.get(enter), client.post(enter)):
        assert answer.status_code == 410
        assert "Start Holdfast again" in answer.content.decode()
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(("later", "status"), [(-1, 302), (0, 410), (1, 410)])
def test_a_link_lasts_a_day_to_the_second(client, enter, time_machine, later, status):
    expires_at = Link.objects.get().expires_at
    time_machine.move_to(expires_at + timedelta(seconds=later), tick=False)
    assert client.post(enter).status_code == status


@pytest.mark.parametrize("token", ["x", "%00", "a" * 2000, "é"])
def test_a_made_up_link_is_closed(db, client, token):
    for door in ("welcome", "enter"):
        assert client.get(f"/{door}/{token}/").status_code == 410


def test_a_link_opens_only_its_own_door(client, enter):
    other = enter.replace("/enter/", "/welcome/")
    assert client.post(other, ANA).status_code == 410
    assert Link.objects.get().used_at is None


def test_only_a_hash_is_kept(enter):
    token = enter.split("/")[2]
    kept = " ".join(str(value) for value in Link.objects.values_list().get())
    assert token not in kept


def test_there_is_one_owner(welcome, owner, client, by, at):
    answer = client.post(welcome, ANA | {"email": "other@example.com"})
    assert answer.status_code == 410
    assert "has an owner already" in answer.content.decode()
    with pytest.raises(links.AlreadyOwned):
        links.issue_welcome(by=by, at=at)
    with pytest.raises(links.AlreadyOwned):
        people.create_owner(email="x@example.com", name="X", by=by, at=at)


def test_a_new_first_link_ends_the_one_before(client, welcome, by):
    newer = links.issue_welcome(by=by, at=now())
    assert client.get(welcome).status_code == 410
    assert client.get(newer).status_code == 200


def test_an_owner_without_a_password_comes_by_link_only(client, db, by, at):
    ana = people.create_owner(email="ana@example.com", name="Ana", by=by, at=at)
    assert not ana.has_usable_password()
    assert client.post("/sign-in/", {"login": ana.email, "password": ""}).status_code == 200
    assert client.post(links.issue_entry(person=ana, by=by, at=now())).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_comes_in(owner, by):
    token = links.issue_entry(person=owner, by=by, at=now()).split("/")[2]

    def use(_n: int) -> bool:
        try:
            links.use(token=token, purpose=Purpose.ENTER, by=STRANGER, at=now())
        except links.CannotUse:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(8) as threads:
        assert sorted(threads.map(use, range(8))) == [False] * 7 + [True]
    assert Fact.objects.filter(kind="link.used").count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_first_owners_at_once_one_is_made(by):
    token = links.issue_welcome(by=by, at=now()).split("/")[2]

    def begin(n: int) -> bool:
        try:
            words = {"email": f"p{n}@example.com", "name": "P", "password": "walrus on a bicycle"}
            people.welcome(token=token, **words, by=STRANGER, at=now())
        except links.CannotUse:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(6) as threads:
        assert sorted(threads.map(begin, range(6))) == [False] * 5 + [True]
    assert Person.objects.count() == 1
