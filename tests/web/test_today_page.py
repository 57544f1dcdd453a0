"""Today: for the owner, on real rows, with and without clients, looks and scripts."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from holdfast.assess.scorecards import actions
from holdfast.know.company.models import Company
from tests import look
from tests.factories.know import AccountFactory
from tests.web.company import DAY, bought, clients


def read(browser, path: str = "/") -> str:
    """The page as words."""
    html = browser.get(path).content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_who_may_see_it(cast):
    assert cast.owner.get("/").status_code == 200
    stranger = cast.stranger.get("/")
    assert stranger.status_code == 302
    assert stranger.headers["Location"].startswith(reverse("account_login"))


def test_the_empty_company_is_told_what_to_do_first(cast):
    html = cast.owner.get("/").content.decode()

    assert "No clients yet" in html
    assert f'href="{reverse("ingest:board")}"' in html


def test_clients_nobody_has_looked_at_are_said_to_wait_for_a_look(cast):
    AccountFactory()

    assert "Nobody has looked at your clients yet" in read(cast.owner)


@pytest.mark.django_db(transaction=True)
def test_who_needs_us_first_and_why(cast, looked):
    html = cast.owner.get("/").content.decode()

    assert "One client needs you first." in html
    assert "Take Grâu de Aur &amp; fiii &lt;b&gt; today." in html
    assert "Bought nothing for 180 days; usually every 10 days." in html
    assert f'href="{reverse("web:account", args=[looked.silent.pk])}#orders"' in html
    queue = html[html.index('class="queue') : html.index("</ol>")]
    assert "Nordvik" not in queue, "who is healthy does not wait"


@pytest.mark.django_db(transaction=True)
def test_every_count_opens_the_accounts_that_it_counts(cast, looked):
    html = cast.owner.get("/").content.decode()
    addresses = set(re.findall(r'href="(/accounts/\?[^"]+)"', html))

    assert len(addresses) >= 8  # four bands, five segments, who waits
    for address in addresses:
        assert cast.owner.get(address.replace("&amp;", "&")).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_what_changed_in_the_last_day_is_told_with_why(cast, company, by, at):
    made = clients()
    for days in range(60, 300, 12):
        bought(made["small"], DAY - timedelta(days=days), "500.00")
    bought(made["small"], DAY - timedelta(days=1), "500.00")  # bought again yesterday
    actions.assess(as_of=DAY - timedelta(days=1), by=by, at=at)
    actions.assess(as_of=DAY, by=by, at=at)

    words = read(cast.owner)

    assert "In the last day" in words
    assert re.search(r"Halden .*Bought in \d+ of \d+ months, before in \d+ of \d+\.", words)


@pytest.mark.django_db(transaction=True)
def test_without_the_look_of_the_day_before_nothing_is_compared(cast, company, by, at):
    clients()
    actions.assess(as_of=DAY, by=by, at=at)

    words = read(cast.owner)

    assert "Nobody looked on the day before, so we cannot say what changed" in words
    assert "There is no earlier score to compare with." in words


@pytest.mark.django_db(transaction=True)
def test_an_older_look_says_that_it_is_one(cast, looked):
    assert "These figures are of the look as of" not in read(cast.owner)

    Company.objects.update(looked_at_on=DAY + timedelta(days=1))

    assert "These figures are of the look as of 3 March 2026." in read(cast.owner)


@pytest.mark.django_db(transaction=True)
def test_attention_nobody_recorded_is_not_drawn_as_none(cast, looked):
    html = cast.owner.get("/").content.decode()

    assert "nobody recorded what time they get" in html
    assert 'class="hatch"' in html


@pytest.mark.django_db(transaction=True)
def test_how_many_are_kept_names_its_window_and_meaning(cast, looked):
    words = read(cast.owner)

    assert "Active means a purchase in the 90 days before." in words
    assert "We keep" in words


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_nothing_is_wrong_with_it(looked, examined):
    assert examined("/") == []


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_queue_leads_to_the_account_without_a_script(looked, browser_state, live_server):
    with (
        look.browser() as chromium,
        look.drawn(chromium, live_server.url, state=browser_state, scripts=False) as (page, _found),
    ):
        page.locator(".queue .button").first.click()
        page.wait_for_load_state()
        arrived = page.url, page.locator("h1").inner_text()

    assert arrived == (
        f"{live_server.url}/accounts/{looked.silent.pk}/#orders",
        "Grâu de Aur & fiii <b>",
    )
