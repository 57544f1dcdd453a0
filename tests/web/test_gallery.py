"""The gallery: for the owner, without a style attribute, and sound in a real browser."""

import re
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone

from holdfast.access import links
from tests import look


def test_who_may_see_it(cast):
    assert cast.owner.get("/ui/").status_code == 200
    stranger = cast.stranger.get("/ui/")
    assert stranger.status_code == 302
    assert stranger.headers["Location"].startswith(reverse("account_login"))


def test_no_style_and_no_script_stands_in_the_page(cast):
    html = cast.owner.get("/ui/").content.decode()

    assert not re.search(r"\sstyle=|<style|\son[a-z]+=", html)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", html))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_theme_is_known_before_the_first_picture(cast, theme):
    cast.owner.cookies["theme"] = theme

    assert f'data-theme="{theme}"' in cast.owner.get("/ui/").content.decode()


@pytest.fixture
def signed_in(transactional_db, cast, live_server):
    """What a browser needs to be the owner."""
    return look.session(live_server.url, cast.owner.cookies["session"].value)


@pytest.mark.browser
@pytest.mark.parametrize("scheme", look.SCHEMES)
def test_nothing_is_wrong_with_it_at_four_widths(signed_in, live_server, scheme):
    address, seen = f"{live_server.url}/ui/", {}
    with look.browser() as chromium:
        for width in (1440, 768, 390, 320):
            shot = look.drawn(chromium, address, width=width, scheme=scheme, state=signed_in)
            with shot as (page, found):
                heading = page.locator("h1").inner_text()
                seen[width] = (heading, look.examine(page, found).all())

    assert seen == dict.fromkeys(seen, ("Every part of the look, in every state", []))


@pytest.mark.browser
def test_it_is_walked_by_keyboard(signed_in, live_server):
    with (
        look.browser() as chromium,
        look.drawn(chromium, f"{live_server.url}/ui/", state=signed_in) as (page, _found),
    ):
        page.keyboard.press("j")
        first = page.evaluate("document.activeElement.closest('li')?.matches(':first-child')")
        page.keyboard.press("j")
        page.keyboard.press("k")
        back = page.evaluate("document.activeElement.closest('li')?.matches(':first-child')")

    assert (first, back) == (True, True)


@pytest.mark.browser
def test_a_dialog_opens_and_closes_without_a_script(signed_in, live_server):
    with (
        look.browser() as chromium,
        look.drawn(chromium, f"{live_server.url}/ui/", state=signed_in, scripts=False) as (page, _),
    ):
        page.get_by_role("button", name="Open a dialog").click()
        opened = page.locator("#forget").is_visible()
        page.keyboard.press("Escape")
        closed = not page.locator("#forget").is_visible()

    assert (opened, closed) == (True, True)


@pytest.mark.browser
def test_one_signs_in_by_a_link_to_look(transactional_db, owner, by, live_server):
    link = links.issue_entry(person=owner, by=by, at=timezone.now())
    with look.browser() as chromium:
        state = look.enter(chromium, live_server.url + urlsplit(link).path)
        with look.drawn(chromium, f"{live_server.url}/ui/", state=state) as (page, found):
            heading = page.locator("h1").inner_text()

    assert (heading, found.all()) == ("Every part of the look, in every state", [])
