"""The page of accounts: who may see it, what it says, that it is sound in a real browser."""

import csv
from datetime import date

import pytest
from django.urls import reverse

from holdfast.access.roles import Permission
from holdfast.know.company.models import Company
from holdfast.know.standing import merge, views
from tests import look
from tests.factories.know import AccountFactory, StandingFactory

DAY = date(2026, 3, 3)
EVERYONE = ["Nordvik Sjømat", "Grâu de Aur", "=cmd()", "Latecomer"]


@pytest.fixture
def clients(db):
    """Two key clients, one unwell; one that only returned; one that came today."""
    Company.objects.update_or_create(id=1, defaults={"currency": "GBP", "looked_at_on": DAY})
    StandingFactory(
        account__name="Nordvik Sjømat", account__external_id="N-1", segment="A", band="healthy",
        revenue_365_minor=21840001,
    )  # fmt: skip
    StandingFactory(
        account__name="Grâu de Aur", segment="B", band="unhealthy", health=42.0, health_low=35.0,
        health_high=60.0, health_coverage=0.75, revenue_365_minor=21840000,
        last_purchase_on=date(2025, 11, 1),
        signals={"returns_share": 0.4, "days_since_purchase": 1},
    )  # fmt: skip
    StandingFactory(
        account__name="=cmd()", account__external_id="-7", segment="D", band="unknown", health=None,
        revenue_365_minor=-1250, last_purchase_on=None, signals={"purchases": 0},
    )  # fmt: skip
    AccountFactory(name="Latecomer", external_id="L-9")
    merge.total()


def names(html: str) -> list[str]:
    """The accounts of the table, in its order."""
    rows = html.split("<tbody")[1].split("</tbody>", maxsplit=1)[0].split('<th scope="row">')[1:]
    return [row.split(">", 1)[1].split("<")[0] for row in rows]


def shown(browser, address=""):
    answer = browser.get(f"/accounts/{address}")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("page", ["board", "export"])
def test_who_may_see_it(cast, page):
    address = reverse(f"standing:{page}")

    assert cast.owner.get(address).status_code == 200
    stranger = cast.stranger.get(address)
    assert stranger.status_code == 302
    assert stranger.headers["Location"].startswith(reverse("account_login"))
    assert cast.owner.post(address).status_code == 405


def test_each_names_its_permission():
    assert views.board.permission == Permission.READ_ACCOUNTS
    assert views.export.permission == Permission.EXPORT_ACCOUNTS


def test_with_nobody_it_says_what_to_do_first(cast):
    html = shown(cast.owner)

    assert "No clients yet" in html
    assert f'href="{reverse("ingest:board")}"' in html
    assert "<table" not in html


def test_before_anyone_has_looked_the_accounts_are_there(cast):
    AccountFactory(name="Latecomer")

    html = shown(cast.owner)

    assert "Nobody has looked at these accounts yet" in html
    assert "not looked at yet" in html
    assert names(html) == ["Latecomer"]


def test_it_says_how_the_key_clients_are_and_lists_all(cast, clients):
    html = shown(cast.owner)

    assert (
        "Of your 2 key clients 1 is healthy. The other one brings half the revenue."
        in html.split("<h1>")[1].split("</h1>")[0]
    )
    assert names(html) == ["Nordvik Sjømat", "Grâu de Aur", "=cmd()", "Latecomer"]
    assert "twelve months to 2 March 2026" in html
    assert "£218,400" in html
    assert "−£13" in html  # negative money has a true minus
    assert "returned 40% of what it bought" in html
    assert "4 shown of 4" in html
    assert "122 d" in html  # from 1 November to 3 March


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("?segment=A&segment=B", ["Nordvik Sjømat", "Grâu de Aur"]),
        ("?band=unknown", ["=cmd()"]),
        ("?quiet=90", ["Grâu de Aur"]),
        ("?segment=D", ["=cmd()"]),
        ("?q=sjomat", ["Nordvik Sjømat"]),
        ("?q=l-9", ["Latecomer"]),
        ("?sort=name", ["=cmd()", "Grâu de Aur", "Latecomer", "Nordvik Sjømat"]),
        ("?sort=purchase", ["Grâu de Aur", "Nordvik Sjømat", "=cmd()", "Latecomer"]),
        ("?sort=health", ["Grâu de Aur", "Nordvik Sjømat", "=cmd()", "Latecomer"]),
        ("?segment=Z&band=&sort=nonsense&after=x&quiet=1", EVERYONE),
    ],
)  # fmt: skip
def test_filters_and_orders_work_by_address(cast, clients, address, found):
    assert names(shown(cast.owner, address)) == found


def test_nothing_found_leads_back(cast, clients):
    html = shown(cast.owner, "?q=%3Cscript%3Ewalrus")

    assert "No account is like this" in html
    assert "<script>walrus" not in html
    assert 'href="/accounts/"' in html


