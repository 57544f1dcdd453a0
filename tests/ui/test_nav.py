"""The masthead shows areas that have a page the reader may open, and where they are."""

import pytest
from django.test import RequestFactory
from django.urls import resolve

from holdfast.ui import nav


@pytest.fixture(autouse=True)
def registry(monkeypatch):
    """Only the pages of the test, and real addresses for them."""
    monkeypatch.setattr(nav, "_pages", {area.name: [] for area in nav.AREAS})
    monkeypatch.setattr(nav, "_places", {})


def request(address: str = "/ui/"):
    made = RequestFactory().get(address)
    made.resolver_match = resolve(address)
    return made


def test_an_area_without_pages_is_not_shown():
    nav.page("know", "Accounts", "web:gallery")

    assert [str(link.label) for link in nav.sections(request()).areas] == ["Know"]


def test_the_page_one_is_on_is_current_and_so_is_its_area():
    nav.page("today", "Today", "account_login")
    nav.page("know", "Gallery", "web:gallery")
    nav.page("know", "Sign in", "account_login", order=1)

    found = nav.sections(request())

    assert [link.current for link in found.areas] == ["", "true"]
    assert [link.current for link in found.pages] == ["page", ""]


def test_a_page_that_is_part_of_another_marks_it():
    nav.page("know", "Sign in", "account_login", also=("web:gallery",))

    assert [link.current for link in nav.sections(request()).pages] == ["true"]


def test_today_has_no_pages_of_its_own():
    nav.page("today", "Today", "web:gallery")

    found = nav.sections(request())

    assert ([link.current for link in found.areas], found.pages) == (["page"], [])


def test_nobody_sees_a_page_they_may_not_open():
    nav.page("know", "Gallery", "web:gallery", allowed=lambda request: False)

    assert nav.sections(request()).areas == []


def test_pages_stand_in_their_order():
    nav.page("know", "Second", "web:gallery", order=2)
    nav.page("know", "First", "account_login", order=1)

    assert [link.label for link in nav.sections(request()).pages] == ["First", "Second"]


def test_registering_again_replaces():
    nav.page("know", "Old", "web:gallery")
    nav.page("know", "New", "web:gallery")

    assert [link.label for link in nav.sections(request()).pages] == ["New"]


def test_an_unknown_area_says_which_there_are():
    with pytest.raises(nav.UnknownArea, match="today, know"):
        nav.page("sell", "Deals", "web:gallery")


def test_a_page_at_no_address_of_ours_has_a_masthead_all_the_same():
    nav.page("know", "Gallery", "web:gallery")
    lost = RequestFactory().get("/nowhere/")
    lost.resolver_match = None

    assert [link.current for link in nav.sections(lost).areas] == [""]


def test_a_place_nobody_registered_is_nowhere():
    assert nav.where("find") == ""
