"""The gallery: every part of the look in every state, to be seen, compared and tested."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from holdfast.access.guards import needs
from holdfast.access.roles import Permission
from holdfast.ui import charts, plots, plots_of_shares
from holdfast.ui.templatetags.figures import change, number, percent

BANDS = ("healthy", "not_so_healthy", "unhealthy", "unknown")


class Example(forms.Form):
    """One field of each shape."""

    name = forms.CharField(
        label=gettext_lazy("Company"), help_text=gettext_lazy("As clients know you.")
    )
    currency = forms.ChoiceField(
        label=gettext_lazy("Currency"), choices=[("EUR", "EUR"), ("GBP", "GBP"), ("RON", "RON")]
    )
    day = forms.DateField(
        label=gettext_lazy("We look at it as of"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    why = forms.CharField(label=gettext_lazy("Why"), required=False, widget=forms.Textarea)
    pace = forms.ChoiceField(
        label=gettext_lazy("How often we assess"),
        choices=[
            ("night", gettext_lazy("Every night")),
            ("import", gettext_lazy("After an import only")),
        ],
        widget=forms.RadioSelect,
        initial="night",
    )
    create = forms.BooleanField(label=gettext_lazy("Create accounts that are new"), required=False)
    file = forms.FileField(label=gettext_lazy("File"), required=False)


@needs(Permission.CHANGE_SETTINGS)
def show(request: HttpRequest) -> HttpResponse:
    """Every figure is invented, and the page says so."""
    return render(request, "web/gallery.html", {**_parts(), **_charts(), **_forms()})


def _parts() -> dict[str, Any]:
    return {
        "bands": BANDS,
        "segments": ("A", "B", "C", "D", "unknown"),
        "ranges": [
            {"low": 52.0, "high": 66.0, "at": 58.9, "band": "not_so_healthy"},
            {"low": 35.0, "high": 43.0, "at": 38.0, "band": "unhealthy"},
            {"low": 78.0, "high": 84.0, "at": 81.0, "band": "healthy"},
            {"low": 100.0, "high": 100.0, "at": 100.0, "band": "healthy"},
            {"low": 0.0, "high": 0.0, "at": 0.0, "band": "unhealthy"},
            {"low": 33.0, "high": 87.0, "at": None, "band": "unknown"},
        ],
        "fall": [78.0, 77, 76.5, 77, 74, 72, 73, 70, 66, 63, 62, 59],
        "gap": [60.0, 62, 61, None, None, 66, 67, None],
        "counts": {"healthy": 41, "not_so_healthy": 11, "unhealthy": 4, "unknown": 6},
        "heats": [n / 10 for n in range(11)],
        "total": [
            {"value": 391, "label": _("a year ago")},
            {"sign": "−", "value": 27, "label": _("lost"), "href": "#"},
            {"sign": "+", "value": 45, "label": _("won and kept")},
            {"sign": "+", "value": 3, "label": _("came back")},
            {"sign": "=", "value": 412, "label": _("now")},
        ],
        "lists": [
            {"label": _("All accounts"), "count": 412, "href": "#"},
            {"label": _("Key clients"), "count": 37, "href": "#", "current": True},
            {"label": _("Health unknown"), "count": 9, "href": "#"},
        ],
        "choices": [
            {"label": _("Twelve months"), "href": "#", "current": True},
            {"label": _("All time"), "href": "#"},
        ],
    }


def _forms() -> dict[str, Any]:
    return {"fresh": Example(prefix="fresh"), "wrong": Example({}, prefix="wrong")}


def _charts() -> dict[str, charts.Chart]:
    zones = [
        plots.Zone("unhealthy", 0, 45, _("unhealthy, below 45"), _("unhealthy")),
        plots.Zone("not_so_healthy", 45, 70, _("not so healthy, 45 to 70"), _("not so healthy")),
        plots.Zone("healthy", 70, 100, _("healthy, from 70"), _("healthy")),
    ]
    return {
        "track": plots.score_track(
            zones,
            low=51.6,
            high=65.6,
            at=58.9,
            band="not_so_healthy",
            said=number(58.9, 1),
            worst=_("at worst %(score)s") % {"score": number(51.6, 1)},
            best=_("at best %(score)s") % {"score": number(65.6, 1)},
        ),
        "untold": plots.score_track(
            zones, low=33, high=87, at=None, band="unknown", worst=number(33), best=number(87)
        ),
        "kept": _line(),
        "score_line": _score_line(),
        "fell": _waterfall(),
        "pareto": _pareto(),
        "flow": _flow(),
    }


def _line() -> charts.Chart:
    rates = (0.938, 0.942, 0.94, 0.936, 0.926, 0.917, 0.918, 0.924, 0.931)
    readings = [
        plots.Reading(date_format(date(2026, at + 1, 1), "M"), rate, rate - 0.03, rate + 0.022)
        for at, rate in enumerate(rates)
    ]
    return plots.line(
        readings,
        low=0.8,
        high=1,
        tell=percent,
        top_words=_("100% kept"),
        said=percent(0.931, 1),
        note="90.1% – 95.2%",
        happenings=[plots.Happening(2, _("new price list, 1 March"))],
        beside=plots.Beside(0.919, 0.834, 0.962, percent(0.919, 1), _("your book")),
    )


def _score_line() -> charts.Chart:
    scores: list[float | None] = [78, 77, None, None, 72, 70, 66, 63, 61, 60, 59.5, 58.9]
    readings = [
        plots.Reading(str(at + 1), score, score and score - 6, score and score + 7)
        for at, score in enumerate(scores)
    ]
    edges = [(70.0, _("healthy from 70")), (45.0, _("unhealthy below 45"))]
    tell: Callable[[float], str] = number
    return plots.line(readings, low=0, high=100, tell=tell, said=number(58.9, 1), edges=edges)


def _waterfall() -> charts.Chart:
    changes = [
        (_("Fewer people order"), -7.4),
        (_("Days since the last purchase over their own gap"), -4.5),
        (_("Answered again"), 3.2),
        (_("Two answers too old"), -0.5),
    ]
    steps = [
        plots.Step(label, moved, change(moved, 1), aged=moved == -0.5) for label, moved in changes
    ]
    after = 77.6 + sum(moved for _label, moved in changes)
    return plots.waterfall(
        plots.Stand(_("11 August"), 77.6, number(77.6, 1), "healthy"),
        steps,
        plots.Stand(_("22 September"), after, number(after, 1), "not_so_healthy"),
        tell=number,
        edges=[(70, _("healthy from 70"))],
    )


def _pareto() -> charts.Chart:
    total = 371
    curve = [(n, (1 - (1 - n / total) ** 6.6)) for n in range(1, total + 1, 3)]
    return plots_of_shares.pareto(
        [*curve, (total, 1.0)],
        tell_share=percent,
        tell_count=number,
        total_words=_("371 accounts"),
        top_words=_("100% of revenue"),
        equal_words=_("if all paid the same"),
        order_words=_("largest first"),
        milestones=[
            plots_of_shares.Milestone(37, 0.5, _("37 accounts bring half"), _("37 bring 50%")),
            plots_of_shares.Milestone(
                80, 0.8, _("80 accounts, a fifth of all, bring 80%"), _("80 bring 80%"), loud=True
            ),
        ],
    )


def _flow() -> charts.Chart:
    shares = [("A", 0.70, 0.23), ("B", 0.23, 0.30), ("C", 0.07, 0.33), ("D", 0.0, 0.14)]
    streams = [
        plots_of_shares.Stream(
            name, f"seg-{name.lower()}", above, below, percent(above), percent(below)
        )
        for name, above, below in shares
    ]
    return plots_of_shares.flow(
        streams, above_words=_("Where revenue comes from"), below_words=_("Where hours go")
    )
