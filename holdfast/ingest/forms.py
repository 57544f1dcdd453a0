"""Clean words of the import pages: which file it is, and how it is to be read."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from holdfast.ingest import kinds
from holdfast.ingest.errors import CannotImport
from holdfast.ingest.inspection import Inspection
from holdfast.ingest.options import Options
from holdfast.lib import money

ENCODINGS = ("utf-8", "windows-1252", "windows-1251", "windows-1250", "iso-8859-2", "utf-16")
DELIMITERS = {
    ",": _("comma ,"),
    ";": _("semicolon ;"),
    "\t": _("tab"),
    "|": _("bar |"),
}
DECIMALS = {".": _("point, 1234.50"), ",": _("comma, 1234,50")}
DATES = {
    "ymd": _("year first, 2010-12-31"),
    "dmy": _("day first, 31/12/2010"),
    "mdy": _("month first, 12/31/2010"),
    "excel": _("days since 1899, as spreadsheets count"),
    "unix": _("seconds since 1970"),
}


class UploadForm(forms.Form):
    """The file and what its rows are."""

    file = forms.FileField(
        label=_("The file"),
        help_text=_("CSV or Parquet. Choose it, or drop it here."),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.parquet"}),
        error_messages={
            "required": _("Choose a file first."),
            "empty": _(
                "The file is empty. Export it again, with a first line that names the columns."
            ),
        },
    )
    kind = forms.ChoiceField(label=_("What are its rows?"))

    def __init__(self, *args: Any, too_large: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        choices = [(name, kinds.get(name).label) for name in kinds.names()]
        self.fields["kind"].choices = choices  # type: ignore[attr-defined]
        self.fields["kind"].initial = choices[0][0]
        if too_large:
            words = _now(
                "The file is larger than this Holdfast takes. Split it, or import it by the "
                "command line."
            )
            self.fields["file"].error_messages["required"] = words


class ReadingForm(forms.Form):
    """What a person may say about a file; empty is “as recognised”."""

    dates = forms.ChoiceField(label=_("Days are written"), required=False)
    decimal = forms.ChoiceField(label=_("Decimal sign"), required=False)
    currency = forms.ChoiceField(label=_("Currency of rows that name none"), required=False)
    zone = forms.CharField(
        label=_("Time zone of the times"),
        required=False,
        widget=forms.TextInput(attrs={"list": "zones", "autocomplete": "off"}),
    )
    encoding = forms.ChoiceField(label=_("Letters"), required=False)
    delimiter = forms.ChoiceField(label=_("Between the cells"), required=False)
    headers = forms.BooleanField(
        label=_("The first line names the columns"), required=False, initial=True
    )
    create_accounts = forms.BooleanField(
        label=_("Create accounts that nobody knows yet"),
        help_text=_("Without it, rows of unknown accounts are rejected."),
        required=False,
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._choose("dates", DATES)
        self._choose("decimal", DECIMALS)
        self._choose("currency", {code: code for code in sorted(money.KNOWN)})
        self._choose("encoding", {name: name for name in ENCODINGS})
        self._choose("delimiter", DELIMITERS)
        self.options: Options | None = None

    def clean_zone(self) -> str:
        return str(self.cleaned_data["zone"]).strip().replace(" ", "_")

    def clean(self) -> dict[str, Any]:
        words = super().clean() or self.cleaned_data
        said = {
            name: words.get(name) or None
            for name in ("encoding", "delimiter", "decimal", "dates", "zone", "currency")
        }
        try:
            self.options = Options(**said, headers=words.get("headers", True))
        except CannotImport as error:
            self.add_error("zone" if said["zone"] else None, str(error))
        return words

    def recognise(self, found: Inspection) -> None:
        """Say at each empty choice what was recognised; leave out what the file has no use for."""
        for name, words in (
            ("dates", DATES.get(found.dates, found.dates)),
            ("decimal", DECIMALS.get(found.decimal, found.decimal)),
            ("currency", found.currency),
            ("encoding", found.encoding),
            ("delimiter", DELIMITERS.get(found.delimiter, found.delimiter)),
        ):
            self._choose(name, self._choices[name], words)
        self.fields["zone"].widget.attrs["placeholder"] = found.zone
        if not found.encoding:  # Parquet says all of this by itself
            for name in ("encoding", "delimiter", "headers"):
                del self.fields[name]

    def _choose(self, name: str, choices: dict[str, Any], recognised: Any = "") -> None:
        self._choices = getattr(self, "_choices", {}) | {name: choices}
        empty = (
            format_lazy(_("as recognised: {what}"), what=recognised)
            if recognised
            else _("as recognised")
        )
        self.fields[name].choices = [("", empty), *choices.items()]  # type: ignore[attr-defined]
