"""A company that was looked at on several days, and a browser that examines its pages."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest

from tests import look


@pytest.fixture
def company(db):
    from holdfast.know.company.models import Company
    from tests.web.company import DAY

    found = Company.get()
    found.name, found.currency, found.looked_at_on = "Albion", "EUR", DAY
    found.save()
    return found


@pytest.fixture
def looked(transactional_db, company, by, at) -> SimpleNamespace:
    """Its clients by the part they play, and the newest look."""
    from holdfast.assess.scorecards import actions
    from tests.web.company import DAY, EARLIER, clients

    made = clients()
    for day in EARLIER:
        actions.assess(as_of=day, by=by, at=at)
    return SimpleNamespace(**made, look=actions.assess(as_of=DAY, by=by, at=at))


@pytest.fixture
def browser_state(transactional_db, cast, live_server):
    """What a browser needs to be the owner."""
    return look.session(live_server.url, cast.owner.cookies["session"].value)


def speaking(state: dict, language: str) -> dict:
    """The same browser, of someone who reads another language."""
    cookie = {**state["cookies"][0], "name": "django_language", "value": language}
    return {**state, "cookies": [*state["cookies"], cookie]}


@pytest.fixture
def examined(browser_state, live_server) -> Callable[[str], list]:
    """All that is wrong with a page, wide and narrow, light and dark, in two languages."""

    def examine(path: str) -> list:
        found = []
        with look.browser() as chromium:
            for width, scheme, language in (
                (1440, "light", "en"),
                (390, "dark", "en"),
                (390, "light", "ru"),
            ):
                shot = look.drawn(
                    chromium,
                    live_server.url + path,
                    width=width,
                    scheme=scheme,
                    state=speaking(browser_state, language),
                )
                with shot as (page, findings):
                    wrong = look.examine(page, findings).all()
                    found += [(width, scheme, language, each) for each in wrong]
        return found

    return examine