def test_pages_lead_on_and_back_without_javascript(cast):
    made = [StandingFactory(account__name=f"N{number:03d}") for number in range(120)]
    seen, html = [], shown(cast.owner, "?sort=name")
    for _page in range(3):
        seen += names(html)
        following = html.split('rel="next" href="')
        if len(following) > 1:
            html = shown(cast.owner, following[1].split('"')[0].replace("&amp;", "&"))
    back = html.split('rel="prev" href="')[1].split('"')[0].replace("&amp;", "&")

    assert seen == [standing.account.name for standing in made]
    assert names(shown(cast.owner, back)) == seen[50:100]


def test_htmx_gets_the_list_alone_and_history_the_page(cast, clients):
    part = cast.owner.get("/accounts/", headers={"HX-Request": "true"})
    whole = cast.owner.get(
        "/accounts/", headers={"HX-Request": "true", "HX-History-Restore-Request": "true"}
    )

    assert part.content.decode().lstrip().startswith('<div id="list"')
    assert "<h1>" in whole.content.decode()
    assert "HX-Request" in part.headers["Vary"]


def exported(browser, address=""):
    answer = browser.get(f"/accounts/export.csv{address}")
    assert answer.streaming
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return answer, list(csv.reader(text.splitlines()))


def test_the_export_holds_what_the_list_holds(cast, clients):
    answer, (head, *rows) = exported(cast.owner)

    assert answer.headers["Content-Disposition"] == 'attachment; filename="accounts-2026-03-03.csv"'
    assert head[:3] == ["Id", "Account", "Segment"]
    assert [row[1] for row in rows] == ["Nordvik Sjømat", "Grâu de Aur", "'=cmd()", "Latecomer"]
    assert all(len(row) == len(head) for row in rows)
    only_returned = dict(zip(head, rows[2], strict=True))
    assert only_returned["Id"] == "-7"
    assert only_returned["Revenue, 12 months"] == "-12.50"
    assert only_returned["Score"] == only_returned["Last purchase"] == ""
    assert rows[3][-2] == "not looked at yet"


def test_the_export_keeps_filter_and_order_and_reads_in_blocks(cast, django_assert_max_num_queries):
    for number in range(1100):
        StandingFactory(segment="A", revenue_365_minor=number)
    StandingFactory(segment="B")

    with django_assert_max_num_queries(24):
        _answer, (_head, *rows) = exported(cast.owner, "?segment=A&sort=revenue")

    assert [row[9] for row in rows] == [f"{number / 100:.2f}" for number in range(1100)]


@pytest.fixture
def signed_in(transactional_db, cast, live_server, clients):
    return look.session(live_server.url, cast.owner.cookies["session"].value)


@pytest.mark.browser
@pytest.mark.parametrize("language", ["en", "ru"])
def test_nothing_is_wrong_with_it(signed_in, live_server, cast, language):
    signed_in["cookies"].append(
        {**signed_in["cookies"][0], "name": "django_language", "value": language}
    )
    found = {}
    with look.browser() as chromium:
        for width in (1440, 390):
            for scheme in look.SCHEMES:
                shot = look.drawn(
                    chromium,
                    f"{live_server.url}/accounts/",
                    width=width,
                    scheme=scheme,
                    state=signed_in,
                )
                with shot as (page, findings):
                    found[width, scheme] = look.examine(page, findings).all()

    assert [finding for findings in found.values() for finding in findings] == []


@pytest.mark.browser
def test_typing_narrows_the_list_and_the_address_keeps_it(signed_in, live_server):
    with (
        look.browser() as chromium,
        look.drawn(chromium, f"{live_server.url}/accounts/", state=signed_in) as (page, found),
    ):
        page.locator("#words").press_sequentially("late", delay=20)
        page.wait_for_url("**q=late**")
        narrowed = page.locator("tbody th a").all_inner_texts()
        focused = page.evaluate("document.activeElement.value")
        page.locator(".chips a").first.click()
        page.wait_for_url("**segment=A**")
        nobody = page.get_by_text("No account is like this").is_visible()
        page.go_back()
        page.wait_for_url(lambda address: "segment" not in address)

        assert (narrowed, focused, nobody) == (["Latecomer"], "late", True)
        assert look.examine(page, found).all() == []


@pytest.mark.browser
def test_rows_are_walked_by_keyboard(signed_in, live_server):
    with (
        look.browser() as chromium,
        look.drawn(chromium, f"{live_server.url}/accounts/", state=signed_in) as (page, _found),
    ):
        walked = []
        for key in ("j", "j", "k"):
            page.keyboard.press(key)
            walked.append(page.evaluate("document.activeElement.innerText"))

    assert walked == ["Nordvik Sjømat", "Grâu de Aur", "Nordvik Sjømat"]
