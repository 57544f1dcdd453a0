"""The settings: what the company is, as of which day it is looked at, and the person's language."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from holdfast.facts.models import Fact
from holdfast.know.company import actions, newest
from holdfast.know.company.models import Company
from tests import look
from tests.factories.know import OrderFactory

SAID = {
    "name": "Albion Wholesale",
    "currency": "GBP",
    "time_zone": "Europe/London",
    "looked_at": "today",
    "looked_at_on": "",
    "ticket_minutes": "20",
}


def html(answer):
    return answer.content.decode()


def test_who_may_come_here(cast):
    assert cast.owner.get("/settings/").status_code == 200
    for answer in (
        cast.stranger.get("/settings/"),
        cast.stranger.post("/settings/look-at/"),
        cast.stranger.post("/language/", {"language": "ru"}),
    ):
        assert answer["Location"].startswith("/sign-in/")


def test_what_is_saved_is_kept_and_makes_figures_again(cast, owner):
    page = html(cast.owner.post("/settings/", SAID, follow=True))

    company = Company.get()
    assert (company.name, company.currency, company.time_zone) == (
        "Albion Wholesale",
        "GBP",
        "Europe/London",
    )
    assert (company.looked_at_on, company.ticket_minutes) == (None, 20)
    assert "made again in the background" in page
    fact = Fact.objects.get(kind="company.described")  # what scorecards react to
    assert fact.actor == owner.reference


def test_a_fixed_day_stands_on_every_page(cast):
    cast.owner.post("/settings/", SAID | {"looked_at": "fixed", "looked_at_on": "2010-09-01"})

    for address in ("/settings/", "/import/", "/ui/"):
        assert "figures as of 1 September 2010 – a fixed day" in html(cast.owner.get(address))

    cast.owner.post("/settings/", SAID | {"looked_at_on": "2010-09-01"})
    assert "a fixed day</a>" not in html(cast.owner.get("/import/"))
    assert Company.get().looked_at_on is None  # today was chosen, whatever the other field holds


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"name": " "}, "This field is required"),
        ({"currency": "XXX"}, "Select a valid choice"),
        ({"time_zone": "Moon/Base"}, "There is no such time zone"),
        ({"time_zone": "../etc/passwd"}, "There is no such time zone"),
        ({"looked_at": "fixed"}, "Say which day"),
        ({"looked_at": "fixed", "looked_at_on": "2010-02-31"}, "Enter a valid date"),
        ({"ticket_minutes": "-1"}, "greater than or equal to 0"),
        ({"ticket_minutes": "99999"}, "less than or equal to 1440"),
    ],
)
def test_a_wrong_answer_is_said_and_nothing_is_saved(cast, said, words):
    answer = cast.owner.post("/settings/", SAID | said)

    assert answer.status_code == 422
    assert words in html(answer)
    assert Company.get().name == ""
    assert not Fact.objects.filter(kind="company.described").exists()


@pytest.mark.parametrize("said", ["chisinau", "europe/chisinau", " Europe/Chisinau "])
def test_a_city_is_enough_for_a_time_zone(cast, said):
    cast.owner.post("/settings/", SAID | {"time_zone": said})

    assert Company.get().time_zone == "Europe/Chisinau"


def test_cities_of_two_words_are_found(cast):
    cast.owner.post("/settings/", SAID | {"time_zone": "New York"})

    assert Company.get().time_zone == "America/New_York"


def test_old_records_are_offered_to_be_looked_at_as_of_the_day_after_the_newest(cast):
    OrderFactory(ordered_at=datetime(2010, 12, 9, 23, 30, tzinfo=UTC))
    actions.describe(
        name="A", currency="GBP", time_zone="Asia/Almaty", looked_at_on=None,
        by=_test(), at=timezone.now(),
    )  # fmt: skip

    page = html(cast.owner.get("/settings/"))

    assert "The newest record is of 10 December 2010" in page  # there it was past midnight
    assert "Look at the company as of 11 December 2010" in page


def _test():
    from holdfast.access import actors

    return actors.job("test")


@pytest.mark.parametrize(("age", "offered"), [(60, False), (61, True)])
def test_sixty_days_are_not_old_yet(db, at, age, offered):
    OrderFactory(ordered_at=at - timedelta(days=age))
    company = Company.get()

    day = newest.fixed_day(company, at=at)

    assert day == (company.today(at=at) - timedelta(days=age - 1) if offered else None)


def test_no_records_are_not_old(db, at):
    assert newest.day(Company.get()) is None
    assert newest.fixed_day(Company.get(), at=at) is None


@pytest.mark.parametrize(
    ("day", "kept"),
    [
        ("2010-09-01", date(2010, 9, 1)),
        ("today", None),
        ("2010-02-31", date(2009, 1, 1)),
        ("soon", date(2009, 1, 1)),
        ("", date(2009, 1, 1)),
    ],
)
def test_the_button_sets_a_day_and_nonsense_changes_nothing(cast, at, by, day, kept):
    actions.look_at(day=date(2009, 1, 1), by=by, at=at)

    answer = cast.owner.post("/settings/look-at/", {"day": day, "next": "/import/"})

    assert answer["Location"] == "/import/"
    assert Company.get().looked_at_on == kept


def test_the_button_leads_nowhere_else(cast):
    sent = {"day": "2010-09-01", "next": "https://example.com/"}

    assert cast.owner.post("/settings/look-at/", sent)["Location"] == "/settings/"


def test_a_ticket_takes_as_long_as_before_when_nobody_says(db, at, by):
    Company.objects.create(id=1, ticket_minutes=25)

    company = actions.describe(
        name="A", currency="EUR", time_zone="UTC", looked_at_on=None, by=by, at=at
    )

    assert company.ticket_minutes == 25


def test_the_person_chooses_a_language_and_is_spoken_to_in_it(cast, owner):
    answer = cast.owner.post("/language/", {"language": "ru"})

    owner.refresh_from_db()
    assert owner.language == "ru"
    assert answer["Location"] == "/settings/"
    assert '<html lang="ru"' in html(cast.owner.get("/settings/"))


def test_a_language_we_do_not_speak_changes_nothing(cast, owner):
    cast.owner.post("/language/", {"language": "xx"})

    owner.refresh_from_db()
    assert owner.language == ""
    assert '<html lang="en"' in html(cast.owner.get("/settings/"))


def test_a_changed_password_is_said_on_the_settings(cast, owner):
    sent = {
        "oldpassword": "walrus on a bicycle",
        "password1": "an otter in a canoe",
        "password2": "an otter in a canoe",
    }

    page = html(cast.owner.post("/password/", sent, follow=True))

    assert "Your password is changed." in page
    assert "Everything is looked at as of today" in page


@pytest.fixture
def signed_in(transactional_db, cast, live_server):
    return look.session(live_server.url, cast.owner.cookies["session"].value)


@pytest.mark.browser
@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
@pytest.mark.parametrize("language", ["en", "ru"])
def test_nothing_is_wrong_with_it(signed_in, live_server, by, at, width, scheme, language):
    OrderFactory(ordered_at=datetime(2010, 12, 9, tzinfo=UTC))
    actions.look_at(day=date(2010, 9, 1), by=by, at=at)
    signed_in["cookies"].append(
        signed_in["cookies"][0] | {"name": "django_language", "value": language}
    )
    address = f"{live_server.url}/settings/"
    with (
        look.browser() as chromium,
        look.drawn(chromium, address, width=width, scheme=scheme, state=signed_in) as (page, found),
    ):
        spoken = page.locator("html").get_attribute("lang")
        edition = page.locator(".edition a").locator("visible=true").count()
        look.examine(page, found)

    assert (spoken, edition, found.all()) == (language, 1, [])
