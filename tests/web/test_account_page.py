"""One account: every point explained, what is missing, what changed, what it bought."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from holdfast import facts
from holdfast.assess.scorecards import reading
from tests import look
from tests.factories.know import AccountFactory, OrderFactory
from tests.web.company import DAY, bought


def address(account, **asked: str) -> str:
    path = reverse("web:account", args=[account.pk])
    return path + (
        "?" + "&".join(f"{key}={value}" for key, value in asked.items()) if asked else ""
    )


def read(browser, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_who_may_see_it(cast):
    account = AccountFactory()

    assert cast.owner.get(address(account)).status_code == 200
    assert cast.owner.get("/accounts/987654321/").status_code == 404
    assert cast.owner.get(f"/accounts/{10**30}/").status_code == 404
    assert cast.stranger.get(address(account)).status_code == 302


def test_an_account_nobody_looked_at_shows_its_records(cast, company):
    account = AccountFactory(name="Fresh")
    bought(account, DAY - timedelta(days=3), "12.34", external_id="O-77")

    words = read(cast.owner, address(account))

    assert "Nobody has looked at your clients yet." in words
    assert "O-77" in words
    assert "€12.34" in words


@pytest.mark.django_db(transaction=True)
def test_an_account_younger_than_the_look_is_not_judged(cast, looked):
    late = AccountFactory(name="Late")
    bought(late, DAY + timedelta(days=9))

    words = read(cast.owner, address(late))

    assert "nothing is said of it yet" in words
    assert "1 later order is left out: the figures are as of 3 March 2026." in words


@pytest.mark.django_db(transaction=True)
def test_the_points_in_the_table_make_the_score(cast, looked):
    html = cast.owner.get(address(looked.silent)).content.decode()
    table = html[html.index('<table class="points">') :].split("</table>")[0]
    adds = [float(number) for number in re.findall(r'at-adds n"><b>([\d.]+)</b>', table)]
    score = reading.row(looked.look, looked.silent.pk)["health__score"]

    assert len(adds) == 4
    assert sum(adds) == pytest.approx(score, abs=0.2)  # each is rounded to a tenth


@pytest.mark.django_db(transaction=True)
def test_what_is_missing_stands_in_the_table_with_what_would_fill_it(cast, looked):
    words = read(cast.owner, address(looked.returned))

    assert "We cannot say how they are: too little is known" in words
    assert "40 → 0" in words
    assert "They have bought nothing yet: their first purchase fills it." in words
    assert "Brings no revenue: that makes it D, whatever the points." in words


@pytest.mark.django_db(transaction=True)
def test_the_change_is_counted_from_the_day_that_is_chosen(cast, looked):
    usual = read(cast.owner, address(looked.silent))
    chosen = read(cast.owner, address(looked.silent, since="2026-03-02"))

    assert re.search(r"It fell [\d.]+ points since 1 January 2026, most of it by", usual)
    assert "It has hardly moved since 2 March 2026" in chosen
    assert "the whole change" in chosen


@pytest.mark.django_db(transaction=True)
def test_a_day_without_a_look_is_answered_with_the_usual_one(cast, looked):
    for since in ("yesterday", "2026-13-45", "2031-01-01", "2026-03-03", "", "%00"):
        assert "points since 1 January 2026" in read(
            cast.owner, address(looked.silent, since=since)
        ), since


@pytest.mark.django_db
def test_orders_come_twenty_at_a_time_and_none_is_lost_or_repeated(cast, company):
    account = AccountFactory()
    for number in range(45):  # three moments, so that equals meet on the edge of a page
        bought(account, DAY - timedelta(days=1 + number // 15), external_id=f"O-{number:03d}")

    seen, path = [], address(account)
    for _page in range(3):
        html = cast.owner.get(path).content.decode()
        table = html[html.index('class="orders"') :].split("</table>")[0]
        seen.append(re.findall(r"O-\d{3}", table))
        following = re.search(r'rel="next" href="([^"#]+)', html)
        path = address(account) + following[1] if following else ""

    assert [len(page) for page in seen] == [20, 20, 5]
    assert len({order for page in seen for order in page}) == 45
    assert path == ""


@pytest.mark.parametrize("before", ["x", "20260101T000000000000-x", "-", "20261399T0-1", "٣-٣"])
@pytest.mark.django_db
def test_a_page_of_orders_that_never_was_is_the_first(cast, company, before):
    account = AccountFactory()
    bought(account, DAY - timedelta(days=1), external_id="O-1")

    assert "O-1" in read(cast.owner, address(account, before=before))


@pytest.mark.django_db
def test_an_order_in_two_currencies_shows_both_amounts(cast, company):
    account = AccountFactory()
    order = OrderFactory(account=account, ordered_at="2026-01-05T10:00Z", lines=[(2, "10.00")])
    type(order).objects.get(pk=order.pk).lines.create(
        id=10_001, product="", quantity=1, unit_price="7.50", amount_minor=750, currency="USD"
    )

    words = read(cast.owner, address(account))

    assert "€20.00" in words
    assert "$7.50" in words


@pytest.mark.django_db(transaction=True)
def test_the_story_tells_orders_turns_and_facts(cast, looked, by, at):
    facts.record("account.called", by=by, at=at, account_id=looked.silent.pk, minutes=4)

    words = read(cast.owner, address(looked.silent))

    assert "Recorded: account.called." in words
    assert "Ordered for €400.00 in one line." in words
    assert "Their first order." in words
    assert "Gave back €20.00 in one line." in read(cast.owner, address(looked.returned))


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("who", ["silent", "returned"])
def test_nothing_is_wrong_with_it(looked, examined, who):
    assert examined(address(getattr(looked, who))) == []


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("scripts", [True, False])
def test_another_day_is_chosen_with_and_without_a_script(
    looked, browser_state, live_server, scripts
):
    path = live_server.url + address(looked.silent)
    with (
        look.browser() as chromium,
        look.drawn(chromium, path, state=browser_state, scripts=scripts) as (page, _found),
    ):
        page.locator("#since").select_option(date(2026, 3, 2).isoformat())
        if not scripts:
            page.get_by_role("button", name="Compare").click()
        said = page.locator("#change h2", has_text="since 2 March 2026")
        said.wait_for(timeout=10_000)

        assert said.count() == 1
