"""What Today says first, from numbers alone: the headline and what stands under it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from holdfast.ui.templatetags.figures import number, percent


@dataclass(frozen=True)
class Head:
    """One of the clients at the head of the queue. `middle` is that of the range of its health."""

    name: str
    revenue_minor: int
    middle: float


@dataclass(frozen=True)
class Book:
    """How many key clients there are, how many of them wait, and all revenue of the year."""

    key: int
    waiting: int
    revenue_minor: int


def headline(heads: list[Head], book: Book) -> str:
    """Who needs us, and how much hangs on them."""
    if not book.key:
        return _("No client is a key client yet, so nobody comes first.")
    if not heads:
        return _("No key client needs you first today: all of them are healthy.")
    needing = _needing(len(heads))
    bring = sum(head.revenue_minor for head in heads)
    if bring <= 0 or bring > book.revenue_minor:
        return needing  # where more came back than was bought, a share says nothing
    share = {
        "share": percent(bring / book.revenue_minor, 0 if bring * 10 > book.revenue_minor else 1)
    }
    brings = ngettext(
        "It brings %(share)s of your revenue.", "They bring %(share)s of your revenue.", len(heads)
    )
    return f"{needing} {brings % share}"


def _needing(count: int) -> str:
    sentences = {
        1: _("One client needs you first."),
        2: _("Two clients need you first."),
        3: _("Three clients need you first."),
        4: _("Four clients need you first."),
        5: _("Five clients need you first."),
    }
    return sentences[count]


def standfirst(heads: list[Head], book: Book) -> str:
    """Whom to take when there is time for one, and who can wait."""
    if not book.key:
        return _("A key client is an A or a B: it buys a lot, buys often, and asks little.")
    rest = _rest(len(heads), book)
    return f"{_one(heads)} {rest}" if heads else rest


def _one(heads: list[Head]) -> str:
    head, others = heads[0], heads[1:]
    words = {"name": head.name}
    pays_most = all(head.revenue_minor > other.revenue_minor for other in others)
    is_worst = all(head.middle < other.middle for other in others)
    if not others:
        return _("Take %(name)s today.") % words
    if pays_most and is_worst:
        return (
            _("With time for one, take %(name)s: it pays the most and is the least well.") % words
        )
    if pays_most:
        return _("With time for one, take %(name)s: it pays the most of them.") % words
    if is_worst:
        return _("With time for one, take %(name)s: it is the least well of them.") % words
    return (
        _("With time for one, take %(name)s: what it pays and how it is weigh most together.")
        % words
    )


def _rest(shown: int, book: Book) -> str:
    behind, well = book.waiting - shown, book.key - book.waiting
    if behind > 0:
        said = ngettext(
            "Behind them waits %(count)s more key client that is not known to be healthy.",
            "Behind them wait %(count)s more key clients that are not known to be healthy.",
            behind,
        )
        return said % {"count": number(behind)}
    if well > 0 and shown:
        said = ngettext(
            "The other key client is healthy.", "The other %(count)s key clients are healthy.", well
        )
        return said % {"count": number(well)}
    if shown:
        return _("There are no other key clients.")
    said = ngettext(
        "Your %(count)s key client can do without you today.",
        "Your %(count)s key clients can do without you today.",
        well,
    )
    return said % {"count": number(well)}
