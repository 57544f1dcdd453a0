"""The change of an account's health since a chosen look, as parts that add up."""

from datetime import date, datetime
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from holdfast.assess.scorecards import reading
from holdfast.assess.scorecards.models import Assessment, Kind
from holdfast.know.accounts.models import Account
from holdfast.lake import engine
from holdfast.measures.changes import CannotSplit, Cause, Day, Part, Split, split
from holdfast.measures.scorecards import placed
from holdfast.ui import plots
from holdfast.ui.charts import Chart
from holdfast.ui.templatetags.figures import change, number
from holdfast.web.measured import label
from holdfast.web.seen import Seen, earlier, many, said_day

LARGE = 0.5  # points below which a score has hardly moved, and no part is worth a drawing
SMALL = 0.05  # points of a score; smaller parts are drawn together


def page(account: Account, look: Assessment, now: Seen, asked: QueryDict) -> dict[str, Any]:
    """What the part on the change prints. Any look with clients can be compared with."""
    days = [each.as_of for each in reading.looks(until=look.as_of) if _compares(each, look)]
    then = _chosen(look, days, asked)
    before = many(then, [account.pk]).get(account.pk) if then else None
    scored = before is not None and None not in (before.score, now.score)
    parts = _split(then, before, now) if then and before and scored else None
    return {
        "days": sorted(days, reverse=True),
        "then": then.as_of if then else None,
        "before": before,
        "split": parts,
        "change_chart": chart(parts, before, now) if parts and before and shows(parts) else None,
        "change_title": title(parts, then.as_of if then else None, known=before is not None),
        "change_sum": total(parts) if parts else [],
        "change_parts": rows(parts) if parts else [],
    }


def _compares(each: Assessment, look: Assessment) -> bool:
    return each.as_of < look.as_of and each.summary["accounts"] > 0


def _chosen(look: Assessment, days: list[date], asked: QueryDict) -> Assessment | None:
    """The look of the day asked for, when there is one; else about a month before."""
    try:
        day = datetime.strptime(asked.get("since", ""), "%Y-%m-%d").date()  # noqa: DTZ007
    except ValueError:
        return earlier(look)
    return reading.latest(day) if day in days else earlier(look)


def _split(then: Assessment, before: Seen, now: Seen) -> Split | None:
    values = reading.history(then)

    def place(measure: str, value: float) -> float | None:
        points = engine.run(placed(before.health.measures[measure], value, values)).as_py()
        return None if points is None else float(points)

    try:
        return split(_day(before), _day(now), place=place)
    except CannotSplit:
        return None


def _day(seen: Seen) -> Day:
    return Day.of(seen.health, reading.card_row(Kind.HEALTH, seen.row))


def title(parts: Split | None, then: date | None, *, known: bool) -> str:
    """The size of the change and what made most of it."""
    if then is None:
        return _("There is no earlier look to compare with")
    words = {"day": said_day(then)}
    if not known:
        return _("On %(day)s they were no client yet") % words
    if parts is None:
        return (
            _("There was no score on %(day)s or there is none now, so no change to split") % words
        )
    moved = parts.after - parts.before
    if abs(moved) < LARGE:
        return _("It has hardly moved since %(day)s") % words
    words |= {"points": number(abs(moved), 1), "reason": said(_largest(parts, moved))}
    if moved < 0:
        return _("It fell %(points)s points since %(day)s, most of it by “%(reason)s”") % words
    return _("It rose %(points)s points since %(day)s, most of it by “%(reason)s”") % words


def _largest(parts: Split, moved: float) -> Part:
    """The part that went furthest the way the score went."""
    return max(parts.parts, key=lambda part: part.amount if moved > 0 else -part.amount)


def said(part: Part) -> str:
    """A part of a change, in words."""
    words = {"measure": label(part.measure or "")}
    if part.cause == Cause.CARD:
        return _("The card was changed")
    if part.cause == Cause.OTHERS:
        return _("%(measure)s: others moved") % words
    if part.cause == Cause.DATA:
        return _("%(measure)s: came or went") % words
    if part.cause == Cause.RATINGS:
        return _("%(measure)s: rated anew") % words
    return words["measure"]


def chart(parts: Split, before: Seen, now: Seen) -> Chart:
    """The larger parts one by one, the largest first; what is smaller together."""
    large = sorted((p for p in parts.parts if abs(p.amount) >= SMALL), key=lambda p: -abs(p.amount))
    rest = sum(p.amount for p in parts.parts if abs(p.amount) < SMALL)
    steps = [
        plots.Step(said(p), p.amount, change(p.amount, 1), aged=p.cause == Cause.DATA)
        for p in large
    ]
    if abs(rest) > 1e-9:
        steps.append(plots.Step(_("All smaller parts"), rest, change(rest, 1)))
    edges = [(band.start, number(band.start)) for band in now.health.bands[1:]]
    return plots.waterfall(
        plots.Stand(said_day(before.as_of), parts.before, number(parts.before, 1), before.band),
        steps,
        plots.Stand(said_day(now.as_of), parts.after, number(parts.after, 1), now.band),
        tell=lambda level: number(level, 0 if level.is_integer() else 1),
        edges=edges,
    )


def shows(parts: Split) -> bool:
    """Whether any part is large enough to be seen; drawn small ones would look like large ones."""
    return any(abs(part.amount) >= LARGE for part in parts.parts)


def rows(parts: Split) -> list[dict[str, Any]]:
    """Every part, however small, for the table."""
    return [{"said": said(part), "amount": part.amount} for part in parts.parts]


def total(parts: Split) -> list[dict[str, Any]]:
    """The change as a sum by cause."""
    by = parts.by_cause()
    words = {
        Cause.OWN: _("their own numbers moved"),
        Cause.OTHERS: _("others moved"),
        Cause.DATA: _("data came or went"),
        Cause.RATINGS: _("ratings changed"),
        Cause.CARD: _("the card changed"),
    }
    shown = [cause for cause in words if cause != Cause.RATINGS or by[cause]]
    summed = [
        {"sign": "+" if at else "", "value": change(by[cause], 1), "label": words[cause]}
        for at, cause in enumerate(shown)
    ]
    after = change(parts.after - parts.before, 1)
    return [*summed, {"sign": "=", "value": after, "label": _("the whole change")}]
