"""Finding an account by its name or id, and a page by its name."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from holdfast.access.guards import person
from holdfast.access.models import Person
from holdfast.know.accounts.models import Account
from holdfast.know.standing.models import Standing
from holdfast.lib.words import fold
from holdfast.ui import nav
from holdfast.ui.templatetags.figures import number
from holdfast.web import addresses

SHOWN = 25
LONGEST = 200  # letters of a question


@dataclass(frozen=True)
class Hit:
    """An account that answers the question, with what is thought of it when anything is."""

    account: Account
    standing: Standing | None
    address: str


def page(request: HttpRequest, asked: str) -> dict[str, Any]:
    """Accounts and pages that answer; nothing asked finds nothing."""
    words = asked.replace("\0", "").strip()[:LONGEST]
    found = _accounts(person(request), words)
    hits, more = _hits(found[:SHOWN]), len(found) > SHOWN
    pages = _pages(request, words)
    return {
        "words": words,
        "hits": hits,
        "pages": pages,
        "title": title(words, accounts=len(hits), more=more, pages=len(pages)),
        "all_address": addresses.accounts(q=words) if more else "",
    }


def title(words: str, *, accounts: int, more: bool, pages: int) -> str:
    """What was found, as one sentence."""
    if not words:
        return _("Find an account or a page")
    said = {"words": words, "count": number(accounts)}
    if more:
        return _("More than %(count)s accounts answer to “%(words)s”") % said
    if accounts:
        return (
            ngettext(
                "One account answers to “%(words)s”",
                "%(count)s accounts answer to “%(words)s”",
                accounts,
            )
            % said
        )
    if pages:
        return _("No account answers to “%(words)s”, but a page does") % said
    return _("Nothing answers to “%(words)s”") % said


def _accounts(who: Person, words: str) -> list[Account]:
    """The account of exactly that id first, then by name."""
    visible = Account.objects.visible_to(who)
    exact = list(visible.filter(external_id=words)) if words else []
    if not fold(words):
        return exact
    rest = visible.search(words).exclude(pk__in=[account.pk for account in exact])
    return [*exact, *rest.order_by("sort_key", "pk")[: SHOWN + 1]]


def _hits(accounts: list[Account]) -> list[Hit]:
    standings = Standing.objects.in_bulk([account.pk for account in accounts])
    return [
        Hit(account, standings.get(account.pk), addresses.account(account.pk))
        for account in accounts
    ]


def _pages(request: HttpRequest, words: str) -> list[nav.Link]:
    """Pages of which each word asked for begins a word of the name."""
    asked = fold(words).split()
    return [link for link in nav.pages(request) if asked and _answers(str(link.label), asked)]


def _answers(label: str, asked: list[str]) -> bool:
    words = fold(label).split()
    return all(any(word.startswith(each) for word in words) for each in asked)
