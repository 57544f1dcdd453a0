"""A view behind a permission lets its holder pass, refuses others, sends strangers to sign in."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse

from holdfast.access import actors, guards
from holdfast.access.models import Person
from holdfast.access.roles import Permission


@guards.needs(Permission.ASSESS)
def view(request, word):
    return HttpResponse(f"{word} {guards.person(request).name}")


@pytest.fixture
def ask(rf):
    def ask(person):
        request = rf.get("/some/where/?a=1")
        request.user = person
        return view(request, word="hello")

    return ask


def test_an_owner_may_everything(owner, ask):
    assert ask(owner).content == b"hello Ana Owner"
    assert all(owner.may(permission) for permission in Permission)


def test_a_role_without_the_permission_is_refused_with_a_hint(ask):
    guest = Person(email="guest@example.com", name="Guest", role="guest")
    with pytest.raises(PermissionDenied, match="Ask an owner"):
        ask(guest)


def test_a_stranger_is_sent_to_sign_in(ask):
    assert ask(AnonymousUser())["Location"] == "/sign-in/?next=/some/where/%3Fa%3D1"


def test_behind_no_guard_there_is_no_person(rf):
    request = rf.get("/")
    request.user = AnonymousUser()
    with pytest.raises(PermissionDenied):
        guards.person(request)


def test_a_view_carries_what_the_house_test_reads():
    assert view.permission == Permission.ASSESS


def test_actors_have_a_reference(owner, monkeypatch):
    monkeypatch.setenv("LOGNAME", "vera")
    assert [owner.reference, actors.command().reference, actors.job("nightly").reference] == [
        f"person:{owner.pk}", "command:vera", "job:nightly",
    ]  # fmt: skip
    assert actors.token(4).reference == "token:4"


def test_people_and_links_say_who_they_are(owner, by, at):
    from holdfast.access import links

    links.issue_entry(person=owner, by=by, at=at)
    assert str(owner) == "Ana Owner"
    assert str(owner.links.get()) == "enter until 2026-11-24 09:00"
    assert list(Person.objects.visible_to(owner)) == [owner]
