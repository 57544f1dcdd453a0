"""Finding: accounts by name or id, pages by name; nothing asked finds nothing."""

import re

import pytest
from django.urls import reverse

from tests import look
from tests.factories.know import AccountFactory, StandingFactory


def found(browser, asked: str) -> list[str]:
    html = browser.get("/find/", {"q": asked}).content.decode()
    return re.findall(r'<th scope="row"><a href="/accounts/\d+/">([^<]*)</a>', html)


def title(browser, asked: str) -> str:
    html = browser.get("/find/", {"q": asked}).content.decode()
    return re.search(r"<h1>([^<]*)</h1>", html)[1]


@pytest.fixture
def three(db):
    """Two of them share the beginning of an id, and a name holds that id, too."""
    AccountFactory(name="Nordvik Sjømat", external_id="13085")
    AccountFactory(name="Молочный край", external_id="13085-2")
    AccountFactory(name="Aurul 13085", external_id="7")


def test_who_may_ask(cast):
    assert cast.owner.get("/find/").status_code == 200
    assert cast.stranger.get("/find/?q=x").status_code == 302


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("sjomat nord", ["Nordvik Sjømat"]),
        ("МОЛОЧ", ["Молочный край"]),
        ("7", ["Aurul 13085"]),
        ("ordvik", []),
        ("", []),
        ("   ", []),
        ("%", []),
        ("_", []),
        ("' or 1=1 --", []),
        ("\0", []),
        ("x" * 5_000, []),
    ],
)
def test_what_answers(cast, three, asked, names):
    assert found(cast.owner, asked) == names


def test_the_account_of_exactly_that_id_comes_first(cast, three):
    names = found(cast.owner, "13085")

    assert names[0] == "Nordvik Sjømat"
    assert len(names) == 3


def test_what_was_found_is_one_sentence(cast, three):
    assert title(cast.owner, "") == "Find an account or a page"
    assert title(cast.owner, "nordvik") == "One account answers to “nordvik”"
    assert title(cast.owner, "13085") == "3 accounts answer to “13085”"
    assert title(cast.owner, "zzz") == "Nothing answers to “zzz”"
    assert title(cast.owner, "today") == "No account answers to “today”, but a page does"
    assert title(cast.owner, "<b>") == "Nothing answers to “&lt;b&gt;”"


def test_more_than_a_page_leads_to_the_list(cast, db):
    for number in range(27):
        AccountFactory(name=f"Mill {number:02d}")

    html = cast.owner.get("/find/", {"q": "mill"}).content.decode()

    assert title(cast.owner, "mill") == "More than 25 accounts answer to “mill”"
    assert len(found(cast.owner, "mill")) == 25
    assert f'href="{reverse("standing:board")}?q=mill"' in html


def test_what_is_thought_of_an_account_stands_beside_it(cast, db):
    StandingFactory(account__name="Known", segment="A", revenue_365_minor=123_400)

    html = cast.owner.get("/find/", {"q": "known"}).content.decode()

    assert 'class="band healthy"' in html
    assert 'class="segment a"' in html
    assert "€1,234" in html


def test_pages_are_found_by_name(cast, db):
    html = cast.owner.get("/find/", {"q": "acc"}).content.decode()

    assert f'<a href="{reverse("standing:board")}">Accounts</a></li>' in html


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_it_is_asked_by_keyboard_from_any_page(three, browser_state, live_server):
    with (
        look.browser() as chromium,
        look.drawn(chromium, live_server.url, state=browser_state) as (page, _found),
    ):
        page.keyboard.press("Control+k")
        page.keyboard.type("nordvik")
        page.keyboard.press("Enter")
        page.wait_for_url("**/find/**")
        page.keyboard.press("Tab")
        page.evaluate("document.activeElement.blur()")
        page.keyboard.press("j")
        page.keyboard.press("Enter")
        page.wait_for_url("**/accounts/**")

        assert page.locator("h1").inner_text() == "Nordvik Sjømat"


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("asked", ["13085", "today", ""])
def test_nothing_is_wrong_with_it(three, examined, asked):
    assert examined(f"/find/?q={asked}") == []
