"""Why an account stands where it does, in sentences made of its measures."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _

from holdfast.measures.points import Percentile
from holdfast.ui.templatetags.figures import days, money_whole, number
from holdfast.web.measured import label, months, usual_gap
from holdfast.web.seen import Part, Seen, said_day

LATE = 1.5  # of their own mean gaps: from here on silence is a finding, not a rhythm
QUIET = 14  # days below which nobody is late, however often they buy
MOVED = 1.0  # points of a score below which it has hardly moved


@dataclass(frozen=True)
class Why:
    """The lead stands out; the rest says how it came to it. `part` is where the page explains."""

    lead: str
    rest: str
    do: str
    part: str


def why(now: Seen, before: Seen | None) -> Why:
    """The most telling true thing: unknown, late by their own rhythm, else the largest loss."""
    rest = since(now, before)
    if now.band == "unknown":
        return Why(
            _("We cannot tell how they are."), _missing(now), _("See what is missing"), "unknown"
        )
    late = lateness(now)
    if late:
        return Why(late, rest, _("See their orders"), "orders")
    lost = max(now.parts("health"), key=lambda part: part.lost)
    fell = before is not None and _change(now, before) <= -MOVED
    do = _("See what changed") if fell else _("See every point")
    return Why(loss(lost), rest, do, "change" if fell else "health")


def lateness(now: Seen) -> str:
    """A sentence when they are late by their own rhythm, else nothing."""
    over, gap = now.row["days_since_purchase_over_gap"], usual_gap(now.row)
    since_purchase = now.row["days_since_purchase"]
    if not gap or over < LATE or since_purchase < QUIET:
        return ""
    return _("Bought nothing for %(silent)s; usually every %(gap)s.") % {
        "silent": days(since_purchase),
        "gap": days(max(gap, 1)),
    }


def since(now: Seen, before: Seen | None) -> str:
    """How health moved since an earlier look, or that nobody can say."""
    if before is None or before.score is None or now.score is None:
        return _("There is no earlier score to compare with.")
    change = _change(now, before)
    words = {
        "points": number(abs(change), 1),
        "day": said_day(before.as_of),
        "was": number(before.score),
        "now": number(now.score),
    }
    if change <= -MOVED:
        return _("Health fell by %(points)s points since %(day)s, from %(was)s to %(now)s.") % words
    if change >= MOVED:
        return _("Health rose by %(points)s points since %(day)s, from %(was)s to %(now)s.") % words
    return _("Health has hardly moved since %(day)s.") % words


def _change(now: Seen, before: Seen) -> float:
    return (now.score or 0.0) - (before.score or 0.0)


def _missing(now: Seen) -> str:
    gone = [part for part in now.parts("health") if part.missing]
    if not gone:
        return _("Too little is known for a score.")
    most = max(gone, key=lambda part: part.found.original_weight)
    return _("What weighs most and is missing: %(measure)s.") % {
        "measure": label(most.measure.name)
    }


def loss(part: Part) -> str:
    """What a measure says of an account that it takes points from."""
    row, value, points = part.seen.row, part.measure.value, part.found.points
    rhythm = months(row)
    if value == "days_since_purchase" and row[value] is not None:
        return _("Last bought %(days)s ago.") % {"days": days(row[value])}
    if value == "buying_rhythm" and rhythm:
        counts = {"active": rhythm[0], "all": rhythm[1]}
        if rhythm[0] == 0:
            return _("Bought in none of the last %(all)s months.") % counts
        return _("Bought in %(active)s of the last %(all)s months.") % counts
    if isinstance(part.measure.points, Percentile) and points is not None:
        return _compared(value, points)
    words = {"measure": label(part.measure.name), "points": number(points)}
    return _("“%(measure)s” gives %(points)s of 100 points.") % words


def _compared(value: str, points: float) -> str:
    words = {"few": number(points)}
    if value == "revenue":
        return _("Spends more than %(few)s of 100 clients that pay.") % words
    if value == "products_bought":
        return _("Buys a wider range than %(few)s of 100 clients that pay.") % words
    return _("Stands above %(few)s of 100 clients that pay.") % words


def moved_most(now: Seen, before: Seen) -> tuple[Part, Part] | None:
    """The measure whose contribution moved furthest, before and now; nothing when none moved.

    One that came or went outranks the others: it moved their weights, too.
    """
    was = {part.measure.name: part for part in before.parts("health")}
    both = [(was[p.measure.name], p) for p in now.parts("health") if p.measure.name in was]
    turned = [pair for pair in both if pair[0].missing != pair[1].missing]
    if turned:
        return max(turned, key=lambda pair: pair[1].found.original_weight)
    moved = max(both, key=lambda pair: abs(pair[1].adds - pair[0].adds), default=None)
    return moved if moved and abs(moved[1].adds - moved[0].adds) > 1e-6 else None


def movement(now: Seen, before: Seen) -> str:
    """A sentence on what moved a score, empty when nothing did."""
    if now.health != before.health:
        return _("The card was changed.")
    most = moved_most(now, before)
    if most is None:
        return ""
    was, part = most
    value = part.measure.value
    if part.missing != was.missing:
        return _came_or_went(part)
    if value == "days_since_purchase":
        return _bought_or_not(now, before)
    if was.found.value == part.found.value:
        return _("Others they are compared with moved.")
    return _went(value, was, part)


def _came_or_went(part: Part) -> str:
    words = {"measure": label(part.measure.name)}
    if part.missing:
        return _("“%(measure)s” is no longer known.") % words
    return _("“%(measure)s” became known.") % words


def _bought_or_not(now: Seen, before: Seen) -> str:
    silent = now.row["days_since_purchase"]
    if silent < before.row["days_since_purchase"] + (now.as_of - before.as_of).days:
        bought = now.as_of - timedelta(days=int(silent))
        return _("They bought on %(day)s.") % {"day": said_day(bought)}
    return _("No purchase for %(days)s.") % {"days": days(silent)}


def _went(value: str, was: Part, part: Part) -> str:
    then, rhythm = months(was.seen.row), months(part.seen.row)
    if value == "buying_rhythm" and then and rhythm:
        counts = {"active": rhythm[0], "all": rhythm[1], "active_was": then[0], "all_was": then[1]}
        return (
            _("Bought in %(active)s of %(all)s months, before in %(active_was)s of %(all_was)s.")
            % counts
        )
    if value == "revenue":
        currency = part.seen.currency
        words = {
            "was": money_whole(round(was.found.value or 0), currency),
            "now": money_whole(round(part.found.value or 0), currency),
        }
        return _("Revenue of twelve months went from %(was)s to %(now)s.") % words
    words = {"was": number(was.found.value), "now": number(part.found.value)}
    if value == "products_bought":
        return _("Products bought in twelve months went from %(was)s to %(now)s.") % words
    words |= {"measure": label(part.measure.name)}
    return _("“%(measure)s” went from %(was)s to %(now)s.") % words
