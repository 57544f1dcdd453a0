"""A card in words: what each measure is, how it gives points, what bands and exceptions do."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from holdfast.assess.scorecards.shipped import LABELS
from holdfast.measures.cards import Card, Group, Ruling
from holdfast.measures.points import Growth, Indicator, Linear, Percentile, Points, Steps
from holdfast.ui.templatetags.figures import band_word, number, percent

# What a measure reads, as people say it; what has no entry shows its name.
VALUES: dict[str, str | Promise] = {
    "revenue": gettext_lazy("revenue of twelve months, net of returns"),
    "purchases": gettext_lazy("days with a purchase in twelve months"),
    "active_months": gettext_lazy("months with a purchase, of the last twelve"),
    "months_since_first": gettext_lazy("months since the first purchase"),
    "average_check": gettext_lazy("average order of twelve months"),
    "days_since_purchase": gettext_lazy("days since the last purchase"),
    "days_since_purchase_over_gap": gettext_lazy(
        "days since the last purchase, against the account’s own usual gap"
    ),
    "purchase_trend": gettext_lazy("purchase days in 90 days, against the 90 before"),
    "returns_share": gettext_lazy("returned, of what was bought"),
    "products_bought": gettext_lazy("different products in twelve months"),
    "tenure_days": gettext_lazy("days with us"),
    "attention_minutes": gettext_lazy("minutes of our attention in twelve months"),
    "buying_rhythm": gettext_lazy(
        "months with a purchase, of 100 since the first one (at least three, at most twelve count)"
    ),
    "attention_per_revenue": gettext_lazy("minutes of our attention for each unit of revenue"),
}
AMONG: dict[str, str | Promise] = {
    "everyone": gettext_lazy("all accounts"),
    "paying": gettext_lazy("those who pay"),
}


@dataclass(frozen=True)
class Line:
    """A measure: its name, what it reads, its weight of the whole, how it gives points."""

    name: str
    reads: str
    weight: float
    points: str


@dataclass(frozen=True)
class Told:
    """A group with its measures."""

    name: str
    weight: float
    lines: list[Line]


def groups(card: Card) -> list[Told]:
    weights = card.weights()
    return [
        Told(
            label(group.name),
            sum(weights[measure.name] for measure in group.measures),
            _lines(group, weights),
        )
        for group in card.groups
    ]


def _lines(group: Group, weights: dict[str, float]) -> list[Line]:
    return [
        Line(
            label(measure.name),
            str(VALUES.get(measure.value, measure.value)),
            weights[measure.name],
            points(measure.points),
        )
        for measure in group.measures
    ]


def label(name: str) -> str:
    return str(LABELS.get(name, name))


def points(rule: Points) -> str:
    """How the rule turns a value into 0 to 100 points."""
    return TOLD[type(rule)](rule)


def _linear(rule: Linear) -> str:
    words = {"zero": _plain(rule.zero_at), "full": _plain(rule.full_at)}
    if rule.zero_at > rule.full_at:
        return _("100 points up to %(full)s, none from %(zero)s; in between in proportion") % words
    return _("none up to %(zero)s, 100 points from %(full)s; in between in proportion") % words


def _steps(rule: Steps) -> str:
    given = [
        _("below %(edge)s: %(points)s")
        % {"edge": _plain(rule.edges[0]), "points": _plain(rule.points[0])}
    ]
    given += [
        _("from %(edge)s: %(points)s") % {"edge": _plain(edge), "points": _plain(points)}
        for edge, points in zip(rule.edges, rule.points[1:], strict=True)
    ]
    if rule.missing is not None:
        given.append(_("not known: %(points)s") % {"points": _plain(rule.missing)})
    return "; ".join(given)


def _percentile(rule: Percentile) -> str:
    among = {"among": AMONG.get(rule.among, rule.among)}
    if rule.reverse:
        return (
            _("by place among %(among)s, the least best: the lowest near 100, the middle 50")
            % among
        )
    return _("by place among %(among)s: the highest near 100, the middle 50") % among


def _growth(rule: Growth) -> str:
    return _("50 points when as before, 100 when doubled")


def _indicator(rule: Indicator) -> str:
    return _("red 0, amber 50, green 100 points")


TOLD: dict[type, Callable[[Any], str]] = {
    Linear: _linear,
    Steps: _steps,
    Percentile: _percentile,
    Growth: _growth,
    Indicator: _indicator,
}


def _plain(value: float) -> str:
    return number(value, 0 if float(value).is_integer() else 2)


def bands(card: Card) -> list[dict[str, str]]:
    """From the best to the worst: the band and the scores it holds."""
    ends: Sequence[float | None] = [*(band.start for band in card.bands[1:]), None]
    told = []
    for band, end in zip(card.bands, ends, strict=True):
        start = {"start": _plain(band.start)}
        if end is None:
            said = _("from %(start)s") % start
        elif band is card.bands[0]:
            said = _("below %(end)s") % {"end": _plain(end)}
        else:
            said = _("from %(start)s to below %(end)s") % {**start, "end": _plain(end)}
        told.append({"name": band.name, "said": said})
    return told[::-1]


def exceptions(card: Card) -> list[str]:
    return [_exception(ruling) for ruling in card.exceptions]


def _exception(ruling: Ruling) -> str:
    words = {
        "value": VALUES.get(ruling.value, ruling.value),
        "edge": _plain(ruling.at_most if ruling.at_most is not None else ruling.at_least or 0),
        "band": band(ruling.band),
    }
    if ruling.caps and ruling.at_most is not None:
        return _("Not better than %(band)s when this is %(edge)s or less: %(value)s.") % words
    if ruling.caps:
        return _("Not better than %(band)s when this is %(edge)s or more: %(value)s.") % words
    if ruling.at_most is not None:
        return _("Always %(band)s when this is %(edge)s or less: %(value)s.") % words
    return _("Always %(band)s when this is %(edge)s or more: %(value)s.") % words


def band(name: str) -> str:
    """A letter stays; a band of health gets its word."""
    return name if len(name) == 1 else band_word(name)


def in_short(card: Card) -> str:
    """The card in a sentence or two, for the foot of a page."""
    weights = card.weights()
    made_of = ", ".join(
        _("%(measure)s %(weight)s") % {"measure": label(name).lower(), "weight": percent(weight)}
        for name, weight in weights.items()
    )
    edges = ", ".join(f"{band(one['name'])} {one['said']}" for one in bands(card))
    return _("It is a score of 100: %(made_of)s. %(edges)s.") % {"made_of": made_of, "edges": edges}
