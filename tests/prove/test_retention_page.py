"""The page of retention, and the customers behind its numbers."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from holdfast.measures.retention import CannotShowRates
from holdfast.prove.retention.board import Board
from tests import look

BOARD, CUSTOMERS = "/retention/", "/retention/customers/"
SUMMER = "start=2026-06-01&end=2026-09-01"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def shop(bought):
    """Ten active on 1 June, six of them kept; one won, one won and lost, one returned."""
    stayed = [["2025-01-10", "2025-08-20", "2026-05-20", "2026-08-20"]] * 6
    left = [["2025-01-10", "2026-05-20"]] * 4
    return bought(*stayed, *left, ["2026-07-10"], ["2026-06-01"], ["2025-01-10", "2026-08-10"])


def text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


@pytest.mark.parametrize("address", [BOARD, f"{CUSTOMERS}?set=lost&{SUMMER}"])
def test_who_may_see_it(cast, shop, address):
    assert cast.owner.get(address).status_code == 200
    stranger = cast.stranger.get(address)
    assert stranger.status_code == 302
    assert stranger.headers["Location"].startswith(reverse("account_login"))


def test_the_rate_its_range_and_what_active_means(cast, shop):
    said = text(cast.owner.get(f"{BOARD}?months=3"))

    assert "Over 3 months we keep 60 of every 100 customers" in said
    assert "between 31.3% and 83.2%" in said
    assert "Active means a purchase in the 90 days before the day." in said


def test_every_number_of_the_sum_opens_as_many_customers(cast, shop):
    html = cast.owner.get(f"{BOARD}?months=3").content.decode()
    total = re.search(r'<dl class="sum">(.*?)</dl>', html, re.S).group(1)
    links = re.findall(r'href="([^"]+)">([\d,]+)<', total)

    assert [int(count) for _, count in links] == [10, 4, 1, 1, 8]
    for address, count in links:
        page = cast.owner.get(address.replace("&amp;", "&"))
        assert page.content.decode().count("<tr>") - 1 == int(count)


def test_every_cell_opens_as_many_customers_as_it_counts(cast, shop):
    html = cast.owner.get(f"{BOARD}?cohorts=later").content.decode()
    cells = re.findall(r'<a href="([^"]+)" aria-label="[^"]*?: (\d+) of', html)

    assert len(cells) > 3
    for address, count in cells[:6]:
        page = cast.owner.get(address.replace("&amp;", "&"))
        assert max(page.content.decode().count("<tr>") - 1, 0) == int(count)


def test_another_period_and_meaning_are_kept_in_the_form(cast, shop):
    html = cast.owner.get(f"{BOARD}?months=6&until=2026-08-01&active=purchase:45").content.decode()

    assert re.search(r'<option value="6" selected>', html)
    assert re.search(r'<option value="purchase:45" selected>', html)
    assert 'value="2026-08-01"' in html
    assert "Active means a purchase in the 45 days before the day." in html
    switch = re.search(r'<a href="\?([^"#]+)#cohorts"', html).group(1).replace("&amp;", "&")
    assert parse_qs(switch)["active"] == ["purchase:45"]


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("active=often", "“often” does not say who is active"),
        ("until=yesterday", "valid date"),
        ("until=0001-01-01", "after 1900"),
        ("months=7", "7"),
        ("cohorts=up", "up"),
    ],
)
def test_a_wrong_question_is_said_and_the_usual_one_answered(cast, shop, query, says):
    answer = cast.owner.get(f"{BOARD}?{query}")

    assert answer.status_code == 200
    assert says in text(answer)
    assert "of every 100 customers" in text(answer)


@pytest.mark.parametrize(
    "query",
    [
        "",
        "set=lost",
        f"set=friends&{SUMMER}",
        "set=lost&start=2026-09-01&end=2026-06-01",
        f"set=lost&{SUMMER}&active=often",
        f"set=lost&{SUMMER}&segment=Z",
        "cohort=2026-01-01&end=2026-09-01",
        "cohort=2026-01-01&end=2026-09-01&period=-1",
    ],
)
def test_a_set_that_is_none_is_not_found(cast, shop, query):
    assert cast.owner.get(f"{CUSTOMERS}?{query}").status_code == 404


def test_a_set_with_nobody_says_so(cast, shop):
    address = f"{CUSTOMERS}?set=lost&{SUMMER}&active=purchase:3650"

    assert "No customer is in this set." in text(cast.owner.get(address))


def test_a_long_list_has_pages(cast, bought):
    bought(*[["2026-05-20"]] * 51)
    first = cast.owner.get(f"{CUSTOMERS}?set=lost&{SUMMER}").content.decode()

    assert "51 customers were lost" in first
    assert "1 to 50 of 51" in first
    more = re.search(r'rel="next" href="([^"]+)"', first).group(1).replace("&amp;", "&")
    assert "51 to 51 of 51" in cast.owner.get(CUSTOMERS + more).content.decode()


def test_an_empty_company_is_told_what_to_do_first(cast, company):
    answer = cast.owner.get(BOARD)

    assert "Bring your orders in" in text(answer)
    assert reverse("ingest:board") in answer.content.decode()


def test_nobody_active_at_the_start_is_no_rate(cast, bought):
    bought(["2026-08-20"])
    said = text(cast.owner.get(f"{BOARD}?months=3"))

    assert "Nobody was active on 1 June 2026" in said
    assert "0%" not in said.split("The figures as a table")[0]


def test_figures_that_contradict_each_other_are_not_shown(cast, shop, monkeypatch):
    def refuse(board):
        raise CannotShowRates

    monkeypatch.setattr(Board, "check", refuse)
    answer = cast.owner.get(BOARD)

    assert answer.status_code == 500
    assert "they contradict each other" in text(answer)
    assert "of every 100" not in text(answer)


def test_it_is_in_the_navigation(cast, shop):
    html = cast.owner.get(BOARD).content.decode()

    assert re.search(r'<a href="/retention/" aria-current="page">Retention</a>', html)


@pytest.mark.browser
@pytest.mark.parametrize("language", ["en", "ru"])
def test_nothing_is_wrong_with_it_in_a_browser(cast, shop, live_server, settings, language):
    settings.LANGUAGE_CODE = language
    state = look.session(live_server.url, cast.owner.cookies["session"].value)
    seen = {}
    with look.browser() as chromium:
        for address in (
            f"{BOARD}?until=2026-08-20&cohorts=later",
            f"{CUSTOMERS}?set=lost&{SUMMER}",
        ):
            for width in look.WIDTHS:
                shot = look.drawn(chromium, live_server.url + address, width=width, state=state)
                with shot as (page, found):
                    name = urlsplit(address).path
                    seen[name, width] = look.examine(page, found).all()

    assert len(seen) == 4
    assert not any(seen.values()), seen


@pytest.mark.browser
def test_the_form_works_without_scripts(cast, shop, live_server):
    state = look.session(live_server.url, cast.owner.cookies["session"].value)
    with (
        look.browser() as chromium,
        look.drawn(chromium, live_server.url + BOARD, state=state, scripts=False) as (page, _),
    ):
        page.select_option("select[name=months]", "3")
        page.click("form.choose button")

        assert "Over 3 months" in page.locator("h1").inner_text()
