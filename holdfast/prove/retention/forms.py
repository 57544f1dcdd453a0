"""What may be asked of the pages, in addresses that people may edit."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from holdfast.measures import active as activity
from holdfast.measures.active import Active
from holdfast.prove.retention import findings
from holdfast.prove.retention.report import SEGMENTS, SETS

EARLIEST = date(1900, 1, 1)
MONTHS = (
    (1, gettext_lazy("one month")),
    (3, gettext_lazy("three months")),
    (6, gettext_lazy("six months")),
    (12, gettext_lazy("twelve months")),
)
HOW = (("on", gettext_lazy("in the month")), ("later", gettext_lazy("in it or later")))
MEANINGS = ("purchase:30", "purchase:60", "purchase:90", "purchase:180", "purchase:365")
CONTROL = {"class": "control"}


class ActiveField(forms.CharField):
    """A meaning of active, as text like purchase:90; null when nobody said."""

    widget = forms.Select(attrs=CONTROL)

    def clean(self, value: str | None) -> Active | None:
        try:
            return activity.parse(value) if value else None
        except activity.CannotReadActive:
            raise forms.ValidationError(
                _(
                    "“%(text)s” does not say who is active. The company’s own meaning is used; "
                    "choose another in the list."
                ),
                params={"text": value},
            ) from None


class DayField(forms.DateField):
    """A day in an address, far enough from the ends of the calendar to subtract from."""

    def clean(self, value: Any) -> date | None:
        day: date | None = super().clean(value)
        if day and not EARLIEST <= day <= date(9000, 1, 1):
            raise forms.ValidationError(_("Choose a day after 1900."))
        return day


class AskForm(forms.Form):
    """The period and the meaning of active. A wrong answer is said, and the usual one is used."""

    months = forms.TypedChoiceField(
        label=gettext_lazy("Kept for"),
        choices=MONTHS,
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.Select(attrs=CONTROL),
    )
    until = DayField(
        label=gettext_lazy("as of"),
        required=False,
        widget=forms.DateInput(attrs={**CONTROL, "type": "date"}, format="%Y-%m-%d"),
    )
    active = ActiveField(label=gettext_lazy("Active means"), required=False)
    cohorts = forms.ChoiceField(choices=HOW, required=False, widget=forms.HiddenInput)

    @property
    def problems(self) -> list[str]:
        """What was wrong with the answers, one sentence each."""
        return [str(problem) for problems in self.errors.values() for problem in problems]

    def said(self, name: str) -> Any:
        """The answer, or null when there is none that can be used."""
        self.is_valid()
        return self.cleaned_data.get(name)

    @classmethod
    def chosen(cls, *, months: int, until: date, active: Active, cohorts: str) -> "AskForm":
        """The form as the page shows it: with what it answers."""
        form = cls(
            initial={"months": months, "until": until, "active": str(active), "cohorts": cohorts}
        )
        meanings = list(MEANINGS)
        if str(active) not in meanings:
            meanings.append(str(active))
        form.fields["active"].widget.choices = [
            (text, findings.meaning(activity.parse(text))) for text in meanings
        ]
        return form


class SetForm(forms.Form):
    """Which customers: a set of a period, of one segment or all; or a cell of the cohorts."""

    set = forms.ChoiceField(choices=[(name, name) for name in SETS], required=False)
    start = DayField(required=False)
    end = DayField(required=False)
    active = ActiveField(required=False)
    segment = forms.ChoiceField(choices=[(name, name) for name in SEGMENTS], required=False)
    cohort = DayField(required=False)
    period = forms.IntegerField(required=False, min_value=0, max_value=1200)
    how = forms.ChoiceField(choices=HOW, required=False)

    def clean(self) -> dict[str, Any]:
        """One of the two questions, whole."""
        asked: dict[str, Any] = super().clean() or self.cleaned_data
        start, end, cohort = asked.get("start"), asked.get("end"), asked.get("cohort")
        of_period = bool(asked.get("set") and start and end and start < end)
        of_cohort = bool(cohort and end and asked.get("period") is not None)
        if of_period == of_cohort:
            raise forms.ValidationError(_("Say either a set of a period or a cell of the cohorts."))
        return asked
