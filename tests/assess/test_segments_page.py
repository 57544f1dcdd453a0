"""The pages of segments, of who moved, and of a card: on looks taken at real rows."""

import re
from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from holdfast.assess.scorecards import actions
from holdfast.know.accounts.models import Account
from holdfast.know.company.models import Company
from tests import look
from tests.factories.know import AccountFactory, OrderFactory

pytestmark = pytest.mark.django_db(transaction=True)
DAY, THEN = date(2026, 9, 1), date(2026, 6, 1)


def ordered(account, day, price, quantity=1, currency="GBP"):
    at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    OrderFactory(
        account=account, ordered_at=at, lines=[(quantity, price)], lines__currency=currency
    )


@pytest.fixture
def company():
    Company.objects.update_or_create(id=1, defaults={"currency": "GBP", "looked_at_on": DAY})


@pytest.fixture
def looks(company, by, at):
    """Big buys each month; Small bought once; Back only returned; Young came in July."""
    big, small, back, young = (AccountFactory(name=n) for n in ("Big", "Small", "Back", "Young"))
    for month in range(1, 9):
        ordered(big, date(2026, month, 5), "1000.00")
    ordered(small, date(2026, 1, 5), "10.00")
    ordered(back, date(2026, 2, 5), "5.00", quantity=-1)
    ordered(young, date(2026, 7, 5), "600.00")
    ordered(young, date(2026, 7, 6), "600.00", currency="NOK")
    for day in (THEN, date(2026, 8, 1), DAY):
        actions.assess(as_of=day, by=by, at=at)


def text(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def shown(browser, address):
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("address", ["/segments/", "/segments/moved/", "/cards/abcd/1/"])
def test_who_may_see_it(cast, looks, address):
    assert cast.owner.get(address).status_code == 200
    stranger = cast.stranger.get(address)
    assert stranger.status_code == 302
    assert stranger.headers["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("address", ["/cards/abcd/2/", "/cards/other/1/", "/cards/abcd/0/"])
def test_an_unknown_card_is_not_there(cast, looks, address):
    assert cast.owner.get(address).status_code == 404


def test_with_nobody_it_says_what_to_do_first(cast, company):
    html = shown(cast.owner, "/segments/")

    assert "No clients yet" in html
    assert f'href="{reverse("ingest:board")}"' in html


def test_before_a_look_it_says_so_and_takes_none(cast, company):
    AccountFactory()

    assert "Nobody has looked at your accounts yet" in shown(cast.owner, "/segments/")
    assert cast.owner.get("/segments/moved/").status_code == 404


def test_a_company_of_accounts_without_orders_is_shown(cast, company, by, at):
    AccountFactory(became_client_on=date(2026, 1, 1))
    actions.assess(as_of=DAY, by=by, at=at)

    html = text(shown(cast.owner, "/segments/"))

    assert "No account brings revenue yet" in html
    assert "Nobody paid in these twelve months" in html
    assert "Nothing to compare with yet" in html


def test_it_says_what_the_segments_bring_and_what_is_not_known(cast, looks):
    html = shown(cast.owner, "/segments/")
    said = text(html)

    assert "1 A client brings 93% of revenue" in said  # 8,000 of 8,605
    assert "4 accounts, twelve months to 31 August 2026" in said
    assert "The one D account returned £5 more than it bought." in said
    assert "How much attention they ask is not known" in said
    assert "revenue in another currency is left out: 1 account in NOK" in said
    assert 'href="/accounts/?segment=A"' in html
    assert 'href="/cards/abcd/1/"' in html
    assert "A third of paying accounts bring 80% of revenue" in said


def test_who_moved_adds_up_and_each_figure_opens_its_accounts(cast, looks):
    html = shown(cast.owner, "/segments/")

    assert "3 on 1 June 2026 + 1 new = 4." in text(html)
    cells = re.findall(r'href="(/segments/moved/\?from=(\w+)&amp;to=(\w+)[^"]*)">([\d,]+)<', html)
    assert sum(int(count) for *_rest, count in cells) == 4
    for address, *_ends, count in cells:
        listed = shown(cast.owner, address.replace("&amp;", "&"))
        assert listed.count('<th scope="row">') == int(count)


def test_another_day_is_chosen_by_address_and_htmx_gets_the_part(cast, looks):
    part = cast.owner.get("/segments/?since=2026-08-01", headers={"HX-Request": "true"})

    html = part.content.decode()
    assert html.lstrip().startswith('<div id="moves"')
    assert "4 on 1 August 2026 + 0 new = 4." in text(html)
    for nonsense in ("2026-13-45", "2020-01-01", "x"):
        assert "3 on 1 June 2026" in text(shown(cast.owner, f"/segments/?since={nonsense}"))


def test_the_page_of_who_moved_says_whom_it_lists(cast, looks):
    new = shown(cast.owner, "/segments/moved/?from=none")
    nobody = shown(cast.owner, "/segments/moved/?from=D&to=A&after=nonsense")

    assert "New since 1 June 2026" in new
    young = Account.objects.get(name="Young")
    assert f'href="{reverse("web:account", args=[young.pk])}"' in new
    assert new.count('<th scope="row">') == 1
    assert "£600" in new
    assert "No account moved like this between these days." in nobody


def test_a_card_is_explained(cast, looks):
    said = text(shown(cast.owner, "/cards/health/1/"))

    assert "Buys in most months" in said
    assert "100 points up to 30, none from 365; in between in proportion" in said
    assert "unhealthy below 45" in said
    assert "less than 50% of the weight" in said


@pytest.mark.browser
@pytest.mark.parametrize("language", ["en", "ru"])
def test_nothing_is_wrong_with_the_pages(looks, cast, live_server, language):
    state = look.session(live_server.url, cast.owner.cookies["session"].value)
    state["cookies"].append({**state["cookies"][0], "name": "django_language", "value": language})
    found = {}
    with look.browser() as chromium:
        for address in ("/segments/", "/segments/moved/?from=none", "/cards/abcd/1/"):
            for width, scheme in ((1440, "light"), (390, "dark")):
                shot = look.drawn(
                    chromium, live_server.url + address, width=width, scheme=scheme, state=state
                )
                with shot as (page, findings):
                    found[address, width] = look.examine(page, findings).all()

    assert [finding for findings in found.values() for finding in findings] == []


@pytest.mark.browser
def test_another_day_is_put_in_place(looks, cast, live_server):
    state = look.session(live_server.url, cast.owner.cookies["session"].value)
    with (
        look.browser() as chromium,
        look.drawn(chromium, f"{live_server.url}/segments/", state=state) as (page, found),
    ):
        page.locator("#since").select_option("2026-08-01")
        page.wait_for_url("**since=2026-08-01**")
        assert "4 on 1 August 2026" in page.locator("#moves").inner_text()
        assert look.examine(page, found).all() == []
