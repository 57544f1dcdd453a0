"""The import pages in a real browser: sound, walked with scripts and without."""

import pytest
from django.utils import timezone

from holdfast.ingest import actions
from holdfast.ingest.models import Import
from tests import look
from tests.ingest.uploads import MAPPED, upload


@pytest.fixture
def signed_in(transactional_db, cast, live_server):
    return look.session(live_server.url, cast.owner.cookies["session"].value)


@pytest.mark.browser
def test_a_select_refreshes_the_preview_and_keeps_its_focus(signed_in, cast, live_server):
    upload(cast.owner)
    address = f"{live_server.url}/import/{Import.objects.get().pk}/"
    with (
        look.browser() as chromium,
        look.drawn(chromium, address, state=signed_in) as (page, found),
    ):
        page.focus("#column-at")
        with page.expect_response("**/preview/"):
            page.select_option("#column-at", "")
        page.get_by_role("heading", name="One answer is missing").wait_for()
        focus = page.evaluate("document.activeElement.id")
        look.examine(page, found)

    assert (focus, found.all()) == ("column-at", [])


@pytest.mark.browser
@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
def test_nothing_is_wrong_with_the_pages(signed_in, cast, live_server, by, width, scheme):
    for _name in range(3):
        upload(cast.owner)
    mapped, running, done = Import.objects.order_by("pk")
    cast.owner.post(f"/import/{done.pk}/start/", MAPPED | {"import": ""})
    actions.run(import_id=done.pk, by=by, at=timezone.now())
    cast.owner.post(f"/import/{running.pk}/start/", MAPPED | {"import": ""})
    seen = {}
    with look.browser() as chromium:
        for path in ("", f"{mapped.pk}/", f"{running.pk}/", f"{done.pk}/"):
            address = f"{live_server.url}/import/{path}"
            drawn = look.drawn(chromium, address, width=width, scheme=scheme, state=signed_in)
            with drawn as (page, found):
                seen[page.locator("h1").inner_text()] = look.examine(page, found).all()

    assert list(seen.values()) == [[], [], [], []]


@pytest.mark.browser
def test_it_works_without_scripts_and_in_russian(signed_in, cast, live_server):
    upload(cast.owner)
    one = Import.objects.get()
    address = f"{live_server.url}/import/{one.pk}/"
    signed_in["cookies"].append(
        signed_in["cookies"][0] | {"name": "django_language", "value": "ru"}
    )
    with (
        look.browser() as chromium,
        look.drawn(chromium, address, width=390, state=signed_in, scripts=False) as (page, _found),
    ):
        page.select_option("#column-at", "")
        page.locator(f"button[formaction$='/import/{one.pk}/preview/']").click()
        page.wait_for_load_state()
        language = page.locator("html").get_attribute("lang")
        missing = page.locator("#missing-at").is_visible()

    assert (language, missing) == ("ru", True)
