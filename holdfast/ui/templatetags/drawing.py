"""Small drawings inside rows: hand the geometry of `ui/charts.py` to the components."""

from collections.abc import Mapping, Sequence

from django.template import Library

from holdfast.ui import charts
from holdfast.ui.templatetags.figures import score

register = Library()


@register.simple_tag
def score_range(
    low: float | None, high: float | None, at: float | None, band: str, edges: str
) -> dict[str, str] | None:
    """The track of a score, and its numbers as people read them."""
    drawn = charts.score_range(low, high, at, band, [float(edge) for edge in edges.split()])
    if drawn is None:
        return None
    said = {"said_low": score(low), "said_high": score(high), "said_at": score(at)}
    return {**vars(drawn), **said}


@register.simple_tag
def sparkline(values: Sequence[float | None], edge: float | str) -> charts.Spark | None:
    return charts.spark(values, edge=float(edge) if edge != "" else None)


@register.simple_tag
def part_bar(adds: float | None, of: float, most: float | None) -> charts.Bar:
    return charts.bar(adds, of=of, most=most or of)


@register.simple_tag
def band_shares(counts: Mapping[str, int], of: float | None) -> list[charts.Part]:
    return charts.stacked(counts, of=of)


@register.filter
def heat(share: float | None) -> str:
    """The class of a heat cell: 0 to 10, or `none` where nobody can know."""
    return charts.heat(share)


@register.filter
def plain(value: float) -> str:
    """A number for an attribute: a decimal point in every language."""
    return charts.plain(value)
