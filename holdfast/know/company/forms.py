"""Clean words of the settings page."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from holdfast.know.company.models import Company
from holdfast.lib import money

TODAY, FIXED = "today", "fixed"


class SettingsForm(forms.Form):
    """The company in a person's words. It only cleans; `actions.describe` stores."""

    name = forms.CharField(
        label=_("What is the company called?"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    currency = forms.ChoiceField(
        label=_("In which currency does it count?"),
        choices=[(code, code) for code in sorted(money.KNOWN)],
        help_text=_("Orders in another currency are kept, and left out of sums of money."),
    )
    time_zone = forms.CharField(
        label=_("In which time zone does its day begin?"),
        widget=forms.TextInput(attrs={"list": "zones", "autocomplete": "off"}),
        help_text=_("Type a city: Chisinau, London. A day starts at midnight there."),
    )
    looked_at = forms.ChoiceField(
        label=_("As of which day do you look at it?"),
        choices=[
            (TODAY, _("Today: figures move on every night")),
            (FIXED, _("A fixed day: for old data, and to look back")),
        ],
        widget=forms.RadioSelect,
    )
    looked_at_on = forms.DateField(
        label=_("The fixed day"),
        required=False,
        help_text=_("Figures count everything before this day, as if it had just begun."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    ticket_minutes = forms.IntegerField(
        label=_("How many minutes does a support ticket take?"),
        min_value=0,
        max_value=1440,
        help_text=_("Counted as attention an account gets, with calls and meetings."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )

    @classmethod
    def of(cls, company: Company, data: Any) -> "SettingsForm":
        """The form as the company stands, or as a person sent it."""
        names = ("name", "currency", "time_zone", "looked_at_on", "ticket_minutes")
        stands = {name: getattr(company, name) for name in names}
        return cls(data, initial=stands | {"looked_at": FIXED if company.looked_at_on else TODAY})

    def clean_time_zone(self) -> str:
        """The zone as it is written: “europe/london” and a city alone will do."""
        said = self.cleaned_data["time_zone"].strip().replace(" ", "_").casefold()
        for zone in sorted(available_timezones()):
            if said in (zone.casefold(), zone.rpartition("/")[2].casefold()):
                return zone
        raise forms.ValidationError(
            _("There is no such time zone. Choose one such as Europe/Chisinau.")
        )

    def clean(self) -> dict[str, Any]:
        words = super().clean() or self.cleaned_data
        if words.get("looked_at") == TODAY:
            words["looked_at_on"] = None
        elif "looked_at_on" in words and not words["looked_at_on"]:
            self.add_error("looked_at_on", _("Say which day, or look at it as of today."))
        return words

    def described(self) -> dict[str, Any]:
        """What `actions.describe` is told."""
        return {name: value for name, value in self.cleaned_data.items() if name != "looked_at"}
