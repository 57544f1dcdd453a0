"""What the page of segments says: from a look's figures to sentences, never more than they bear."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from holdfast.assess.scorecards.moves import Moves
from holdfast.assess.scorecards.segments import Held, Part
from holdfast.lib.money import format_minor
from holdfast.lib.numbers import counted
from holdfast.ui.templatetags.figures import percent

MOST = 5  # movers that a page tells of


def headline(parts: Sequence[Part]) -> str:
    """How few bring how much, and, where it is known, how much attention they get for it."""
    best = next((part for part in parts if part.accounts and part.name in "ABC"), None)
    if best is None:
        return _("No account brings revenue yet")
    words = {"count": counted(best.accounts), "segment": best.name}
    if best.revenue_share is None:
        return (
            ngettext("%(count)s %(segment)s client", "%(count)s %(segment)s clients", best.accounts)
            % words
        )
    words |= {"revenue": percent(best.revenue_share)}
    if best.attention_share is None:
        return (
            ngettext(
                "%(count)s %(segment)s client brings %(revenue)s of revenue",
                "%(count)s %(segment)s clients bring %(revenue)s of revenue",
                best.accounts,
            )
            % words
        )
    words |= {"attention": percent(best.attention_share)}
    return (
        ngettext(
            "%(count)s %(segment)s client brings %(revenue)s of revenue"
            " and gets %(attention)s of our time",
            "%(count)s %(segment)s clients bring %(revenue)s of revenue"
            " and get %(attention)s of our time",
            best.accounts,
        )
        % words
    )


def standfirst(parts: Sequence[Part], currency: str) -> str:
    """What those without revenue cost, and what cannot be said without attention."""
    lost = next((part for part in parts if part.name == "D"), None)
    told = [_of_the_lost(lost, currency)] if lost and lost.accounts else []
    if all(part.attention_share is None for part in parts):
        told.append(
            _(
                "How much attention they ask is not known: "
                "no calls, meetings or tickets are recorded."
            )
        )
    return " ".join(told)


def _of_the_lost(lost: Part, currency: str) -> str:
    words = {"count": counted(lost.accounts)}
    if lost.revenue_minor is not None and lost.revenue_minor < 0:
        words |= {"amount": format_minor(-lost.revenue_minor, currency, whole=True)}
        return (
            ngettext(
                "The one D account returned %(amount)s more than it bought.",
                "The %(count)s D accounts returned %(amount)s more than they bought.",
                lost.accounts,
            )
            % words
        )
    return (
        ngettext(
            "The one D account brought nothing.",
            "The %(count)s D accounts brought nothing.",
            lost.accounts,
        )
        % words
    )


def pareto(held: Held) -> str:
    """How small a part of those who pay bring 80 %."""
    share = held.most / held.paying
    for part, words in (
        (1 / 10, _("A tenth of paying accounts bring 80% of revenue")),
        (1 / 5, _("A fifth of paying accounts bring 80% of revenue")),
        (1 / 4, _("A quarter of paying accounts bring 80% of revenue")),
        (1 / 3, _("A third of paying accounts bring 80% of revenue")),
        (1 / 2, _("Half of the paying accounts bring 80% of revenue")),
    ):
        if abs(share - part) < 0.0125:
            return words
    return ngettext(
        "One paying account brings 80%% of revenue",
        "%(share)s of paying accounts bring 80%% of revenue",
        held.most,
    ) % {"share": percent(share)}


def last_day(as_of: date) -> str:
    """The last day that a look counts: that of 1 September is to 31 August."""
    return date_format(as_of - timedelta(days=1), "j E Y")


def day(as_of: date) -> str:
    """The day from whose first moment on things changed."""
    return date_format(as_of, "j E Y")


def moved(moves: Moves) -> str:
    """How many rose and fell."""
    since = day(moves.since)
    if not moves.rose and not moves.fell:
        return _("Nobody changed segment since %(since)s") % {"since": since}
    if not moves.fell:
        return ngettext(
            "%(rose)s rose and none fell since %(since)s",
            "%(rose)s rose and none fell since %(since)s",
            moves.rose,
        ) % {"rose": counted(moves.rose), "since": since}
    if not moves.rose:
        return ngettext(
            "%(fell)s fell and none rose since %(since)s",
            "%(fell)s fell and none rose since %(since)s",
            moves.fell,
        ) % {"fell": counted(moves.fell), "since": since}
    return _("%(rose)s rose, %(fell)s fell since %(since)s") % {
        "rose": counted(moves.rose),
        "fell": counted(moves.fell),
        "since": since,
    }


def weightiest(count: int) -> str:
    """Above the movers that matter most."""
    if count == MOST:
        return _("Five of them matter most")
    return ngettext("One of them matters most", "%(count)s of them matter most", count) % {
        "count": counted(count)
    }


def identity(moves: Moves) -> str:
    """The sum that proves that nobody was lost in counting."""
    words = {
        "before": counted(moves.before),
        "since": day(moves.since),
        "gone": counted(moves.gone),
        "new": counted(moves.new),
        "now": counted(moves.now),
    }
    if not moves.gone:
        return _("%(before)s on %(since)s + %(new)s new = %(now)s.") % words
    return _("%(before)s on %(since)s − %(gone)s gone + %(new)s new = %(now)s.") % words


def left_out(found: Sequence[dict[str, Any]]) -> str:
    """Which money the revenue leaves out; empty when none."""
    if not found:
        return ""
    told = [
        ngettext(
            "%(count)s account in %(currency)s",
            "%(count)s accounts in %(currency)s",
            row["accounts"],
        )
        % {"count": counted(row["accounts"]), "currency": row["currency"] or _("no currency")}
        for row in found
    ]
    return _("Without a rate, revenue in another currency is left out: %(list)s.") % {
        "list": ", ".join(told)
    }
