"""Who came by a one-time link has no password yet, and can choose one."""

import pytest
from django.test import Client

from holdfast.access import people


@pytest.fixture
def guest(db, by, at) -> Client:
    """The browser of an owner who has no password."""
    person = people.create_owner(email="ana@example.com", name="Ana", by=by, at=at)
    browser = Client()
    browser.force_login(person)
    return browser


def test_the_page_asks_for_one_twice_in_our_words(guest):
    page = guest.get("/password/set/").content.decode()

    assert "A password" in page
    assert "The password, again" in page
    assert "placeholder" not in page.split("password1")[1][:200]


def test_the_password_chosen_signs_in(guest):
    chosen = {"password1": "walrus on a bicycle", "password2": "walrus on a bicycle"}

    assert guest.post("/password/set/", chosen).status_code == 302

    answer = Client().post(
        "/sign-in/", {"login": "ana@example.com", "password": "walrus on a bicycle"}
    )
    assert answer.status_code == 302


def test_a_weak_one_is_refused(guest):
    answer = guest.post("/password/set/", {"password1": "short", "password2": "short"})

    assert answer.status_code == 200
    assert "12" in answer.content.decode()
